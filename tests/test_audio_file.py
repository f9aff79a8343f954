import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.devices import time_stretch
from coach.devices.audio_file import from_pcm, read_audio, read_wav, to_pcm, write_wav
from coach.devices.time_stretch import stretched
from coach.errors import SettingsError, VideoFileError
from coach.pose.reference import Audio
from coach.settings.devices import SoundSettings
from tests.builders_video import all_frames, clicks, tone, truncate, write_sound, write_video

RATE_HZ = 22050
STEADY_S = [index / 30 for index in range(60)]


def onsets_s(audio):
    """Times at which a burst starts after silence."""
    loud = np.abs(audio.pcm.astype(int)) > 6000
    quiet_before = np.convolve(loud, np.ones(audio.rate_hz // 20), "full")[: len(loud)] - loud == 0
    return np.flatnonzero(loud & quiet_before) / audio.rate_hz


def flashes_at(at_s):
    """Pictures that become bright at these times, for a moment."""

    def picture(number, size_px):
        lit = any(0.0 <= number / 30 - time_s + 1e-6 < 0.1 for time_s in at_s)
        image = np.full((size_px[1], size_px[0], 3), 200 if lit else 30, np.uint8)
        image[:, number % size_px[0]] = 120  # something moves, or no picture would be stored in another order
        return image

    return picture


def peak_hz(audio):
    middle = audio.pcm[len(audio.pcm) // 4 : 3 * len(audio.pcm) // 4].astype(float)
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle)), 1 << 18))
    return np.argmax(spectrum) * audio.rate_hz / (1 << 18)


@pytest.mark.parametrize(
    ("suffix", "codec"),
    [("mp3", "libmp3lame"), ("wav", "pcm_s16le"), ("flac", "flac"), ("ogg", "libopus"), ("m4a", "aac")],
)
def test_music_files(tmp_path, suffix, codec):
    path = write_sound(tmp_path / f"song.{suffix}", tone(1.0, 48000), 48000, codec)
    audio = read_audio(path)
    assert audio.rate_hz == RATE_HZ
    assert audio.pcm.dtype == np.int16
    assert audio.pcm.ndim == 1
    assert audio.duration_s == pytest.approx(1.0, abs=0.06)
    assert peak_hz(audio) == pytest.approx(440.0, abs=1.0)
    assert np.abs(audio.pcm).max() == pytest.approx(16384, rel=0.1)


def test_the_rate_is_a_setting(tmp_path):
    path = write_sound(tmp_path / "song.wav", tone(1.0, 44100), 44100, "pcm_s16le")
    audio = read_audio(path, SoundSettings(rate_hz=16000))
    assert audio.rate_hz == 16000
    assert len(audio.pcm) == pytest.approx(16000, abs=50)


@pytest.mark.parametrize(("video_start_s", "sound_start_s"), [(0.0, 0.0), (0.5, 0.0), (0.0, 0.4), (0.3, 0.7)])
def test_sample_zero_belongs_to_the_first_picture(tmp_path, video_start_s, sound_start_s):
    at_s = [0.6, 1.2]
    sound = (clicks(1.8, 44100, at_s), 44100, sound_start_s)
    path = write_video(tmp_path / "shifted.mkv", [video_start_s + time for time in STEADY_S], audio=sound)
    audio = read_audio(path)
    expected_s = np.array(at_s) + sound_start_s - video_start_s
    assert onsets_s(audio) == pytest.approx(expected_s, abs=3e-3)
    assert audio.duration_s == pytest.approx(1.8 + sound_start_s - video_start_s, abs=0.01)


@pytest.mark.parametrize("suffix", ["mp4", "mov", "mkv"])
@pytest.mark.parametrize("codec", ["aac", "libmp3lame"])
def test_sound_and_pictures_stay_together(tmp_path, suffix, codec):
    """Encoders put silence before the sound and turn pictures round; a flash and a click at one time stay that."""
    at_s = [0.6, 1.2]
    sound = (clicks(2.0, 44100, at_s), 44100, 0.0)
    path = write_video(
        tmp_path / f"flash.{suffix}", STEADY_S, audio=sound, sound_codec=codec, b_frames=3, picture=flashes_at(at_s)
    )
    frames, _ = all_frames(path)
    bright = np.array([np.median(frame.bgr) > 110 for frame in frames])
    flashes_s = [frame.time_s for frame, lit in zip(frames[1:], bright[1:] & ~bright[:-1], strict=True) if lit]
    assert flashes_s == pytest.approx(at_s, abs=1e-3)
    assert onsets_s(read_audio(path)) == pytest.approx(at_s, abs=1e-3)


def test_stretch_of_the_sound(tmp_path):
    sound = (clicks(1.8, 44100, [0.6, 1.2]), 44100, 0.0)
    path = write_video(tmp_path / "video.mkv", STEADY_S, audio=sound)
    audio = read_audio(path, start_s=0.5, end_s=1.5)
    assert onsets_s(audio) == pytest.approx([0.1, 0.7], abs=3e-3)
    assert len(audio.pcm) == RATE_HZ
    song = write_sound(tmp_path / "song.wav", clicks(1.8, 44100, [0.6, 1.2]), 44100, "pcm_s16le")
    assert onsets_s(read_audio(song, start_s=1.0)) == pytest.approx([0.2], abs=3e-3)


