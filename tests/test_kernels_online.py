"""The kernels of the online filter equal their slow twins."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.alignment.kernels import filter_columns, place_estimate, pose_mismatch
from tests import oracles_alignment as oracle
from tests.builders_alignment import with_gaps

SLOW = settings(max_examples=40, deadline=None)
seeds = st.integers(0, 2**32 - 1)


def in_blocks(reference: np.ndarray, before: int, size: int) -> np.ndarray:
    """Frame j of the reference is at place ``before + j % size`` of block ``j // size``."""
    length, count = reference.shape
    blocks = np.full((-(-length // size), count, before + size), np.nan, dtype=np.float32)
    for b in range(len(blocks)):
        for place in range(before + size):
            j = b * size + place - before
            if 0 <= j < length:
                blocks[b, :, place] = reference[j]
    return blocks


@SLOW
@given(
    seeds,
    st.integers(1, 70),
    st.integers(1, 6),
    st.lists(st.integers(1, 9), min_size=1, max_size=3),
    st.sampled_from([0.0, 0.2, 1.0]),
)
def test_match_column_is_the_definition(seed: int, length: int, count: int, lags: list[int], gaps: float) -> None:
    rng = np.random.default_rng(seed)
    reference, pose = with_gaps(rng, (length, count), gaps), with_gaps(rng, (count,), gaps)
    motions = with_gaps(rng, (len(lags), count), gaps)
    scales, weights = rng.uniform(0.05, 0.2, len(lags)), rng.uniform(0.1, 0.5, len(lags))
    column = np.empty(length)
    seen = pose_mismatch.match_column(
        in_blocks(reference, max(lags), 16),
        pose.astype(np.float32),
        motions.astype(np.float32),
        np.array(lags),
        0.05,
        scales,
        0.7,
        weights,
        0.04,
        np.empty((1 + len(lags), 16), dtype=np.float32),
        column,
    )
    assert seen == pytest.approx(0.7 * np.isfinite(pose).sum() + weights @ np.isfinite(motions).sum(axis=1))
    wanted = oracle.mismatch_of(reference, pose, motions, lags, 0.05, scales, 0.7, weights, 0.04)
    np.testing.assert_allclose(column, wanted, atol=1e-4)


def test_nothing_seen_fits_everywhere_equally() -> None:
    column = np.empty(20)
    nothing, one = np.full((1, 4), np.nan, dtype=np.float32), np.ones(1)
    blocks, buffer = np.zeros((3, 4, 11), dtype=np.float32), np.empty((2, 8), dtype=np.float32)
    pose_mismatch.match_column(blocks, nothing[0], nothing, np.array([3]), 0.1, one, 1.0, one, 0.1, buffer, column)
    np.testing.assert_array_equal(column, 0.0)


@SLOW
@given(seeds, st.integers(1, 40))
def test_likelihood_column(seed: int, length: int) -> None:
    mismatch = np.random.default_rng(seed).uniform(0, 3, length)
    likelihood = np.empty(length, dtype=np.float32)
    total = filter_columns.likelihood_column(mismatch, 1.4, 0.05, likelihood)
    np.testing.assert_allclose(likelihood, [(1 - 0.05 * min(value, 1.4)) ** 16 for value in mismatch], rtol=1e-6)
    assert total == pytest.approx(mismatch.sum())


def test_favour_near() -> None:
    column = np.ones(5, dtype=np.float32)
    filter_columns.favour_near(column, 2.0, 1.0, 1.0)
    np.testing.assert_allclose(column, [0.5, 0.5, 1.0, 0.5, 0.5])


@SLOW
@given(seeds, st.integers(2, 40), st.integers(1, 5), st.integers(1, 2), st.integers(4, 50))
def test_advance_columns_moves_every_bit_of_probability(
    seed: int, length: int, tempos: int, images: int, block: int
) -> None:
    rng = np.random.default_rng(seed)
    old = rng.random((images, tempos, length)).astype(np.float32)
    likelihood, shares = rng.random((images, length)).astype(np.float32), rng.random(tempos)
    steps, changes = rng.integers(0, 3, tempos), rng.random((tempos, 3))
    zones = np.sort(rng.integers(0, length + 1, (2, 2)), axis=1)
    anywhere, in_zones, swaps = rng.random(images), rng.random((images, 2)), rng.random(images)
    new, place = np.full_like(old, np.nan), np.empty(length, dtype=np.float32)
    totals, columns = np.empty(images), np.empty((images, block), dtype=np.float32)
    finished = filter_columns.advance_columns(
        old, new, likelihood, shares, steps, 0.9, changes, anywhere, zones, in_zones, swaps, columns, place, totals
    )
    before, after, wanted_finished = oracle.advanced(
        old, likelihood, shares, steps, 0.9, changes, anywhere, zones, in_zones, swaps
    )
    np.testing.assert_allclose(new, after, rtol=2e-5, atol=1e-6)
    np.testing.assert_allclose(place, np.sum(after, axis=(0, 1)), rtol=2e-5)
    np.testing.assert_allclose(totals, np.sum(before, axis=(1, 2)), rtol=2e-5)
    assert finished == pytest.approx(wanted_finished)


def test_probability_is_neither_made_nor_lost() -> None:
    """With no evidence, no jump and no entry, what is not there any more has finished."""
    old = np.random.default_rng(0).random((2, 3, 25)).astype(np.float32)
    changes = np.array([[0.0, 0.8, 0.1], [0.2, 0.8, 0.2], [0.1, 0.8, 0.0]])
    new, place, everything = np.empty_like(old), np.empty(25, dtype=np.float32), np.ones((2, 25), dtype=np.float32)
    steps, nowhere, nothing = np.array([1, 1, 2]), np.zeros((1, 2), dtype=np.int64), np.zeros((2, 1))
    totals, columns = np.empty(2), np.empty((2, 8), dtype=np.float32)
    finished = filter_columns.advance_columns(
        old,
        new,
        everything,
        np.zeros(3),
        steps,
        1.0,
        changes,
        nothing[:, 0],
        nowhere,
        nothing,
        np.array([0.3, 0.1]),
        columns,
        place,
        totals,
    )
    assert totals.sum() + finished == pytest.approx(old.sum(dtype=float))
    assert new.sum(dtype=float) == pytest.approx(totals.sum())


@SLOW
@given(seeds, st.integers(8, 120))
def test_best_place_is_the_heaviest_window(seed: int, length: int) -> None:
    rng = np.random.default_rng(seed)
    place = (rng.random(length) * 0.01).astype(np.float32)
    peak = int(rng.integers(0, length))
    place[max(0, peak - 1) : peak + 2] += 1.0
    result = np.empty(5)
    bins, windows = np.zeros((2, -(-length // 4)))
    place_estimate.best_places(place, bins, windows, 6, 15, np.nan, result)
    assert abs(result[0] - peak) < 2.0
    assert result[1] >= 0.9 * min(3, length) * 0.6
    assert result[2] >= result[1] - 1e-12


def test_continuity_keeps_the_place_and_tells_the_rival() -> None:
    place, result = np.zeros(100, dtype=np.float32), np.empty(5)
    bins, windows = np.zeros((2, 25))

    def best(kept: float, rival: float) -> float:
        place[20], place[70] = kept, rival
        place_estimate.best_places(place, bins, windows, 6, 15, 20.0, result)
        return float(result[0])

    assert best(1.0, 2.5) == pytest.approx(20.0)
    assert result[1] == result[2] == pytest.approx(1.0)
    assert result[4] == pytest.approx(2.5)
    assert abs(result[3] - 70) < 7
    assert best(0.0, 2.5) == pytest.approx(70.0)
    assert result[4] == 0.0


@SLOW
@given(seeds, st.integers(30, 90), st.integers(1, 11), st.integers(1, 20))
def test_best_places_is_the_definition(seed: int, length: int, half_width: int, rival_frames: int) -> None:
    rng = np.random.default_rng(seed)
    place = (rng.random(length) ** 6 + 1e-3).astype(
        np.float32
    )  # no two windows alike: which of them is chosen would be rounding
    expected = float(rng.uniform(-5, length + 5)) if rng.random() < 0.7 else np.nan
    result = np.empty(5)
    bins, windows = np.zeros((2, -(-length // 4)))
    place_estimate.best_places(place, bins, windows, half_width, rival_frames, expected, result)
    wanted, windows_wanted = oracle.best_places(place.tolist(), half_width, rival_frames, expected)
    np.testing.assert_allclose(result[[0, 1, 2, 4]], wanted, atol=1e-9)
    if result[4] > 0:
        assert windows_wanted[int((result[3] - 1.5) / 4)] == pytest.approx(result[4])
