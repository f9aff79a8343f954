"""A danced frame as the record of a run keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from coach.session.judge_panel import PanelReading


class FollowedFrame(NamedTuple):
    """A frame in which the dancer was followed: how long it lasted, when, where, and what was said of it."""

    gap_s: float
    time_s: float
    place_s: float
    panel: PanelReading
    limb_timing_ms: Mapping[str, float]
