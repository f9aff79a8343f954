"""Drawn students of the built-in routine: clean and hard, and at random moments."""

from __future__ import annotations

import numpy as np

from coach.pose.feature_vector import features_of_frame
from coach.pose.pose_frame import PoseTrack
from coach.routine.body import AVERAGE_BODY, Body
from coach.routine.routine import Routine, first_steps_routine
from coach.settings.routine import StageCamera
from tests.bench.tracking_cases import Case, score
from tests.bench.tracking_follow import HEAD, Results, case_line, counted, follow, print_recoveries, told
from tests.bench.tracking_random import KINDS, random_case
from tests.builders_alignment import warped_places

_SEEDS = 40


def drawn_student() -> None:
    """The built-in routine danced by a drawn student."""
    routine = first_steps_routine()
    reference = routine.truth_track(30.0)
    small = AVERAGE_BODY.varied(arms=0.9, legs=0.85).scaled(0.8)
    print("\nDrawn student of the built-in routine, errors in ms (counted from 1 s)")
    print(HEAD)
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
    print(case_line(case, told(follow(reference, np.array(rows), times))))


def random_students() -> None:
    """Restarts, skips and stops at random moments of the built-in routine."""
    routine = first_steps_routine()
    reference = routine.truth_track(30.0)
    results: Results = {}
    for seed in range(_SEEDS):
        case, features = random_case(routine, seed)
        result = score(case, counted(case, follow(reference, features, case.time_s)))
        results.setdefault((KINDS[seed % len(KINDS)], case.tuning), []).append(result)
    print(f"\nDrawn students, {_SEEDS} seeds: share within 0.5 s, and how soon they are followed again")
    print_recoveries(results)
