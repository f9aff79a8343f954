"""Rounded panels, discs, rings and diamonds as small pictures with smooth edges, from signed distances."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.ui.theme import Rgb

Pixels = NDArray[np.uint8]
FloatArray = NDArray[np.float64]

_FINE_EDGE_PX: Final = 2.0


def _grid(width_px: int, height_px: int) -> tuple[FloatArray, FloatArray]:
    """Distances of the pixels' middles from the picture's middle."""
    x = np.abs(np.arange(width_px) + 0.5 - width_px / 2)
    y = np.abs(np.arange(height_px) + 0.5 - height_px / 2)
    return x[None, :], y[:, None]


def _rgba(coverage: FloatArray, colour: Rgb) -> Pixels:
    rgba = np.empty((*coverage.shape, 4), np.uint8)
    rgba[..., :3] = colour
    rgba[..., 3] = np.round(np.clip(coverage, 0.0, 1.0) * 255)
    return rgba


def _distance(x: FloatArray, y: FloatArray, size_px: tuple[int, int], radius_px: float) -> FloatArray:
    across, down = x - (size_px[0] / 2 - radius_px), y - (size_px[1] / 2 - radius_px)
    outside = np.hypot(np.maximum(across, 0.0), np.maximum(down, 0.0))
    distance: FloatArray = outside + np.minimum(np.maximum(across, down), 0.0) - radius_px
    return distance


def _from_corner(
    size_px: tuple[int, int], radius_px: float, edge_px: float, coloured: Callable[[FloatArray], Pixels]
) -> Pixels:
    """A shape with round corners, coloured by the distance from its edge.

    It is the same in all four corners, all along its edges and everywhere inside: one corner is computed, up to what
    lies deeper than ``edge_px``, below which the colour does not change any more.
    """
    border_px = math.ceil(max(radius_px, edge_px)) + 1
    x, y = _grid(*size_px)
    corner_px = [min((length_px + 1) // 2, border_px + 1) for length_px in size_px]
    corner = coloured(_distance(x[:, : corner_px[0]], y[: corner_px[1]], size_px, radius_px))
    columns, rows = (
        np.minimum(np.minimum(index, index[::-1]), border_px) for index in (np.arange(length) for length in size_px)
    )
    whole = corner.view(np.uint32)[..., 0].take(columns, axis=1).take(rows, axis=0)
    return whole[..., None].view(np.uint8)


def rounded_rect(
    size_px: tuple[int, int], radius_px: float, fill: Rgb, opacity: float, edge: Rgb, edge_opacity: float
) -> Pixels:
    """A panel with round corners and a fine edge: shape (h, w, 4), RGBA."""

    def coloured(distance: FloatArray) -> Pixels:
        inside = np.clip(0.5 - distance, 0.0, 1.0)
        line = np.clip(1.0 - np.abs(distance + 1.0), 0.0, 1.0) * edge_opacity
        alpha = opacity + line * (1.0 - opacity)
        rgba = _rgba(inside * alpha, fill)
        share = np.divide(line, alpha, out=np.zeros_like(line), where=alpha > 0)[..., None]
        rgba[..., :3] = np.round(np.array(fill) * (1 - share) + np.array(edge) * share)
        return rgba

    return _from_corner(size_px, min(radius_px, size_px[0] / 2, size_px[1] / 2), _FINE_EDGE_PX, coloured)


def rounded_frame(size_px: tuple[int, int], radius_px: float, width_px: float, colour: Rgb) -> Pixels:
    """The edge of a panel with round corners, ``width_px`` wide: shape (h, w, 4), RGBA."""

    def coloured(distance: FloatArray) -> Pixels:
        return _rgba(width_px / 2 + 0.5 - np.abs(distance + width_px / 2), colour)

    return _from_corner(size_px, min(radius_px, size_px[0] / 2, size_px[1] / 2), width_px + 1.0, coloured)


def disc(diameter_px: int, colour: Rgb) -> Pixels:
    """A filled circle."""
    x, y = _grid(diameter_px, diameter_px)
    return _rgba(diameter_px / 2 - np.hypot(x, y), colour)


def ring(diameter_px: int, width_px: float, colour: Rgb) -> Pixels:
    """A circle."""
    x, y = _grid(diameter_px, diameter_px)
    middle_px = (diameter_px - width_px) / 2
    return _rgba(width_px / 2 + 0.5 - np.abs(np.hypot(x, y) - middle_px), colour)


def diamond(diameter_px: int, colour: Rgb) -> Pixels:
    """A square standing on its corner."""
    x, y = _grid(diameter_px, diameter_px)
    return _rgba((diameter_px / 2 - x - y) / np.sqrt(2.0) + 0.5, colour)
