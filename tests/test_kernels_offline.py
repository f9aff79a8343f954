"""The rows of offline time warping equal their definition; the paths are in ``test_offline_dtw``."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.alignment.kernels import offline_rows
from tests import oracles_alignment as oracle

SLOW = settings(max_examples=40, deadline=None)
seeds = st.integers(0, 2**32 - 1)


def test_subsequence_worked_example() -> None:
    """X = (3, 0, 6) in Y = (2, 4, 0, 4, 0, 0, 5, 2): Müller, Fundamentals of Music Processing, section 7.2.3."""
    x, y = (3.0, 0.0, 6.0), np.array([2.0, 4.0, 0.0, 4.0, 0.0, 0.0, 5.0, 2.0])
    cost = np.full(8, np.inf)
    start_row, start_column = np.zeros(8, dtype=np.int64), np.zeros(8, dtype=np.int64)
    rows = []
    for row, value in enumerate(x):
        offline_rows.subsequence_row(row, np.inf if row else 0.0, 0.0, abs(value - y), cost, start_row, start_column)
        rows.append(cost.copy())
    np.testing.assert_array_equal(rows, [[1, 1, 3, 1, 3, 3, 2, 1], [3, 5, 1, 5, 1, 1, 6, 3], [7, 5, 7, 3, 7, 7, 2, 6]])
    assert int(np.argmin(cost)) == 6
    assert start_column[6] == 3


@SLOW
@given(seeds, st.integers(1, 12), st.integers(1, 12), st.floats(0.0, 1.0), st.floats(0.1, 2.0))
def test_subsequence_row_is_the_definition(seed: int, rows: int, columns: int, step: float, skip: float) -> None:
    mismatch = np.random.default_rng(seed).random((rows, columns))
    wanted = oracle.subsequence_cost(mismatch, skip, step)
    cost = np.full(columns, np.inf)
    start_row, start_column = np.zeros(columns, dtype=np.int64), np.zeros(columns, dtype=np.int64)
    for row in range(rows):
        offline_rows.subsequence_row(row, skip, step, mismatch[row], cost, start_row, start_column)
        np.testing.assert_allclose(cost, wanted[row])
