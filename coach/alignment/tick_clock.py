"""The follower's own regular clock: frames of any rate in, poses at regular times out."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

_NEAR_TICKS = 0.25
"""A tick takes a frame that is so near as it is, without waiting for the next: time stamps jitter."""
_EVEN_TICKS = 5.0
"""Over so many ticks it is evened out how far from them such frames lie, as the follower evens out what they show."""
_MAX_MISSING_S = 2.0


def on_regular_clock(features: FloatArray, time_s: FloatArray, tick_s: float) -> FloatArray:
    """Features (T, F) at ``time_s`` brought to a regular clock that starts with the first frame.

    Where one of the two neighbouring frames is unseen, the nearer one counts.
    """
    count = int(np.floor((time_s[-1] - time_s[0]) / tick_s + 1e-6)) + 1
    ticks_s = time_s[0] + np.arange(count) * tick_s
    after = np.clip(np.searchsorted(time_s, ticks_s, side="left"), 1, len(time_s) - 1)
    before = after - 1
    share = (ticks_s - time_s[before]) / (time_s[after] - time_s[before])
    share = np.clip(share, 0.0, 1.0)[:, None]
    mixed = features[before] * (1.0 - share) + features[after] * share
    nearest = np.where(share < 0.5, features[before], features[after])
    regular: FloatArray = np.where(np.isfinite(mixed), mixed, nearest)
    return regular


class TickClock:
    """Brings a live stream of feature vectors to the follower's clock, so that no frame rate changes its verdicts.

    Parameters
    ----------
    feature_count : int
    tick_s : float
    max_gap_s : float
        Across a longer gap nothing is interpolated: nobody was seen in it.

    Attributes
    ----------
    pose_s : float
        Student time that the last poses given out belong to. Where ticks take frames that are near, that is not the
        tick's own time: at 60 frames a second it is the frame before the tick that is near, and while frames and ticks
        run in step they may be apart by up to a quarter of a tick, always the same way.
    """

    def __init__(self, feature_count: int, tick_s: float, max_gap_s: float) -> None:
        self._tick_s = tick_s
        self._max_gap_s = max_gap_s
        self._nobody = np.full(feature_count, np.nan)
        self._last = np.full(feature_count, np.nan)
        self._mixed = np.full(feature_count, np.nan)
        self.reset()

    def reset(self) -> None:
        """Begin again with the next frame."""
        self._last_s: float | None = None
        self._first_s = 0.0
        self._ticks = 0
        self._after_tick_s = 0.0
        self.pose_s = 0.0

    def is_past(self, time_s: float) -> bool:
        """Whether a frame of that time would start the clock afresh."""
        return self._last_s is not None and time_s < self._last_s

    def feed(self, features: FloatArray, time_s: float) -> Iterator[FloatArray]:
        """The poses of all ticks that a new frame completes, each valid until the next."""
        if self.is_past(time_s):
            self.reset()
        if self._last_s is None:
            self._first_s = self._last_s = time_s
        gap_s = time_s - self._last_s
        while True:
            tick_s = self._first_s + self._ticks * self._tick_s
            if tick_s > time_s + _NEAR_TICKS * self._tick_s:
                break
            self._ticks += 1
            if time_s - tick_s > _MAX_MISSING_S:
                continue
            near = gap_s <= 0 or time_s - tick_s <= _NEAR_TICKS * self._tick_s
            self._after_tick_s += ((time_s - tick_s if near else 0.0) - self._after_tick_s) / _EVEN_TICKS
            self.pose_s = tick_s + self._after_tick_s
            yield features if near else self._pose_between(features, time_s, tick_s, gap_s)
        self._last[:] = features
        self._last_s = time_s

    def _pose_between(self, features: FloatArray, time_s: float, tick_s: float, gap_s: float) -> FloatArray:
        if gap_s > self._max_gap_s:
            return self._nobody
        share = 1.0 - (time_s - tick_s) / gap_s
        np.multiply(self._last, 1.0 - share, out=self._mixed)
        self._mixed += share * features
        unseen = ~np.isfinite(self._mixed)
        if unseen.any():
            self._mixed[unseen] = (features if share >= 0.5 else self._last)[unseen]
        return self._mixed
