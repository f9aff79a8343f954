"""How well and how cheaply the follower follows: ``python -m tests.bench.tracking [--footage FOLDER] [--peers]``.

Needs the two test videos for the real pair (skipped without); everything else is drawn from code.
"""

from __future__ import annotations

import argparse
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from coach.alignment.position_tracker import PositionTracker
from coach.alignment.tracked_position import MirrorMode, TrackedPosition, TrackState
from coach.alignment.warm_up import warm_up
from coach.pose.feature_vector import features_of_frame, features_of_track, mirror_features
from coach.pose.offline import clean_track
from coach.pose.pose_frame import PoseTrack
from coach.routine.body import AVERAGE_BODY, Body
from coach.routine.routine import Routine, first_steps_routine
from coach.settings.pose import OfflineSmoothingSettings
from coach.settings.routine import StageCamera
from tests.bench import tracking_peers
from tests.bench.tracking_cases import AHEAD_S, Case, Score, cases, live_features, score
from tests.bench.tracking_footage import landmarks
from tests.bench.tracking_jumps import jump_case
from tests.bench.tracking_random import KINDS, random_case
from tests.bench.tracking_strangers import strangers
from tests.builders_alignment import warped_places
from tests.conftest import FOOTAGE

FloatArray = NDArray[np.float64]

Results = dict[tuple[str, bool], list[Score]]
"""By what is done, and whether it is for tuning."""

_SEEDS = 40
_JUMPS = 64
_BINS = (0.0, 0.5, 0.7, 0.85, 0.95, 0.99, 1.0)
_TOLD: list[tuple[float, bool]] = []
"""Confidence and whether it was right, of every position told where the truth is known."""

_HEAD = f"{'case':40s} {'set':7s} {'median':>7s} {'p90':>7s} {'<0.25s':>7s} {'<0.5s':>7s} {'found':>7s}"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--footage", type=Path, default=FOOTAGE)
    parser.add_argument("--peers", action="store_true", help="also run other libraries' followers, if installed")
    options = parser.parse_args()
    warm_up()
    if (options.footage / "teacher.mp4").is_file():
        real_pair(options.footage, options.peers)
        real_jumps(options.footage)
    else:
        print(f"The test videos are not in {options.footage}: only drawn dancers are followed.")
    drawn_student()
    random_students()
    reliability()
    cost()


def follow(
    reference: PoseTrack, features: FloatArray, time_s: FloatArray, mirror: MirrorMode = MirrorMode.AUTO
) -> list[TrackedPosition]:
    """A whole clip through a new tracker."""
    table = features_of_track(reference)
    tracker = PositionTracker(table, mirror_features(table), reference.time_s, mirror=mirror)
    return [tracker.step(row, float(time)) for row, time in zip(features, time_s, strict=True)]


def told(found: list[TrackedPosition]) -> FloatArray:
    """Positions in seconds, nan where none is told."""
    return np.array([np.nan if one.reference_s is None else one.reference_s for one in found])


def followed_share(found: list[TrackedPosition]) -> float:
    """Share of frames in which somebody is followed."""
    return float(np.mean([one.state in (TrackState.FOLLOWING, TrackState.FINISHED) for one in found]))


def real_pair(footage: Path, peers: bool) -> None:
    """The cases made from the student's video, against the teacher's."""
    teacher = clean_track(landmarks(footage / "teacher.mp4", "plain"), OfflineSmoothingSettings())
    clips = {"plain": landmarks(footage / "student.mp4", "plain")}
    print("\nReal pair, errors in ms; every frame without a position is wrong; `found`: seconds until right again")
    print(_HEAD)
    all_cases = cases(clips["plain"].time_s)
    for case in sorted(all_cases, key=lambda one: one.tuning):
        if case.picture not in clips:
            clips[case.picture] = landmarks(footage / "student.mp4", case.picture)
        features = live_features(clips[case.picture], case.frames, case.time_s)
        print(_line(case, _counted(case, follow(teacher, features, case.time_s))))
    someone_else(teacher, clips["plain"])
    if peers:
        table = features_of_track(teacher)
        start = round(AHEAD_S * 30)
        features = live_features(clips["plain"], all_cases[0].frames, all_cases[0].time_s)
        truth_s, times = all_cases[0].truth_s[start:], all_cases[0].time_s[start:]
        began = perf_counter()
        follow(teacher, features[start:], times)
        own_us = 1e6 * (perf_counter() - began) / len(times)
        tracking_peers.compare(table, features[start:], truth_s, own_us)


