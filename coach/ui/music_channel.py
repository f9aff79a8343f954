"""One programme of music at a time on two channels of the mixer, begun, ended and exchanged without a click."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pygame
from numpy.typing import NDArray

from coach.settings.ui import SoundSettings
from coach.ui.device_clock import DeviceClock

Pcm = NDArray[np.int16]
_AHEAD_BUFFERS = 3
"""What so many buffers of the device ahead is changed is surely heard as changed."""


@dataclass
class _Playing:
    """A sound on its way.

    Attributes
    ----------
    samples : ndarray
        The very memory the mixer plays from: what is changed there ahead of the place is heard.
    head : ndarray
        First samples as they are without the ramp of the start; empty once they are back in place.
    """

    channel: pygame.mixer.Channel
    samples: Pcm
    head: Pcm
    started_s: float
    started_card_s: float | None
    repeat: bool


class MusicChannel:
    """Plays samples at the device's rate.

    Parameters
    ----------
    channels : (int, int)
        Reserved channels of the mixer, used in turn so that the old sound can fade under the new.
    settings : SoundSettings
    """

    def __init__(self, channels: tuple[int, int], settings: SoundSettings) -> None:
        self._channels, self._settings = channels, settings
        self._card = DeviceClock()
        self._playing: _Playing | None = None
        self._turn = 0
        self._opened: tuple[pygame.mixer.Channel, ...] = ()
        self._ending: list[tuple[pygame.mixer.Channel, float]] = []

    def open(self) -> None:
        """The mixer is open."""
        self._card.start(self._settings.rate_hz)

    def play(self, pcm: Pcm, now_s: float, volume: float, *, repeat: bool) -> None:
        """Play from now on, in place of what was playing."""
        self.stop(now_s)
        if not len(pcm):
            return
        self._turn = 1 - self._turn
        channel = self._mixer_channels()[self._turn]
        self._ending = [each for each in self._ending if each[0] is not channel]
        channel.stop()
        sound = pygame.mixer.Sound(buffer=pcm)
        samples = np.asarray(memoryview(sound))  # type: ignore[arg-type]
        head = samples[: round(self._settings.fade_in_s * self._settings.rate_hz)]
        kept = head.copy()
        head[:] = np.round(head * np.linspace(0.0, 1.0, len(head)))
        channel.set_volume(volume)
        card_s = self._card.now_s()
        channel.play(sound, loops=-1 if repeat else 0)
        self._playing = _Playing(channel, samples, kept if repeat else kept[:0], now_s, card_s, repeat)

    def stop(self, now_s: float) -> None:
        """Let what is playing fade away within some hundredths of a second; again is harmless."""
        playing, self._playing = self._playing, None
        if playing is None or not playing.channel.get_busy():
            return
        rate_hz, count = self._settings.rate_hz, len(playing.samples)
        start = round(self._played_s(playing, now_s) * rate_hz) + _AHEAD_BUFFERS * self._settings.buffer_samples_count
        ramp = np.linspace(1.0, 0.0, round(self._settings.fade_out_s * rate_hz))
        # The mixer plays from this very memory: the ramp is written ahead of the place, silence behind it.
        silent = round(self._settings.ending_s * rate_hz)
        place = np.arange(start, start + len(ramp) + silent)
        place = place[: count - len(ramp)] % count if playing.repeat else place[place < count]
        head = place[: len(ramp)]
        playing.samples[head] = np.round(playing.samples[head] * ramp[: len(head)])
        playing.samples[place[len(ramp) :]] = 0
        self._ending.append((playing.channel, now_s + self._settings.ending_s / 2))

    def update(self, now_s: float) -> None:
        """End what has faded, and take the ramp of the start out of a sound that comes round again."""
        for channel, at_s in self._ending:
            if now_s >= at_s:
                channel.stop()
        self._ending = [(channel, at_s) for channel, at_s in self._ending if now_s < at_s]
        playing = self._playing
        if playing is not None and len(playing.head) and self._played_s(playing, now_s) > self._settings.restore_s:
            playing.samples[: len(playing.head)] = playing.head
            playing.head = playing.head[:0]

    def set_volume(self, volume: float) -> None:
        """0..1, from now on."""
        for channel in self._mixer_channels():
            channel.set_volume(volume)

    def played_s(self, now_s: float) -> float | None:
        """What the device has taken of the present sound (of all its rounds), by its own clock; None without one."""
        playing = self._playing
        return None if playing is None else self._played_s(playing, now_s)

    def close(self) -> None:
        """The mixer is about to be closed."""
        self._playing, self._ending, self._opened = None, [], ()
        self._card.stop()

    def _mixer_channels(self) -> tuple[pygame.mixer.Channel, ...]:
        if not self._opened:
            self._opened = tuple(pygame.mixer.Channel(number) for number in self._channels)
        return self._opened

    def _played_s(self, playing: _Playing, now_s: float) -> float:
        card_s = self._card.now_s()
        if card_s is None or playing.started_card_s is None:
            return now_s - playing.started_s
        return card_s - playing.started_card_s
