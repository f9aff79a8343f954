"""The result: the score, its parts, and what to work on."""

from __future__ import annotations

import pygame

from coach.session.session_state import ScoreReading
from coach.ui.canvas import Align, Canvas
from coach.ui.commands import Command
from coach.ui.help_panel import draw_key
from coach.ui.layout import centred
from coach.ui.modal import dim_all
from coach.ui.theme import Role
from coach.ui.view import FinishedSummary

_WIDTH = 600.0
_HEAD, _PARTS, _ROW, _FOOT = 64.0, 176.0, 34.0, 76.0
_BAR = 10.0
_WORST_HEAD = 40.0


def draw_finished(canvas: Canvas, summary: FinishedSummary, score: ScoreReading | None) -> pygame.Rect:
    """Draw the result over everything; returns its place."""
    theme = canvas.theme
    dim_all(canvas)
    width_px, height_px = canvas.size_px
    worst_px = canvas.px(_WORST_HEAD) + canvas.px(_ROW) * max(1, len(summary.worst[:3]))
    tall_px = canvas.px(_HEAD) + canvas.px(_PARTS) + worst_px + canvas.px(_FOOT)
    panel = centred((canvas.px(_WIDTH), tall_px), pygame.Rect(0, 0, width_px, height_px))
    canvas.panel(panel, opacity=1.0)
    inner = panel.inflate(-4 * canvas.px(theme.padding), 0)
    canvas.text(canvas.words.finished, (inner.x, panel.y + canvas.px(_HEAD) // 2 + canvas.px(6)), Role.DISPLAY)
    parts = pygame.Rect(inner.x, panel.y + canvas.px(_HEAD), inner.width, canvas.px(_PARTS))
    _draw_total(canvas, parts, score)
    _draw_parts(canvas, parts, score)
    _draw_worst(canvas, pygame.Rect(inner.x, parts.bottom, inner.width, worst_px), summary)
    _draw_keys(canvas, inner.x, panel.bottom - canvas.px(_FOOT) // 2)
    return panel


def _draw_total(canvas: Canvas, rect: pygame.Rect, score: ScoreReading | None) -> None:
    theme = canvas.theme
    total = score.total if score is not None else None
    diameter_px = rect.height - canvas.px(26)
    centre = (rect.x + diameter_px // 2, rect.centery)
    canvas.ring(centre, diameter_px, canvas.px(7), theme.good if total is not None else theme.raised)
    number = f"{total:.0f}" if total is not None else "-"
    canvas.text(number, (centre[0], centre[1] - canvas.px(6)), Role.NUMBER, align=Align.CENTRE)
    seen = canvas.words.seen.format(share=f"{score.judged_share:.0%}") if score is not None else ""
    canvas.text(seen, (centre[0], centre[1] + canvas.px(34)), Role.SMALL, theme.text_dim, Align.CENTRE)


def _draw_parts(canvas: Canvas, rect: pygame.Rect, score: ScoreReading | None) -> None:
    theme = canvas.theme
    left_px = rect.x + rect.height + canvas.px(14)
    row_px = (rect.height - canvas.px(26)) // len(canvas.words.score_parts)
    for index, (name, label) in enumerate(canvas.words.score_parts.items()):
        value = getattr(score, name) if score is not None else None
        y = rect.y + canvas.px(13) + row_px * index + row_px // 2
        canvas.text(label, (left_px, y), Role.BODY, theme.text_dim)
        track = pygame.Rect(left_px + canvas.px(84), 0, 0, canvas.px(_BAR))
        track.width = rect.right - canvas.px(52) - track.x
        track.centery = y
        canvas.bar(track, theme.raised)
        if value is not None:
            shown = track.copy()
            shown.width = round(track.width * min(100.0, max(0.0, value)) / 100)
            canvas.bar(track, theme.good, shown=shown)
        number = f"{value:.0f}" if value is not None else "-"
        canvas.text(number, (rect.right, y), Role.STRONG, align=Align.RIGHT)


def _draw_worst(canvas: Canvas, rect: pygame.Rect, summary: FinishedSummary) -> None:
    theme = canvas.theme
    head = canvas.words.work_on if summary.worst else canvas.words.nothing_stood_out
    canvas.text(head, (rect.x, rect.y + canvas.px(_WORST_HEAD) // 2), Role.LABEL, theme.text_dim)
    for index, sentence in enumerate(summary.worst[:3]):
        y = rect.y + canvas.px(_WORST_HEAD) + round(canvas.px(_ROW) * (index + 0.5))
        mark_px = canvas.px(16)
        canvas.diamond((rect.x + mark_px // 2, y), mark_px, theme.mistake)
        left_px = rect.x + mark_px + canvas.px(theme.gap)
        canvas.text(sentence, (left_px, y), Role.BODY, None, Align.LEFT, rect.right - left_px)


def _draw_keys(canvas: Canvas, left_px: int, y: int) -> None:
    for command, meaning in ((Command.RESTART, canvas.words.dance_again), (Command.QUIT, canvas.words.short_quit)):
        key = draw_key(canvas, (left_px, y), canvas.language.key(command))
        place = canvas.text(meaning, (key.right + canvas.px(canvas.theme.gap), y), Role.BODY)
        left_px = place.right + canvas.px(28)
