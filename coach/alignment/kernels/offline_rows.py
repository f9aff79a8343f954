"""The rows of time warping with both clips known."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.alignment.kernels.compiling import kernel

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@kernel
def subsequence_row(
    row: int,
    skip_price: float,
    step_price: float,
    mismatch: FloatArray,
    cost: FloatArray,
    start_row: IntArray,
    start_column: IntArray,
) -> None:
    """One row of subsequence time warping with the three classic steps, in place.

    ``cost[j]`` is the least cost of any path that ends at ``(row, j)``; a path may begin anywhere, at ``skip_price``
    for every row before it (Müller, Fundamentals of Music Processing, 7.2.3, where it is infinite but for row 0). A
    step that is not diagonal costs ``step_price``. ``cost[j - 1]`` is of this row and ``cost[j]`` still of the last
    one when ``j`` is reached, which is why one array is enough.

    Parameters
    ----------
    row : int
    skip_price, step_price : float
    mismatch : ndarray [shape=(T,)]
    cost : ndarray [shape=(T,)], in and out
    start_row, start_column : ndarray [shape=(T,)], int64, in and out
        Where the best path to each cell began.
    """
    diagonal = np.inf
    diagonal_row = diagonal_column = 0
    for j in range(mismatch.shape[0]):
        above, above_row, above_column = cost[j], start_row[j], start_column[j]
        best, best_row, best_column = row * skip_price, row, j
        if row > 0:
            if diagonal <= best:
                best, best_row, best_column = diagonal, diagonal_row, diagonal_column
            if above + step_price < best:
                best, best_row, best_column = above + step_price, above_row, above_column
        if j > 0 and cost[j - 1] + step_price < best:
            best, best_row, best_column = cost[j - 1] + step_price, start_row[j - 1], start_column[j - 1]
        cost[j], start_row[j], start_column[j] = best + mismatch[j], best_row, best_column
        diagonal, diagonal_row, diagonal_column = above, above_row, above_column


@kernel
def global_row(
    first: bool,
    middle: bool,
    step_price: float,
    mismatch: FloatArray,
    cost: FloatArray,
    crossing: IntArray,
    steps: NDArray[np.uint8],
) -> None:
    """One row of time warping from the first cell of the first row, in place.

    Parameters
    ----------
    first : bool
        The first row, where only horizontal steps lead on.
    middle : bool
        The row after the middle: ``crossing`` is set here and carried on by all later rows.
    step_price : float
    mismatch : ndarray [shape=(T,)]
    cost : ndarray [shape=(T,)], in and out
    crossing : ndarray [shape=(T,)], int64, in and out
        For the best path to each cell, twice the column where it left the middle row, plus 1 for a diagonal step.
    steps : ndarray [shape=(T,)], uint8, output
        The last step: 0 diagonal, 1 from above (same column), 2 from the left (same row).
    """
    diagonal = np.inf
    diagonal_crossing = 0
    for j in range(mismatch.shape[0]):
        above, above_crossing = cost[j], crossing[j]
        best, carried, step = np.inf, 0, 0
        if first:
            if j == 0:
                best = 0.0
        else:
            best, carried, step = diagonal, diagonal_crossing, 0
            if middle:
                carried = 2 * (j - 1) + 1
            if above + step_price < best:
                best, carried, step = above + step_price, 2 * j if middle else above_crossing, 1
        if j > 0 and cost[j - 1] + step_price < best:
            best, carried, step = cost[j - 1] + step_price, crossing[j - 1], 2
        cost[j], crossing[j], steps[j] = best + mismatch[j], carried, step
        diagonal, diagonal_crossing = above, above_crossing
