"""What lies under panels: the dimmed screen."""

from __future__ import annotations

import pygame

from coach.ui.canvas import Canvas
from coach.vision import compose


def dim_all(canvas: Canvas, within: pygame.Rect | None = None) -> None:
    """Darken all that is drawn so far, or what lies in one place."""
    share = canvas.theme.modal_brightness
    place = pygame.Rect(0, 0, *canvas.size_px) if within is None else within
    box = (place.x, place.y, place.width, place.height)
    canvas.paint(lambda pixels: compose.dim(compose.region(pixels, box), share))
