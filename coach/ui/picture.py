"""The camera's picture on the screen, and where its points come to lie."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pygame
from numpy.typing import NDArray

from coach.pose.pose_frame import FloatArray
from coach.ui.canvas import Canvas
from coach.ui.surfaces import Pixels
from coach.vision import compose

_REFRESH_S = 0.5


@dataclass(frozen=True)
class PicturePlace:
    """Where the picture lies and whether it is shown as in a mirror."""

    rect: pygame.Rect
    mirrored: bool

    @classmethod
    def fit(cls, picture_px: tuple[int, int], stage: pygame.Rect, *, mirrored: bool) -> PicturePlace:
        """The whole picture, as large as the stage allows: no foot is ever cut off."""
        box = compose.contain(picture_px, (stage.x, stage.y, stage.width, stage.height))
        return cls(pygame.Rect(box), mirrored)

    def to_screen(self, xy: FloatArray) -> FloatArray:
        """Fractions of the unmirrored picture, shape (..., 2), as pixels of the window."""
        x = 1.0 - xy[..., 0] if self.mirrored else xy[..., 0]
        screen: FloatArray = np.stack(
            (self.rect.x + x * self.rect.width, self.rect.y + xy[..., 1] * self.rect.height), axis=-1
        )
        return screen


class PictureView:
    """Draws the picture over a dim, blurred copy of itself that fills the rest of the window."""

    def __init__(self) -> None:
        self._source: NDArray[np.uint8] | None = None
        self._scaled: Pixels | None = None
        self._scaled_for: PicturePlace | None = None
        self._backdrop: Pixels | None = None
        self._made_s = -1.0

    def draw(
        self, canvas: Canvas, stage: pygame.Rect, bgr: NDArray[np.uint8] | None, *, mirrored: bool, now_s: float
    ) -> PicturePlace:
        """Draw and say where; without a picture only the background is drawn."""
        if bgr is None:
            canvas.surface.fill(canvas.theme.ink)
            return PicturePlace(stage.copy(), mirrored)
        place = PicturePlace.fit((bgr.shape[1], bgr.shape[0]), stage, mirrored=mirrored)
        backdrop = self._fresh_backdrop(canvas, bgr, mirrored, now_s)
        scaled = self._fresh_picture(bgr, place)
        box = (place.rect.x, place.rect.y, place.rect.width, place.rect.height)

        def draw(pixels: Pixels) -> None:
            for strip in _around(pixels.shape[1], pixels.shape[0], place.rect):
                compose.copy(compose.region(backdrop, strip), compose.region(pixels, strip))
            compose.copy(scaled, compose.region(pixels, box))
            compose.round_corners(pixels, backdrop, box, canvas.px(canvas.theme.radius))

        canvas.paint(draw)
        return place

    def _fresh_picture(self, bgr: NDArray[np.uint8], place: PicturePlace) -> Pixels:
        """The picture scaled; the camera gives 30 a second and the screen shows 60, so every second one is kept."""
        kept = _room(self._scaled, place.rect.size)
        if kept is not self._scaled or self._source is not bgr or self._scaled_for != place:
            compose.scale_into(kept, bgr, mirrored=place.mirrored)
            self._source, self._scaled, self._scaled_for = bgr, kept, place
        return kept

    def _fresh_backdrop(self, canvas: Canvas, bgr: NDArray[np.uint8], mirrored: bool, now_s: float) -> Pixels:
        kept = _room(self._backdrop, canvas.size_px)
        if kept is not self._backdrop or not self._made_s <= now_s < self._made_s + _REFRESH_S:
            red, green, blue = canvas.theme.ink
            strength = canvas.theme.backdrop_strength
            compose.backdrop_into(kept, bgr, (blue, green, red), strength, mirrored=mirrored)
            self._backdrop, self._made_s = kept, now_s
        return kept


def _room(kept: Pixels | None, size_px: tuple[int, int]) -> Pixels:
    """The kept array where it still fits, else a new one: fresh memory costs more than filling it."""
    if kept is not None and kept.shape[:2] == (size_px[1], size_px[0]):
        return kept
    return np.empty((size_px[1], size_px[0], 4), np.uint8)


def _around(width_px: int, height_px: int, rect: pygame.Rect) -> list[compose.Box]:
    """The four strips of the window beside the picture; empty ones are left out."""
    strips = [
        (0, 0, rect.left, rect.bottom),
        (rect.right, 0, width_px - rect.right, rect.bottom),
        (rect.left, 0, rect.width, rect.top),
        (0, rect.bottom, width_px, height_px - rect.bottom),
    ]
    return [strip for strip in strips if strip[2] > 0 and strip[3] > 0]
