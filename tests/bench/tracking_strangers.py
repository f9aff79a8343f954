"""Who must not be followed: every dance before another reference, backwards, in pieces; and people who do not dance.

Half of them chose the settings (``tuning``), the other half only reports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from coach.pose.feature_vector import features_of_track
from coach.pose.landmark_table import LANDMARK_NAMES
from coach.pose.pose_frame import PoseTrack
from coach.routine.body import AVERAGE_BODY
from coach.routine.camera import photograph
from coach.routine.dancer_pose import mixed_pose
from coach.routine.routine import first_steps_routine
from coach.routine.skeleton import stage_landmarks
from coach.settings.routine import StageCamera
from tests.bench.tracking_cases import live_features

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

_FPS = 30
_LENGTH_S = 40.0
_SIZE_PX = (640, 480)
_LEGS = [i for i, name in enumerate(LANDMARK_NAMES) if name.endswith(("knee", "ankle", "heel", "foot_index"))]


@dataclass(frozen=True)
class Stranger:
    """Somebody who does something else than the reference; ``features`` (N, F) come at 30 a second."""

    name: str
    reference: PoseTrack
    features: FloatArray
    tuning: bool

    @property
    def time_s(self) -> FloatArray:
        """The stranger's clock."""
        times: FloatArray = np.arange(len(self.features)) / _FPS
        return times


def strangers(teacher: PoseTrack, student: PoseTrack, filmed_student: PoseTrack) -> Iterator[Stranger]:
    """All of them, from the teacher and the student (cleaned), and the student's raw landmarks."""
    drawn = first_steps_routine().truth_track(float(_FPS))
    taught, danced, mine = (_live(one) for one in (teacher, filmed_student, drawn))
    yield Stranger("built-in routine, reference the teacher", teacher, features_of_track(drawn), False)
    yield Stranger("the student, reference the built-in", drawn, danced, True)
    yield Stranger("the teacher, reference the built-in", drawn, taught, False)
    yield Stranger("the same at 60 % of the size", drawn, _smaller(taught, 0.6), False)
    yield Stranger("the student at 1.3 times the tempo", drawn, _live(filmed_student, tempo=1.3), False)
    yield Stranger("the same without legs", drawn, _live(filmed_student, legs=False), True)
    yield Stranger("the student backwards", teacher, danced[::-1], True)
    yield Stranger("the same at 0.75 times the tempo", teacher, _live(filmed_student, tempo=0.75)[::-1], False)
    yield Stranger("the teacher backwards, reference the student", student, taught[::-1], True)
    yield Stranger("the same at 0.75 times the tempo", student, _live(teacher, tempo=0.75)[::-1], False)
    yield Stranger("the built-in backwards, reference it", drawn, mine[::-1], True)
    yield Stranger("the same at 0.75 times the tempo", drawn, _live(drawn, tempo=0.75)[::-1], False)
    for seed, (name, reference, features) in enumerate(
        (("student", teacher, danced), ("teacher", student, taught), ("built-in", drawn, mine))
    ):
        for half in (True, False):
            pieces = _pieces_backwards(len(features), 2 * seed + half)
            yield Stranger(f"the {name} in backward pieces of 1-2 s", reference, features[pieces], half)
    for name, reference in (("teacher", teacher), ("built-in", drawn)):
        yield Stranger(f"somebody sways, reference the {name}", reference, _drawn(_swaying(2.0)), True)
        yield Stranger(f"somebody sways slowly, reference the {name}", reference, _drawn(_swaying(4.0)), False)
        for half in (True, False):
            yield Stranger(f"somebody stretches, reference the {name}", reference, _drawn(_stretching(5 + half)), half)


def _live(track: PoseTrack, *, tempo: float = 1.0, legs: bool = True) -> FloatArray:
    frames = np.arange(0.0, len(track), tempo).astype(np.int64)
    if not legs:
        image = track.image.copy()
        image[:, _LEGS] = (np.nan, np.nan, np.nan, 0.0)
        track = PoseTrack(track.time_s, image, track.world, track.frame_size_px)
    return live_features(track, frames, np.arange(len(frames)) / _FPS)


def _smaller(features: FloatArray, amplitude: float) -> FloatArray:
    middle = np.nanmean(features, axis=0)
    smaller: FloatArray = middle + amplitude * (features - middle)
    return smaller


def _pieces_backwards(count: int, seed: int) -> IntArray:
    """Frames of pieces of 1 to 2 s, each backwards, in another order."""
    rng = np.random.default_rng(70 + seed)
    cuts = [0]
    while cuts[-1] < count:
        cuts.append(cuts[-1] + int(rng.uniform(1.0, 2.0) * _FPS))
    pieces = [np.arange(start, min(end, count))[::-1] for start, end in pairwise(cuts)]
    order = rng.permutation(len(pieces))
    return np.concatenate([pieces[index] for index in order])


def _drawn(pose: Callable[[float], FloatArray]) -> FloatArray:
    """A person of other proportions, seen a little from the side."""
    body, camera = AVERAGE_BODY.varied(arms=0.95, legs=1.05), StageCamera(yaw_deg=10.0)
    times = np.arange(int(_LENGTH_S * _FPS)) / _FPS
    frames = [photograph(stage_landmarks(pose(float(time)), body), camera, _SIZE_PX, float(time)) for time in times]
    return live_features(PoseTrack.from_frames(frames), np.arange(len(frames)), times)


def _swaying(beats: float) -> Callable[[float], FloatArray]:
    """From one foot to the other and back, in so many beats."""
    routine = first_steps_routine()
    left, right, period_s = routine.pose(routine.beat_s), routine.pose(2 * routine.beat_s), beats * routine.beat_s

    def pose(time_s: float) -> FloatArray:
        return mixed_pose(left, right, 0.5 - 0.5 * float(np.cos(2 * np.pi * time_s / period_s)))

    return pose


def _stretching(seed: int) -> Callable[[float], FloatArray]:
    """Slowly to a pose, and holding it; poses of the built-in routine, in any order."""
    routine, rng = first_steps_routine(), np.random.default_rng(seed)
    poses = [routine.pose(float(place)) for place in rng.uniform(0.0, routine.duration_s, 60)]
    ends_s = np.cumsum(rng.uniform(1.5, 4.0, len(poses)))

    def pose(time_s: float) -> FloatArray:
        number = int(np.searchsorted(ends_s, time_s, side="right"))
        begun_s = time_s - (ends_s[number - 1] if number else 0.0)
        share = min(1.0, float(begun_s) / 1.2)
        return mixed_pose(poses[max(0, number - 1)], poses[number], share * share * (3.0 - 2.0 * share))

    return pose
