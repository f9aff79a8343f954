"""The kernels that tell who stands still are what they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.alignment.kernels import movement
from tests.builders_alignment import with_gaps

SLOW = settings(max_examples=40, deadline=None)
seeds = st.integers(0, 2**32 - 1)


@SLOW
@given(seeds, st.integers(2, 20), st.integers(1, 6))
def test_mean_square_range(seed: int, rows: int, count: int) -> None:
    history = with_gaps(np.random.default_rng(seed), (rows, count), 0.05)
    seen = ~np.isnan(history).any(axis=0)
    wanted = np.mean(np.ptp(history[:, seen], axis=0) ** 2) if seen.any() else np.nan
    np.testing.assert_allclose(movement.mean_square_range(history), wanted)


@SLOW
@given(seeds, st.integers(1, 5), st.integers(1, 6))
def test_mean_of_seen(seed: int, rows: int, count: int) -> None:
    history, mean = with_gaps(np.random.default_rng(seed), (rows, count), 0.4), np.empty(count)
    movement.mean_of_seen(history, mean)
    for f in range(count):
        seen = [value for value in history[:, f] if np.isfinite(value)]
        assert mean[f] == pytest.approx(sum(seen) / len(seen)) if seen else np.isnan(mean[f])


@SLOW
@given(seeds, st.integers(1, 6))
def test_mean_square_bend(seed: int, count: int) -> None:
    before, middle, after = with_gaps(np.random.default_rng(seed), (3, count), 0.2)
    bends = [(a - 2 * b + c) ** 2 / 6 for a, b, c in zip(before, middle, after, strict=True) if np.isfinite(a + b + c)]
    assert movement.mean_square_bend(before, middle, after) == pytest.approx(np.mean(bends) if bends else 0.0)


def test_bend_is_the_variance_of_noise_and_nothing_of_a_steady_movement() -> None:
    noise, still = np.random.default_rng(1).normal(0.0, 0.3, (3, 4000)), np.zeros(4000)
    assert movement.mean_square_bend(*noise) == pytest.approx(0.09, rel=0.1)
    assert movement.mean_square_bend(still, still + 0.2, still + 0.4) == pytest.approx(0.0, abs=1e-12)
