"""Known latencies are found again, the same ones each time, and what cannot be known is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.practice.contacts import ClapListener
from coach.practice.flash import FlashCheck, FlashPattern
from coach.practice.latency import LatencyEstimator, LatencyFault, LatencyResult, delays_to_beats
from coach.settings.latency import LatencySettings
from tests.builders_latency import FPS, brightness, camera_times, clapping, drawn_clapping, jumping

SETTINGS = LatencySettings()
BEAT, FLASH = SETTINGS.beat, SETTINGS.flash
BEATS_S = 1.0 + BEAT.beat_s * np.arange(BEAT.beats_count)
LATENCIES_MS = (0.0, 40.0, 90.0, 150.0, 250.0)


def heard(
    latency_s: float, seed: int, *, human_s: float = 0.02, jumps: bool = False, noise: float = 0.004
) -> LatencyResult:
    """A whole check by ear: somebody claps (or jumps) to clicks, not exactly."""
    chances = np.random.default_rng(seed)
    made_s = BEATS_S[BEAT.listen_count :] + chances.normal(0, human_s, BEAT.beats_count - BEAT.listen_count)
    times_s = camera_times(BEATS_S[-1] + 1.5, chances)
    listener = ClapListener(BEAT)
    motion = jumping if jumps else clapping
    for pose in motion(made_s + latency_s, times_s, chances, noise=noise):
        listener.step(pose, pose.time_s)
    estimator = LatencyEstimator(SETTINGS.judgement)
    for delay_s in delays_to_beats(listener.events_s, BEATS_S.tolist(), BEAT.beat_s, SETTINGS.judgement.min_ms / 1000):
        estimator.add(delay_s)
    return estimator.result()


def flashed(latency_s: float, seed: int, **camera: float) -> LatencyResult:
    """A whole check by eye."""
    chances = np.random.default_rng(seed)
    pattern, check = FlashPattern(FLASH), FlashCheck(FLASH, SETTINGS.judgement)
    for draw_s in np.arange(0.0, FLASH.duration_s, 1 / 60):
        check.shown(float(draw_s), pattern.bright(float(draw_s)))
    for captured_s, regions in brightness(
        pattern, latency_s, camera_times(FLASH.duration_s, chances), chances, **camera
    ):
        check.see(captured_s, regions)
    return check.result()


# -- by ear ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("latency_ms", LATENCIES_MS)
@pytest.mark.parametrize("jumps", [False, True], ids=["claps", "jumps"])
def test_an_injected_latency_is_found_by_ear(latency_ms: float, jumps: bool) -> None:
    for seed in range(2):
        result = heard(latency_ms / 1000, seed, jumps=jumps, human_s=0.015)
        assert result.ok, result
        assert result.median_ms == pytest.approx(latency_ms, abs=15)
        assert result.count >= SETTINGS.judgement.min_count


@pytest.mark.parametrize("latency_ms", [0.0, 130.0, 250.0])
def test_claps_of_the_drawn_dancer_are_found_between_the_frames(latency_ms: float) -> None:
    made_s = BEATS_S + latency_ms / 1000
    listener = ClapListener(BEAT)
    for pose in drawn_clapping(made_s, camera_times(BEATS_S[-1] + 1.5, np.random.default_rng(2))):
        listener.step(pose, pose.time_s)
    assert listener.landings_s == []
    errors_ms = 1000 * (np.array(listener.claps_s) - made_s)
    assert np.abs(np.median(errors_ms)) < 8
    assert errors_ms.std() < 8


def test_the_check_by_ear_repeats_itself() -> None:
    found_ms = [heard(0.12, seed).median_ms for seed in range(8)]
    assert np.std(found_ms) <= 10


def test_nobody_who_claps_anyhow_is_believed() -> None:
    results = [heard(0.1, seed, human_s=0.12) for seed in range(3)]
    assert all(not result.ok for result in results)
    assert {result.fault for result in results} <= {LatencyFault.TOO_SPREAD, LatencyFault.TOO_FEW}


def test_standing_still_is_no_clap() -> None:
    chances = np.random.default_rng(1)
    listener = ClapListener(BEAT)
    for pose in clapping(np.array([-99.0]), camera_times(12.0, chances), chances, noise=0.006):
        assert not listener.step(pose, pose.time_s)
    assert listener.events_s == []


@pytest.mark.parametrize("hidden", [0.1, 0.25])
def test_hands_that_are_lost_now_and_then_are_no_matter(hidden: float) -> None:
    chances = np.random.default_rng(5)
    listener, made_s = ClapListener(BEAT), BEATS_S + 0.1
    for pose in clapping(made_s, camera_times(BEATS_S[-1] + 1.5, chances), chances):
        if chances.random() < hidden:
            pose.image[15, :3] = np.nan
        listener.step(pose, pose.time_s)
    away_s = [float(np.abs(made_s - each).min()) for each in listener.claps_s]
    assert len(away_s) >= 0.8 * len(made_s)
    assert np.median(away_s) < 0.015


@given(st.floats(-0.05, 0.45), st.floats(0.6, 1.2), st.integers(0, 9))
def test_each_event_finds_its_beat(latency_s: float, beat_s: float, seed: int) -> None:
    chances = np.random.default_rng(seed)
    beats_s = 3.0 + beat_s * np.arange(16)
    events_s = beats_s[4:] + latency_s + chances.normal(0, 0.01, 12)
    delays_s = delays_to_beats(events_s.tolist(), beats_s.tolist(), beat_s, -0.1)
    assert len(delays_s) == 12
    assert delays_s == pytest.approx(events_s - beats_s[4:])


# -- by eye ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("latency_ms", LATENCIES_MS)
@pytest.mark.parametrize(("exposure_s", "step"), [(0.005, 30.0), (0.03, 30.0), (0.01, 8.0)])
def test_an_injected_latency_is_found_by_eye(latency_ms: float, exposure_s: float, step: float) -> None:
    for seed in range(2):
        result = flashed(latency_ms / 1000, seed, exposure_s=exposure_s, step=step)
        assert result.ok, result
        assert result.median_ms == pytest.approx(latency_ms + 1000 * exposure_s / 2, abs=15)


def test_the_check_by_eye_repeats_itself() -> None:
    found_ms = [flashed(0.08, seed).median_ms for seed in range(8)]
    assert np.std(found_ms) <= 10


def test_a_screen_that_the_camera_does_not_see_is_said_to_be_so() -> None:
    assert flashed(0.08, 3, step=0.0).fault is LatencyFault.NOTHING_SEEN


def test_a_screen_that_was_never_shown_is_no_check() -> None:
    check = FlashCheck(FLASH)
    assert check.result().fault is LatencyFault.NOTHING_SEEN
    check.shown(0.0, True)
    check.see(0.1, [1.0])
    check.see(0.05, [1.0])
    assert check.result().fault is LatencyFault.NOTHING_SEEN


def test_the_screen_never_flashes_three_times_a_second() -> None:
    for seed in range(20):
        pattern = FlashPattern(type(FLASH)(seed=seed))
        assert np.diff(pattern.changes_s).min() >= 0.25
        assert not pattern.bright(0.0)
        assert pattern.bright(pattern.changes_s[0])


# -- the judgement -----------------------------------------------------------------------------------------------------
def estimated(*delays_ms: float) -> LatencyResult:
    estimator = LatencyEstimator(SETTINGS.judgement)
    for delay_ms in delays_ms:
        estimator.add(delay_ms / 1000)
    return estimator.result()


def test_outliers_are_left_out() -> None:
    result = estimated(*[100 + step for step in range(-5, 6)], 400, -40, 350)
    assert result.ok
    assert result.median_ms == pytest.approx(100)
    assert result.count == 11


@pytest.mark.parametrize(
    ("delays_ms", "fault"),
    [
        ((), LatencyFault.NOTHING_SEEN),
        ((100.0,) * 7, LatencyFault.TOO_FEW),
        (tuple(np.linspace(0, 300, 20)), LatencyFault.TOO_SPREAD),
        ((600.0,) * 10, LatencyFault.IMPLAUSIBLE),
        ((100.0, 101.0) * 4 + (300.0,) * 7, LatencyFault.TOO_SPREAD),
    ],
)
def test_what_cannot_be_known_is_refused(delays_ms: tuple[float, ...], fault: LatencyFault) -> None:
    result = estimated(*delays_ms)
    assert result.fault is fault
    assert not result.ok


def test_nan_is_no_event() -> None:
    estimator = LatencyEstimator()
    estimator.add(float("nan"))
    assert estimator.result().count == 0


def test_the_camera_of_these_tests_is_an_ordinary_one() -> None:
    gaps_s = np.diff(camera_times(60.0, np.random.default_rng(0)))
    assert np.median(gaps_s) == pytest.approx(1 / FPS, abs=0.003)
    assert gaps_s.max() > 1.7 / FPS
