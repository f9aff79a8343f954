"""The only place that reads the real clock; everything else is given the time. And how times are written."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """A source of monotonic seconds."""

    def now_s(self) -> float:
        """Seconds since an arbitrary start, never going back."""
        ...

    def sleep_s(self, duration_s: float) -> None:
        """Wait for ``duration_s`` seconds of this clock."""
        ...


class SystemClock:
    """The computer's monotonic clock."""

    def now_s(self) -> float:
        """Seconds of ``time.perf_counter``."""
        return time.perf_counter()

    def sleep_s(self, duration_s: float) -> None:
        """Sleep for real; a negative duration is no wait."""
        if duration_s > 0:
            time.sleep(duration_s)


class ManualClock:
    """A clock that tests move by hand; sleeping moves it too."""

    def __init__(self, start_s: float = 0.0) -> None:
        self._now_s = start_s

    def now_s(self) -> float:
        """The time set last."""
        return self._now_s

    def sleep_s(self, duration_s: float) -> None:
        """Advance instead of waiting."""
        self.advance(max(0.0, duration_s))

    def advance(self, duration_s: float) -> None:
        """Move the clock on by ``duration_s`` seconds (not negative)."""
        if duration_s < 0:
            raise ValueError(f"a clock cannot go back by {-duration_s} s")
        self._now_s += duration_s


def clock_text(time_s: float) -> str:
    """``0:12`` for 12.4 seconds, ``1:00:05`` for an hour and five: how a time is written everywhere."""
    minutes, seconds = divmod(max(0, int(time_s)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
