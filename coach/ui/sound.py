"""Music, voice and clicks through pygame's mixer; without a sound device everything runs on in silence."""

from __future__ import annotations

import io
import math
import threading
import wave
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import pygame

from coach.clock import Clock
from coach.routine.interface_sounds import count_in_tick, praise_bell
from coach.settings.ui import SoundSettings
from coach.ui.music_channel import MusicChannel, Pcm
from coach.ui.sound_device import open_mixer, output_names

_MUSIC, _VOICE, _EFFECT, _OTHER_MUSIC = range(4)
_NAMES_HOLD_S: Final = 5.0
"""Loudspeakers are looked for no more often: it is asked for with every picture."""
_KEPT_VOICES: Final = 128


class SoundOutput:
    """The loudspeaker.

    The device is opened at the first sound. `problem` then says in one sentence why nothing is heard, if so; all
    calls stay allowed, so that nobody else has to care. `open` and `at_device_rate` may be called from any thread,
    the rest is for the main thread.
    """

    def __init__(self, clock: Clock, settings: SoundSettings) -> None:
        self._clock, self._settings = clock, settings
        self._opened = False
        self._problem: str | None = None
        self._opening = threading.Lock()
        self._music = MusicChannel((_MUSIC, _OTHER_MUSIC), settings)
        self._volume = settings.music_volume
        self._updated_s = clock.now_s()
        self._names, self._names_s = "", math.inf
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
        with self._opening:
            if not self._opened:
                self._problem = open_mixer(self._settings)
                if self._problem is None:
                    self._music.open()
                self._opened = True
        return self._problem is None

    def try_again(self) -> bool:
        """Look once more for a device where none answered; whether it can be heard."""
        with self._opening:
            if self._problem is not None:
                self._opened = False
        return self.open()

    @property
    def output_name(self) -> str:
        """The loudspeakers of this computer, as far as they can be told: a latency holds for these.

        Opens the device; empty without one.
        """
        if not self.open():
            return ""
        now_s = self._clock.now_s()
        if not self._names_s <= now_s < self._names_s + _NAMES_HOLD_S:
            self._names, self._names_s = output_names(), now_s
        return self._names

    # -- music -----------------------------------------------------------------------------------------------------
    @property
    def rate_hz(self) -> int:
        """Samples a second of the device."""
        return self._settings.rate_hz

    def play_music(self, pcm: Pcm, rate_hz: int) -> None:
        """Play mono ``pcm`` from its beginning, in place of what was playing."""
        if self.open():
            self.play_samples(self.at_device_rate(pcm, rate_hz))

    def play_samples(self, pcm: Pcm, *, repeat: bool = False) -> None:
        """Play mono samples at the device's rate from now on, in place of what was playing.

        Parameters
        ----------
        pcm : ndarray [shape=(N,)], int16
        repeat : bool
            Again and again; the mixer goes from the last sample to the first without a gap.
        """
        if self.open():
            self._music.play(pcm, self._clock.now_s(), self._volume, repeat=repeat)

    def stop_music(self) -> None:
        """End the music; again is harmless."""
        if self.heard:
            self._music.stop(self._clock.now_s())

    def played_s(self, now_s: float) -> float | None:
        """How much of the music the device has taken so far, by the device's clock; None where nothing plays.

        Each answer may be off by the length of the device's buffer.
        """
        return self._music.played_s(now_s) if self.heard else None

    def at_device_rate(self, pcm: Pcm, rate_hz: int) -> Pcm:
        """``pcm`` with as many samples a second as the device takes; takes some milliseconds for each minute.

        Without a device there is nothing to convert for: it is empty then.
        """
        if not self.open():
            return np.zeros(0, np.int16)
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
        if self.heard:
            self._music.update(now_s)
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
        self._music.close()
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
        self._music.set_volume(volume)


@lru_cache(maxsize=4)
def _tick(rate_hz: int, accent: bool) -> pygame.mixer.Sound:
    return pygame.mixer.Sound(buffer=count_in_tick(rate_hz, accent).pcm)


@lru_cache(maxsize=1)
def _bell(rate_hz: int) -> pygame.mixer.Sound:
    return pygame.mixer.Sound(buffer=praise_bell(rate_hz).pcm)
