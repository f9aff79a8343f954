"""The offset of two sounds: exact in noise and rooms, and recognised where there is none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.comparison.beat import beat_period_s
from coach.comparison.correlation import curve_correlation, phase_correlation
from coach.comparison.result.sync import SoundRelation, SyncMethod
from coach.comparison.sound_signal import at_rate, sound_shape
from coach.comparison.sound_sync import sync_samples, sync_sounds
from coach.devices.audio_file import read_audio
from coach.pose.reference import Audio
from coach.settings.comparison_sync import SoundSyncSettings
from tests.builders_comparison import RATE_HZ, in_a_room, music, with_noise
from tests.oracles_comparison import delay

SETTINGS = SoundSyncSettings()
PAIR_OFFSET_S = 3.0424


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 1000), st.floats(-6.0, 6.0), st.sampled_from(["clean", "noise", "room"]))
def test_the_offset_of_one_recording(seed: int, offset_s: float, trouble: str) -> None:
    song = music(30.0, seed)
    start = round(abs(offset_s) * RATE_HZ)
    teacher, student = (song[start:], song) if offset_s > 0 else (song, song[start:])
    if trouble == "noise":
        student = with_noise(student, 10.0, seed)
    if trouble == "room":
        student = with_noise(in_a_room(student, seed), 10.0, seed)
    found = sync_samples(teacher, student, SETTINGS)
    assert found.relation is SoundRelation.SAME
    assert found.candidates[0][0] == pytest.approx(np.copysign(start / RATE_HZ, offset_s), abs=0.02)
    assert found.confidence >= 0.5


def test_lag_agrees_with_trying_all() -> None:
    rng = np.random.default_rng(3)
    first = rng.normal(size=900)
    second = np.concatenate([rng.normal(size=37), first[:700]])
    found = phase_correlation(first, second, 1000, (0.0, 500.0))
    assert found.best()[0] * 1000 == pytest.approx(delay(first, second, 200), abs=0.01)
    curves = curve_correlation(first[:, None], second[:, None], 1000.0, 0.3)
    assert curves.best()[0] * 1000 == pytest.approx(37, abs=0.01)
    assert curves.value.max() <= 1 + 1e-9


def test_repeating_music_gives_several_candidates() -> None:
    song = music(30.0, 5, repeat_s=8.0)
    found = sync_samples(song[2 * RATE_HZ :], song, SETTINGS)
    offsets = sorted(round(offset, 1) for offset, _ in found.candidates)
    assert 2.0 in offsets
    assert {-6.0, 10.0} & set(offsets)


@pytest.mark.parametrize("other", ["another song", "backwards", "noise"])
def test_different_sounds_are_recognised(other: str) -> None:
    song = music(30.0, 1)
    sounds = {
        "another song": music(30.0, 2),
        "backwards": song[::-1].copy(),
        "noise": np.random.default_rng(0).normal(size=len(song)),
    }
    found = sync_samples(song, sounds[other], SETTINGS)
    assert found.relation is SoundRelation.DIFFERENT
    assert found.candidates == ()


@pytest.mark.parametrize("ratio", [0.85, 0.95, 1.1])
def test_another_tempo_is_recognised(ratio: float) -> None:
    """Played at another speed, pitch and all."""
    song = music(30.0, 4)
    student = np.interp(np.arange(int(len(song) / ratio)) * ratio, np.arange(len(song)), song)
    found = sync_samples(song, student, SETTINGS)
    assert found.relation is SoundRelation.OTHER_TEMPO
    assert found.tempo_ratio == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize("beat_s", [0.42, 0.5, 0.6])
def test_the_length_of_a_count(beat_s: float) -> None:
    song = Audio((music(20.0, 3, beat_s=beat_s) * 6000).astype(np.int16), RATE_HZ)
    assert beat_period_s(song, SETTINGS) == pytest.approx(beat_s, abs=0.004)
    noise = Audio((np.random.default_rng(0).normal(size=20 * RATE_HZ) * 3000).astype(np.int16), RATE_HZ)
    assert beat_period_s(noise, SETTINGS) is None
    assert beat_period_s(Audio(np.zeros(20 * RATE_HZ, np.int16), RATE_HZ), SETTINGS) is None
    assert beat_period_s(None, SETTINGS) is None


def test_no_sound_silence_and_too_short() -> None:
    song = Audio((music(10.0) * 8000).astype(np.int16), RATE_HZ)
    silence = Audio(np.zeros(10 * RATE_HZ, np.int16), RATE_HZ)
    short = Audio(song.pcm[:RATE_HZ], RATE_HZ)
    for other in (None, silence, short):
        assert sync_sounds(song, other, SETTINGS).relation is SoundRelation.MISSING
        assert sync_sounds(other, song, SETTINGS).relation is SoundRelation.MISSING


@pytest.mark.parametrize("rate_hz", [8000, 11025, 22050, 48000])
def test_at_another_rate_a_tone_keeps_its_height_and_what_is_too_high_goes(rate_hz: int) -> None:
    times = np.arange(2 * rate_hz) / rate_hz
    tone = Audio((8000 * np.sin(2 * np.pi * 440 * times)).astype(np.int16), rate_hz)
    samples = at_rate(tone, RATE_HZ)
    assert len(samples) == pytest.approx(2 * RATE_HZ, abs=1)
    spectrum = np.abs(np.fft.rfft(samples))
    assert np.argmax(spectrum) / 2 == pytest.approx(440, abs=1)
    if rate_hz > 2 * RATE_HZ:
        high = Audio((8000 * np.sin(2 * np.pi * 6000 * times)).astype(np.int16), rate_hz)
        assert np.abs(at_rate(high, RATE_HZ)[99:-99]).max() < 0.03 * np.abs(samples).max()


def test_shape_of_a_sound_is_level_and_hardly_changed_by_a_room() -> None:
    song = music(20.0, 7)
    dry, wet = sound_shape(song, SETTINGS), sound_shape(in_a_room(song), SETTINGS)
    assert dry.shape == wet.shape
    assert np.abs(dry.mean(axis=0)).max() < 0.1
    found = curve_correlation(dry, wet, SETTINGS.shape_fps, 5.0)
    assert found.best()[0] == pytest.approx(0.0, abs=0.05)
    assert found.margin() > SETTINGS.min_margin


@pytest.mark.parametrize("trouble", ["clean", "noise", "room"])
def test_the_real_pair(footage: Path, trouble: str) -> None:
    sounds = [read_audio(footage / name) for name in ("teacher.mp4", "student.mp4")]
    teacher, student = (at_rate(sound, SETTINGS.rate_hz) for sound in sounds if sound is not None)
    if trouble == "noise":
        student = with_noise(student, 10.0)
    if trouble == "room":
        student = with_noise(in_a_room(student, echo_s=0.6, cut_hz=1200.0), 10.0)
    found = sync_samples(teacher, student, SETTINGS)
    assert found.method is SyncMethod.SOUND
    assert found.candidates[0][0] == pytest.approx(PAIR_OFFSET_S, abs=0.02)


def test_the_real_teacher_against_another_song(footage: Path) -> None:
    sound = read_audio(footage / "teacher.mp4")
    assert sound is not None
    other = Audio((music(30.0, 9) * 8000).astype(np.int16), RATE_HZ)
    assert sync_sounds(sound, other, SETTINGS).relation is SoundRelation.DIFFERENT
