"""Music, voice and clicks: positions from the clock, ducking, and silence where there is no device."""

from __future__ import annotations

import os
import subprocess
import sys
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.clock import ManualClock
from coach.settings.ui import SoundSettings
from coach.ui.music_position import MusicPosition
from coach.ui.sound import SoundOutput

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = SoundSettings()
RATE_HZ = SETTINGS.rate_hz


def tone(duration_s: float, rate_hz: int = RATE_HZ) -> np.ndarray:
    time_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    return np.round(8_000 * np.sin(2 * np.pi * 440 * time_s)).astype(np.int16)


def write_wav(path: Path, duration_s: float = 1.0) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(22_050)
        file.writeframes(tone(duration_s, 22_050).tobytes())
    return path


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(50.0)


@pytest.fixture
def sound(clock: ManualClock) -> Iterator[SoundOutput]:
    output = SoundOutput(clock, SETTINGS)
    yield output
    output.close()


def position(sound: SoundOutput, clock: ManualClock) -> float | None:
    return sound.music_position_s(clock.now_s())


def test_position_runs_with_the_clock_through_pause_and_jump(sound: SoundOutput, clock: ManualClock) -> None:
    assert position(sound, clock) is None
    sound.play_music(tone(20.0), RATE_HZ, start_s=2.0)
    assert position(sound, clock) == pytest.approx(2.0)
    clock.advance(1.5)
    assert position(sound, clock) == pytest.approx(3.5)
    sound.pause_music()
    clock.advance(10.0)
    sound.pause_music()
    assert position(sound, clock) == pytest.approx(3.5)
    sound.resume_music()
    sound.resume_music()
    clock.advance(0.5)
    assert position(sound, clock) == pytest.approx(4.0)
    sound.seek_music(12.0)
    clock.advance(1.0)
    assert position(sound, clock) == pytest.approx(13.0)
    clock.advance(7.1)
    assert position(sound, clock) is None
    sound.stop_music()
    assert position(sound, clock) is None


def test_music_starts_in_the_middle_of_the_sound(sound: SoundOutput, clock: ManualClock) -> None:
    sound.play_music(tone(3.0), RATE_HZ, start_s=2.0)
    playing = pygame.mixer.Channel(0).get_sound()
    assert playing.get_length() == pytest.approx(1.0, abs=0.01)
    heard = np.frombuffer(playing.get_raw(), np.int16)
    assert heard[0] == 0
    assert np.array_equal(heard[1_000:], tone(3.0)[2 * RATE_HZ + 1_000 :])


def test_other_sample_rates_are_converted(sound: SoundOutput) -> None:
    sound.play_music(tone(2.0, 16_000), 16_000)
    heard = np.frombuffer(pygame.mixer.Channel(0).get_sound().get_raw(), np.int16).astype(float)
    assert len(heard) == pytest.approx(2.0 * RATE_HZ, rel=0.01)
    spectrum = np.abs(np.fft.rfft(heard[:RATE_HZ]))
    assert int(spectrum.argmax()) == pytest.approx(440, abs=2)


def test_starting_after_the_end_is_silence(sound: SoundOutput, clock: ManualClock) -> None:
    sound.play_music(tone(1.0), RATE_HZ, start_s=5.0)
    assert position(sound, clock) is None
    assert not pygame.mixer.Channel(0).get_busy()


def test_voice_ducks_the_music_and_it_comes_back(sound: SoundOutput, clock: ManualClock, tmp_path: Path) -> None:
    sound.play_music(tone(5.0), RATE_HZ)
    assert sound.music_volume == SETTINGS.music_volume
    assert sound.play_voice(write_wav(tmp_path / "cue.wav"))
    assert sound.speaking
    assert sound.music_volume == SETTINGS.ducked_volume
    clock.advance(1.0)
    sound.update()
    assert sound.music_volume == SETTINGS.ducked_volume
    sound.stop_voice()
    clock.advance(SETTINGS.duck_ramp_s / 2)
    sound.update()
    assert SETTINGS.ducked_volume < sound.music_volume < SETTINGS.music_volume
    clock.advance(SETTINGS.duck_ramp_s)
    sound.update()
    assert sound.music_volume == SETTINGS.music_volume


