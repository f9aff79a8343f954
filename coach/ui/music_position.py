"""Where a sound is that was started at a known time: arithmetic only."""

from __future__ import annotations


class MusicPosition:
    """Start stamp, pauses and jumps of one sound; all times are passed in."""

    def __init__(self) -> None:
        self._duration_s = 0.0
        self._place_s: float | None = None
        self._stamp_s: float | None = None

    def load(self, duration_s: float) -> None:
        """Another sound, not started yet."""
        self._duration_s = duration_s
        self.stop()

    def start(self, place_s: float, now_s: float) -> None:
        """It plays from ``place_s`` on, from now on."""
        self._place_s, self._stamp_s = max(0.0, place_s), now_s

    def pause(self, now_s: float) -> None:
        """It is held; without effect where it is not playing."""
        place_s = self.at_s(now_s)
        if place_s is not None and self._stamp_s is not None:
            self._place_s, self._stamp_s = place_s, None

    def resume(self, now_s: float) -> None:
        """It goes on; without effect where it is not held."""
        if self._place_s is not None and self._stamp_s is None:
            self._stamp_s = now_s

    def stop(self) -> None:
        """It is over."""
        self._place_s = self._stamp_s = None

    def at_s(self, now_s: float) -> float | None:
        """Place in the sound; None where it is stopped or over."""
        if self._place_s is None:
            return None
        place_s = self._place_s if self._stamp_s is None else self._place_s + now_s - self._stamp_s
        return place_s if place_s < self._duration_s else None
