"""The cases of the tracking benchmark: what a student may do with a choreography, made from one clip with known truth.

Half of the cases chose the settings (``tuning``), the other half only reports. The same settings hold for all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.pose.feature_vector import features_of_frame
from coach.pose.one_euro import LiveSmoother
from coach.pose.pose_frame import PoseFrame, PoseTrack

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

AHEAD_S = 3.0424
"""The student's clock runs ahead of the teacher's by this, measured from the two sound tracks."""

_FPS = 30.0


@dataclass(frozen=True)
class Case:
    """One way to show the student's clip to the follower.

    Attributes
    ----------
    name : str
    frames : ndarray [shape=(N,)], int64
        Frames of the clip in the order in which they are shown, 30 a second.
    truth_s : ndarray [shape=(N,)], float64
        Teacher's time; inf while the student stands still (held and lost are both right), nan before the dance.
    picture : str
        Which alteration of the pictures: ``plain``, ``dark``, ``small``, ``flipped``.
    free_s : float
        Time at the beginning that does not count.
    broken_s : tuple of float
        Times at which something happened that has to be recovered from.
    tuning : bool
    """

    name: str
    frames: IntArray
    truth_s: FloatArray
    picture: str = "plain"
    free_s: float = 0.0
    broken_s: tuple[float, ...] = ()
    tuning: bool = False

    @property
    def time_s(self) -> FloatArray:
        """The student's clock."""
        times: FloatArray = np.arange(len(self.frames)) / _FPS
        return times


def live_features(track: PoseTrack, frames: IntArray, time_s: FloatArray) -> FloatArray:
    """What the session hands to the follower: the frames in this order, smoothed live."""
    smoother = LiveSmoother()
    rows = [
        features_of_frame(
            smoother.step(PoseFrame(float(time), track.image[frame], track.world[frame], track.frame_size_px))
        )
        for frame, time in zip(frames, time_s, strict=True)
    ]
    return np.array(rows)


def cases(clip_s: FloatArray) -> list[Case]:
    """All cases from a clip with these time stamps."""
    count = len(clip_s)
    everything = np.arange(count)

    def case(name: str, frames: IntArray, still: slice | None = None, **more: object) -> Case:
        truth_s = clip_s[frames] - AHEAD_S
        truth_s[truth_s < 0] = np.nan
        if still is not None:
            truth_s[still] = np.inf
        return Case(name, frames, truth_s, **more)  # type: ignore[arg-type]

    def warped(name: str, tempo: Callable[[float], float], tuning: bool) -> Case:
        places, place = [], 0.0
        while place < clip_s[-1]:
            places.append(place)
            place += tempo(place) / _FPS
        nearest = np.clip(np.rint(np.array(places) * _FPS).astype(int), 0, count - 1)
        truth_s = np.array(places) - AHEAD_S
        truth_s[truth_s < 0] = np.nan
        return Case(name, nearest, truth_s, tuning=tuning)

    def stops(name: str, at_s: float, tuning: bool) -> Case:
        stop, pause = int(at_s * _FPS), int(3.0 * _FPS)
        frames = np.concatenate([everything[:stop], np.full(pause, stop - 1), everything[stop:]])
        return case(name, frames, slice(stop, stop + pause), broken_s=((stop + pause) / _FPS,), tuning=tuning)

    def jumps(name: str, from_s: float, to_s: float, tuning: bool) -> Case:
        leave, enter = int((from_s + AHEAD_S) * _FPS), int((to_s + AHEAD_S) * _FPS)
        frames = np.concatenate([everything[:leave], everything[enter:]])
        return case(name, frames, broken_s=(leave / _FPS,), tuning=tuning)

    def begins(name: str, at_s: float, tuning: bool) -> Case:
        return case(name, everything[int(at_s * _FPS) :], free_s=3.0, broken_s=(0.0,), tuning=tuning)

    return [
        case("as it is", everything),
        warped("tempo changing 0.7-1.3, smoothly", lambda s: 1 + 0.3 * np.sin(2 * np.pi * s / 9), False),
        warped("tempo changing 0.7-1.3, suddenly", lambda s: 1 + 0.3 * np.sign(np.sin(2 * np.pi * s / 12 + 1)), True),
        stops("stands still 3 s at 16 s", 16.0, False),
        stops("stands still 3 s at 21 s", 21.0, True),
        begins("begins at 12 s", 12.0, False),
        begins("begins at 7 s", 7.0, True),
        begins("begins at 18 s", 18.0, True),
        jumps("restarts after 15 s", 15.0, 0.0, False),
        jumps("restarts after 20 s", 20.0, 0.0, True),
        jumps("skips from 10 s to 18 s", 10.0, 18.0, False),
        jumps("skips from 7 s to 13 s", 7.0, 13.0, True),
        jumps("skips from 5 s to 21 s", 5.0, 21.0, True),
        case("flipped left-right", everything, picture="flipped", free_s=AHEAD_S + 5.0),
        case("dark (gain 0.35) and noisy", everything, picture="dark"),
        case("scaled to 60 %", everything, picture="small"),
    ]


@dataclass(frozen=True)
class Score:
    """How well a case was followed; errors in seconds, a frame without a position is infinitely wrong."""

    median_s: float
    p90_s: float
    within_quarter: float
    within_half: float
    recovery_s: float
    held: float


def score(case: Case, told_s: FloatArray) -> Score:
    """Compare told positions (nan = none) with the truth, from 1 s after the teacher's first frame."""
    error = np.where(np.isfinite(told_s), np.abs(told_s - case.truth_s), np.inf)
    counted = np.isfinite(case.truth_s) & (case.truth_s >= 1.0) & (case.time_s >= case.free_s)
    counts = np.sort(error[counted])
    recoveries = [_recovery_s(case, error, broken_s) for broken_s in case.broken_s]
    still = np.isinf(case.truth_s)
    return Score(
        median_s=float(counts[len(counts) // 2]),
        p90_s=float(counts[int(0.9 * len(counts))]),
        within_quarter=float((counts <= 0.25).mean()),
        within_half=float((counts <= 0.5).mean()),
        recovery_s=float(np.median(recoveries)) if recoveries else float("nan"),
        held=float(np.isnan(told_s[still]).mean()) if still.any() else float("nan"),
    )


def _recovery_s(case: Case, error: FloatArray, broken_s: float) -> float:
    """Time until the position is right, and stays so for a second."""
    right = error <= 0.5
    for index in np.flatnonzero(case.time_s >= broken_s):
        ahead = right[index : index + int(_FPS)]
        if len(ahead) and ahead.all():
            return float(case.time_s[index] - broken_s)
    return float("inf")