def test_a_new_cue_cuts_the_old_one_off(sound: SoundOutput, tmp_path: Path) -> None:
    first, second = write_wav(tmp_path / "a.wav", 2.0), write_wav(tmp_path / "b.wav", 0.5)
    sound.play_voice(first)
    sound.play_voice(second)
    assert pygame.mixer.Channel(1).get_sound().get_length() == pytest.approx(0.5, abs=0.02)


def test_a_broken_voice_file_is_silence(sound: SoundOutput, tmp_path: Path) -> None:
    (tmp_path / "bad.wav").write_text("no sound")
    assert not sound.play_voice(tmp_path / "bad.wav")
    assert not sound.play_voice(tmp_path / "missing.wav")
    assert not sound.speaking


def test_clicks_do_not_disturb_music_and_voice(sound: SoundOutput, tmp_path: Path) -> None:
    sound.play_music(tone(5.0), RATE_HZ)
    sound.play_voice(write_wav(tmp_path / "cue.wav"))
    sound.click()
    sound.click(accent=True)
    sound.praise()
    assert pygame.mixer.Channel(0).get_busy()
    assert sound.speaking


def test_closing_twice_and_using_again(sound: SoundOutput) -> None:
    sound.click()
    sound.close()
    sound.close()
    sound.click()
    assert sound.heard


def test_nothing_is_opened_before_the_first_sound(sound: SoundOutput, clock: ManualClock) -> None:
    pygame.mixer.quit()
    sound.update()
    sound.stop_voice()
    sound.stop_music()
    assert pygame.mixer.get_init() is None
    assert sound.problem is None


def test_without_a_device_all_goes_on_in_silence() -> None:
    script = """
import numpy as np
from pathlib import Path
from coach.clock import ManualClock
from coach.settings.ui import SoundSettings
from coach.ui.sound import SoundOutput
clock = ManualClock()
sound = SoundOutput(clock, SoundSettings())
sound.play_music(np.zeros(44100 * 9, np.int16), 44100, 1.0)
clock.advance(2.0)
sound.click(); sound.praise(); sound.update(); sound.pause_music(); sound.resume_music(); sound.seek_music(4.0)
print(sound.music_position_s(clock.now_s()), sound.heard, sound.play_voice(Path("cue.wav")), sound.speaking)
print(sound.problem)
sound.close()
"""
    environment = {**os.environ, "SDL_AUDIODRIVER": "nothing", "PYGAME_HIDE_SUPPORT_PROMPT": "1"}
    result = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    numbers, problem = result.stdout.splitlines()
    assert numbers == "4.0 False False False"
    assert problem.startswith("No sound device answers")
    assert result.stderr == ""


@given(
    st.lists(st.tuples(st.sampled_from(["start", "pause", "resume", "stop", "wait"]), st.floats(0.0, 8.0)), max_size=20)
)
def test_position_never_leaves_the_sound(actions: list[tuple[str, float]]) -> None:
    music, now_s = MusicPosition(), 100.0
    music.load(10.0)
    for action, amount_s in actions:
        before = music.at_s(now_s)
        if action == "start":
            music.start(amount_s, now_s)
            assert music.at_s(now_s) == pytest.approx(amount_s)
        elif action == "pause":
            music.pause(now_s)
            assert music.at_s(now_s + 50.0) == (pytest.approx(before) if before is not None else None)
        elif action == "resume":
            music.resume(now_s)
            assert music.at_s(now_s) == (pytest.approx(before) if before is not None else None)
        elif action == "stop":
            music.stop()
            assert music.at_s(now_s) is None
        else:
            now_s += amount_s
        place_s = music.at_s(now_s)
        assert place_s is None or 0.0 <= place_s < 10.0
