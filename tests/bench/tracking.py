"""How well and how cheaply the follower follows: ``python -m tests.bench.tracking [--footage FOLDER] [--peers]``.

Needs the two test videos for the real pair (skipped without); everything else is drawn from code.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from time import perf_counter

import numpy as np

from coach.alignment.tracked_position import TrackState
from coach.alignment.warm_up import warm_up
from coach.pose.feature_vector import features_of_track
from coach.pose.offline import clean_track
from coach.pose.pose_frame import PoseTrack
from coach.settings.pose import OfflineSmoothingSettings
from tests.bench import tracking_peers
from tests.bench.tracking_cases import AHEAD_S, cases, live_features, score
from tests.bench.tracking_cost import cost
from tests.bench.tracking_drawn import drawn_student, random_students
from tests.bench.tracking_follow import (
    HEAD,
    Results,
    case_line,
    counted,
    follow,
    followed_share,
    print_recoveries,
    reliability,
    set_name,
)
from tests.bench.tracking_footage import landmarks
from tests.bench.tracking_jumps import jump_case
from tests.bench.tracking_strangers import strangers
from tests.bench.tracking_tempos import drawn_tempos, real_tempos
from tests.conftest import FOOTAGE

_JUMPS = 64


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
        real_tempos(options.footage)
    else:
        print(f"The test videos are not in {options.footage}: only drawn dancers are followed.")
    drawn_student()
    random_students()
    drawn_tempos()
    reliability()
    cost()


def real_pair(footage: Path, peers: bool) -> None:
    """The cases made from the student's video, against the teacher's."""
    teacher = clean_track(landmarks(footage / "teacher.mp4", "plain"), OfflineSmoothingSettings())
    clips = {"plain": landmarks(footage / "student.mp4", "plain")}
    print("\nReal pair, errors in ms; every frame without a position is wrong; `found`: seconds until right again")
    print(HEAD)
    all_cases = cases(clips["plain"].time_s)
    for case in sorted(all_cases, key=lambda one: one.tuning):
        if case.picture not in clips:
            clips[case.picture] = landmarks(footage / "student.mp4", case.picture)
        features = live_features(clips[case.picture], case.frames, case.time_s)
        print(case_line(case, counted(case, follow(teacher, features, case.time_s))))
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
        results.setdefault((case.name, case.tuning), []).append(score(case, counted(case, found)))
    print(f"\nReal pair, {_JUMPS} random moments: share within 0.5 s, and how soon they are followed again")
    print_recoveries(results)


def someone_else(teacher: PoseTrack, filmed_student: PoseTrack) -> None:
    """Who must not be followed, and how soon somebody who leaves is given up."""
    print("\nSomeone else's dance: share of the time in `lost` or `searching`")
    shares: dict[bool, list[float]] = {True: [], False: []}
    student = clean_track(filmed_student, OfflineSmoothingSettings())
    for one in strangers(teacher, student, filmed_student):
        share = 1 - followed_share(follow(one.reference, one.features, one.time_s))
        shares[one.tuning].append(share)
        print(f"  {one.name:48s} {set_name(one.tuning):7s} {share:.3f}")
    for tuning, found in shares.items():
        least = f"at least 0.9 in {sum(share >= 0.9 for share in found)}"
        print(f"  mean of {len(found):2d}, {least:37s} {set_name(tuning):7s} {np.mean(found):.3f}")
    times = filmed_student.time_s
    for leave_s in (10.0, 20.0):
        gone = live_features(filmed_student, np.arange(len(times)), times)
        gone[times >= leave_s] = np.nan
        found_s = follow(teacher, gone, times)
        lost_s = next((one.time_s for one in found_s if one.time_s >= leave_s and one.state is TrackState.LOST), np.inf)
        print(f"  walks off at {leave_s:.0f} s: lost after {lost_s - leave_s:.2f} s")


if __name__ == "__main__":
    main()
