"""The median of what was measured lately, kept in order so that no frame sorts it anew."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import deque


class RunningMedian:
    """Values of the last ``window_s`` seconds.

    Parameters
    ----------
    window_s : float
    """

    def __init__(self, window_s: float) -> None:
        self._window_s = window_s
        self._recent: deque[tuple[float, float]] = deque()
        self._ordered: list[float] = []

    def __len__(self) -> int:
        return len(self._recent)

    def clear(self) -> None:
        """Forget everything."""
        self._recent.clear()
        self._ordered.clear()

    def add(self, value: float, time_s: float) -> None:
        """Take in a value (not nan); times must not fall."""
        self._recent.append((time_s, value))
        insort(self._ordered, value)

    def forget_before(self, time_s: float) -> None:
        """Drop what is older than the window at ``time_s``."""
        while self._recent and self._recent[0][0] < time_s - self._window_s:
            _, value = self._recent.popleft()
            del self._ordered[bisect_left(self._ordered, value)]

    @property
    def first_s(self) -> float:
        """When the oldest value was taken in; there has to be one."""
        return self._recent[0][0]

    @property
    def last_s(self) -> float:
        """When the newest value was taken in; there has to be one."""
        return self._recent[-1][0]

    @property
    def value(self) -> float:
        """The median; there has to be a value."""
        low, high = (len(self._ordered) - 1) // 2, len(self._ordered) // 2
        if low == high:
            return self._ordered[low]
        return (self._ordered[low] + self._ordered[high]) / 2

    def count_beyond(self, limit: float) -> int:
        """How many values are at ``limit`` or further from 0 on the same side."""
        if limit > 0:
            return len(self._ordered) - bisect_left(self._ordered, limit)
        return bisect_right(self._ordered, limit)
