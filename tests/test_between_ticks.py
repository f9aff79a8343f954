"""Between the ticks of a path: what is steadily a part of a tick late is told so."""

from __future__ import annotations

import numpy as np
import pytest

from coach.alignment.between_ticks import between_ticks


def parabolas(later: np.ndarray, bends: np.ndarray) -> np.ndarray:
    """Mismatch a column before, at and after each cell whose best place lies ``later`` columns on, shape (P, 3)."""
    away = np.arange(-1, 2) - later[:, None]
    return 0.3 + bends[:, None] * away**2


@pytest.mark.parametrize("later", [-0.5, -0.2, 0.0, 0.35, 0.5])
def test_a_part_of_a_tick(later: float) -> None:
    bends = np.random.default_rng(0).uniform(0.0, 0.4, 60)
    np.testing.assert_allclose(between_ticks(parabolas(np.full(60, later), bends), 9), later, atol=1e-9)


def test_changes_slowly_and_moments_that_say_more_count_for_more() -> None:
    later = np.where(np.arange(80) < 40, -0.3, 0.3)
    found = between_ticks(parabolas(later, np.full(80, 0.2)), 9)
    assert found[:25] == pytest.approx(-0.3)
    assert found[-25:] == pytest.approx(0.3)
    assert (np.diff(found) > -1e-12).all()
    loud = np.where(np.arange(80) < 40, 1.0, 0.01)
    assert between_ticks(parabolas(later, loud), 9)[42] < -0.2


def test_a_held_pose_says_nothing() -> None:
    assert not between_ticks(np.full((30, 3), 0.4), 9).any()
    ridge = np.tile([0.2, 0.5, 0.3], (30, 1))
    assert not between_ticks(ridge, 9).any()


def test_never_more_than_a_tick() -> None:
    assert np.abs(between_ticks(np.tile([1.0, 0.51, 0.03], (30, 1)), 9)).max() <= 1.0


def test_one_cell() -> None:
    assert between_ticks(np.array([[0.4, 0.1, 0.2]]), 9).shape == (1,)
