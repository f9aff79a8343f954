"""The synthesised music and the program's own sounds."""

from __future__ import annotations

import numpy as np
import pytest

from coach.errors import SettingsError
from coach.pose.reference import Audio
from coach.routine import instruments
from coach.routine.interface_sounds import count_in_tick, praise_bell
from coach.routine.music import PARTS, first_steps_music
from coach.settings.routine import MusicSettings
from tests.builders_routine import routine


@pytest.fixture(scope="module")
def music() -> Audio:
    return first_steps_music(routine())


def loudness(music: Audio, start_beat: float, end_beat: float) -> float:
    start, end = (round(beat * routine().beat_s * music.rate_hz) for beat in (start_beat, end_beat))
    return float(np.sqrt((music.pcm[start:end].astype(float) ** 2).mean()) / 32768)


def test_it_is_as_long_as_the_dance_and_not_clipped(music: Audio) -> None:
    assert music.duration_s == pytest.approx(routine().duration_s, abs=1e-3)
    assert music.pcm.dtype == np.int16
    assert 0.7 * 32767 < np.abs(music.pcm).max() < 0.85 * 32767
    assert abs(music.pcm.astype(float).mean()) < 100, "no constant part"


def test_it_begins_on_the_beat_and_fades_out(music: Audio) -> None:
    assert loudness(music, 0.0, 0.25) > 0.1
    assert np.abs(music.pcm[-50:]).max() < 400


def test_it_is_the_same_every_time(music: Audio) -> None:
    np.testing.assert_array_equal(music.pcm, first_steps_music(routine()).pcm)


def test_drums_fall_on_the_beats(music: Audio) -> None:
    """The bass drum's onsets give the tempo back."""
    low = np.convolve(music.pcm.astype(float), np.ones(80) / 80, mode="same")
    envelope = np.sqrt(np.add.reduceat(low**2, np.arange(0, len(low), 160)))
    onset = np.maximum(np.diff(envelope), 0.0)
    frame_s = 160 / music.rate_hz
    scores = {}
    for bpm in range(80, 140):
        beats = np.arange(17, 31) * 60.0 / bpm
        scores[bpm] = onset[np.clip((beats / frame_s).astype(int), 0, len(onset) - 1)].sum()
    assert max(scores, key=scores.__getitem__) in (103, 104, 105)


def test_each_section_has_music_of_its_own_and_the_freeze_is_quiet(music: Audio) -> None:
    assert len(PARTS) == len(routine().sections)
    assert len({(part.chords, part.melody, part.kick) for part in PARTS}) == len(PARTS)
    assert loudness(music, 65.2, 66.0) < 0.6 * loudness(music, 66.0, 70.0)
    for part in PARTS:
        assert all(0 <= at < 16 for at, _, _ in part.melody)
        assert len(part.chords) == 4


def test_it_fits_another_tempo_and_rate() -> None:
    settings = MusicSettings(rate_hz=8000)
    assert first_steps_music(routine(), settings).duration_s == pytest.approx(routine().duration_s, abs=1e-3)
    with pytest.raises(SettingsError, match="rate_hz"):
        MusicSettings(rate_hz=100)


@pytest.mark.parametrize("rate_hz", [16000, 22050, 44100])
def test_interface_sounds_are_short_and_clean(rate_hz: int) -> None:
    for sound, longest_s in (
        (count_in_tick(rate_hz), 0.15),
        (count_in_tick(rate_hz, True), 0.15),
        (praise_bell(rate_hz), 1.0),
    ):
        assert 0.05 < sound.duration_s < longest_s
        assert 10000 < np.abs(sound.pcm).max() < 22000
        assert abs(int(sound.pcm[0])) < 2500
        assert abs(int(sound.pcm[-1])) < 500, "no click at the end"


def test_notes_have_their_pitch() -> None:
    tone = instruments.flute(69, 1.0, 16000)
    spectrum = np.abs(np.fft.rfft(tone))
    assert np.argmax(spectrum) == pytest.approx(440, abs=6)
