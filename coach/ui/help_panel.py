"""The keys, from the one table of keys."""

from __future__ import annotations

import pygame

from coach.ui.canvas import Align, Canvas
from coach.ui.commands import KEY_BINDINGS, Command, KeyBinding
from coach.ui.layout import centred
from coach.ui.modal import dim_all
from coach.ui.theme import Role
from coach.ui.words import ScreenWords

_WIDTH, _ROW, _HEAD, _FOOT = 500.0, 38.0, 74.0, 22.0
_KEY_WIDTH, _KEY_HEIGHT = 76.0, 28.0


def help_rows(words: ScreenWords) -> tuple[KeyBinding, ...]:
    """The bindings that the help lists."""
    return tuple(binding for binding in KEY_BINDINGS if binding.command in words.help)


def draw_help(canvas: Canvas) -> pygame.Rect:
    """Draw the help over everything; returns its place."""
    theme = canvas.theme
    dim_all(canvas)
    rows = help_rows(canvas.words)
    size_px = canvas.px(_WIDTH), canvas.px(_HEAD + _FOOT + _ROW * len(rows))
    width_px, height_px = canvas.size_px
    panel = centred(size_px, pygame.Rect(0, 0, width_px, height_px))
    canvas.panel(panel, opacity=1.0)
    left_px = panel.x + 2 * canvas.px(theme.padding)
    canvas.text(canvas.words.help_title, (left_px, panel.y + canvas.px(_HEAD) // 2), Role.DISPLAY)
    close_px = panel.right - 2 * canvas.px(theme.padding)
    closing = f"{canvas.language.key(Command.HELP)}  {canvas.words.help_close}"
    canvas.text(closing, (close_px, panel.y + canvas.px(_HEAD) // 2), Role.LABEL, theme.text_dim, Align.RIGHT)
    for index, binding in enumerate(rows):
        y = panel.y + canvas.px(_HEAD + _ROW * (index + 0.5)) - canvas.px(4)
        key = draw_key(canvas, (left_px, y), canvas.language.key(binding.command), canvas.px(_KEY_WIDTH))
        canvas.text(canvas.words.help[binding.command], (key.right + canvas.px(20), y), Role.BODY)
    return panel


def draw_key(canvas: Canvas, at: tuple[int, int], label: str, width_px: int | None = None) -> pygame.Rect:
    """A key cap whose left middle is ``at``; returns its place."""
    theme = canvas.theme
    height_px = canvas.px(_KEY_HEIGHT)
    if width_px is None:
        width_px = max(height_px, canvas.text_width_px(label, Role.STRONG) + 2 * canvas.px(theme.gap))
    cap = pygame.Rect(at[0], at[1] - height_px // 2, width_px, height_px)
    canvas.key_cap(cap)
    canvas.text(label, cap.center, Role.STRONG, theme.text, Align.CENTRE)
    return cap
