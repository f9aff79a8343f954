"""The dance of the follower's tests, and what is asked of a followed clip."""

from __future__ import annotations

import numpy as np

from coach.alignment.position_tracker import PositionTracker
from coach.alignment.tracked_position import TrackedPosition, TrackState
from coach.pose.feature_vector import features_of_track, mirror_features
from tests.builders_alignment import RandomRoutine, regular_times

ROUTINE = RandomRoutine(11, 40.0)
TIMES = regular_times(40.0)
REFERENCE = features_of_track(ROUTINE.track(TIMES))


def tracker(**options: object) -> PositionTracker:
    return PositionTracker(REFERENCE, mirror_features(REFERENCE), TIMES, **options)  # type: ignore[arg-type]


def run(follower: PositionTracker, features: np.ndarray, time_s: np.ndarray) -> list[TrackedPosition]:
    return [follower.step(row, float(time)) for row, time in zip(features, time_s, strict=True)]


def dance(places: np.ndarray, time_s: np.ndarray, **how: object) -> np.ndarray:
    return features_of_track(ROUTINE.track(time_s, places, **how))  # type: ignore[arg-type]


def errors(found: list[TrackedPosition], places: np.ndarray) -> np.ndarray:
    """Seconds off; infinite where no position is told."""
    told = np.array([np.nan if one.reference_s is None else one.reference_s for one in found])
    return np.where(np.isfinite(told), np.abs(told - places), np.inf)


def share(found: list[TrackedPosition], *states: TrackState) -> float:
    return float(np.mean([one.state in states for one in found]))
