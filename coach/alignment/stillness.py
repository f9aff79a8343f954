"""Who stands still: somebody who does can only be at a freeze of the choreography."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.alignment.kernels import movement
from coach.settings.alignment import EvidenceSettings

FloatArray = NDArray[np.float64]


class StillnessWatch:
    """Watches the student's movement against the reference's own.

    Parameters
    ----------
    reference : ndarray [shape=(T, F)], float64
        Features on the follower's clock.
    tick_s : float
    settings : EvidenceSettings
    """

    def __init__(self, reference: FloatArray, tick_s: float, settings: EvidenceSettings) -> None:
        self._settings = settings
        window = max(2, round(settings.still_window_s / tick_s))
        steady = min(window - 1, max(1, round(settings.still_smoothing_s / tick_s)))
        self._recent = np.full((steady, reference.shape[1]), np.nan)
        self._history = np.full((window - steady + 1, reference.shape[1]), np.nan)
        self._last = np.full((3, reference.shape[1]), np.nan)
        self._bends = [0.0] * window
        self._ticks = 0
        moving = _moving_frames(reference, window, settings.moving_range)
        self.factor = np.where(moving, np.exp(-settings.still_nats_per_s * tick_s), 1.0).astype(np.float32)
        """What a still dancer multiplies the likelihood of every reference frame by, shape (T,)."""

    def reset(self) -> None:
        """Forget the student's movement."""
        self._recent[:], self._last[:] = np.nan, np.nan
        self._bends = [0.0] * len(self._bends)
        self._history[:] = np.nan
        self._ticks = 0

    def is_still(self, pose: FloatArray) -> bool:
        """Take in one pose (F,); whether nothing but the sensor's jitter has moved for the window."""
        ticks, settings = self._ticks, self._settings
        self._ticks += 1
        self._recent[ticks % len(self._recent)] = self._last[ticks % 3] = pose
        movement.mean_of_seen(self._recent, self._history[ticks % len(self._history)])
        self._bends[ticks % len(self._bends)] = movement.mean_square_bend(
            self._last[(ticks - 2) % 3], self._last[(ticks - 1) % 3], self._last[ticks % 3]
        )
        moved = movement.mean_square_range(self._history)
        jitter = min(sum(self._bends) / len(self._bends), settings.max_jitter**2)
        return bool(moved - settings.jitter_range_ratio * jitter < settings.still_range**2)


def _moving_frames(reference: FloatArray, window: int, moving_range: float) -> NDArray[np.bool_]:
    """Frames with movement before and after them: near a freeze a dancer who is early or late may be still too."""
    length = reference.shape[0]
    high, low = reference.copy(), reference.copy()
    for lag in range(1, min(window, length)):
        high[lag:] = np.fmax(high[lag:], reference[:-lag])
        low[lag:] = np.fmin(low[lag:], reference[:-lag])
    squares = (high - low) ** 2
    seen = np.isfinite(squares)
    mean = np.where(seen, squares, 0.0).sum(axis=1) / np.maximum(seen.sum(axis=1), 1)
    moving = mean > moving_range**2
    moving[: min(window, length)] = False
    around: NDArray[np.bool_] = moving.copy()
    for shift in range(1, min(window // 2, length - 1) + 1):
        around[shift:] &= moving[:-shift]
        around[:-shift] &= moving[shift:]
    return around
