"""What one step of the follower costs."""

from __future__ import annotations

from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from coach.alignment.position_tracker import PositionTracker
from coach.alignment.tracked_position import MirrorMode
from coach.pose.feature_vector import features_of_track, mirror_features
from coach.routine.routine import first_steps_routine

_MINUTES = (1, 5, 15, 60)
_RUNS, _STEPS, _WARM_UP = 6, 100, 60


def cost() -> None:
    """Microseconds of one step, by the length of the reference."""
    table = features_of_track(first_steps_routine().truth_track(30.0))
    print(f"\nCost of one follower step in us (best of {_RUNS} runs of {_STEPS} steps): both mirror images, and one")
    print(f"  {'':23s} at 30 frames/s      at 15 frames/s, the follower's own clock")
    for minutes in _MINUTES:
        count = minutes * 60 * 30
        long = np.tile(table, (-(-count // len(table)), 1))[:count]
        figures = [_step_us(long, mirror, fps) for fps in (30, 15) for mirror in (MirrorMode.AUTO, MirrorMode.OFF)]
        print(f"  {minutes:3d} min ({count:6d} frames):" + "".join(f" {figure:7.1f}" for figure in figures))


def _step_us(reference: NDArray[np.float64], mirror: MirrorMode, fps: int) -> float:
    tracker = PositionTracker(reference, mirror_features(reference), np.arange(len(reference)) / 30, mirror=mirror)

    def dance(first: int, after: int) -> None:
        for number in range(first, after):
            tracker.step(reference[number * 30 // fps], number / fps)

    dance(0, _WARM_UP)
    runs = []
    for first in range(_WARM_UP, _WARM_UP + _RUNS * _STEPS, _STEPS):
        began = perf_counter()
        dance(first, first + _STEPS)
        runs.append(perf_counter() - began)
    return 1e6 * min(runs) / _STEPS
