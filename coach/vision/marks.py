"""Lines, discs, rings and diamonds drawn smoothly into a picture, at sub-pixel places."""

from __future__ import annotations

import math
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Point = tuple[float, float]
Bgra = tuple[int, int, int, int]

_SHIFT: Final = 4
_ONE: Final = 1 << _SHIFT
_STEPS: Final = np.linspace(0.0, 1.0, 12)
"""Along the round end of a capsule."""
_TURN: Final = np.concatenate((2 * math.pi * _STEPS, np.zeros(len(_STEPS))))
_TOUCH: Final = np.concatenate((1.0 - 2.0 * _STEPS, 2.0 * _STEPS - 1.0))
_END: Final = np.repeat((0.0, 1.0), len(_STEPS))
"""Of a capsule's outline, first the round end at its start, then the other: the angle of each point is that of the
axis, plus ``_TURN``, plus so many times the angle at which the tangents touch; ``_END`` tells whose point it is."""
_ARC_POINTS: Final = 90


def bgra(rgb: tuple[int, int, int]) -> Bgra:
    """The colour in the order of a window's pixels."""
    return rgb[2], rgb[1], rgb[0], 255


def _fixed(point: Point) -> tuple[int, int]:
    return round(point[0] * _ONE), round(point[1] * _ONE)


def line(pixels: Pixels, start: Point, end: Point, colour: Bgra, width_px: float) -> None:
    """A straight line with round ends."""
    cv2.line(pixels, _fixed(start), _fixed(end), colour, max(1, round(width_px)), cv2.LINE_AA, _SHIFT)


def dashed_line(pixels: Pixels, start: Point, end: Point, colour: Bgra, width_px: float) -> None:
    """A line of dashes, each some widths long."""
    length_px = math.dist(start, end)
    dash_px = max(4.0, 3.0 * width_px)
    count = int(length_px / (2 * dash_px)) + 1
    for index in range(count):
        near = min(1.0, 2 * index * dash_px / max(length_px, 1e-6))
        far = min(1.0, (2 * index + 1) * dash_px / max(length_px, 1e-6))
        line(pixels, _between(start, end, near), _between(start, end, far), colour, width_px)


def _between(start: Point, end: Point, share: float) -> Point:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def disc(pixels: Pixels, centre: Point, radius_px: float, colour: Bgra) -> None:
    """A filled circle."""
    cv2.circle(pixels, _fixed(centre), round(radius_px * _ONE), colour, cv2.FILLED, cv2.LINE_AA, _SHIFT)


def ring(pixels: Pixels, centre: Point, radius_px: float, colour: Bgra, width_px: float) -> None:
    """A circle."""
    cv2.circle(pixels, _fixed(centre), round(radius_px * _ONE), colour, max(1, round(width_px)), cv2.LINE_AA, _SHIFT)


def diamond(pixels: Pixels, centre: Point, radius_px: float, colour: Bgra) -> None:
    """A filled square standing on its corner."""
    x, y = centre
    corners = ((x, y - radius_px), (x + radius_px, y), (x, y + radius_px), (x - radius_px, y))
    polygon(pixels, np.array(corners), colour)


def polygon(pixels: Pixels, corners: NDArray[np.float64], colour: Bgra) -> None:
    """A filled convex polygon; ``corners`` has shape (n, 2)."""
    fixed = np.rint(corners * _ONE).astype(np.int32)
    cv2.fillConvexPoly(pixels, fixed, colour, cv2.LINE_AA, _SHIFT)


def capsule(pixels: Pixels, start: Point, end: Point, radii_px: tuple[float, float], colour: Bgra) -> None:
    """Two discs and the area between their tangents, as one outline: a limb that tapers."""
    length_px = math.dist(start, end)
    if length_px <= abs(radii_px[0] - radii_px[1]):
        disc(pixels, start if radii_px[0] >= radii_px[1] else end, max(radii_px), colour)
        return
    # The outer tangents touch both discs where the radius makes this angle with the axis.
    axis = math.atan2(end[1] - start[1], end[0] - start[0])
    touch = math.acos((radii_px[0] - radii_px[1]) / length_px)
    # Some hundred of these are drawn for each picture of the window: few calls for all points together.
    angle = _TOUCH * touch + _TURN + axis
    radius_px = _END * (radii_px[1] - radii_px[0]) + radii_px[0]
    corners = np.empty((len(angle), 2))
    corners[:, 0] = radius_px * np.cos(angle) + (_END * (end[0] - start[0]) + start[0])
    corners[:, 1] = radius_px * np.sin(angle) + (_END * (end[1] - start[1]) + start[1])
    polygon(pixels, corners, colour)


def arc(pixels: Pixels, centre: Point, radius_px: float, share: float, colour: Bgra, width_px: float) -> None:
    """``share`` (0..1) of a circle, clockwise from the top."""
    if share >= 1.0:
        ring(pixels, centre, radius_px, colour, width_px)
        return
    count = max(2, round(_ARC_POINTS * share))
    angle = np.linspace(0.0, 2.0 * math.pi * max(0.0, share), count)
    points = np.stack([centre[0] + radius_px * np.sin(angle), centre[1] - radius_px * np.cos(angle)], axis=-1)
    fixed = np.round(points * _ONE).astype(np.int32)
    cv2.polylines(pixels, [fixed], False, colour, max(1, round(width_px)), cv2.LINE_AA, _SHIFT)
