"""What the sound bench measures and what does not depend on the machine: pitch, seams of loops, drift."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.bench.sound import (
    TEMPOS,
    drift_ms,
    frequency_hz,
    loop_figures,
    pitch_error_cents,
    played,
    roughness,
    stretches,
)
from tests.bench.sound_child import RATE_HZ, tone


@pytest.mark.parametrize("tempo", TEMPOS)
@pytest.mark.parametrize("fallback", [False, True], ids=["python-stretch", "ffmpeg"])
def test_slowed_music_keeps_its_pitch(tempo: float, fallback: bool) -> None:
    assert abs(pitch_error_cents(tempo, fallback=fallback)) < 5.0


def test_the_meter_of_pitch_is_finer_than_what_it_measures() -> None:
    time_s = np.arange(4 * RATE_HZ) / RATE_HZ
    for cents in (-7.0, 0.0, 3.3):
        wanted_hz = 440.0 * 2 ** (cents / 1200)
        found_hz = frequency_hz(np.sin(2 * np.pi * wanted_hz * time_s), RATE_HZ)
        assert 1200 * np.log2(found_hz / wanted_hz) == pytest.approx(0.0, abs=0.05)


@pytest.mark.parametrize("ppm", [20, -100, 300, 1000])
def test_five_minutes_drift_less_than_twenty_milliseconds(ppm: int) -> None:
    assert drift_ms(ppm * 1e-6, 300.0, led=True) < 20.0


def test_without_being_led_it_would_drift_further() -> None:
    assert drift_ms(100e-6, 300.0, led=False) > 20.0


def test_the_mixer_goes_round_a_loop_to_the_sample_and_without_a_click(tmp_path: Path) -> None:
    """The samples that a loudspeaker would have been given, written to a file by SDL."""
    samples, _ = played("tone", tmp_path)
    figures = loop_figures(samples)
    assert figures["rounds"] > 2
    assert figures["period_difference"] == 0
    assert figures["loop"] < 1.1
    assert figures["start"] < 3


def test_the_meter_of_clicks_sees_a_click() -> None:
    samples = tone(1.0)
    cut = np.concatenate((samples[:10_013], samples[10_060:]))
    assert roughness(cut) > 10 * roughness(samples)


def test_stretches_of_sound_are_told_apart() -> None:
    silence = np.zeros(RATE_HZ // 2, np.int16)
    samples = np.concatenate((silence, tone(0.5), silence, tone(0.3), silence))
    (first, second) = stretches(samples)
    assert first[0] == pytest.approx(RATE_HZ // 2, abs=50)
    assert (second[1] - second[0]) / RATE_HZ == pytest.approx(0.3, abs=0.01)
