"""Small figures that show a gesture the way a mirror would: copy what you see."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import Final

import pygame

from coach.gestures.gesture import Gesture
from coach.ui.canvas import Canvas
from coach.ui.surfaces import Pixels, surface_of_bgra
from coach.ui.theme import Rgb
from coach.vision import compose, marks
from coach.vision.marks import bgra

_Chain = tuple[tuple[float, float], ...]

_HANGING: Final[_Chain] = ((0.13, 0.36), (0.17, 0.53), (0.18, 0.69))
_UP: Final[_Chain] = ((0.13, 0.36), (0.25, 0.24), (0.25, 0.05))
_OUT: Final[_Chain] = ((0.13, 0.36), (0.29, 0.36), (0.45, 0.36))
_CROSSED: Final[_Chain] = ((0.13, 0.36), (0.21, 0.60), (-0.13, 0.36))
_ON_HEAD: Final[_Chain] = ((0.13, 0.36), (0.30, 0.25), (0.09, 0.09))
_ON_HIP: Final[_Chain] = ((0.13, 0.36), (0.30, 0.50), (0.11, 0.65))

_ARMS: Final[dict[Gesture, tuple[_Chain, _Chain]]] = {
    Gesture.LEFT_HAND_UP: (_UP, _HANGING),
    Gesture.RIGHT_HAND_UP: (_HANGING, _UP),
    Gesture.BOTH_HANDS_UP: (_UP, _UP),
    Gesture.LEFT_ARM_OUT: (_OUT, _HANGING),
    Gesture.RIGHT_ARM_OUT: (_HANGING, _OUT),
    Gesture.ARMS_CROSSED: (_CROSSED, _CROSSED),
    Gesture.HANDS_ON_HEAD: (_ON_HEAD, _ON_HEAD),
    Gesture.HANDS_ON_HIPS: (_ON_HIP, _ON_HIP),
}
"""Shoulder, elbow, hand of the left and right arm: outwards from the middle and down, in figure heights."""

_RADIUS = 0.034
_GAP = 1.75
"""Room round an arm that crosses the body, in radii."""
_KEPT_FIGURES = 64
_EDGE_PX = 2
"""Feet and soft edges reach so far out of the figure's own place."""
_HEAD_RADIUS, _HEAD_Y = 0.095, 0.19
_TRUNK: Final[_Chain] = ((0.0, 0.34), (0.0, 0.66))
_SHOULDERS: Final[_Chain] = ((-0.13, 0.36), (0.13, 0.36))
_LEG: Final[_Chain] = ((0.0, 0.66), (0.11, 0.97))


def draw_gesture_figure(canvas: Canvas, rect: pygame.Rect, gesture: Gesture) -> None:
    """Draw the figure in the middle of ``rect``, the arms that matter in the colour of what is chosen."""
    theme, size_px = canvas.theme, (rect.width, rect.height)
    if rect.width <= 0 or rect.height <= 0:
        return
    picture = _picture(gesture, size_px, theme.text_dim, theme.panel, theme.focus)
    canvas.surface.blit(picture, rect.move(-_EDGE_PX, -_EDGE_PX))


@lru_cache(maxsize=_KEPT_FIGURES)
def _picture(gesture: Gesture, size_px: tuple[int, int], plain: Rgb, gap: Rgb, arm: Rgb) -> pygame.Surface:
    """The figure, of this size, with an edge around it; most screens show the same ones."""
    left, right = _ARMS[gesture]

    def draw(pixels: Pixels) -> None:
        figure = _Figure(pixels, pygame.Rect((_EDGE_PX, _EDGE_PX), size_px), min(size_px))
        figure.chain(_TRUNK, 1.0, plain)
        figure.chain(_SHOULDERS, 1.0, plain)
        for side in (-1.0, 1.0):
            figure.chain(_LEG, side, plain)
        figure.head(plain)
        # In a mirror the dancer's own left is at the left.
        arms = sorted(((left, -1.0), (right, 1.0)), key=lambda arm: arm[0] is not _HANGING)
        for chain, side in arms:
            if chain is _CROSSED:
                figure.chain(chain[1:], side, gap, _GAP)
            figure.chain(chain, side, plain if chain is _HANGING else arm)

    whole_px = size_px[0] + 2 * _EDGE_PX, size_px[1] + 2 * _EDGE_PX
    return surface_of_bgra(compose.cut_out(whole_px, draw))


class _Figure:
    def __init__(self, pixels: Pixels, rect: pygame.Rect, size_px: int) -> None:
        self._pixels, self._size_px = pixels, size_px
        self._middle_px, self._top_px = float(rect.centerx), rect.centery - size_px / 2.0

    def chain(self, chain: _Chain, side: float, colour: Rgb, thicker: float = 1.0) -> None:
        radius_px = _RADIUS * self._size_px * thicker
        for start, end in pairwise(chain):
            ends = self._at(start, side), self._at(end, side)
            marks.capsule(self._pixels, *ends, (radius_px, radius_px), bgra(colour))

    def head(self, colour: Rgb) -> None:
        marks.disc(self._pixels, self._at((0.0, _HEAD_Y), 1.0), _HEAD_RADIUS * self._size_px, bgra(colour))

    def _at(self, point: tuple[float, float], side: float) -> marks.Point:
        return self._middle_px + side * point[0] * self._size_px, self._top_px + point[1] * self._size_px