def test_hole_in_the_sound_stays_a_hole(tmp_path):
    """What is missing must not shift what comes after it."""
    samples = clicks(4.0, 44100, [0.5, 3.5])
    path = write_sound(tmp_path / "hole.mkv", samples, 44100, "pcm_s16le", hole_s=(1.0, 2.5))
    audio = read_audio(path)
    assert onsets_s(audio) == pytest.approx([0.5, 3.5], abs=3e-3)
    assert audio.duration_s == pytest.approx(4.0, abs=0.01)


def test_silent_video_has_no_audio_and_a_cut_song_gives_its_beginning(tmp_path):
    assert read_audio(write_video(tmp_path / "mute.mp4", STEADY_S[:3])) is None
    song = truncate(write_sound(tmp_path / "song.mp3", tone(2.0, 44100), 44100, "libmp3lame"), 0.5)
    assert 0.5 < read_audio(song).duration_s < 1.5


@pytest.mark.parametrize("content", [b"", b"not a song at all\n" * 100])
def test_not_a_sound_file(tmp_path, content):
    path = tmp_path / "song.mp3"
    path.write_bytes(content)
    with pytest.raises(VideoFileError):
        read_audio(path)
    with pytest.raises(VideoFileError, match="no such file"):
        read_audio(tmp_path / "missing.mp3")


def test_loud_and_missing_samples_are_clipped_not_wrapped():
    pcm = to_pcm(np.array([1.53, -1.53, 0.5, np.nan, np.inf], np.float32))
    assert pcm.tolist() == [32767, -32767, 16384, 0, 32767]


@given(st.lists(st.integers(-32767, 32767), max_size=50))
def test_pcm_there_and_back(values):
    pcm = np.array(values, np.int16)
    assert np.array_equal(to_pcm(from_pcm(pcm)), pcm)


def test_wav_there_and_back(tmp_path):
    audio = Audio(to_pcm(tone(0.3, RATE_HZ)), RATE_HZ)
    write_wav(audio, tmp_path / "a.wav")
    again = read_wav(tmp_path / "a.wav")
    assert again.rate_hz == RATE_HZ
    assert np.array_equal(again.pcm, audio.pcm)
    assert np.array_equal(read_audio(tmp_path / "a.wav").pcm, audio.pcm) or len(again.pcm) == len(audio.pcm)
    (tmp_path / "b.wav").write_bytes(b"RIFF")
    with pytest.raises(VideoFileError):
        read_wav(tmp_path / "b.wav")


# Tempo ------------------------------------------------------------------------------------------------------------


@pytest.fixture(params=["signalsmith", "atempo"])
def stretcher(request, monkeypatch):
    if request.param == "signalsmith":
        pytest.importorskip("python_stretch")
    else:
        monkeypatch.setattr(time_stretch, "_stretcher", lambda rate_hz: None)
    return request.param


@pytest.mark.parametrize("tempo", [0.25, 0.4, 0.5, 0.75, 1.25, 2.0])
def test_tempo_keeps_pitch_and_gives_the_exact_length(stretcher, tempo):
    audio = Audio(to_pcm(tone(3.0, RATE_HZ)), RATE_HZ)
    slow = stretched(audio, tempo)
    assert len(slow.pcm) == round(len(audio.pcm) / tempo)
    assert peak_hz(slow) == pytest.approx(440.0, abs=2.0 if tempo >= 0.4 else 4.0)
    assert np.abs(slow.pcm).max() > 8000


@pytest.mark.parametrize("tempo", [0.5, 0.75, 1.5])
def test_beats_stay_where_they_belong(stretcher, tempo):
    at_s = [0.5, 1.0, 1.5, 2.0, 2.5]
    slow = stretched(Audio(to_pcm(clicks(3.0, RATE_HZ, at_s)), RATE_HZ), tempo)
    energy = np.convolve(from_pcm(slow.pcm) ** 2, np.ones(RATE_HZ // 100) / (RATE_HZ // 100), "same")
    offsets_s = []
    for expected_s in np.array(at_s) / tempo:
        start = round((expected_s - 0.15) * RATE_HZ)
        piece = energy[start : start + round(0.3 * RATE_HZ)]
        centre = (piece * np.arange(len(piece))).sum() / piece.sum() / RATE_HZ - 0.15
        offsets_s.append(centre)
    limit_s = 0.015 if stretcher == "signalsmith" else 0.03
    assert np.abs(offsets_s).max() < limit_s


def test_tempo_one_changes_nothing_and_nonsense_is_refused():
    audio = Audio(to_pcm(tone(0.1, RATE_HZ)), RATE_HZ)
    assert stretched(audio, 1.0) is audio
    for tempo in (0.0, -1.0, 100.0, float("nan")):
        with pytest.raises(SettingsError):
            stretched(audio, tempo)


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 3000), st.floats(0.25, 4.0))
def test_any_length_even_almost_none(length, tempo):
    audio = Audio(np.full(length, 1000, np.int16), RATE_HZ)
    assert len(stretched(audio, tempo).pcm) == (length if tempo == 1.0 else round(length / tempo))
