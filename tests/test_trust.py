"""The sequential test of whether somebody dances this choreography at all."""

from __future__ import annotations

import numpy as np
import pytest

from coach.alignment.trust import Trust
from coach.errors import SettingsError
from coach.settings.tracker import TrustSettings

TICK_S = 1 / 15
SETTINGS = TrustSettings()
SECOND = 15
"""Ticks."""


def verdicts(
    agreement: np.ndarray | float, places: np.ndarray, weight: float = 1.0, placed: bool = True, pace: float = 1.0
) -> list[bool]:
    """Whether the dancer is trusted, tick by tick."""
    trust = Trust(SETTINGS, TICK_S)
    found = []
    for value, place in zip(np.broadcast_to(agreement, len(places)), places, strict=True):
        trust.step(float(value), float(place), weight, pace=pace, placed=placed)
        found.append(trust.trusted)
    return found


def walk(seconds: float, tempo: float = 1.0, start: float = 0.0) -> np.ndarray:
    return start + tempo * np.arange(round(seconds * SECOND))


def leaps(seconds: float, every_s: float, seed: int = 3) -> np.ndarray:
    """Places that walk on for a moment, and then are somewhere else."""
    stretch = round(every_s * SECOND)
    starts = 40.0 * np.random.default_rng(seed).permutation(-(-round(seconds * SECOND) // stretch))
    return np.concatenate([start + np.arange(stretch) for start in starts])[: round(seconds * SECOND)]


@pytest.mark.parametrize("tempo", [0.5, 0.75, 1.0, 1.3, 1.7])
def test_who_moves_with_the_teacher_stays_trusted(tempo: float) -> None:
    assert all(verdicts(0.45, walk(60.0, tempo)))


@pytest.mark.parametrize(("tempo", "pace"), [(0.25, 0.5), (2.2, 1.3)])
def test_who_keeps_to_a_slow_or_fast_pace_may_walk_so(tempo: float, pace: float) -> None:
    assert all(verdicts(0.45, walk(60.0, tempo), pace=pace))
    assert not verdicts(0.45, walk(60.0, tempo))[-1]


def test_who_moves_otherwise_is_found_out_though_the_place_walks() -> None:
    found = verdicts(-0.2, walk(20.0))
    assert found[0]
    assert not any(found[4 * SECOND :])


@pytest.mark.parametrize("places", [np.full(300, 80.0), walk(20.0, -1.0, 500.0), walk(20.0, 4.0), leaps(20.0, 0.8)])
def test_a_place_that_does_not_walk_is_a_lucky_one(places: np.ndarray) -> None:
    """Standing, backwards, far too fast, leaping: however well a stranger's movement agrees at each."""
    found = verdicts(0.75, places)
    assert not any(found[4 * SECOND :])


def test_dancers_may_restart_and_skip() -> None:
    """Every five seconds to another place, and a hopeless second around each: nobody dances so."""
    agreement = np.tile(np.concatenate([np.full(SECOND, 0.2), np.full(4 * SECOND, 0.75)]), 8)
    assert all(verdicts(agreement, leaps(40.0, 5.0)))


def test_who_was_found_out_has_to_convince_again() -> None:
    agreement = np.concatenate([np.full(10 * SECOND, 0.0), np.full(10 * SECOND, 0.8)])
    places = np.concatenate([leaps(10.0, 0.8), walk(10.0, start=5000.0)])
    found = verdicts(agreement, places)
    assert not any(found[5 * SECOND : 11 * SECOND])
    assert all(found[13 * SECOND :])


def test_a_minute_of_good_dancing_is_believed_no_longer_than_some_seconds_of_it() -> None:
    lost_after = []
    for good_s in (6.0, 60.0):
        places = np.concatenate([walk(good_s), leaps(10.0, 0.8) + 5000.0])
        found = verdicts(np.concatenate([np.full(round(good_s * SECOND), 0.8), np.zeros(10 * SECOND)]), places)
        lost_after.append(found.index(False) - round(good_s * SECOND))
    assert lost_after[0] == lost_after[1] < 3 * SECOND


def test_ticks_without_weight_say_nothing() -> None:
    assert all(verdicts(-1.0, leaps(30.0, 0.8), weight=0.0))


def test_who_only_waited_is_trusted_sooner_than_who_was_followed_and_found_out() -> None:
    """Somebody who walks to the place, and is not followed before there is a place, is nobody yet."""
    soon = []
    for placed in (False, True):
        trust = Trust(SETTINGS, TICK_S)
        for place in leaps(30.0, 0.8):
            trust.step(0.2, float(place), 1.0, pace=1.0, placed=placed)
        assert not trust.trusted
        places = walk(5.0, start=5000.0)
        regained = []
        for tick, place in enumerate(places):
            trust.step(0.8, float(place), 1.0, pace=1.0, placed=placed or tick > SECOND)
            regained.append(trust.trusted)
        soon.append(regained.index(True) / SECOND)
    assert soon[0] < soon[1] - 0.5
    assert soon[1] < 3.0


def test_who_is_not_followed_is_not_trusted_more_for_it() -> None:
    trust = Trust(SETTINGS, TICK_S)
    for place in leaps(10.0, 0.8):
        trust.step(0.2, float(place), 1.0, pace=1.0, placed=True)
    for place in leaps(10.0, 0.8):
        trust.step(0.2, float(place), 1.0, pace=1.0, placed=False)
    assert not trust.trusted


def test_reset_is_somebody_new() -> None:
    trust = Trust(SETTINGS, TICK_S)
    for place in leaps(10.0, 0.8):
        trust.step(0.0, float(place), 1.0, pace=1.0, placed=True)
    assert not trust.trusted
    trust.reset()
    assert trust.trusted
    trust.step(0.0, 700.0, 1.0, pace=1.0, placed=True)
    assert trust.trusted


@pytest.mark.parametrize(
    "wrong",
    [
        {"slowest_walk": 2.0},
        {"most": 0.05},
        {"least": 0.0},
        {"neutral_agreement": 2.0},
        {"stray_price": -1.0},
        {"unfollowed": -2.0},
    ],
)
def test_settings_that_make_no_sense_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(SettingsError):
        TrustSettings(**wrong)
