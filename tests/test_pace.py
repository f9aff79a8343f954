"""The pace: learnt from whoever keeps to one, and from nobody else; with music it is the music's rate."""

from __future__ import annotations

import numpy as np
import pytest

from coach.alignment.pace import Pace
from coach.alignment.tempo import TempoEstimate
from coach.errors import SettingsError
from coach.settings.transitions import PaceSettings

TICK_S = 1 / 15
SETTINGS = PaceSettings()
SECOND = 15
"""Ticks."""


def after(advances_s: np.ndarray) -> list[float]:
    pace = Pace(SETTINGS, TICK_S)
    values = []
    for advance_s in advances_s.tolist():
        pace.follow(advance_s)
        values.append(pace.value)
    return values


def steady(tempo: float, seconds: float, wobble_s: float = 0.02) -> np.ndarray:
    """Advances of a dancer whose places wobble around those of a steady tempo."""
    wobble = np.random.default_rng(5).normal(0, wobble_s, round(seconds * SECOND))
    return tempo * TICK_S + np.diff(wobble, prepend=0.0)


@pytest.mark.parametrize("tempo", [0.55, 0.65, 1.35, 1.45])
def test_a_steady_tempo_is_learnt_within_seconds(tempo: float) -> None:
    values = after(steady(tempo, 12.0))
    assert values[-1] == pytest.approx(tempo, abs=0.1)
    assert abs(values[SECOND] - 1.0) < 0.5 * abs(values[-1] - 1.0)


def test_the_further_the_more_of_it_is_believed() -> None:
    shares = [(after(steady(tempo, 12.0))[-1] - 1.0) / (tempo - 1.0) for tempo in (0.9, 0.85, 0.75, 0.6)]
    assert shares[0] == 0.0
    assert shares == sorted(shares)
    assert shares[-1] > 0.8


@pytest.mark.parametrize("tempo", [0.93, 1.0, 1.07])
def test_about_the_teachers_tempo_is_the_teachers(tempo: float) -> None:
    assert set(after(steady(tempo, 20.0))) == {1.0}


def test_what_goes_to_and_fro_is_no_pace() -> None:
    """Two seconds at 0.7 and two at 1.3."""
    tempos = np.tile(np.repeat([0.7, 1.3], 2 * SECOND), 6)
    assert max(abs(value - 1.0) for value in after(tempos * TICK_S)) < 0.1


def test_a_moment_is_not_enough() -> None:
    assert set(after(steady(0.6, 0.5))) == {1.0}


def test_reset_is_for_somebody_new() -> None:
    pace = Pace(SETTINGS, TICK_S)
    for advance_s in steady(0.6, 8.0).tolist():
        pace.follow(advance_s)
    assert pace.value < 0.8
    pace.reset()
    assert pace.value == 1.0
    pace.follow(TICK_S)
    assert pace.value == 1.0


def test_the_musics_rate_needs_no_learning_and_outlasts_its_pauses_and_jumps() -> None:
    pace = Pace(SETTINGS, TICK_S)
    jitter = np.random.default_rng(1).uniform(-0.004, 0.004, 400).tolist()
    place_s, found = 10.0, []
    for tick in range(400):
        if 100 <= tick < 160:
            step_s = 0.0
        elif tick == 200:
            step_s = -8.0
        else:
            step_s = 0.7 * TICK_S
        place_s += step_s
        pace.heed(place_s + jitter[tick] * (step_s > 0), tick * TICK_S)
        found.append(pace.value)
    assert found[SECOND:] == pytest.approx([0.7] * (400 - SECOND), abs=0.03)


def test_music_that_stands_is_where_it_stands() -> None:
    pace = Pace(SETTINGS, TICK_S)
    for frame in range(200):
        pace.heed(min(0.8 * frame * 0.05, 4.0), frame * 0.05)
    assert pace.music_at(199 * 0.05) == pytest.approx(4.0)
    assert pace.value == pytest.approx(0.8, abs=0.01)


def test_silence_does_not_forget_the_musics_rate() -> None:
    """A start, a pause, a loop: for some frames there is no music, and the dancer is followed at any advance."""
    pace = Pace(SETTINGS, TICK_S)
    for tick in range(60):
        pace.heed(0.6 * tick * TICK_S, tick * TICK_S)
    for _ in range(30):
        pace.follow(1.2 * TICK_S)
    assert pace.value == pytest.approx(0.6, abs=0.01)


def test_the_musics_place_between_what_was_heard() -> None:
    pace = Pace(SETTINGS, TICK_S)
    assert pace.music_at(0.0) is None
    for frame in range(40):
        pace.heed(5.0 + 0.6 * 0.2 * frame, 0.2 * frame)
    assert pace.music_at(0.2 * 39 - 0.15) == pytest.approx(5.0 + 0.6 * (0.2 * 39 - 0.15), abs=1e-6)


def test_variance_is_that_of_many_lines() -> None:
    """Standard error of a slope against the scatter of slopes of 300 noisy lines."""
    rng = np.random.default_rng(2)
    slopes, told = [], []
    for _ in range(300):
        estimate = TempoEstimate(1e6, 0.0, 10.0)
        for tick in range(45):
            estimate.add(tick * TICK_S, 0.8 * tick * TICK_S + float(rng.normal(0, 0.05)))
        slopes.append(estimate.value)
        told.append(estimate.variance(0.0, 1.0))
    assert np.mean(told) == pytest.approx(np.var(slopes), rel=0.25)
    assert TempoEstimate(1.0, 0.0, 10.0).variance(0.1, 1.0) == np.inf


def test_settings_are_checked() -> None:
    for wrong in ({"slowest": 1.1}, {"fastest": 0.9}, {"dead_zone": -0.1}, {"memory_s": 0.0}):
        with pytest.raises(SettingsError):
            PaceSettings(**wrong)
