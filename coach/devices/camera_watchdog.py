"""Is the camera's picture alive? A sensor always has some noise: exactly the same picture again is a dead one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.settings.devices import CameraSettings


class FrozenPicture:
    """Counts identical pictures in a row, on a coarse grid of picture elements."""

    def __init__(self, settings: CameraSettings) -> None:
        self._step_px = settings.compare_step_px
        self._limit = settings.frozen_after_frames
        self._timeout_s = settings.frozen_timeout_s
        self._last: NDArray[np.uint8] | None = None
        self._same = 0
        self._since_s = 0.0

    @property
    def frozen(self) -> bool:
        """Whether the last pictures were all the same."""
        return self._same >= self._limit

    def feed(self, bgr: NDArray[np.uint8], time_s: float) -> bool:
        """Look at the next picture; returns whether it is frozen for too long by now.

        Parameters
        ----------
        bgr : ndarray [shape=(height, width, 3)], uint8
        time_s : float
            When it was taken.
        """
        half = self._step_px // 2
        sample = bgr[half :: self._step_px, half :: self._step_px].copy()
        if self._last is not None and np.array_equal(sample, self._last):
            self._same += 1
        else:
            self._last, self._same, self._since_s = sample, 1, time_s
        return self.frozen and time_s - self._since_s >= self._timeout_s
