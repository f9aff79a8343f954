"""Drawn students of the built-in routine who restart, skip or stop at random moments: exact truth, many seeds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.pose.feature_vector import features_of_frame
from coach.pose.one_euro import LiveSmoother
from coach.routine.body import AVERAGE_BODY
from coach.routine.camera import photograph
from coach.routine.dancer_pose import smaller_pose
from coach.routine.routine import Routine
from coach.routine.skeleton import stage_landmarks
from coach.settings.routine import StageCamera
from tests.bench.tracking_cases import Case

FloatArray = NDArray[np.float64]

KINDS = ("restart", "skip", "stop")

_FPS = 30
_LENGTH_S = 28.0
_STOP_S = 3.0
_NOISE = 0.003
_DROP_SHARE = 0.15
_FRAME_SIZE_PX = (640, 480)


def random_case(routine: Routine, seed: int) -> tuple[Case, FloatArray]:
    """What student number ``seed`` does, and the features (N, F) that are seen of it."""
    rng = np.random.default_rng(seed)
    kind = KINDS[seed % len(KINDS)]
    times = np.arange(int(_LENGTH_S * _FPS)) / _FPS
    tempo, at_s = rng.uniform(0.85, 1.15), rng.uniform(8.0, 14.0)
    first_s = rng.uniform(0.0, routine.duration_s - 25.0) if rng.random() < 0.5 else 0.0
    places = first_s + tempo * times
    left_s = first_s + tempo * at_s
    after_s = tempo * (times - at_s)
    if kind == "restart":
        places = np.where(times < at_s, places, rng.uniform(0.0, 3.0) + after_s)
    elif kind == "skip":
        entered_s = _far_from(left_s, routine.duration_s - 20.0, rng)
        places = np.where(times < at_s, places, entered_s + after_s)
    else:
        still = (times >= at_s) & (times < at_s + _STOP_S)
        places = np.where(still, left_s, np.where(times < at_s, places, left_s + after_s - tempo * _STOP_S))
    truth_s = np.where(places < routine.duration_s - 0.5, places, np.nan)
    broken_s = at_s
    if kind == "stop":
        truth_s[still] = np.inf
        broken_s += _STOP_S
    case = Case(
        f"drawn {kind} {seed}", np.arange(len(times)), truth_s, free_s=3.0, broken_s=(broken_s,), tuning=seed % 2 == 0
    )
    return case, _seen(routine, times, places, rng)


def _far_from(left_s: float, end_s: float, rng: np.random.Generator) -> float:
    while True:
        entered_s = rng.uniform(0.0, end_s)
        if abs(entered_s - left_s) > 2.5:
            return float(entered_s)


def _seen(routine: Routine, times: FloatArray, places: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Another body and camera, movements that are too small, noise and missing joints, smoothed as in a session."""
    body = AVERAGE_BODY.varied(arms=rng.uniform(0.88, 1.1), legs=rng.uniform(0.85, 1.1))
    camera = StageCamera(yaw_deg=float(rng.uniform(-25.0, 25.0)))
    amplitude = rng.uniform(0.7, 1.0)
    smoother, rows = LiveSmoother(), []
    for time, place in zip(times, places, strict=True):
        pose = smaller_pose(routine.pose(float(min(place, routine.duration_s))), amplitude, routine.curve.settings)
        frame = photograph(stage_landmarks(pose, body), camera, _FRAME_SIZE_PX, float(time))
        image = frame.image.copy()
        image[:, :2] += rng.normal(0.0, _NOISE, (len(image), 2))
        image[rng.random(len(image)) < _DROP_SHARE] = (np.nan, np.nan, np.nan, 0.0)
        rows.append(features_of_frame(smoother.step(frame.with_image(image))))
    return np.array(rows)
