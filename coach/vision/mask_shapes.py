"""Outlines, areas and distances of binary masks, for the comparison of two dancers' shapes."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

_SUBPIXEL_BITS = 4


class MaskShapes:
    """See `coach.comparison.shape_tools.ShapeTools`."""

    def outline(self, mask: BoolArray) -> FloatArray | None:
        """Corners (n, 2) of the largest outer outline, None where there is none with an area."""
        contours, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        if not contours:
            return None
        largest = max(contours, key=cv2.contourArea)
        if cv2.contourArea(largest) <= 0:
            return None
        return np.asarray(largest[:, 0, :], dtype=np.float64)

    def filled(self, outline: FloatArray, side_px: int) -> BoolArray:
        """The square picture whose pixels inside the polygon are set."""
        canvas = np.zeros((side_px, side_px), dtype=np.uint8)
        corners = np.rint(outline * (1 << _SUBPIXEL_BITS)).astype(np.int32)
        cv2.fillPoly(canvas, [corners], 1, shift=_SUBPIXEL_BITS)
        return canvas.astype(np.bool_)

    def distance_px(self, mask: BoolArray) -> FloatArray:
        """Euclidean distance of every pixel to the nearest set one (0 inside); inf where none is set."""
        if not mask.any():
            return np.full(mask.shape, np.inf)
        outside = (~mask).astype(np.uint8)
        return np.asarray(cv2.distanceTransform(outside, cv2.DIST_L2, cv2.DIST_MASK_PRECISE), dtype=np.float64)

    def hu_moments(self, mask: BoolArray) -> FloatArray:
        """Hu's seven moments, shape (7,)."""
        return np.asarray(cv2.HuMoments(cv2.moments(mask.astype(np.uint8), True)), dtype=np.float64).ravel()
