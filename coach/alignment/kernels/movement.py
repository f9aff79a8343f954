"""How much a short history of features moves: a dancer who stands still, and the noise of who measures."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.alignment.kernels.compiling import kernel

FloatArray = NDArray[np.float64]


@kernel
def mean_of_seen(history: FloatArray, mean: FloatArray) -> None:
    """Fill ``mean`` (F,) with the mean over the rows of ``history`` (N, F) that are seen; nan where none is."""
    rows, count = history.shape
    for f in range(count):
        total, seen = 0.0, 0
        for i in range(rows):
            value = history[i, f]
            if value == value:
                total += value
                seen += 1
        mean[f] = total / seen if seen > 0 else np.nan


@kernel
def mean_square_bend(before: FloatArray, middle: FloatArray, after: FloatArray) -> float:
    """Mean over the features of ``(before - 2 * middle + after) ** 2 / 6``, 0 if none is seen in all three.

    The variance of noise without memory, and hardly anything of a steady movement.
    """
    total, seen = 0.0, 0
    for f in range(middle.shape[0]):
        bend = before[f] - 2.0 * middle[f] + after[f]
        if bend == bend:
            total += bend * bend
            seen += 1
    return total / (6.0 * seen) if seen > 0 else 0.0


@kernel
def mean_square_range(history: FloatArray) -> float:
    """Mean over the features of the squared range within ``history`` (N, F); nan if no feature was seen throughout."""
    rows, count = history.shape
    total = 0.0
    seen = 0
    for f in range(count):
        low = high = history[0, f]
        for i in range(1, rows):
            value = history[i, f]
            if value != value:
                low = value
            if value < low:
                low = value
            if value > high:
                high = value
        if low == low:
            total += (high - low) * (high - low)
            seen += 1
    return total / seen if seen > 0 else np.nan
