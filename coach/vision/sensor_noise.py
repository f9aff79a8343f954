"""The slight noise of a camera's sensor, so that no two pictures of a still scene are the same."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_SEED = 20
_MARGIN_PX = 61
_STRIDE_PX = (17, 29)


class SensorNoise:
    """Adds noise that changes from picture to picture, the same for the same index.

    One field of noise, a little larger than the picture, is shifted for each picture: cheap, and different enough.

    Parameters
    ----------
    frame_size_px : (int, int)
        Width and height.
    level : int
        Largest value added to a pixel; 0 adds nothing.
    """

    def __init__(self, frame_size_px: tuple[int, int], level: int) -> None:
        self._width_px, self._height_px = frame_size_px
        self._level = level
        shape = (self._height_px + _MARGIN_PX, self._width_px + _MARGIN_PX, 3)
        self._field = np.random.default_rng(_SEED).integers(0, level + 1, shape, dtype=np.uint8)

    def add_to(self, picture: NDArray[np.uint8], index: int) -> None:
        """Brighten the pixels of ``picture`` (h, w, 3) at random, in place."""
        if self._level == 0:
            return
        top, left = index * _STRIDE_PX[0] % _MARGIN_PX, index * _STRIDE_PX[1] % _MARGIN_PX
        noise = self._field[top : top + self._height_px, left : left + self._width_px]
        cv2.add(picture, noise, dst=picture)
