"""The camera's picture in a small pane of a menu."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pygame
from numpy.typing import NDArray

from coach.pose.pose_frame import PoseFrame
from coach.ui.canvas import Canvas
from coach.ui.picture import PicturePlace
from coach.ui.surfaces import Pixels
from coach.vision import compose
from coach.vision.marks import bgra


class SmallPicture:
    """Draws the picture with round corners; scales each one only once."""

    def __init__(self) -> None:
        self._source: NDArray[np.uint8] | None = None
        self._scaled: Pixels | None = None
        self._scaled_for: tuple[object, ...] | None = None

    def draw(
        self, canvas: Canvas, rect: pygame.Rect, bgr: NDArray[np.uint8], *, mirrored: bool, behind: tuple[int, int, int]
    ) -> PicturePlace:
        """Draw the whole picture into ``rect`` and say where it came to lie."""
        place = PicturePlace.fit((bgr.shape[1], bgr.shape[0]), rect, mirrored=mirrored)
        width_px, height_px = place.rect.size
        wanted = (place.rect.size, mirrored, behind)
        if self._source is not bgr or self._scaled_for != wanted or self._scaled is None:
            scaled = np.empty((height_px, width_px, 4), np.uint8)
            compose.scale_into(scaled, bgr, mirrored=mirrored)
            ground = np.empty_like(scaled)
            ground[:] = bgra(behind)
            radius_px = canvas.px(canvas.theme.radius * 0.7)
            compose.round_corners(scaled, ground, (0, 0, width_px, height_px), radius_px)
            self._source, self._scaled, self._scaled_for = bgr, scaled, wanted
        kept, box = self._scaled, (place.rect.x, place.rect.y, width_px, height_px)
        canvas.paint(lambda pixels: compose.copy(kept, compose.region(pixels, box)))
        return place


def inside_picture(pose: PoseFrame) -> PoseFrame:
    """The pose without what lies beyond the picture's edges, where a small pane has neighbours."""
    image = pose.image.copy()
    with np.errstate(invalid="ignore"):
        outside = ~((image[:, :2] >= 0.0) & (image[:, :2] <= 1.0)).all(axis=1)
    image[outside] = (np.nan, np.nan, np.nan, 0.0)
    return replace(pose, image=image)
