"""The ring that fills while a gesture is held, beside the hand that asks, with what it will do."""

from __future__ import annotations

from typing import Final

import numpy as np
import pygame

from coach.gestures.gesture import Gesture, GestureState
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.pose_frame import FloatArray, PoseFrame
from coach.ui.canvas import Align, Canvas
from coach.ui.picture import PicturePlace
from coach.ui.surfaces import Pixels
from coach.ui.theme import Role
from coach.vision import marks
from coach.vision.marks import bgra

_DIAMETER, _WIDTH = 92.0, 13.0
_SHOWN_FROM: Final = 0.12
"""A pose that is danced through lights nothing up."""
_AWAY: Final = 0.55
"""How far beside the hand the ring stands, in its own diameters."""
_LEAST, _LARGEST_SHARE = 44.0, 0.3
"""On a small picture the ring is smaller too: at most this share of the stage's height, but never tiny."""

_ANCHORS: Final[dict[Gesture, tuple[tuple[str, ...], tuple[float, float]]]] = {
    Gesture.LEFT_HAND_UP: (("left_wrist",), (1.0, 0.0)),
    Gesture.RIGHT_HAND_UP: (("right_wrist",), (-1.0, 0.0)),
    Gesture.BOTH_HANDS_UP: (("left_wrist", "right_wrist"), (0.0, -0.2)),
    Gesture.LEFT_ARM_OUT: (("left_wrist",), (0.4, -1.2)),
    Gesture.RIGHT_ARM_OUT: (("right_wrist",), (-0.4, -1.2)),
    Gesture.ARMS_CROSSED: (("left_wrist", "right_wrist"), (0.0, 0.0)),
    Gesture.HANDS_ON_HEAD: (("left_wrist", "right_wrist"), (0.0, -1.2)),
    Gesture.HANDS_ON_HIPS: (("left_hip", "right_hip"), (0.0, -0.6)),
}
"""Landmarks in whose middle the ring is anchored, and where from there it stands, in the unmirrored picture."""


def draw_gesture_ring(
    canvas: Canvas, stage: pygame.Rect, place: PicturePlace, pose: PoseFrame | None, state: GestureState, label: str
) -> pygame.Rect | None:
    """Draw how far a gesture has been held; nothing while none is held for a noticeable time.

    Parameters
    ----------
    stage : Rect
        Ring and label stay inside.
    place : PicturePlace
        Where the camera's picture lies.
    pose : PoseFrame or None
        Of that picture; without one the ring stands in the middle of the stage.
    state : GestureState
    label : str
        What the gesture will do.

    Returns
    -------
    Rect or None
        What was covered.
    """
    if state.held is None or state.share < _SHOWN_FROM:
        return None
    theme = canvas.on_picture
    diameter_px = min(canvas.px(_DIAMETER), max(canvas.px(_LEAST), round(_LARGEST_SHARE * stage.height)))
    role = canvas.fitting(label, (Role.DISPLAY, Role.TITLE, Role.STRONG), stage.width // 2)
    width_px = canvas.text_width_px(label, role) + 2 * canvas.px(theme.padding)
    height_px = canvas.line_height_px(role)
    box = pygame.Rect(0, 0, max(diameter_px, width_px), diameter_px + canvas.px(theme.gap) + height_px)
    box.midtop = _centre_px(stage, place, pose, state.held, diameter_px)
    box.y -= diameter_px // 2
    box.clamp_ip(stage)
    centre = (float(box.centerx), float(box.y + diameter_px / 2))
    full = state.share >= 1.0

    def draw(pixels: Pixels) -> None:
        width = _WIDTH / _DIAMETER * diameter_px
        radius = (diameter_px - width) / 2.0 - 2.5
        marks.disc(pixels, centre, diameter_px / 2.0 - 1.5, bgra(theme.ink))
        marks.ring(pixels, centre, radius, bgra(theme.raised), width)
        marks.arc(pixels, centre, radius, state.share, bgra(theme.praise if full else theme.focus), width)
        if full:
            _tick(pixels, centre, radius, bgra(theme.praise), width * 0.7)
        else:
            marks.disc(pixels, centre, radius * 0.42 * state.share, bgra(theme.focus))

    canvas.paint(draw)
    plate = pygame.Rect(0, 0, width_px, height_px)
    plate.midbottom = box.midbottom
    canvas.panel(plate, fill=theme.panel, opacity=1.0)
    canvas.text(label, plate.center, role, theme.text, Align.CENTRE, width_px)
    return box


def _tick(pixels: Pixels, centre: marks.Point, radius: float, colour: marks.Bgra, width: float) -> None:
    """Done."""
    x, y = centre
    corner = (x - 0.08 * radius, y + 0.3 * radius)
    marks.line(pixels, (x - 0.4 * radius, y), corner, colour, width)
    marks.line(pixels, corner, (x + 0.42 * radius, y - 0.32 * radius), colour, width)


def _centre_px(
    stage: pygame.Rect, place: PicturePlace, pose: PoseFrame | None, gesture: Gesture, diameter_px: int
) -> tuple[int, int]:
    names, (right, down) = _ANCHORS[gesture]
    where = _screen_px(place, pose, names)
    if where is None:
        return stage.center
    sideways = -right if place.mirrored else right
    away_px = _AWAY * diameter_px
    return round(float(where[0]) + sideways * away_px * 1.6), round(float(where[1]) + down * away_px * 1.6)


def _screen_px(place: PicturePlace, pose: PoseFrame | None, names: tuple[str, ...]) -> FloatArray | None:
    if pose is None:
        return None
    middle = pose.image[[LANDMARK_INDEX[name] for name in names], :2].mean(axis=0)
    return place.to_screen(middle) if np.isfinite(middle).all() else None
