"""What the comparison of masks needs from a picture library; `coach.vision.mask_shapes` provides it."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


class ShapeTools(Protocol):
    """Outlines, areas and distances on small binary pictures; pixel (x, y) has its middle at (x, y)."""

    def outline(self, mask: BoolArray) -> FloatArray | None:
        """Corners (n, 2) of the largest outer outline, None where there is none with an area."""
        ...

    def filled(self, outline: FloatArray, side_px: int) -> BoolArray:
        """The square picture whose pixels inside the polygon are set."""
        ...

    def distance_px(self, mask: BoolArray) -> FloatArray:
        """Euclidean distance of every pixel to the nearest set one (0 inside); inf where none is set."""
        ...

    def hu_moments(self, mask: BoolArray) -> FloatArray:
        """Hu's seven moments, shape (7,)."""
        ...
