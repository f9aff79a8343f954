"""The column: it follows a known path, whatever the tempo, and no hidden work is done per frame."""

from __future__ import annotations

import numpy as np
import pytest

from coach.alignment.online_dtw import OnlineDtw
from coach.settings.alignment import AlignmentSettings

SETTINGS = AlignmentSettings()
TICK_S = 1 / 15
NOWHERE = np.zeros((1, 2), dtype=np.int64)


def walk(length: int, seed: int = 0) -> np.ndarray:
    """A smooth random path in feature space."""
    rng = np.random.default_rng(seed)
    keys = rng.normal(0.0, 0.5, (length // 6 + 2, 8))
    places = np.arange(length) / 6
    return np.stack([np.interp(places, np.arange(len(keys)), keys[:, f]) for f in range(8)], axis=1)


def follow(reference: np.ndarray, places: np.ndarray, noise: float = 0.05) -> np.ndarray:
    """Mean place of the column while a student is at ``places``; starts known."""
    column = OnlineDtw((reference,), TICK_S, SETTINGS.evidence, SETTINGS.transitions)
    column.put(0, 3, np.ones(1))
    rng = np.random.default_rng(1)
    keep, means = 1.0, []
    tempos, phases = np.array(SETTINGS.transitions.tempos), np.zeros(len(SETTINGS.transitions.tempos))
    nothing = np.full((len(column.lags), reference.shape[1]), np.nan)
    for place in places:
        pose = np.array([np.interp(place, np.arange(len(reference)), row) for row in reference.T])
        column.look(pose + rng.normal(0, noise, pose.shape), nothing)
        phases += tempos
        steps = np.floor(phases + 1e-9).astype(np.int64)
        phases -= steps
        column.advance(keep, steps, np.full(1, 1e-9 / column.length), NOWHERE, np.zeros((1, 1)), np.zeros(1))
        keep = 1.0 / float(column.totals.sum())
        means.append(float((column.place * keep) @ np.arange(column.length)))
    return np.array(means)


@pytest.mark.parametrize("tempo", [0.7, 1.0, 1.3])
def test_follows_a_known_path(tempo: float) -> None:
    reference = walk(150)
    places = 1 + tempo * np.arange(90)
    error = follow(reference, places) - places
    assert np.median(np.abs(error[20:])) < 1.5
    assert np.abs(error[20:]).max() < 6


def test_stretched_by_known_repeats() -> None:
    """Every third frame danced twice: the path is known exactly."""
    reference = walk(120, seed=3)
    places = np.sort(np.concatenate([np.arange(100), np.arange(0, 100, 3)])).astype(float)
    error = follow(reference, places) - places
    assert np.median(np.abs(error[20:])) < 2.0


def test_reset_forgets() -> None:
    column = OnlineDtw((walk(60),), TICK_S, SETTINGS.evidence, SETTINGS.transitions)
    column.put(10, 20, np.ones(1))
    column.reset()
    column.look(np.zeros(8), np.zeros((len(column.lags), 8)))
    steps = np.ones(len(SETTINGS.transitions.tempos), dtype=np.int64)
    assert column.advance(1.0, steps, np.zeros(1), NOWHERE, np.zeros((1, 1)), np.zeros(1)) == 0.0
    assert column.totals.sum() == 0.0


def test_tempos_keep_their_shares() -> None:
    column = OnlineDtw((walk(60),), TICK_S, SETTINGS.evidence, SETTINGS.transitions)
    changes = column._changes
    shares = np.array(SETTINGS.transitions.tempo_shares)
    padded = np.concatenate([[0.0], shares, [0.0]])
    after = changes[:, 0] * padded[:-2] + changes[:, 1] * shares + changes[:, 2] * padded[2:]
    np.testing.assert_allclose(after, shares, rtol=1e-9)


@pytest.mark.parametrize("shape", [(1, 4), (12,)])
def test_unusable_reference(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="at least 2 frames"):
        OnlineDtw((np.zeros(shape),), TICK_S, SETTINGS.evidence, SETTINGS.transitions)
