"""What lies over everything: the dimmed screen behind panels, and the pause."""

from __future__ import annotations

import pygame

from coach.ui.canvas import Align, Canvas
from coach.ui.commands import Command
from coach.ui.theme import Role
from coach.vision import compose


def dim_all(canvas: Canvas) -> None:
    """Darken all that is drawn so far."""
    share = canvas.theme.modal_brightness
    canvas.paint(lambda pixels: compose.dim(pixels, share))


def draw_paused(canvas: Canvas, stage: pygame.Rect) -> None:
    """Two bars and how to go on, in the middle of the picture."""
    theme = canvas.theme
    bar = pygame.Rect(0, 0, canvas.px(20), canvas.px(74))
    for side in (-1, 1):
        bar.center = (stage.centerx + side * canvas.px(19), stage.centery - canvas.px(46))
        canvas.bar(bar.copy(), theme.text)
    canvas.text(canvas.words.paused, (stage.centerx, stage.centery + canvas.px(34)), Role.DISPLAY, align=Align.CENTRE)
    words, key = canvas.words, canvas.language.key
    hint = f"{key(Command.PAUSE)}  {words.go_on}      {key(Command.RESTART)}  {words.start_again}"
    canvas.text(hint, (stage.centerx, stage.centery + canvas.px(78)), Role.BODY, theme.text_dim, Align.CENTRE)
