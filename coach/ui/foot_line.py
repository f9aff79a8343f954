"""The last line of a menu: what does not work, or else the gestures that are read and the keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pygame

from coach.gestures.gesture import Gesture, GestureAction
from coach.ui.canvas import Align, Canvas
from coach.ui.gesture_panel import draw_gesture_strip, gesture_words
from coach.ui.menu_parts import draw_keys, draw_lines
from coach.ui.theme import Role

_PLAIN, _WITH_GESTURES = 42.0, 58.0
_STRIP_SHARE = 0.66
_MAX_NOTICE_LINES = 2


def foot_height_px(canvas: Canvas, *, gestures: bool) -> int:
    """How tall the line is."""
    return canvas.text_px(_WITH_GESTURES if gestures else _PLAIN, 0.5)


def draw_foot(
    canvas: Canvas,
    rect: pygame.Rect,
    hints: Sequence[tuple[str, str]],
    bindings: Mapping[Gesture, GestureAction],
    notices: Sequence[str] = (),
) -> None:
    """Draw the line; gestures come first, for whoever stands two metres away has no keys."""
    if notices:
        lines = canvas.lines(notices[0], Role.SMALL, rect.width, _MAX_NOTICE_LINES)
        draw_lines(canvas, lines, (rect.x, rect.centery), Role.SMALL, canvas.theme.text_dim, Align.LEFT, rect.width)
        return
    keys = rect
    if bindings:
        strip_px, edge_px = round(_STRIP_SHARE * rect.width), canvas.px(5)
        strip = pygame.Rect(rect.x, rect.y + edge_px, strip_px, rect.height - 2 * edge_px)
        keys = pygame.Rect(strip.right, rect.y, rect.width - strip_px, rect.height)
        if canvas.look.left_handed:
            strip.x, keys.x = rect.x + keys.width, rect.x
            keys.width -= canvas.px(canvas.theme.gap)
        draw_gesture_strip(canvas, strip, bindings, gesture_words(canvas).menu)
    draw_keys(canvas, keys, hints)
