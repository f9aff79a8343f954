"""The score so far, as numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ScoreReading:
    """The score so far, 0..100 over what could be judged; None before anything could."""

    total: float | None
    angles: float | None
    trajectory: float | None
    extension: float | None
    timing: float | None
    judged_share: float


NO_SCORE = ScoreReading(None, None, None, None, None, 0.0)
