"""The small print: how well the machine keeps up, and what is missing today."""

from __future__ import annotations

import pygame

from coach.ui.canvas import Align, Canvas
from coach.ui.commands import Command
from coach.ui.theme import Role
from coach.ui.view import StatusNumbers
from coach.ui.words import ScreenWords

_DOT = "   ·   "
_BETWEEN = "      "


def status_parts(
    words: ScreenWords,
    status: StatusNumbers,
    *,
    seen: float | None = None,
    voice_on: bool = True,
    extra: tuple[str, ...] = (),
) -> tuple[str, ...]:
    """What is switched on or off, then the numbers, most important first; those not known are left out."""
    parts = [*extra] if voice_on else [*extra, words.voice_off]
    if status.pose_fps is not None:
        parts.append(words.pictures_rate.format(rate=round(status.pose_fps)))
    if status.overlay_age_ms is not None:
        parts.append(words.overlay_age.format(age=round(status.overlay_age_ms)))
    parts.append(words.dropped.format(count=status.dropped_count))
    if seen is not None:
        parts.append(words.seen.format(share=f"{seen:.0%}"))
    if status.draw_fps is not None:
        parts.append(words.draws_rate.format(rate=round(status.draw_fps)))
    return tuple(parts)


def draw_status(
    canvas: Canvas,
    rect: pygame.Rect,
    status: StatusNumbers,
    *,
    seen: float | None = None,
    voice_on: bool = True,
    keys: tuple[tuple[Command, str], ...] | None = None,
    extra: tuple[str, ...] = (),
    leave: str | None = None,
) -> None:
    """As many numbers as fit at the left, the most important keys at the right.

    Parameters
    ----------
    extra : tuple of str
        What is switched on, before the numbers.
    leave : str, optional
        Where quitting leads, if that is not out of the program.
    """
    dim = canvas.theme.text_dim
    words = canvas.words
    if keys is None:
        keys = (
            (Command.HELP, words.short_keys),
            (Command.PAUSE, words.short_pause),
            (Command.QUIT, leave or words.short_quit),
        )
    hint = _BETWEEN.join(f"{canvas.language.key(command)}  {meaning}" for command, meaning in keys)
    place = canvas.text(hint, (rect.right, rect.centery), Role.SMALL, dim, Align.RIGHT)
    room_px = place.x - rect.x - canvas.px(canvas.theme.gap)
    parts = status_parts(canvas.words, status, seen=seen, voice_on=voice_on, extra=extra)
    shown = next(
        (
            row
            for count in range(len(parts), 0, -1)
            if canvas.text_width_px(row := _DOT.join(parts[:count]), Role.SMALL) <= room_px
        ),
        "",
    )
    canvas.text(shown, (rect.x, rect.centery), Role.SMALL, dim)


def draw_notices(canvas: Canvas, rect: pygame.Rect, notices: tuple[str, ...]) -> None:
    """Small sentences on one panel, as many as there is room for: the first, and others that fit whole."""
    if not notices:
        return
    padding_px, line_px = canvas.px(canvas.theme.gap), canvas.line_height_px(Role.SMALL)
    room_count = (rect.height - 2 * padding_px) // line_px
    lines: list[str] = []
    for notice in notices:
        more = canvas.lines(notice, Role.SMALL, rect.width - 2 * padding_px, max(1, room_count))
        if lines and len(lines) + len(more) > room_count:
            break  # half a sentence helps nobody
        lines.extend(more)
    panel = pygame.Rect(rect.x, rect.y, rect.width, len(lines) * line_px + 2 * padding_px)
    canvas.panel(panel)
    for index, line in enumerate(lines):
        y = panel.y + padding_px + index * line_px + line_px // 2
        canvas.text(line, (panel.x + padding_px, y), Role.SMALL)
