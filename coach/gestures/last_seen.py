"""Landmarks that flicker: each stays where it was for a moment after it was last seen."""

from __future__ import annotations

import numpy as np

from coach.pose.landmark_table import LANDMARK_COUNT
from coach.pose.pose_frame import FloatArray


class LastSeen:
    """Fills in landmarks that were seen a moment ago.

    Parameters
    ----------
    keep_s : float
        For how long.
    min_visibility : float
        Landmarks below it are not seen.
    """

    def __init__(self, keep_s: float, min_visibility: float) -> None:
        self._keep_s, self._min_visibility = keep_s, min_visibility
        self.reset()

    def reset(self) -> None:
        """Forget everything."""
        self._points = np.full((LANDMARK_COUNT, 2), np.nan)
        self._seen_s = np.full(LANDMARK_COUNT, -np.inf)

    def step(self, points: FloatArray, visibility: FloatArray, time_s: float) -> tuple[FloatArray, FloatArray]:
        """Points (33, 2) and visibility (33,), 1 for what is seen or was seen ``keep_s`` ago or less, else 0."""
        seen = (visibility >= self._min_visibility) & np.isfinite(points).all(axis=1)
        self._points[seen] = points[seen]
        self._seen_s[seen] = time_s
        known = (time_s - self._seen_s <= self._keep_s).astype(np.float64)
        return self._points.copy(), known
