"""How each phrase of the choreography went: taller and bluer is better, so that it is seen without colours too."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pygame

from coach.clock import clock_text
from coach.ui.canvas import Align, Canvas
from coach.ui.result_view import HeatPhrase, WorkCard
from coach.ui.theme import Rgb, Role, Theme
from coach.ui.words import timing_word
from coach.ui.words_result import ResultWords

_HEAD = 30.0
_GAP = 4.0
_LEAST_SHARE = 0.16
_MARK = 17.0
_POOR, _MIDDLE = 0.3, 0.7
"""Scores at the end and in the middle of the colours."""
_STEPS = 12
"""Shades between the two colours: so many bars are kept ready, not hundreds."""


def phrase_rects(canvas: Canvas, rect: pygame.Rect, phrases: Sequence[HeatPhrase]) -> list[pygame.Rect]:
    """Where each phrase can be clicked: columns as wide as it lasts."""
    inner = _bars(canvas, rect)
    if not phrases:
        return []
    start_s, end_s = phrases[0].start_s, phrases[-1].end_s
    scale = inner.width / max(end_s - start_s, 1e-6)
    edges = [round(inner.x + (phrase.start_s - start_s) * scale) for phrase in phrases] + [inner.right]
    gap_px = canvas.px(_GAP)
    return [pygame.Rect(left, inner.y, max(2, right - left - gap_px), inner.height) for left, right in pairwise(edges)]


def draw_heat_bar(
    canvas: Canvas, rect: pygame.Rect, phrases: Sequence[HeatPhrase], cards: Sequence[WorkCard], title: str
) -> None:
    """Draw the panel with its bars; the numbers of the things to work on stand over their phrases."""
    theme = canvas.theme
    canvas.panel(rect, opacity=1.0)
    canvas.text(title, (rect.x + canvas.px(theme.padding), _head_y(canvas, rect)), Role.LABEL, theme.text_dim)
    for phrase, column in zip(phrases, phrase_rects(canvas, rect, phrases), strict=True):
        bar = column.copy()
        if phrase.score is None:
            bar.height = canvas.px(_GAP)
            bar.bottom = column.bottom
            canvas.bar(bar, theme.unseen)
            continue
        share = min(max(phrase.score / 100.0, 0.0), 1.0)
        room_px = column.height - canvas.px(_MARK)
        bar.height = round(room_px * (_LEAST_SHARE + (1.0 - _LEAST_SHARE) * share))
        bar.bottom = column.bottom
        canvas.panel(bar, shade(theme, share), 1.0)
    _draw_marks(canvas, rect, phrases, cards)


def draw_phrase_line(
    canvas: Canvas, rect: pygame.Rect, title: str, phrase: HeatPhrase | None, hint: str, words: ResultWords
) -> None:
    """In the panel's head: which phrase is meant and how it went, or what to do."""
    theme = canvas.theme
    right_px = rect.right - canvas.px(theme.padding)
    left_px = rect.x + canvas.px(theme.padding) + canvas.text_width_px(title, Role.LABEL) + 2 * canvas.px(theme.gap)
    line = hint
    if phrase is not None:
        off = phrase.timing_ms is not None and abs(phrase.timing_ms) > canvas.settings.meters.on_ms
        timing = timing_word(phrase.timing_ms, canvas.settings.meters, canvas.words) if off else ""
        line = phrase_line(phrase, words, timing)
    if hint and phrase is not None:
        line = f"{hint}:  {line}"
    room_px = right_px - left_px
    role = canvas.fitting(line, (Role.STRONG, Role.LABEL, Role.SMALL), room_px)
    canvas.text(line, (right_px, _head_y(canvas, rect)), role, theme.text, Align.RIGHT, room_px)


def phrase_line(phrase: HeatPhrase, words: ResultWords, timing: str = "") -> str:
    """``0:13 - 0:18  Strong arms  62 points  Too late``."""
    score = words.not_judged if phrase.score is None else words.points.format(score=f"{phrase.score:.0f}")
    pieces = (f"{clock_text(phrase.start_s)} - {clock_text(phrase.end_s)}", phrase.section, score, timing)
    return "   ".join(piece for piece in pieces if piece)


def shade(theme: Theme, share: float) -> Rgb:
    """The colour of a score, in a few steps: from orange over grey to blue."""
    share = round(share * _STEPS) / _STEPS
    if share < _MIDDLE:
        poor, good, share = theme.mistake, theme.unseen, max(share - _POOR, 0.0) / (_MIDDLE - _POOR)
    else:
        poor, good, share = theme.unseen, theme.good, (share - _MIDDLE) / (1.0 - _MIDDLE)
    red, green, blue = (round(low + (high - low) * share) for low, high in zip(poor, good, strict=True))
    return red, green, blue


def _head_y(canvas: Canvas, rect: pygame.Rect) -> int:
    return rect.y + canvas.px(canvas.theme.gap) // 2 + canvas.text_px(_HEAD) // 2


def _bars(canvas: Canvas, rect: pygame.Rect) -> pygame.Rect:
    padding_px, gap_px = canvas.px(canvas.theme.padding), canvas.px(canvas.theme.gap)
    top_px = rect.y + gap_px // 2 + canvas.text_px(_HEAD)
    return pygame.Rect(rect.x + padding_px, top_px, rect.width - 2 * padding_px, rect.bottom - gap_px - top_px)


def _draw_marks(canvas: Canvas, rect: pygame.Rect, phrases: Sequence[HeatPhrase], cards: Sequence[WorkCard]) -> None:
    if not phrases:
        return
    inner = _bars(canvas, rect)
    start_s, end_s = phrases[0].start_s, phrases[-1].end_s
    mark_px, taken_px = canvas.text_px(_MARK, 0.4), inner.x - canvas.text_px(_MARK)
    for place_s, number in sorted((card.place_s, index + 1) for index, card in enumerate(cards)):
        if not start_s <= place_s <= end_s:
            continue
        x = inner.x + round((place_s - start_s) / max(end_s - start_s, 1e-6) * inner.width)
        x = max(x, taken_px + mark_px + canvas.px(_GAP))
        taken_px = x
        draw_number_mark(canvas, (x, inner.y + mark_px // 2), mark_px, number)


def draw_number_mark(canvas: Canvas, centre: tuple[int, int], size_px: int, number: int) -> None:
    """A numbered disc that joins a card with its place in the bar."""
    theme = canvas.theme
    canvas.disc(centre, size_px + canvas.px(4), theme.panel)
    canvas.disc(centre, size_px, theme.text)
    canvas.text(str(number), centre, Role.SMALL, theme.panel, Align.CENTRE)
