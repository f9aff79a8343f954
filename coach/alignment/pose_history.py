"""The dancer's features of the last ticks, also between two of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

_ON_TICK = 0.02


class PoseHistory:
    """A ring of the last poses.

    Parameters
    ----------
    feature_count : int
    ticks : int
        How far back it reaches, at least 1.
    """

    def __init__(self, feature_count: int, ticks: int) -> None:
        self._longest = float(ticks)
        self._poses = np.full((ticks + 2, feature_count), np.nan)
        self._between = np.zeros(feature_count)
        self._unseen = np.zeros(feature_count, dtype=bool)
        self._newest = 0

    def reset(self) -> None:
        """Nothing was seen."""
        self._poses[:] = np.nan

    def push(self, pose: FloatArray) -> None:
        """Take in the pose (F,) of the next tick."""
        self._newest = (self._newest + 1) % len(self._poses)
        self._poses[self._newest] = pose

    def back(self, ticks: float) -> FloatArray:
        """The pose (F,) so many ticks before the last one, nan where unseen; valid until the next call.

        Between two ticks it is interpolated, and where only one of the two saw something, that one counts. No further
        than the ring reaches.
        """
        ticks = min(self._longest, max(0.0, ticks))
        whole = int(ticks)
        after, before = self._at(whole), self._at(whole + 1)
        share = ticks - whole
        if share < _ON_TICK:
            return after
        np.subtract(before, after, out=self._between)
        np.multiply(self._between, share, out=self._between)
        np.add(self._between, after, out=self._between)
        for seen in (after, before):
            np.isnan(self._between, out=self._unseen)
            np.copyto(self._between, seen, where=self._unseen)
        return self._between

    def _at(self, ticks: int) -> FloatArray:
        row: FloatArray = self._poses[(self._newest - ticks) % len(self._poses)]
        return row
