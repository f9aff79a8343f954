"""A frame between following and judging, and what the cue planner gets to know of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial

from coach.alignment.tracked_position import TrackedPosition
from coach.judging.limb_timing_judge import LimbReading
from coach.judging.moment import Moment
from coach.pose.normalise import facing
from coach.pose.observation import Observation
from coach.pose.pose_frame import FloatArray, PoseFrame
from coach.session.choreography import Choreography
from coach.session.judge_panel import PanelReading


@dataclass(frozen=True)
class Followed:
    """A frame after smoothing and tracking, before judging: all that judging needs to know.

    Attributes
    ----------
    features : ndarray [shape=(FEATURE_COUNT,)], float64
        What the follower compared.
    mirror_decided : bool
        See `PositionTracker.mirror_decided`.
    """

    observation: Observation
    pose: PoseFrame
    features: FloatArray
    position: TrackedPosition
    timing_ms: float | None
    mirror_decided: bool


def moment_of(choreography: Choreography, followed: Followed, reading: PanelReading, limbs: LimbReading) -> Moment:
    """All that the cue planner needs to know of one frame."""
    place_s = followed.position.reference_s
    ambiguous: frozenset[str] = frozenset()
    if place_s is not None and not followed.mirror_decided:
        ambiguous = choreography.ambiguous_joints(place_s)
    return Moment(
        time_s=followed.observation.time_s,
        position=followed.position,
        joints=reading.joints,
        energy=reading.energy,
        hits=reading.hits,
        timing=reading.timing,
        extension=reading.extension,
        path=reading.path,
        hold_broken=reading.hold_broken,
        framing=reading.framing,
        mirror_decided=followed.mirror_decided,
        ambiguous=ambiguous,
        limbs=limbs,
        facing=partial(_facing, followed.pose),
    )


def _facing(pose: PoseFrame) -> float:
    towards = float(facing(pose.square_xy(), pose.visibility))
    return towards if math.isfinite(towards) else 1.0
