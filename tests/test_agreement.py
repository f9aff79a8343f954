"""Whether a dancer moves with the teacher: the kernel, and what it means."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.alignment.agreement import Agreement
from coach.alignment.kernels import covariance
from coach.settings.tracker import AgreementSettings
from tests.builders_alignment import with_gaps
from tests.oracles_alignment import squares_about_means

TICK_S = 1 / 15
OTHERS = 0.34
"""Whoever does something else agrees less than this."""
COUNT = 6
RNG = np.random.default_rng(5)


def fed(dancer: np.ndarray, teacher: np.ndarray, index: np.ndarray, weight: float = 1.0) -> Agreement:
    agreement = Agreement(dancer.shape[1], TICK_S, AgreementSettings())
    for one, other, place in zip(dancer, teacher, index, strict=True):
        agreement.step(one, other, float(place), weight)
    return agreement


def mean_value(dancer: np.ndarray, teacher: np.ndarray, index: np.ndarray) -> float:
    """Over everything after the first five seconds: at one moment, chance may have its way."""
    first = round(5 / TICK_S)
    return float(
        np.mean([fed(dancer[:end], teacher[:end], index[:end]).value for end in range(first, len(dancer) + 1, 15)])
    )


def movement(seed: int, seconds: float = 20.0) -> np.ndarray:
    """Slow swings of every feature, shape (N, COUNT)."""
    time_s = np.arange(0, seconds, TICK_S)[:, None]
    rng = np.random.default_rng(seed)
    return np.sin(time_s * rng.uniform(2, 5, COUNT) + rng.uniform(0, 6, COUNT))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 6), min_size=1, max_size=4), st.floats(0.5, 1.0))
def test_covary_is_the_definition(seed: int, lengths: list[int], keep: float) -> None:
    rng = np.random.default_rng(seed)
    weights, means, sums, smoothed = np.zeros(3), np.zeros((2, 3)), np.zeros(3), np.full((2, 3), np.nan)
    stretches = []
    for length in lengths:
        rows = with_gaps(rng, (length, 2, 3), 0.2)
        stretch = [(one, other, float(rng.choice([0.0, rng.random()]))) for one, other in rows]
        stretches.append(stretch)
        weights[:] = 0.0
        for one, other, weight in stretch:
            covariance.covary(one, other, 1.0, keep, weight, smoothed, weights, means, sums)
    np.testing.assert_allclose(sums, squares_about_means(stretches, keep), atol=1e-12)


def test_covary_smooths_both_alike() -> None:
    """A step of the one takes as long to be believed as the other's."""
    weights, means, sums, smoothed = np.zeros(1), np.zeros((2, 1)), np.zeros(3), np.full((2, 1), np.nan)
    for one, other in ((0.0, 0.0), (1.0, 2.0), (np.nan, 9.0), (1.0, 2.0)):
        covariance.covary(np.array([one]), np.array([other]), 0.5, 1.0, 1.0, smoothed, weights, means, sums)
    np.testing.assert_allclose(smoothed[:, 0], (0.75, 1.5))
    np.testing.assert_allclose(sums, squares_about_means([[([x], [2 * x], 1.0) for x in (0.0, 0.5, 0.75)]], 1.0))


def test_noise_does_not_hide_that_they_agree() -> None:
    teacher = movement(1)
    noise = np.random.default_rng(3).normal(0.0, 0.7, teacher.shape)
    assert fed(teacher + noise, teacher, np.arange(float(len(teacher)))).value > 0.7


def test_somebody_new_is_trusted() -> None:
    assert Agreement(COUNT, TICK_S, AgreementSettings()).value == pytest.approx(AgreementSettings().trusted_value)


def test_what_is_not_seen_or_nowhere_changes_nothing() -> None:
    for dancer, weight in ((np.full((300, COUNT), np.nan), 1.0), (movement(1), 0.0)):
        value = fed(dancer, movement(2), np.arange(300.0), weight).value
        assert value == pytest.approx(AgreementSettings().trusted_value)


def test_neither_size_nor_posture_matters() -> None:
    teacher = movement(1)
    places = np.arange(float(len(teacher)))
    assert fed(teacher, teacher, places).value > 0.97
    assert fed(0.4 * teacher + 0.7, teacher, places).value > 0.9
    assert fed(movement(2), teacher, places).value < OTHERS


def test_postures_found_elsewhere_again_and_again_are_no_agreement() -> None:
    """Each second another posture, each found somewhere in the reference; what moves meanwhile moves otherwise."""
    postures = np.repeat(np.random.default_rng(4).normal(0.0, 2.0, (20, COUNT)), 15, axis=0)
    dancer, teacher = postures + movement(1), postures + movement(2)
    places = np.arange(300.0) + np.repeat(np.random.default_rng(6).permutation(20) * 300.0, 15)
    assert np.corrcoef(dancer.ravel(), teacher.ravel())[0, 1] > 0.8
    assert mean_value(dancer, teacher, places) < OTHERS
    assert mean_value(dancer, teacher, np.arange(300.0)) > 0.8, "had the dancer gone from one to the other"


def test_reset_forgets() -> None:
    agreement = fed(movement(2), movement(1), np.arange(300.0))
    agreement.reset()
    assert agreement.value == pytest.approx(AgreementSettings().trusted_value)