def real_jumps(footage: Path) -> None:
    """Restarts, skips and stops at random moments, the student after the teacher and the other way round."""
    raw = [landmarks(footage / f"{who}.mp4", "plain") for who in ("student", "teacher")]
    clean = [clean_track(clip, OfflineSmoothingSettings()) for clip in raw]
    results: Results = {}
    for seed in range(_JUMPS):
        clip, reference = raw[seed % 2], clean[1 - seed % 2]
        case = jump_case(clip.time_s, AHEAD_S if seed % 2 == 0 else -AHEAD_S, float(reference.time_s[-1]), seed)
        found = follow(reference, live_features(clip, case.frames, case.time_s), case.time_s)
        results.setdefault((case.name, case.tuning), []).append(score(case, _counted(case, found)))
    print(f"\nReal pair, {_JUMPS} random moments: share within 0.5 s, and how soon they are followed again")
    _print_recoveries(results)


def random_students() -> None:
    """Restarts, skips and stops at random moments of the built-in routine."""
    routine = first_steps_routine()
    reference = routine.truth_track(30.0)
    results: Results = {}
    for seed in range(_SEEDS):
        case, features = random_case(routine, seed)
        result = score(case, _counted(case, follow(reference, features, case.time_s)))
        results.setdefault((KINDS[seed % len(KINDS)], case.tuning), []).append(result)
    print(f"\nDrawn students, {_SEEDS} seeds: share within 0.5 s, and how soon they are followed again")
    _print_recoveries(results)


def _print_recoveries(results: Results) -> None:
    print(f"{'what they do':14s} {'set':7s} {'n':>3s} {'<0.5s':>7s} {'median':>8s} {'worst':>7s} {'in 3 s':>7s}")
    for (kind, tuning), scores in sorted(results.items(), key=lambda row: (not row[0][1], row[0][0])):
        shares = np.array([one.within_half for one in scores])
        recoveries = np.array([one.recovery_s for one in scores])
        print(
            f"{kind:14s} {_set_name(tuning):7s} {len(scores):3d} {shares.mean():7.3f} "
            f"{np.median(recoveries):7.2f}s {recoveries.max():6.2f}s {(recoveries <= 3.0).mean():7.2f}"
        )


def _counted(case: Case, found: list[TrackedPosition]) -> FloatArray:
    """Told positions; their confidence is remembered for `reliability`."""
    for one, truth_s in zip(found, case.truth_s, strict=True):
        if one.reference_s is not None and np.isfinite(truth_s) and one.state is TrackState.FOLLOWING:
            _TOLD.append((one.confidence, abs(one.reference_s - truth_s) <= 0.5))
    return told(found)


def reliability() -> None:
    """Whether the follower is right as often as it says, over everything above."""
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


def someone_else(teacher: PoseTrack, filmed_student: PoseTrack) -> None:
    """Who must not be followed, and how soon somebody who leaves is given up."""
    print("\nSomeone else's dance: share of the time in `lost` or `searching`")
    shares: dict[bool, list[float]] = {True: [], False: []}
    student = clean_track(filmed_student, OfflineSmoothingSettings())
    for one in strangers(teacher, student, filmed_student):
        share = 1 - followed_share(follow(one.reference, one.features, one.time_s))
        shares[one.tuning].append(share)
        print(f"  {one.name:48s} {_set_name(one.tuning):7s} {share:.3f}")
    for tuning, found in shares.items():
        least = f"at least 0.9 in {sum(share >= 0.9 for share in found)}"
        print(f"  mean of {len(found):2d}, {least:37s} {_set_name(tuning):7s} {np.mean(found):.3f}")
    times = filmed_student.time_s
    for leave_s in (10.0, 20.0):
        gone = live_features(filmed_student, np.arange(len(times)), times)
        gone[times >= leave_s] = np.nan
        found_s = follow(teacher, gone, times)
        lost_s = next((one.time_s for one in found_s if one.time_s >= leave_s and one.state is TrackState.LOST), np.inf)
        print(f"  walks off at {leave_s:.0f} s: lost after {lost_s - leave_s:.2f} s")


