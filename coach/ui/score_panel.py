"""The score as a ring that fills, with its parts as bars."""

from __future__ import annotations

import math

import numpy as np
import pygame

from coach.session.session_state import ScoreReading
from coach.ui import shapes
from coach.ui.canvas import Align, Canvas
from coach.ui.menu_parts import draw_filled_bar
from coach.ui.surfaces import Pixels, surface_of
from coach.ui.theme import Rgb, Role

_RING_WIDTH = 9.0
_BAR = 9.0
_ROW, _LEAST_ROW = 34.0, 22.0
_LARGEST_RING = 170.0
_LEAST_RING = 96.0
_NUMBER_SHARE = 0.55
_INSIDE = 0.88
_SEEN_SHARE = 0.45


def draw_score_panel(canvas: Canvas, rect: pygame.Rect, score: ScoreReading) -> None:
    """Draw the panel: ring above, parts below; where there is no room for a ring, the number alone."""
    canvas.panel(rect, opacity=1.0)
    gap_px = canvas.px(canvas.theme.gap)
    inner = rect.inflate(-2 * canvas.px(canvas.theme.padding), -2 * gap_px)
    parts_count = len(canvas.words.score_parts)
    ring_px = inner.height - canvas.text_px(_LEAST_ROW) * parts_count - gap_px
    ring_px = min(inner.width, ring_px, canvas.px(_LARGEST_RING))
    ringed = ring_px >= canvas.text_px(_LEAST_RING, 0.5)
    top_px = ring_px if ringed else min(canvas.line_height_px(Role.NUMBER), inner.height // 3)
    row_px = min(canvas.text_px(_ROW), (inner.height - top_px - gap_px // 2) // parts_count)
    spare_px = inner.height - top_px - row_px * parts_count
    top = pygame.Rect(inner.x, inner.y + spare_px // 3, inner.width, top_px)
    if ringed:
        _draw_ring(canvas, top.center, ring_px, score)
    else:
        _draw_number(canvas, top, score)
    parts = pygame.Rect(inner.x, inner.bottom - spare_px // 3 - row_px * parts_count, inner.width, row_px)
    label_px = max(canvas.text_width_px(label, Role.LABEL) for label in canvas.words.score_parts.values())
    for name, label in canvas.words.score_parts.items():
        _draw_part(canvas, parts, label, label_px, getattr(score, name))
        parts = parts.move(0, row_px)


def _draw_number(canvas: Canvas, row: pygame.Rect, score: ScoreReading) -> None:
    number = "-" if score.total is None else f"{score.total:.0f}"
    place = canvas.text(number, (row.x, row.centery), Role.NUMBER, canvas.theme.text)
    room_px = row.right - place.right - canvas.px(canvas.theme.gap)
    judged, role = _judged(canvas, score, room_px)
    canvas.text(judged, (row.right, row.centery), role, canvas.theme.text_dim, Align.RIGHT, room_px)


def _judged(canvas: Canvas, score: ScoreReading, room_px: int) -> tuple[str, Role]:
    """How much could be judged, as long as there is room for the words."""
    share = f"{score.judged_share:.0%}"
    for text in (canvas.words.judged.format(share=share), share):
        for role in (Role.LABEL, Role.SMALL):
            if canvas.text_width_px(text, role) <= room_px:
                return text, role
    return share, Role.SMALL


def _draw_ring(canvas: Canvas, centre: tuple[int, int], diameter_px: int, score: ScoreReading) -> None:
    theme, width_px = canvas.theme, canvas.px(_RING_WIDTH)
    canvas.ring(centre, diameter_px, width_px, theme.raised)
    if score.total is not None:
        share = round(min(max(score.total, 0.0), 100.0)) / 100.0
        key = ("arc", diameter_px, width_px, theme.good, share)
        arc = canvas.cache.get(key, lambda: surface_of(_arc(diameter_px, width_px, theme.good, share)))
        canvas.surface.blit(arc, (centre[0] - arc.get_width() // 2, centre[1] - arc.get_height() // 2))
    number = "-" if score.total is None else f"{score.total:.0f}"
    inside_px = diameter_px - 2 * width_px
    roles = [role for role in (Role.NUMBER, Role.DISPLAY) if canvas.line_height_px(role) <= _NUMBER_SHARE * diameter_px]
    role = canvas.fitting(number, [*roles, Role.TITLE], round(_INSIDE * inside_px))
    line_px = canvas.line_height_px(Role.SMALL)
    shift_px = round(_SEEN_SHARE * line_px)
    canvas.text(number, (centre[0], centre[1] - shift_px), role, theme.text, Align.CENTRE)
    below_px = canvas.line_height_px(role) // 2 + line_px // 2 - shift_px
    chord_px = 2.0 * math.sqrt(max((inside_px / 2) ** 2 - (below_px + line_px // 2) ** 2, 0.0))
    judged, small = _judged(canvas, score, round(_INSIDE * chord_px))
    canvas.text(judged, (centre[0], centre[1] + below_px), small, theme.text_dim, Align.CENTRE)


def _arc(diameter_px: int, width_px: int, colour: Rgb, share: float) -> Pixels:
    """A ring from the top clockwise to a share of the whole."""
    rgba = shapes.ring(diameter_px, width_px, colour)
    height, width = rgba.shape[:2]
    y, x = np.mgrid[:height, :width]
    turned = np.arctan2(x - (width - 1) / 2, (height - 1) / 2 - y) / (2 * np.pi) % 1.0
    rgba[turned > share, 3] = 0
    return rgba


def _draw_part(canvas: Canvas, row: pygame.Rect, label: str, label_px: int, value: float | None) -> None:
    theme, gap_px = canvas.theme, canvas.px(canvas.theme.gap)
    canvas.text(label, (row.x, row.centery), Role.LABEL, theme.text_dim)
    number = "-" if value is None else f"{value:.0f}"
    number_px = canvas.text_width_px("100", Role.STRONG)
    canvas.text(number, (row.right, row.centery), Role.STRONG, theme.text, Align.RIGHT)
    track = pygame.Rect(row.x + label_px + gap_px, 0, 0, canvas.px(_BAR))
    track.width = row.right - number_px - gap_px - track.x
    track.centery = row.centery
    draw_filled_bar(canvas, track, (value or 0.0) / 100.0)
