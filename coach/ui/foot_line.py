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
_EDGE = 5.0
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
    *,
    columns: tuple[pygame.Rect, pygame.Rect] | None = None,
) -> None:
    """Draw the line; gestures come first, for whoever stands two metres away has no keys.

    Parameters
    ----------
    rect : Rect
        The line.
    hints : sequence of (str, str)
        Keys and what they do.
    bindings : mapping
        The gestures that are read.
    notices : sequence of str
        Of these the first takes the place of everything else.
    columns : (Rect, Rect), optional
        What stands above gestures and keys, which are then as wide as that; by default gestures get the larger part.
    """
    if notices:
        lines = canvas.lines(notices[0], Role.SMALL, rect.width, _MAX_NOTICE_LINES)
        draw_lines(canvas, lines, (rect.x, rect.centery), Role.SMALL, canvas.theme.text_dim, Align.LEFT, rect.width)
        return
    keys = rect
    if bindings:
        strip, keys = (_under(rect, above) for above in columns) if columns else _parts(canvas, rect)
        draw_gesture_strip(canvas, strip.inflate(0, -2 * canvas.px(_EDGE)), bindings, gesture_words(canvas).menu)
    draw_keys(canvas, keys, hints)


def _under(rect: pygame.Rect, above: pygame.Rect) -> pygame.Rect:
    return pygame.Rect(above.x, rect.y, above.width, rect.height)


def _parts(canvas: Canvas, rect: pygame.Rect) -> tuple[pygame.Rect, pygame.Rect]:
    """Of the line, for gestures and for keys."""
    strip_px = round(_STRIP_SHARE * rect.width)
    strip = pygame.Rect(rect.x, rect.y, strip_px, rect.height)
    keys = pygame.Rect(strip.right, rect.y, rect.width - strip_px, rect.height)
    if canvas.look.left_handed:
        strip.x, keys.x = rect.x + keys.width, rect.x
        keys.width -= canvas.px(canvas.theme.gap)
    return strip, keys
