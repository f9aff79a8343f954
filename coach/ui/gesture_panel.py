"""What can be asked for without touching anything: small figures and words, for home, pause and help."""

from __future__ import annotations

from collections.abc import Mapping

import pygame

from coach.gestures.gesture import Gesture, GestureAction
from coach.ui.canvas import Align, Canvas
from coach.ui.gesture_figure import draw_gesture_figure
from coach.ui.theme import Role
from coach.ui.words_gestures import GESTURE_WORDS, GestureWords

_HEAD, _ROW, _FOOT = 84.0, 78.0, 14.0
_FIGURE, _STRIP_FIGURE = 66.0, 54.0
_WIDTH = 460.0
_STRIP_GAP = 10.0
_NARROW = 96.0
"""Below this width a cell of the strip has its words under the figure instead of beside it."""


def gesture_words(canvas: Canvas) -> GestureWords:
    """The words in the canvas's language."""
    return GESTURE_WORDS[canvas.look.language]


def panel_size_px(canvas: Canvas, bindings: Mapping[Gesture, GestureAction]) -> tuple[int, int]:
    """Width and height that `draw_gesture_panel` would like to have."""
    rows = canvas.text_px(_ROW, 0.5) * len(bindings)
    return canvas.text_px(_WIDTH, 0.5), canvas.text_px(_HEAD) + rows + canvas.px(_FOOT)


def draw_gesture_panel(
    canvas: Canvas,
    rect: pygame.Rect,
    bindings: Mapping[Gesture, GestureAction],
    labels: Mapping[GestureAction, str],
) -> None:
    """Teach the gestures one below the other: figure, what it does, how it is done.

    Parameters
    ----------
    rect : Rect
        The whole panel (see `panel_size_px`); rows shrink to fit.
    bindings : mapping
        What is to be taught.
    labels : mapping
        What each action does on this screen: ``practice``, ``menu`` or ``paused`` of `GestureWords`.
    """
    theme, words = canvas.theme, gesture_words(canvas)
    canvas.panel(rect, opacity=1.0)
    left_px, inner_px = rect.x + canvas.px(theme.padding), rect.width - 2 * canvas.px(theme.padding)
    head_px = canvas.text_px(_HEAD)
    canvas.text(words.title, (left_px, rect.y + head_px * 2 // 5), Role.TITLE, None, Align.LEFT, inner_px)
    canvas.text(words.hold, (left_px, rect.y + head_px * 7 // 10), Role.LABEL, theme.text_dim, Align.LEFT, inner_px)
    room_px = rect.height - head_px - canvas.px(_FOOT)
    row_px = min(canvas.text_px(_ROW, 0.5), room_px // max(1, len(bindings)))
    figure_px = min(canvas.px(_FIGURE), row_px - canvas.px(6))
    for index, (gesture, action) in enumerate(bindings.items()):
        row = pygame.Rect(left_px, rect.y + head_px + index * row_px, inner_px, row_px)
        draw_gesture_figure(canvas, pygame.Rect(row.x, row.y, figure_px, row_px), gesture)
        text_px = row.x + figure_px + canvas.px(theme.padding)
        gap_px = canvas.line_height_px(Role.STRONG) // 2
        width_px = row.right - text_px
        canvas.text(labels[action], (text_px, row.centery - gap_px), Role.STRONG, None, Align.LEFT, width_px)
        how = words.gestures[gesture]
        canvas.text(how, (text_px, row.centery + gap_px), Role.BODY, theme.text_dim, Align.LEFT, width_px)


def draw_gesture_strip(
    canvas: Canvas,
    rect: pygame.Rect,
    bindings: Mapping[Gesture, GestureAction],
    labels: Mapping[GestureAction, str],
) -> None:
    """Remind of the gestures side by side: figure and what it does; for the foot of a screen."""
    if not bindings:
        return
    gap_px = canvas.px(_STRIP_GAP)
    cell_px = (rect.width - gap_px * (len(bindings) - 1)) // len(bindings)
    for index, (gesture, action) in enumerate(bindings.items()):
        cell = pygame.Rect(rect.x + index * (cell_px + gap_px), rect.y, cell_px, rect.height)
        _draw_cell(canvas, cell, gesture, labels[action])


def _draw_cell(canvas: Canvas, cell: pygame.Rect, gesture: Gesture, label: str) -> None:
    canvas.panel(cell)
    pad_px = canvas.px(8)
    line_px = canvas.line_height_px(Role.LABEL)
    figure_px = min(canvas.px(_STRIP_FIGURE), cell.height - pad_px)
    beside_px = cell.width - figure_px - 3 * pad_px
    widest_px = max((canvas.text_width_px(word, Role.SMALL) for word in label.split()), default=0)
    if beside_px >= max(canvas.px(_NARROW), widest_px):
        draw_gesture_figure(canvas, pygame.Rect(cell.x + pad_px, cell.y, figure_px, cell.height), gesture)
        role = canvas.fitting(label, (Role.STRONG, Role.LABEL, Role.SMALL), beside_px)
        lines = canvas.lines(label, role, beside_px, max(1, min(2, cell.height // line_px)))
        for number, line in enumerate(lines):
            y = cell.centery + round((number - (len(lines) - 1) / 2) * line_px)
            canvas.text(line, (cell.x + figure_px + 2 * pad_px, y), role, None, Align.LEFT, beside_px)
        return
    below_px = line_px + pad_px
    draw_gesture_figure(canvas, pygame.Rect(cell.x, cell.y + pad_px // 2, cell.width, cell.height - below_px), gesture)
    role = canvas.fitting(label, (Role.LABEL, Role.SMALL), cell.width - pad_px)
    canvas.text(label, (cell.centerx, cell.bottom - below_px // 2), role, None, Align.CENTRE, cell.width - pad_px)
