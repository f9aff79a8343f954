"""Other libraries on the same features, for comparison; each is skipped where it is not installed.

They are told the true beginning, which our follower is not.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coach.pose.feature_vector import MOTION_ONLY

FloatArray = NDArray[np.float64]

_FPS = 30.0
_EVERY = 15


def compare(teacher: FloatArray, student: FloatArray, truth_s: FloatArray, own_us: float) -> None:
    """Print a line for each peer that is installed; ``own_us`` is what a frame costs our follower in this run."""
    bones = slice(0, MOTION_ONLY.start)  # a plain distance would be ruled by the height of the hips
    teacher, student = np.nan_to_num(teacher[:, bones]), np.nan_to_num(student[:, bones])
    print("\nOther libraries, told where the dance begins")
    print(f"  {'':38s} {'median':>6s} {'p90':>6s} {'<0.5s':>6s} {'us/frame':>9s} {'x ours':>7s}")
    print(f"  {'ours, on the same frames':38s} {'':20s} {own_us:9.0f}")
    for name, module, run in (
        ("dtw-python, open end, recomputed", "dtw", _dtw_python),
        ("librosa, offline subsequence DTW", "librosa", _librosa),
        ("pymatchmaker, online DTW after Dixon", "matchmaker", _matchmaker_dixon),
    ):
        try:
            library = importlib.import_module(module)
        except ImportError:
            print(f"  {name}: not installed")
            continue
        _measure(name, lambda run=run, library=library: run(library, teacher, student), truth_s, own_us)  # type: ignore[misc]


def _measure(name: str, run: Callable[[], tuple[FloatArray, int]], truth_s: FloatArray, own_us: float) -> None:
    began = perf_counter()
    try:
        told_s, steps = run()
    except Exception as error:
        print(f"  {name}: failed ({error})")
        return
    cost_us = 1e6 * (perf_counter() - began) / max(1, steps)
    error = np.where(np.isfinite(told_s), np.abs(told_s - truth_s[: len(told_s)]), np.nan)
    error = np.sort(error[np.isfinite(error) & (truth_s[: len(told_s)] >= 1.0)])
    middle, high = 1e3 * error[len(error) // 2], 1e3 * error[int(0.9 * len(error))]
    share, times = (error <= 0.5).mean(), cost_us / own_us
    print(f"  {name:38s} {middle:6.0f} {high:6.0f} {share:6.3f} {cost_us:9.0f} {times:7.0f}")


def _dtw_python(dtw: Any, teacher: FloatArray, student: FloatArray) -> tuple[FloatArray, int]:
    """Recomputed from the beginning, as its open end demands; every half second only, to finish today."""
    told_s, steps = np.full(len(student), np.nan), 0
    for count in range(_EVERY, len(student), _EVERY):
        found = dtw.dtw(student[:count], teacher, open_end=True, distance_only=True)
        told_s[count - 1] = found.jmin / _FPS
        steps += 1
    return told_s, steps


def _librosa(librosa: Any, teacher: FloatArray, student: FloatArray) -> tuple[FloatArray, int]:
    _, path = librosa.sequence.dtw(student.T, teacher.T, subseq=True)
    told_s = np.full(len(student), np.nan)
    told_s[path[:, 0]] = path[:, 1] / _FPS
    return told_s, len(student)


def _matchmaker_dixon(_library: Any, teacher: FloatArray, student: FloatArray) -> tuple[FloatArray, int]:
    module = importlib.import_module("matchmaker.dp.oltw_dixon")
    teacher_s = np.arange(len(teacher)) / _FPS
    follower = module.OnlineTimeWarpingDixonFrame(
        reference_features=teacher.astype(np.float32),
        score_positions=teacher_s,
        ref_frame_to_beat=teacher_s,
        frame_rate=int(_FPS),
        frame_per_seg=1,
    )
    told_s = np.full(len(student), np.nan)
    for number, row in enumerate(student.astype(np.float32)):
        follower.step(row)
        told_s[number] = follower.get_current_position()
    return told_s, len(student)
