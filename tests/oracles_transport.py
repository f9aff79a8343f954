"""A slow, obvious twin of the transport: it walks through time in small steps instead of computing where it is."""

from __future__ import annotations

import math


class SteppedTransport:
    """The same music, moved on by ``step_s`` of the clock at a time."""

    def __init__(self, start_s: float, end_s: float, tempo: float, step_s: float) -> None:
        self.start_s, self.end_s, self.tempo, self.step_s = start_s, end_s, tempo, step_s
        self.place_s, self.lead_s = start_s, 0.0
        self.loop: tuple[float, float, float] | None = None
        self.passes, self.whole = 0, True
        self.running = False

    def wait(self, steps_count: int) -> None:
        """Let time pass."""
        for _ in range(steps_count):
            if self.running:
                self._move(self.step_s * self.tempo)

    def _move(self, music_s: float) -> None:
        while music_s > 0.0:
            taken_s = min(music_s, self.lead_s) if self.lead_s > 0.0 else min(music_s, self._room_s())
            if self.lead_s > 0.0:
                self.lead_s = max(0.0, self.lead_s - taken_s)
            elif taken_s <= 0.0:
                return
            else:
                self.place_s += taken_s
            music_s -= taken_s
            self._turn()

    def _room_s(self) -> float:
        end_s = self.end_s if self.loop is None else self.loop[1]
        return end_s - self.place_s

    def _turn(self) -> None:
        if self.loop is not None and self.lead_s <= 0.0 and math.isclose(self.place_s, self.loop[1], abs_tol=1e-9):
            self.passes += self.whole
            self.place_s, self.lead_s, self.whole = self.loop[0], self.loop[2], True

    def seek(self, place_s: float) -> None:
        """As `Transport.seek`."""
        place_s = min(max(place_s, self.start_s), self.end_s)
        self.lead_s = 0.0
        if self.loop is None:
            self.place_s = place_s
            return
        start_s, end_s, lead_in_s = self.loop
        if place_s >= end_s:
            self.place_s, self.lead_s, self.whole = start_s, lead_in_s, True
            return
        self.whole = place_s <= start_s or (self.whole and place_s <= self.place_s)
        self.place_s = place_s

    def set_loop(self, span_s: tuple[float, float] | None, lead_in_s: float) -> None:
        """As `Transport.set_loop`."""
        self.passes = 0
        if span_s is None:
            self.loop, self.whole = None, True
            return
        self.loop = (max(span_s[0], self.start_s), min(span_s[1], self.end_s), lead_in_s)
        self.whole = self.place_s <= self.loop[0]
        if self.place_s >= self.loop[1]:
            self.place_s, self.lead_s, self.whole = self.loop[0], lead_in_s, True

    @property
    def music_s(self) -> float | None:
        """As `Transport.music_s`."""
        silent = not self.running or self.lead_s > 0.0 or (self.loop is None and self.place_s >= self.end_s)
        return None if silent else self.place_s
