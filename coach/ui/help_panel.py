"""The keys, from the one table of keys."""

from __future__ import annotations

import math

import pygame

from coach.ui.canvas import Align, Canvas
from coach.ui.commands import KEY_BINDINGS, Command, KeyBinding
from coach.ui.language import SCREEN_LANGUAGES
from coach.ui.layout import centred
from coach.ui.modal import dim_all
from coach.ui.theme import Role
from coach.ui.words_practice import PRACTICE_WORDS

_WIDTH, _ROW, _HEAD, _FOOT = 960.0, 40.0, 74.0, 22.0
_KEY_WIDTH, _KEY_HEIGHT = 76.0, 28.0
_COLUMNS = 2


def help_words(language: str) -> dict[Command, str]:
    """What each key of the practice does."""
    return {**SCREEN_LANGUAGES[language].help, **PRACTICE_WORDS[language].help}


def help_rows(language: str) -> tuple[KeyBinding, ...]:
    """The bindings that the help lists."""
    return tuple(binding for binding in KEY_BINDINGS if binding.command in help_words(language))


def draw_help(canvas: Canvas, *, leave: str | None = None) -> pygame.Rect:
    """Draw the help over everything; returns its place.

    Parameters
    ----------
    leave : str, optional
        Where quitting leads, if that is not out of the program.
    """
    theme = canvas.theme
    dim_all(canvas)
    rows, words = help_rows(canvas.look.language), help_words(canvas.look.language)
    if leave is not None:
        words[Command.QUIT] = leave.capitalize()
    in_column = math.ceil(len(rows) / _COLUMNS)
    size_px = canvas.px(_WIDTH), canvas.px(_HEAD + _FOOT + _ROW * in_column)
    width_px, height_px = canvas.size_px
    panel = centred(size_px, pygame.Rect(0, 0, width_px, height_px))
    canvas.panel(panel, opacity=1.0)
    padding_px = 2 * canvas.px(theme.padding)
    left_px, close_px = panel.x + padding_px, panel.right - padding_px
    canvas.text(canvas.words.help_title, (left_px, panel.y + canvas.px(_HEAD) // 2), Role.DISPLAY)
    closing = f"{canvas.language.key(Command.HELP)}  {canvas.words.help_close}"
    canvas.text(closing, (close_px, panel.y + canvas.px(_HEAD) // 2), Role.LABEL, theme.text_dim, Align.RIGHT)
    column_px = (panel.width - padding_px) // _COLUMNS
    for index, binding in enumerate(rows):
        column, row = divmod(index, in_column)
        x, y = left_px + column * column_px, panel.y + canvas.px(_HEAD + _ROW * (row + 0.5)) - canvas.px(4)
        key = draw_key(canvas, (x, y), canvas.language.key(binding.command), canvas.px(_KEY_WIDTH))
        text_px = key.right + canvas.px(theme.gap)
        room_px = x + column_px - canvas.px(theme.gap) - text_px
        text = words[binding.command]
        role = canvas.fitting(text, (Role.BODY, Role.LABEL, Role.SMALL), room_px)
        canvas.text(text, (text_px, y), role, None, Align.LEFT, room_px)
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
