"""Music, voice and clicks: positions from the clock, ducking, and silence where there is no device."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pygame
import pytest

from coach.clock import ManualClock
from coach.settings.ui import SoundSettings
from coach.ui import sound as sound_module
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


def playing(channel: int = 3) -> np.ndarray:
    """What the music's channel has; the first sound goes to the second of its two."""
    return np.frombuffer(pygame.mixer.Channel(channel).get_sound().get_raw(), np.int16)


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20.0
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_music_begins_with_a_ramp_and_is_what_was_given(sound: SoundOutput) -> None:
    sound.play_music(tone(3.0)[10:], RATE_HZ)
    assert playing()[0] == 0
    assert np.array_equal(playing()[1_000:], tone(3.0)[1_010:])


def test_what_comes_round_again_has_its_ramp_only_once(sound: SoundOutput, clock: ManualClock) -> None:
    given = tone(1.0)[10:]
    sound.play_samples(given, repeat=True)
    assert playing()[0] == 0 != given[0]
    wait_until(lambda: (sound.played_s(clock.now_s()) or 0.0) > SETTINGS.restore_s)
    sound.update()
    assert np.array_equal(playing(), given)


def test_the_device_says_what_it_has_played(sound: SoundOutput, clock: ManualClock) -> None:
    assert sound.played_s(clock.now_s()) is None
    sound.play_samples(tone(0.2), repeat=True)
    wait_until(lambda: (sound.played_s(clock.now_s()) or 0.0) > 0.5)
    assert clock.now_s() == 50.0
    sound.stop_music()
    assert sound.played_s(clock.now_s()) is None


def test_music_that_ends_fades_and_then_the_channel_is_free(sound: SoundOutput, clock: ManualClock) -> None:
    sound.play_samples(tone(5.0))
    wait_until(lambda: (sound.played_s(clock.now_s()) or 0.0) > 0.1)
    ending = pygame.mixer.Channel(3).get_sound()
    sound.stop_music()
    sound.stop_music()
    heard = np.frombuffer(ending.get_raw(), np.int16)
    quiet = [not heard[start : start + 200].any() for start in range(0, RATE_HZ, 200)]
    assert 0.1 < quiet.index(True) * 200 / RATE_HZ < 0.6
    clock.advance(1.0)
    sound.update()
    assert not pygame.mixer.Channel(3).get_busy()


def test_new_music_takes_the_other_channel_so_that_the_old_can_fade(sound: SoundOutput) -> None:
    sound.play_samples(tone(5.0))
    sound.play_samples(tone(4.0))
    assert pygame.mixer.Channel(0).get_sound().get_length() == pytest.approx(4.0, abs=0.01)
    assert pygame.mixer.Channel(0).get_busy()


def test_other_sample_rates_are_converted(sound: SoundOutput) -> None:
    sound.play_music(tone(2.0, 16_000), 16_000)
    heard = playing().astype(float)
    assert len(heard) == pytest.approx(2.0 * RATE_HZ, rel=0.01)
    spectrum = np.abs(np.fft.rfft(heard[:RATE_HZ]))
    assert int(spectrum.argmax()) == pytest.approx(440, abs=2)


def test_nothing_to_play_is_silence(sound: SoundOutput, clock: ManualClock) -> None:
    sound.play_samples(np.zeros(0, np.int16))
    assert sound.played_s(clock.now_s()) is None
    assert not pygame.mixer.Channel(3).get_busy()


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
    assert pygame.mixer.Channel(3).get_busy()
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
from coach.ui import sound as sound_module
from coach.ui.sound import SoundOutput
clock = ManualClock()
sound = SoundOutput(clock, SoundSettings())
sound.play_music(np.zeros(44100 * 9, np.int16), 44100)
clock.advance(2.0)
sound.click(); sound.praise(); sound.update(); sound.play_samples(np.zeros(9, np.int16))
sound.stop_music()
print(sound.played_s(clock.now_s()), sound.heard, sound.play_voice(Path("cue.wav")), sound.speaking)
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
    assert numbers == "None False False False"
    assert problem.startswith("No sound device answers")
    assert result.stderr == ""


def test_the_output_has_a_name_that_is_looked_up_only_now_and_then(
    sound: SoundOutput, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = iter(["speakers", "headset"])
    monkeypatch.setattr(sound_module, "output_names", lambda: next(names))
    assert sound.output_name == sound.output_name == "speakers"
    clock.advance(60.0)
    assert sound.output_name == "headset"


def test_a_real_output_has_some_name(sound: SoundOutput) -> None:
    assert sound.output_name
