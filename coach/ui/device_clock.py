"""What the sound card itself has played, counted by the mixer."""

from __future__ import annotations

import io
import wave

import numpy as np
import pygame

_SILENCE_S = 1.0


class DeviceClock:
    """Seconds of sound that the device has taken since the clock was started.

    The mixer counts the samples it hands to the device for its music stream, and only for that; so silence is played
    there for ever. Nothing of it runs in Python: the sound's thread never waits for ours.
    """

    def __init__(self) -> None:
        self._running = False

    def start(self, rate_hz: int) -> None:
        """Begin to count; the mixer is open. Without the music stream there is no clock."""
        try:
            pygame.mixer.music.load(_silence(rate_hz), "wav")
            pygame.mixer.music.play(-1)
        except pygame.error:
            return
        self._running = True

    def now_s(self) -> float | None:
        """Seconds since the start, some milliseconds off each time; None without a clock."""
        if not self._running:
            return None
        played_ms = pygame.mixer.music.get_pos()
        return played_ms / 1000.0 if played_ms >= 0 else None

    def stop(self) -> None:
        """Count no more; again is harmless."""
        if self._running:
            self._running = False
            pygame.mixer.music.stop()
            pygame.mixer.music.unload()


def _silence(rate_hz: int) -> io.BytesIO:
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(rate_hz)
        writer.writeframes(np.zeros(round(_SILENCE_S * rate_hz), np.int16).tobytes())
    file.seek(0)
    return file
