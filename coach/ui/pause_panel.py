"""A pause: what can be done now, and the gestures that do it without touching anything."""

from __future__ import annotations

from typing import Final

import pygame

from coach.ui.canvas import Align, Canvas
from coach.ui.gesture_panel import draw_gesture_panel, draw_gesture_strip, gesture_words, panel_size_px
from coach.ui.menu_parts import draw_button
from coach.ui.practice_tools import PauseChoice, PauseView
from coach.ui.theme import Role
from coach.ui.words_practice import PRACTICE_WORDS

_WIDTH, _ROW, _HEAD = 300.0, 46.0, 64.0
_STRIP = 74.0
_SYMBOL: Final = 26.0


def choice_text(canvas: Canvas, choice: PauseChoice, *, loop_on: bool) -> str:
    """What a choice is called."""
    words = PRACTICE_WORDS[canvas.look.language]
    return words.loop_off if choice is PauseChoice.LOOP and loop_on else words.pause[choice]


def draw_pause(canvas: Canvas, pause: PauseView) -> dict[PauseChoice, pygame.Rect]:
    """Draw the menu in the middle of the window; returns where each choice can be clicked."""
    gap_px = canvas.px(canvas.theme.gap)
    stage = pygame.Rect(0, 0, *canvas.size_px).inflate(-2 * gap_px, -2 * gap_px)
    wide_px = canvas.text_px(_WIDTH, 0.5)
    teach = panel_size_px(canvas, pause.dance_gestures) if pause.dance_gestures else (0, 0)
    strip_px = canvas.text_px(_STRIP, 0.5) + gap_px if pause.menu_gestures else 0
    head_px, row_px = canvas.text_px(_HEAD), canvas.text_px(_ROW, 0.6)
    tall_px = max(head_px + len(pause.choices) * (row_px + gap_px // 2) + gap_px, teach[1])
    tall_px = min(tall_px, stage.height - strip_px)
    whole = pygame.Rect(0, 0, min(stage.width, wide_px + (gap_px + teach[0] if teach[0] else 0)), tall_px + strip_px)
    whole.center = stage.center
    menu = pygame.Rect(whole.x, whole.y, wide_px, tall_px)
    canvas.panel(menu, opacity=1.0)
    _head(canvas, pygame.Rect(menu.x, menu.y, menu.width, head_px))
    if teach[0]:
        panel = pygame.Rect(menu.right + gap_px, menu.y, whole.right - menu.right - gap_px, tall_px)
        draw_gesture_panel(canvas, panel, pause.dance_gestures, gesture_words(canvas).practice)
    if strip_px:
        strip = pygame.Rect(whole.x, whole.bottom - strip_px + gap_px, whole.width, strip_px - gap_px)
        draw_gesture_strip(canvas, strip, pause.menu_gestures, gesture_words(canvas).menu)
    room_px = (tall_px - head_px - gap_px) // max(1, len(pause.choices))
    places = {}
    for index, choice in enumerate(pause.choices):
        row = pygame.Rect(menu.x + gap_px, menu.y + head_px + index * room_px, menu.width - 2 * gap_px, 0)
        row.height = min(row_px, room_px - canvas.px(4))
        draw_button(canvas, row, choice_text(canvas, choice, loop_on=pause.loop_on), chosen=choice is pause.chosen)
        places[choice] = row
    return places


def _head(canvas: Canvas, rect: pygame.Rect) -> None:
    """Two bars and the word."""
    tall_px = canvas.px(_SYMBOL)
    left_px = rect.x + 2 * canvas.px(canvas.theme.gap)
    for _ in range(2):
        bar = pygame.Rect(left_px, rect.centery - tall_px // 2, canvas.px(_SYMBOL / 3.4), tall_px)
        canvas.bar(bar, canvas.theme.text)
        left_px = bar.right + canvas.px(_SYMBOL / 4)
    left_px += canvas.px(canvas.theme.gap)
    room_px = rect.right - left_px - canvas.px(canvas.theme.gap)
    canvas.text(canvas.words.paused, (left_px, rect.centery), Role.DISPLAY, None, Align.LEFT, room_px)