def _set_name(tuning: bool) -> str:
    return "tuning" if tuning else "report"


def drawn_student() -> None:
    """The built-in routine danced by a drawn student."""
    routine = first_steps_routine()
    reference = routine.truth_track(30.0)
    small = AVERAGE_BODY.varied(arms=0.9, legs=0.85).scaled(0.8)
    print("\nDrawn student of the built-in routine, errors in ms (counted from 1 s)")
    print(_HEAD)
    for fps in (15, 24, 30, 60):
        _drawn_line(f"clean, {fps} frames/s", routine, reference, fps=fps)
    for yaw_deg in (0.0, 15.0, 30.0):
        name = f"small, 30 % dropped, tempo 0.8-1.2, yaw {yaw_deg:.0f}"
        _drawn_line(name, routine, reference, body=small, yaw_deg=yaw_deg, drop_share=0.3, wander=0.2)


def _drawn_line(
    name: str,
    routine: Routine,
    reference: PoseTrack,
    *,
    fps: int = 30,
    body: Body = AVERAGE_BODY,
    yaw_deg: float = 0.0,
    drop_share: float = 0.0,
    wander: float = 0.0,
) -> None:
    times = np.arange(int((routine.duration_s - 1.0) * fps)) / fps
    places = np.minimum(warped_places(times, lambda s: 1 + wander * np.sin(s)), routine.duration_s)
    rng = np.random.default_rng(3)
    rows = []
    for place in places:
        frame = routine.truth(float(place), body, StageCamera(yaw_deg=yaw_deg))
        image = frame.image.copy()
        image[rng.random(len(image)) < drop_share] = (np.nan, np.nan, np.nan, 0.0)
        rows.append(features_of_frame(frame.with_image(image)))
    truth_s = np.where(places < routine.duration_s - 0.5, places, np.nan)
    case = Case(name, np.arange(len(times)), truth_s)
    error = told(follow(reference, np.array(rows), times)) - truth_s
    counted = np.sort(np.where(np.isfinite(error), np.abs(error), np.inf)[np.isfinite(truth_s) & (truth_s >= 1.0)])
    shares = [f"{(counted <= limit).mean():7.3f}" for limit in (0.25, 0.5)]
    middle, high = counted[len(counted) // 2], counted[int(0.9 * len(counted))]
    print(f"{case.name:40s} {'report':7s} {1e3 * middle:7.0f} {1e3 * high:7.0f} {' '.join(shares)} {'':>7s}")


def cost() -> None:
    """Microseconds of one step, by the length of the reference."""
    print("\nCost of one follower step in us (best of 6 runs of 100 steps at 30 frames/s; both mirror images, and one)")
    routine = first_steps_routine().truth_track(30.0)
    table = features_of_track(routine)
    for minutes in (1, 5, 15, 60):
        count = minutes * 60 * 30
        long = np.tile(table, (-(-count // len(table)), 1))[:count]
        figures = []
        for mirror in (MirrorMode.AUTO, MirrorMode.OFF):
            tracker = PositionTracker(long, mirror_features(long), np.arange(count) / 30, mirror=mirror)
            for number in range(60):
                tracker.step(table[number], number / 30)
            runs = []
            for first in range(60, 660, 100):
                began = perf_counter()
                for number in range(first, first + 100):
                    tracker.step(table[number], number / 30)
                runs.append(perf_counter() - began)
            figures.append(1e6 * min(runs) / 100)
        print(f"  {minutes:3d} min ({count:6d} frames): {figures[0]:7.1f} {figures[1]:7.1f}")


def _line(case: Case, told_s: FloatArray) -> str:
    result = score(case, told_s)
    note = f"  lost while still {result.held:.2f}" if np.isfinite(result.held) else ""
    found = f"{result.recovery_s:7.2f}" if np.isfinite(result.recovery_s) else f"{'':>7s}"
    return (
        f"{case.name:40s} {_set_name(case.tuning):7s} {1e3 * result.median_s:7.0f} "
        f"{1e3 * result.p90_s:7.0f} {result.within_quarter:7.3f} {result.within_half:7.3f} {found}{note}"
    )


if __name__ == "__main__":
    main()
