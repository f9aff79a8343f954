"""Whether the hands rest: a pose that is held, told from one that is danced through."""

from __future__ import annotations

from collections import deque
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.pose.pose_frame import FloatArray
from coach.settings.gestures import StillnessSettings

_MIN_COUNT: Final = 3


class Stillness:
    """The speed of a few points over the last moment, blind to single wrong landmarks and to the frame rate.

    Theil and Sen: the slope of a line through points in time is the median of the slopes of all pairs.
    """

    def __init__(self, settings: StillnessSettings) -> None:
        self._settings = settings
        self._past: deque[tuple[float, FloatArray]] = deque()

    def reset(self) -> None:
        """Forget the past."""
        self._past.clear()

    def speeds(self, points: FloatArray, time_s: float) -> FloatArray:
        """Take in ``points`` (n, 2), nan where not seen; their speeds a second, (n,), nan where too little was seen."""
        self._past.append((time_s, points))
        # A slow computer gives few pictures: three are kept in any case.
        while len(self._past) > _MIN_COUNT and time_s - self._past[0][0] > self._settings.window_s:
            self._past.popleft()
        times_s = np.array([when_s for when_s, _ in self._past])
        if len(times_s) < _MIN_COUNT or times_s[-1] - times_s[0] < self._settings.window_s / 2.0:
            return np.full(len(points), np.nan)
        return line_speeds(times_s, np.stack([past for _, past in self._past]))


def line_speeds(times_s: FloatArray, points: FloatArray) -> FloatArray:
    """Speeds (n,) of straight lines through points (t, n, 2) at increasing times (t,); nan where fewer than 3 count."""
    speeds = np.full(points.shape[1], np.nan)
    for index in range(points.shape[1]):
        seen = np.isfinite(points[:, index, 0])
        count = int(seen.sum())
        if count >= _MIN_COUNT:
            first, second = _pairs(count)
            track, at_s = points[seen, index], times_s[seen]
            slopes = (track[second] - track[first]) / (at_s[second] - at_s[first])[:, None]
            speeds[index] = np.hypot(*np.median(slopes, axis=0))
    return speeds


@lru_cache(maxsize=64)
def _pairs(count: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    first, second = np.triu_indices(count, 1)
    return first, second
