"""Where to stand, drawn into the camera's picture: the outline of a person that fills and turns good."""

from __future__ import annotations

from typing import Final

import numpy as np
import pygame

from coach.pose.landmark_table import LANDMARK_COUNT, LANDMARK_INDEX
from coach.pose.pose_frame import FloatArray
from coach.practice.framing_guide import GuideReading
from coach.ui.canvas import Canvas
from coach.ui.picture import PicturePlace
from coach.ui.surfaces import surface_of_bgra
from coach.ui.teacher_overlay import box_around, torso_length
from coach.ui.theme import Rgb
from coach.vision import compose
from coach.vision.figure import FigureColours, draw_figure
from coach.vision.marks import bgra

_STANDING: Final = {
    # left side of a standing person: x from the middle, y from the top of the head, in statures
    "ear": (0.045, 0.075),
    "shoulder": (0.115, 0.19),
    "elbow": (0.190, 0.33),
    "wrist": (0.240, 0.455),
    "index": (0.255, 0.50),
    "hip": (0.070, 0.50),
    "knee": (0.085, 0.73),
    "ankle": (0.095, 0.935),
    "foot_index": (0.125, 0.985),
}
_LEGS: Final = ("knee", "ankle", "foot_index")
_WHOLE: Final = (0.22, 0.94)
"""Top and bottom of the outline in picture heights: raised hands stay in the picture."""
_UPPER: Final = (0.30, 0.96)
_HIP_LEVEL: Final = 0.54
_ARM_SPAN: Final = 0.8
"""Statures that the picture has to be wide: arms held out a little."""
_MASK_ON: Final = (255, 255, 255, 255)
_EDGE, _EDGE_WELL = 3.0, 6.0
_EDGE_OPACITY = 0.9
_FILL, _FILL_WELL = 0.10, 0.34
_STEPS: Final = 8
"""So many fillings are kept ready: more cannot be told apart."""
_TICK = 54.0


def outline_points(picture_px: tuple[int, int], *, upper_body_only: bool) -> FloatArray:
    """Landmarks of the person to be, in pixels of a picture of this size, shape (33, 2); nan where there are none."""
    top, bottom = _UPPER if upper_body_only else _WHOLE
    stature_px = (bottom - top) * picture_px[1] / (_HIP_LEVEL if upper_body_only else 1.0)
    stature_px = min(stature_px, picture_px[0] / _ARM_SPAN)
    points = np.full((LANDMARK_COUNT, 2), np.nan)
    points[LANDMARK_INDEX["nose"]] = (0.0, 0.08)
    for part, (x, y) in _STANDING.items():
        if not (upper_body_only and part in _LEGS):
            points[LANDMARK_INDEX[f"left_{part}"]] = (x, y)
            points[LANDMARK_INDEX[f"right_{part}"]] = (-x, y)
    lowest = _HIP_LEVEL if upper_body_only else 1.0
    placed: FloatArray = points * stature_px + (picture_px[0] / 2, bottom * picture_px[1] - lowest * stature_px)
    return placed


def draw_framing_outline(
    canvas: Canvas, place: PicturePlace, reading: GuideReading, *, upper_body_only: bool = False
) -> None:
    """Draw the outline into the picture at ``place``: fuller and fuller while all is well, with a tick when ready."""
    theme = canvas.on_picture
    colour = theme.praise if reading.well else theme.text
    step = round(reading.ok_share * _STEPS) if reading.well else 0
    points = outline_points(place.rect.size, upper_body_only=upper_body_only)
    # Only what the outline takes up: as large as the picture, a few of these would fill all memory for drawn things.
    left, top, *size_px = box_around(points, torso_length(points), place.rect.size)
    key = ("framing outline", place.rect.size, upper_body_only, colour, step)
    placed = points - (left, top)
    pane = canvas.cache.get(key, lambda: _pane(canvas, placed, (size_px[0], size_px[1]), colour, step / _STEPS))
    canvas.surface.blit(pane, place.rect.move(left, top))
    if reading.ready:
        _tick(canvas, (place.rect.centerx, place.rect.centery), theme.praise, theme.ink)


def _pane(canvas: Canvas, points: FloatArray, size_px: tuple[int, int], colour: Rgb, share: float) -> pygame.Surface:
    """The outline with these landmarks, on a pane of this size."""
    mask = np.zeros((size_px[1], size_px[0]), np.uint8)
    solid = FigureColours(_MASK_ON, _MASK_ON, _MASK_ON, _MASK_ON)
    draw_figure(mask, points, np.zeros(LANDMARK_COUNT), torso_length(points), solid)
    tint = bgra(colour)[:3]
    fill = _FILL + (_FILL_WELL - _FILL) * share
    edge = _EDGE + (_EDGE_WELL - _EDGE) * share
    return surface_of_bgra(compose.glass(mask, tint, tint, (fill, _EDGE_OPACITY), canvas.scale * edge))


def _tick(canvas: Canvas, centre: tuple[int, int], colour: Rgb, ink: Rgb) -> None:
    """A tick on a disc: good is said in shape, too."""
    size_px = canvas.px(_TICK)
    canvas.disc(centre, size_px, colour)
    unit = size_px / 10
    x, y = centre
    corners = ((x - 2.4 * unit, y + 0.1 * unit), (x - 0.6 * unit, y + 1.9 * unit), (x + 2.6 * unit, y - 1.9 * unit))
    pygame.draw.lines(canvas.surface, ink, False, corners, max(2, round(unit)))
