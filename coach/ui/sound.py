"""Music, voice and clicks through pygame's mixer; without a sound device everything runs on in silence."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import wave
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import pygame
from numpy.typing import NDArray

from coach.clock import Clock
from coach.routine.interface_sounds import count_in_tick, praise_bell
from coach.settings.ui import SoundSettings
from coach.ui.music_position import MusicPosition

_MUSIC, _VOICE, _EFFECT = range(3)
_RESERVED_COUNT: Final = 3
_CHANNELS_COUNT: Final = 8
_SAMPLE_BITS: Final = -16
_KEPT_VOICES: Final = 128

Pcm = NDArray[np.int16]


class SoundOutput:
    """The loudspeaker.

    The device is opened at the first sound. `problem` then says in one sentence why nothing is heard, if so; all
    calls stay allowed and the music's position runs on, so that nobody else has to care.
    """

    def __init__(self, clock: Clock, settings: SoundSettings) -> None:
        self._clock, self._settings = clock, settings
        self._opened = False
        self._problem: str | None = None
        self._music = MusicPosition()
        self._samples: Pcm = np.zeros(0, np.int16)
        self._volume = settings.music_volume
        self._updated_s = clock.now_s()
        self._voice_of = lru_cache(maxsize=_KEPT_VOICES)(pygame.mixer.Sound)

    @property
    def problem(self) -> str | None:
        """Why there is no sound, in one sentence; None while all is well or not tried yet."""
        return self._problem

    @property
    def heard(self) -> bool:
        """Whether a device is open."""
        return self._opened and self._problem is None

    def open(self) -> bool:
        """Open the device now instead of at the first sound; whether it can be heard."""
        if not self._opened:
            self._opened = True
            self._problem = _open_mixer(self._settings)
        return self._problem is None

    # -- music -----------------------------------------------------------------------------------------------------
    def play_music(self, pcm: Pcm, rate_hz: int, start_s: float = 0.0) -> None:
        """Play mono ``pcm`` from ``start_s`` on, in place of what was playing.

        ``pcm`` is kept: `seek_music` starts again in the same sound. A slower sound comes already stretched; all
        times are then times of the stretched sound.
        """
        self._music.load(len(pcm) / rate_hz)
        self._samples = self._at_device_rate(pcm, rate_hz) if self.open() else np.zeros(0, np.int16)
        self.seek_music(start_s)

    def seek_music(self, start_s: float) -> None:
        """Play the present music from ``start_s`` on."""
        if self.heard:
            self._start(start_s)
        self._music.start(start_s, self._clock.now_s())

    def pause_music(self) -> None:
        """Hold the music; again is harmless."""
        self._music.pause(self._clock.now_s())
        if self.heard:
            pygame.mixer.Channel(_MUSIC).pause()

    def resume_music(self) -> None:
        """Go on where it was held."""
        if self.heard:
            pygame.mixer.Channel(_MUSIC).unpause()
        self._music.resume(self._clock.now_s())

    def stop_music(self) -> None:
        """End the music."""
        self._music.stop()
        if self.heard:
            pygame.mixer.Channel(_MUSIC).stop()

    def music_position_s(self, now_s: float) -> float | None:
        """What of the music is being sent to the device at ``now_s``; None where nothing plays."""
        return self._music.at_s(now_s)

    # -- voice and clicks ------------------------------------------------------------------------------------------
    def play_voice(self, path: Path) -> bool:
        """Speak a WAV file, cutting off what is being said; whether it can be heard.

        An unreadable file is silence: the caption says the same.
        """
        if not self.open():
            return False
        try:
            sound = self._voice_of(str(path))
        except (pygame.error, OSError):
            return False
        channel = pygame.mixer.Channel(_VOICE)
        channel.stop()
        channel.set_volume(self._settings.voice_volume)
        channel.play(sound)
        self._set_music_volume(self._settings.ducked_volume)
        return True

    @property
    def speaking(self) -> bool:
        """Whether a voice is being heard."""
        return self.heard and pygame.mixer.Channel(_VOICE).get_busy()

    def stop_voice(self) -> None:
        """Say no more."""
        if self.heard:
            pygame.mixer.Channel(_VOICE).stop()

    def click(self, *, accent: bool = False) -> None:
        """A metronome's click, higher on the one."""
        if self.open():
            self._play_effect(_tick(self._settings.rate_hz, accent))

    def praise(self) -> None:
        """A small bell."""
        if self.open():
            self._play_effect(_bell(self._settings.rate_hz))

    def update(self) -> None:
        """Bring the music back after a voice; call it once per drawn frame."""
        now_s = self._clock.now_s()
        elapsed_s, self._updated_s = now_s - self._updated_s, now_s
        if self.heard and not self.speaking and self._volume < self._settings.music_volume:
            span = self._settings.music_volume - self._settings.ducked_volume
            step = span * elapsed_s / self._settings.duck_ramp_s
            self._set_music_volume(min(self._settings.music_volume, self._volume + step))

    @property
    def music_volume(self) -> float:
        """0..1, lower while a voice speaks."""
        return self._volume

    def close(self) -> None:
        """Silence, and give the device back; harmless when called again."""
        self._music.stop()
        for cached in (self._voice_of, _tick, _bell):
            cached.cache_clear()
        if self.heard:
            pygame.mixer.quit()
        self._opened, self._problem = False, None

    # -- inside ----------------------------------------------------------------------------------------------------
    def _play_effect(self, sound: pygame.mixer.Sound) -> None:
        channel = pygame.mixer.Channel(_EFFECT)
        channel.set_volume(self._settings.click_volume)
        channel.play(sound)

    def _set_music_volume(self, volume: float) -> None:
        self._volume = volume
        pygame.mixer.Channel(_MUSIC).set_volume(volume)

    def _start(self, start_s: float) -> None:
        channel = pygame.mixer.Channel(_MUSIC)
        channel.stop()
        part = self._samples[max(0, round(start_s * self._settings.rate_hz)) :].copy()
        if not len(part):
            return
        ramp_count = min(len(part), round(self._settings.fade_in_s * self._settings.rate_hz))
        part[:ramp_count] = part[:ramp_count] * np.linspace(0.0, 1.0, ramp_count)
        channel.set_volume(self._volume)
        channel.play(pygame.mixer.Sound(buffer=part))

    def _at_device_rate(self, pcm: Pcm, rate_hz: int) -> Pcm:
        if rate_hz == self._settings.rate_hz:
            return pcm
        file = io.BytesIO()
        with wave.open(file, "wb") as writer:
            writer.setnchannels(1)
            writer.setsampwidth(pcm.itemsize)
            writer.setframerate(rate_hz)
            writer.writeframes(np.ascontiguousarray(pcm).tobytes())
        file.seek(0)
        # SDL resamples with a proper filter while it loads.
        return np.frombuffer(pygame.mixer.Sound(file=file).get_raw(), np.int16)


@lru_cache(maxsize=4)
def _tick(rate_hz: int, accent: bool) -> pygame.mixer.Sound:
    return pygame.mixer.Sound(buffer=count_in_tick(rate_hz, accent).pcm)


@lru_cache(maxsize=1)
def _bell(rate_hz: int) -> pygame.mixer.Sound:
    return pygame.mixer.Sound(buffer=praise_bell(rate_hz).pcm)


def _open_mixer(settings: SoundSettings) -> str | None:
    try:
        with _quiet_stderr():
            pygame.mixer.init(settings.rate_hz, _SAMPLE_BITS, 1, settings.buffer_samples_count, allowedchanges=0)
    except pygame.error:
        return "No sound device answers: the music and the voice stay silent, read the captions"
    pygame.mixer.set_num_channels(_CHANNELS_COUNT)
    pygame.mixer.set_reserved(_RESERVED_COUNT)
    return None


@contextlib.contextmanager
def _quiet_stderr() -> Iterator[None]:
    """Sound libraries write about missing devices past Python; the sentence in `problem` says it better."""
    try:
        saved = os.dup(2)
    except OSError:
        yield
        return
    sys.stderr.flush()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(nowhere)
        os.close(saved)
