"""A small camera picture in a menu: the dancer, the skeleton, and the ring of a gesture being held."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pygame
from numpy.typing import NDArray

from coach.gestures.gesture import NO_GESTURE, GestureState
from coach.pose.pose_frame import PoseFrame
from coach.ui.canvas import Align, Canvas
from coach.ui.gesture_panel import gesture_words
from coach.ui.gesture_ring import draw_gesture_ring
from coach.ui.picture import PicturePlace
from coach.ui.skeleton_overlay import draw_skeleton
from coach.ui.small_picture import SmallPicture, inside_picture
from coach.ui.theme import Role

_EDGE = 5.0
_SKELETON_WEIGHT = 1.7
"""Of the lines, where the picture is as tall as the window."""


@dataclass(frozen=True)
class PreviewView:
    """What the camera shows at this moment.

    Attributes
    ----------
    bgr : ndarray [shape=(h, w, 3)], uint8, or None
        The picture, not mirrored; None without one.
    pose : PoseFrame or None
        The skeleton in it.
    """

    bgr: NDArray[np.uint8] | None = None
    pose: PoseFrame | None = None
    mirrored: bool = True
    gesture: GestureState = NO_GESTURE


NO_PREVIEW = PreviewView()


class PreviewPane:
    """Draws a `PreviewView` as on a menu."""

    def __init__(self) -> None:
        self._picture = SmallPicture()

    def draw(self, canvas: Canvas, rect: pygame.Rect, view: PreviewView, empty: str) -> PicturePlace | None:
        """Draw into ``rect``, with the word ``empty`` where there is no picture; where the picture came to lie."""
        theme = canvas.theme
        canvas.panel(rect, opacity=1.0)
        edge_px = canvas.px(_EDGE)
        inner = rect.inflate(-2 * edge_px, -2 * edge_px)
        if view.bgr is None:
            role = canvas.fitting(empty, (Role.BODY, Role.LABEL, Role.SMALL), inner.width)
            canvas.text(empty, rect.center, role, theme.text_dim, Align.CENTRE, inner.width)
            return None
        place = self._picture.draw(canvas, inner, view.bgr, mirrored=view.mirrored, behind=theme.panel)
        if view.pose is not None:
            weight = min(1.0, _SKELETON_WEIGHT * place.rect.height / canvas.size_px[1])
            draw_skeleton(canvas, place, inside_picture(view.pose), (), judged=False, weight=weight)
        if view.gesture.action is not None:
            label = gesture_words(canvas).menu[view.gesture.action]
            draw_gesture_ring(canvas, rect, place, view.pose, view.gesture, label)
        return place
