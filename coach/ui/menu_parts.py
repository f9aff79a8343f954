"""What menus are made of: buttons, the frame of what is chosen, and a line of keys."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from coach.ui.canvas import Align, Canvas
from coach.ui.theme import Rgb, Role

FOCUS_WIDTH = 3.0
_KEY_HEIGHT = 24.0


def head_and_foot(canvas: Canvas, head_px: int, foot_px: int) -> tuple[pygame.Rect, pygame.Rect]:
    """The first and the last line of a menu, as wide as the window but for its margins."""
    width_px, height_px = canvas.size_px
    margin_px = canvas.px(canvas.theme.margin)
    inner_px = width_px - 2 * margin_px
    return pygame.Rect(margin_px, 0, inner_px, head_px), pygame.Rect(margin_px, height_px - foot_px, inner_px, foot_px)


def draw_plate(canvas: Canvas, rect: pygame.Rect, *, chosen: bool) -> None:
    """The ground of something that can be chosen; a frame besides colour says that it is."""
    theme = canvas.theme
    canvas.panel(rect, theme.raised if chosen else theme.panel, 1.0)
    if chosen:
        canvas.outline(rect, theme.focus, FOCUS_WIDTH)


def draw_button(canvas: Canvas, rect: pygame.Rect, text: str, *, chosen: bool, current: bool = False) -> None:
    """A line of text that can be chosen; ``current`` marks the one whose content is shown beside."""
    theme = canvas.theme
    draw_plate(canvas, rect, chosen=chosen)
    if current:
        mark = pygame.Rect(rect.x + canvas.px(4), rect.y + rect.height // 4, canvas.px(4), rect.height // 2)
        canvas.bar(mark, theme.focus)
    padding_px = canvas.px(theme.padding)
    room_px = rect.width - 2 * padding_px
    role = canvas.fitting(text, (Role.STRONG, Role.LABEL, Role.SMALL), room_px)
    colour = theme.text if chosen or current else theme.text_dim
    canvas.text(text, (rect.x + padding_px, rect.centery), role, colour, Align.LEFT, room_px)


def draw_filled_bar(canvas: Canvas, track: pygame.Rect, share: float) -> None:
    """A bar, filled from the left to ``share`` (0..1, what lies beyond is cut)."""
    canvas.bar(track, canvas.theme.raised)
    filled = pygame.Rect(track.x, track.y, round(track.width * min(max(share, 0.0), 1.0)), track.height)
    canvas.bar(track, canvas.theme.good, shown=filled)


def draw_lines(
    canvas: Canvas,
    lines: Sequence[str],
    at: tuple[int, int],
    role: Role,
    colour: Rgb,
    align: Align = Align.LEFT,
    max_width_px: int | None = None,
) -> None:
    """Some lines whose block is centred on the height ``at[1]``."""
    line_px = canvas.line_height_px(role)
    for index, line in enumerate(lines):
        y = at[1] + round((index - (len(lines) - 1) / 2) * line_px)
        canvas.text(line, (at[0], y), role, colour, align, max_width_px)


def draw_keys(canvas: Canvas, rect: pygame.Rect, hints: Sequence[tuple[str, str]]) -> None:
    """Keys and what they do, from the right edge; those for which there is no room are left out from the left."""
    theme = canvas.theme
    right_px, gap_px = rect.right, canvas.px(theme.gap)
    for key, text in reversed(hints):
        text_px = canvas.text_width_px(text, Role.LABEL)
        key_px = max(canvas.text_px(_KEY_HEIGHT), canvas.text_width_px(key, Role.LABEL) + gap_px)
        if right_px - text_px - key_px - gap_px < rect.x:
            return
        canvas.text(text, (right_px, rect.centery), Role.LABEL, theme.text_dim, Align.RIGHT)
        cap = pygame.Rect(right_px - text_px - gap_px - key_px, 0, key_px, canvas.text_px(_KEY_HEIGHT))
        cap.centery = rect.centery
        canvas.key_cap(cap)
        canvas.text(key, cap.center, Role.LABEL, theme.text, Align.CENTRE)
        right_px = cap.x - 2 * gap_px
