"""What the loudspeaker is given: no click at the seams of a loop, clicks on the beats to the sample."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.app.sound.metronome import Metronome
from coach.app.sound.programme import Programme, Programmer, Song
from coach.routine.interface_sounds import count_in_tick
from coach.session.transport import Transport
from coach.settings.music import MetronomeSettings, MusicSettings

RATE_HZ = 44_100
SETTINGS = MusicSettings()
BEATS_S = np.arange(0.25, 12.0, 0.5)
NO_BEATS = np.zeros(0)


def tone(duration_s: float, frequency_hz: float = 523.25) -> np.ndarray:
    time_s = np.arange(round(duration_s * RATE_HZ)) / RATE_HZ
    return np.round(9000 * np.sin(2 * np.pi * frequency_hz * time_s)).astype(np.int16)


def looped(
    song: Song, span_s: tuple[float, float], at_s: float, lead_in_s: float, *, beats_s: np.ndarray = NO_BEATS
) -> Programme:
    transport = Transport(0.0, 60.0, song.tempo)
    transport.seek(at_s, 0.0)
    transport.play(0.0)
    transport.set_loop(span_s, 0.0, lead_in_s)
    programmer = Programmer(Metronome(beats_s), SETTINGS)
    return programmer.programme(song, transport.motion, 0.0, transport.end_s, clicks=True)


def roughness(samples: np.ndarray) -> float:
    """Largest bend of the curve: what is heard as a click."""
    return float(np.abs(np.diff(samples.astype(float), 2)).max())


TONE = tone(10.0)
TONE_ROUGHNESS = roughness(TONE)


@settings(deadline=None)
@given(st.floats(0.2, 4.0), st.floats(0.3, 5.0), st.floats(0.0, 0.99), st.sampled_from([0.0, 0.001, 0.7]))
def test_no_click_where_a_loop_comes_round(start_s: float, length_s: float, share: float, lead_in_s: float) -> None:
    programme = looped(Song(TONE, 1.0, RATE_HZ), (start_s, start_s + length_s), start_s + share * length_s, lead_in_s)
    assert programme.repeat
    assert roughness(np.concatenate((programme.pcm, programme.pcm[:100]))) < 1.6 * TONE_ROUGHNESS


def test_a_plain_cut_would_click() -> None:
    cut = TONE[round(2.0 * RATE_HZ) : round(3.3333 * RATE_HZ)]
    assert roughness(np.tile(cut, 2)) > 5 * TONE_ROUGHNESS


def test_the_loudness_is_kept_through_the_seam() -> None:
    noise = np.random.default_rng(3).normal(0, 3000, 20 * RATE_HZ).astype(np.int16)
    round_ = looped(Song(noise, 1.0, RATE_HZ), (2.0, 5.0), 2.0, 0.0).pcm.astype(float)
    fade = round(SETTINGS.crossfade_s * RATE_HZ)
    assert round_[-fade:].std() == pytest.approx(noise.std(), rel=0.1)


def test_the_first_beat_keeps_its_attack() -> None:
    silence = np.zeros(20 * RATE_HZ, np.int16)
    silence[2 * RATE_HZ] = 20_000
    for lead_in_s in (0.0, 1.0):
        programme = looped(Song(silence, 1.0, RATE_HZ), (2.0, 4.0), 3.0, lead_in_s)
        assert programme.pcm[round((1.0 + lead_in_s) * RATE_HZ)] == 20_000


@pytest.mark.parametrize("tempo", [0.5, 0.75, 1.0, 1.2])
def test_clicks_stand_on_the_beats_to_the_sample(tempo: float) -> None:
    song = Song(np.zeros(0, np.int16), tempo, RATE_HZ)
    transport = Transport(0.0, 10.0, tempo)
    transport.play(2.0)
    programmer = Programmer(Metronome(BEATS_S), SETTINGS)
    pcm = programmer.programme(song, transport.motion, 0.0, 10.0, clicks=True).pcm
    for beat_s in BEATS_S[BEATS_S < 9.9]:
        start = round(2.0 * RATE_HZ) + round(beat_s / tempo * RATE_HZ)
        assert not pcm[start - 200 : start].any()
        assert pcm[start : start + 200].any()


@pytest.mark.parametrize("tempo", [0.5, 1.0])
def test_a_start_and_each_round_are_counted_in_at_their_own_pace(tempo: float) -> None:
    song = Song(np.zeros(0, np.int16), tempo, RATE_HZ)
    metronome = Metronome(BEATS_S)
    transport = Transport(0.0, 10.0, tempo)
    transport.set_loop((4.25, 8.25), 0.0, metronome.count_in_s)
    transport.seek(4.25, 0.0)
    transport.play(5.0)
    pcm = Programmer(metronome, SETTINGS).programme(song, transport.motion, 0.0, 10.0, clicks=False).pcm
    beat = round(0.5 / tempo * RATE_HZ)
    for start in (5 * RATE_HZ, round((5.0 + 6.0 / tempo) * RATE_HZ)):
        for count in range(1, 5):
            assert np.abs(pcm[start - count * beat :][:400]).max() > 1000
        assert not pcm[start - 4 * beat - 300 : start - 4 * beat].any()
        assert not pcm[start : start + beat // 2].any()


def test_the_one_is_accented_and_the_beats_go_on_on_both_sides() -> None:
    metronome = Metronome(BEATS_S)
    beats = metronome.beats(-4.0, 15.0)
    places_s = np.array([place_s for place_s, _ in beats])
    assert np.diff(places_s) == pytest.approx(0.5)
    assert [place_s for place_s, accent in beats if accent] == pytest.approx([-3.75, 0.25, 4.25, 8.25, 12.25])
    assert [place_s for place_s, _ in metronome.beats(0.25, 1.25)] == pytest.approx([0.25, 0.75])


def test_beats_of_a_band_that_is_not_steady_stay_where_they_are() -> None:
    beats_s = np.cumsum(np.random.default_rng(1).uniform(0.4, 0.6, 20))
    assert [place_s for place_s, _ in Metronome(beats_s).beats(1.0, 6.0)] == [
        pytest.approx(beat_s) for beat_s in beats_s if 1.0 <= beat_s < 6.0
    ]


@pytest.mark.parametrize("beats_s", [[], [1.0]])
def test_without_beats_there_are_no_clicks(beats_s: list[float]) -> None:
    metronome = Metronome(np.array(beats_s))
    assert not metronome.available
    assert metronome.count_in_s == 0.0
    samples = np.zeros(1000, np.int32)
    metronome.add_to(samples, 0.0, 1.0, RATE_HZ)
    assert not samples.any()


def test_clicks_on_loud_music_stay_in_range() -> None:
    song = Song(np.full(5 * RATE_HZ, 32_767, np.int16), 1.0, RATE_HZ)
    pcm = looped(song, (0.25, 4.25), 1.0, 1.0, beats_s=BEATS_S).pcm
    assert pcm.max() == 32_767
    assert pcm.min() >= -32_768


def test_a_quieter_metronome_is_quieter() -> None:
    loud, quiet = (np.zeros(RATE_HZ, np.int32) for _ in range(2))
    Metronome(BEATS_S).add_to(loud, 0.0, 1.0, RATE_HZ)
    Metronome(BEATS_S, MetronomeSettings(level=0.1)).add_to(quiet, 0.0, 1.0, RATE_HZ)
    assert np.abs(quiet).max() == pytest.approx(np.abs(loud).max() / 5, rel=0.02)
    assert np.abs(loud).max() <= 0.5 * np.abs(count_in_tick(RATE_HZ, True).pcm).max() + 1


def test_a_whole_dance_is_laid_out_with_one_copy_of_its_music() -> None:
    """It happens between two pictures of the window: nothing wider than the samples themselves is made."""
    song = Song(np.full(60 * RATE_HZ, 1000, np.int16), 1.0, RATE_HZ)
    transport = Transport(0.0, 60.0)
    transport.play(2.0)
    programmer = Programmer(Metronome(BEATS_S), SETTINGS)
    tracemalloc.start()
    try:
        pcm = programmer.programme(song, transport.motion, 0.0, 60.0, clicks=True).pcm
        _, peak_bytes_count = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(pcm) == 62 * RATE_HZ
    assert peak_bytes_count < 1.2 * pcm.nbytes


def test_what_gets_too_loud_is_cut_instead_of_turning_over() -> None:
    song = Song(np.full(10 * RATE_HZ, 32_000, np.int16), 1.0, RATE_HZ)
    transport = Transport(0.0, 10.0)
    transport.play(0.0)
    pcm = Programmer(Metronome(BEATS_S), SETTINGS).programme(song, transport.motion, 0.0, 10.0, clicks=True).pcm
    assert pcm.max() == 32_767
    assert np.abs(np.diff(pcm[: 9 * RATE_HZ].astype(int))).max() < 40_000
