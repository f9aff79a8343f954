"""Three, two, one: a number to be read from anywhere in the room."""

from __future__ import annotations

import pygame

from coach.ui.canvas import Align, Canvas
from coach.ui.theme import Role

_DISC = 300.0
_RING = 8.0


def draw_countdown(canvas: Canvas, stage: pygame.Rect, number: int) -> None:
    """The number on a dark disc in the middle of the picture."""
    theme = canvas.theme
    diameter_px = min(canvas.px(_DISC), stage.height - 2 * canvas.px(theme.margin))
    plate = pygame.Rect(0, 0, diameter_px, diameter_px)
    plate.center = stage.center
    canvas.bar(plate, theme.panel, theme.panel_opacity)
    canvas.ring(stage.center, diameter_px, canvas.px(_RING), theme.good)
    canvas.text(str(number), stage.center, Role.HUGE, theme.text, Align.CENTRE)
