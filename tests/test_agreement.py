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
COUNT = 6
RNG = np.random.default_rng(5)


def fed(dancer: np.ndarray, teacher: np.ndarray, index: np.ndarray, around: float = 1.0) -> Agreement:
    agreement = Agreement(dancer.shape[1], TICK_S, AgreementSettings())
    for one, other, place in zip(dancer, teacher, index, strict=True):
        agreement.step(one, other, float(place), around)
    return agreement


def movement(seed: int, seconds: float = 20.0) -> np.ndarray:
    """Slow swings of every feature, shape (N, COUNT)."""
    time_s = np.arange(0, seconds, TICK_S)[:, None]
    rng = np.random.default_rng(seed)
    return np.sin(time_s * rng.uniform(2, 5, COUNT) + rng.uniform(0, 6, COUNT))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 6), min_size=1, max_size=4), st.floats(0.5, 1.0))
def test_covary_is_the_definition(seed: int, lengths: list[int], keep: float) -> None:
    rng = np.random.default_rng(seed)
    weights, means, sums = np.zeros(3), np.zeros((2, 3)), np.zeros(3)
    stretches = []
    for length in lengths:
        rows = with_gaps(rng, (length, 2, 3), 0.2)
        stretch = [(one, other, float(rng.choice([0.0, rng.random()]))) for one, other in rows]
        stretches.append(stretch)
        weights[:] = 0.0
        for one, other, weight in stretch:
            covariance.covary(one, other, keep, weight, weights, means, sums)
    np.testing.assert_allclose(sums, squares_about_means(stretches, keep), atol=1e-12)


def test_somebody_new_is_trusted() -> None:
    assert Agreement(COUNT, TICK_S, AgreementSettings()).value == pytest.approx(AgreementSettings().trusted_value)


def test_what_is_not_seen_or_nowhere_changes_nothing() -> None:
    for dancer, around in ((np.full((300, COUNT), np.nan), 1.0), (movement(1), 0.0)):
        value = fed(dancer, movement(2), np.arange(300.0), around).value
        assert value == pytest.approx(AgreementSettings().trusted_value)


def test_neither_size_nor_posture_matters() -> None:
    teacher = movement(1)
    places = np.arange(float(len(teacher)))
    assert fed(teacher, teacher, places).value > 0.97
    assert fed(0.4 * teacher + 0.7, teacher, places).value > 0.9
    assert fed(movement(2), teacher, places).value < AgreementSettings().min_kept


def test_who_picks_the_likeliest_pose_at_every_moment_does_not_agree() -> None:
    """Somebody else's movement, followed wherever a pose of the reference looks most like it."""
    dancer, teacher = movement(1), movement(2, 200.0)
    best = np.array([np.abs(teacher - pose).sum(axis=1).argmin() for pose in dancer])
    picked = teacher[best]
    plain = np.corrcoef(dancer.ravel(), picked.ravel())[0, 1]
    assert plain > 0.6, "chosen afterwards, poses agree"
    assert fed(dancer, picked, best.astype(float)).value < plain - 0.2


def test_reset_forgets() -> None:
    agreement = fed(movement(2), movement(1), np.arange(300.0))
    agreement.reset()
    assert agreement.value == pytest.approx(AgreementSettings().trusted_value)
