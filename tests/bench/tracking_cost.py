"""What one step of the follower costs."""

from __future__ import annotations

from time import perf_counter

import numpy as np

from coach.alignment.position_tracker import PositionTracker
from coach.alignment.tracked_position import MirrorMode
from coach.pose.feature_vector import features_of_track, mirror_features
from coach.routine.routine import first_steps_routine


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
