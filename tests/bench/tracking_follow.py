"""A clip through the follower, and the lines that the tracking benchmark prints of it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from coach.alignment.position_tracker import PositionTracker
from coach.alignment.tracked_position import FollowMode, MirrorMode, TrackedPosition, TrackState
from coach.pose.feature_vector import features_of_track, mirror_features
from coach.pose.pose_frame import PoseTrack
from tests.bench.tracking_cases import Case, Score, score

FloatArray = NDArray[np.float64]

Results = dict[tuple[str, bool], list[Score]]
"""By what is done, and whether it is for tuning."""

HEAD = f"{'case':40s} {'set':7s} {'median':>7s} {'p90':>7s} {'<0.25s':>7s} {'<0.5s':>7s} {'found':>7s}"

_BINS = (0.0, 0.5, 0.7, 0.85, 0.95, 0.99, 1.0)
_TOLD: list[tuple[float, bool]] = []
"""Confidence and whether it was right, of every position told where the truth is known."""


def follow(
    reference: PoseTrack, features: FloatArray, time_s: FloatArray, music_s: FloatArray | None = None
) -> list[TrackedPosition]:
    """A whole clip through a new tracker that finds out the mirror image by itself; with the music if there is."""
    table = features_of_track(reference)
    mode = FollowMode.FOLLOW if music_s is None else FollowMode.ALONG
    tracker = PositionTracker(table, mirror_features(table), reference.time_s, mirror=MirrorMode.AUTO, mode=mode)
    music = [None] * len(time_s) if music_s is None else music_s.tolist()
    return [tracker.step(row, time, music_s=at) for row, time, at in zip(features, time_s.tolist(), music, strict=True)]


def told(found: list[TrackedPosition]) -> FloatArray:
    """Positions in seconds, nan where none is told."""
    return np.array([np.nan if one.reference_s is None else one.reference_s for one in found])


def followed_share(found: list[TrackedPosition]) -> float:
    """Share of frames in which somebody is followed."""
    return float(np.mean([one.state in (TrackState.FOLLOWING, TrackState.FINISHED) for one in found]))


def set_name(tuning: bool) -> str:
    return "tuning" if tuning else "report"


def counted(case: Case, found: list[TrackedPosition]) -> FloatArray:
    """Told positions; their confidence is remembered for `reliability`."""
    for one, truth_s in zip(found, case.truth_s, strict=True):
        if one.reference_s is not None and np.isfinite(truth_s) and one.state is TrackState.FOLLOWING:
            _TOLD.append((one.confidence, abs(one.reference_s - truth_s) <= 0.5))
    return told(found)


def case_line(case: Case, told_s: FloatArray) -> str:
    result = score(case, told_s)
    note = f"  lost while still {result.held:.2f}" if np.isfinite(result.held) else ""
    found = f"{result.recovery_s:7.2f}" if np.isfinite(result.recovery_s) else f"{'':>7s}"
    return (
        f"{case.name:40s} {set_name(case.tuning):7s} {1e3 * result.median_s:7.0f} "
        f"{1e3 * result.p90_s:7.0f} {result.within_quarter:7.3f} {result.within_half:7.3f} {found}{note}"
    )


def print_recoveries(results: Results) -> None:
    print(f"{'what they do':14s} {'set':7s} {'n':>3s} {'<0.5s':>7s} {'median':>8s} {'worst':>7s} {'in 3 s':>7s}")
    for (kind, tuning), scores in sorted(results.items(), key=lambda row: (not row[0][1], row[0][0])):
        shares = np.array([one.within_half for one in scores])
        recoveries = np.array([one.recovery_s for one in scores])
        print(
            f"{kind:14s} {set_name(tuning):7s} {len(scores):3d} {shares.mean():7.3f} "
            f"{np.median(recoveries):7.2f}s {recoveries.max():6.2f}s {(recoveries <= 3.0).mean():7.2f}"
        )


def reliability() -> None:
    """Whether the follower is right as often as it says, over all who dance the reference with jumps, stops, tempos."""
    confidences, rights = np.array(_TOLD).T
    print("\nReliability of the confidence (position within 0.5 s)")
    print(f"  {'said':>13s} {'mean':>6s} {'right':>6s} {'frames':>7s}")
    gap = 0.0
    for low, high in pairwise(_BINS):
        inside = (confidences >= low) & ((confidences < high) | (high == _BINS[-1]))
        if inside.any():
            said, right = confidences[inside].mean(), rights[inside].mean()
            gap += inside.mean() * abs(said - right)
            print(f"  {low:5.2f} to {high:4.2f} {said:6.2f} {right:6.2f} {inside.sum():7d}")
    print(f"  mean difference {gap:.3f}")
