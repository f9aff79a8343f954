"""Where between the ticks of a warping path its poses fit best."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

_LEAST_BEND = 1e-3
"""Summed mismatch that bends less says nothing: a pose that is held fits everywhere."""


def between_ticks(around: FloatArray, reach: int) -> FloatArray:
    """How much later than its column each cell of a path fits best, by a parabola through three summed mismatches.

    A path steps from tick to tick, so that of a dancer who is steadily a third of a tick late it says either nothing or
    a whole tick. The mismatch one tick earlier and later tells the difference; it is summed along the path, because
    that of one moment is mostly form.

    Parameters
    ----------
    around : ndarray [shape=(P, 3)], float64
        Mismatch in the column before each cell, in its own, and in the one after.
    reach : int
        Cells to either side over which it is summed, with weights that fall to 0.

    Returns
    -------
    ndarray [shape=(P,)], float64
        In ticks, within -1..1.
    """
    weights = 1.0 - np.abs(np.arange(-reach, reach + 1)) / (reach + 1.0)
    padded = np.pad(around, ((reach, reach), (0, 0)))
    before, at, after = (np.convolve(column, weights, mode="valid") for column in padded.T)
    bend = before - 2.0 * at + after
    usable = bend > _LEAST_BEND
    later: FloatArray = np.where(usable, 0.5 * (before - after) / np.where(usable, bend, 1.0), 0.0)
    return np.clip(later, -1.0, 1.0)
