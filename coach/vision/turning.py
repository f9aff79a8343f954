"""Turning a picture by quarter turns."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_TURNS = {90: cv2.ROTATE_90_COUNTERCLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_CLOCKWISE}


def turned(picture: NDArray[np.uint8], counterclockwise_deg: int) -> NDArray[np.uint8]:
    """Turn ``picture`` counterclockwise by the nearest multiple of 90 degrees (a new array, or itself for 0)."""
    quarter_deg = round(counterclockwise_deg / 90) % 4 * 90
    if quarter_deg == 0:
        return picture
    return np.asarray(cv2.rotate(picture, _TURNS[quarter_deg]), dtype=np.uint8)
