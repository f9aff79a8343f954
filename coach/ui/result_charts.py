"""Early and late as a histogram, what was not seen, and the results so far as a curve."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pygame

from coach.settings.practice import HistogramSettings
from coach.ui.canvas import Align, Canvas
from coach.ui.menu_parts import draw_lines
from coach.ui.result_view import CurvePoint, ResultPage
from coach.ui.surfaces import Pixels
from coach.ui.theme import Role
from coach.ui.words import timing_word
from coach.ui.words_result import ResultWords
from coach.vision import marks
from coach.vision.marks import bgra

_HEAD = 30.0
_FOOT = 20.0
_ROW = 21.0
_LINE = 3.0
_BAR_GAP = 2.0
_DOT, _DOT_NOW = 9.0, 15.0
_FULL = 100.0
_STEADY_MS = 20.0
_NEARLY_ALL = 0.95
_MOST_LINES = 8


def median_ms(counts: Sequence[int], settings: HistogramSettings) -> float | None:
    """The median of a histogram, early positive; None where it is empty."""
    total, so_far = sum(counts), 0
    for index, count in enumerate(counts):
        so_far += count
        if count and 2 * so_far >= total:
            return settings.middle_ms(index)
    return None


def draw_head(canvas: Canvas, rect: pygame.Rect, title: str, value: str = "") -> pygame.Rect:
    """A panel with a title, and a word at its right; what is left inside."""
    theme = canvas.theme
    canvas.panel(rect, opacity=1.0)
    padding_px, head_px = canvas.px(theme.padding), canvas.text_px(_HEAD)
    y = rect.y + canvas.px(theme.gap) // 2 + head_px // 2
    room_px = rect.width - 2 * padding_px
    role = canvas.fitting(title, (Role.LABEL, Role.SMALL), room_px)
    place = canvas.text(title, (rect.x + padding_px, y), role, theme.text_dim, Align.LEFT, room_px)
    value_px = rect.right - padding_px - place.right - canvas.px(theme.gap)
    role = canvas.fitting(value, (Role.STRONG, Role.LABEL, Role.SMALL), value_px)
    if canvas.text_width_px(value, role) <= value_px:
        canvas.text(value, (rect.right - padding_px, y), role, theme.text, Align.RIGHT)
    top_px = rect.y + canvas.px(theme.gap) // 2 + head_px
    return pygame.Rect(rect.x + padding_px, top_px, room_px, rect.bottom - canvas.px(theme.gap) - top_px)


def draw_histogram(canvas: Canvas, rect: pygame.Rect, page: ResultPage, words: ResultWords) -> None:
    """Bars from early at the left to late at the right; those on the beat are blue, with a line in the middle."""
    theme, meters, counts, settings = canvas.theme, canvas.settings.meters, page.timing_counts, page.histogram
    middle = median_ms(counts, settings)
    inner = draw_head(canvas, rect, words.timing, timing_word(middle, meters, canvas.words))
    if middle is None:
        _say(canvas, inner, words.timing_unknown)
        return
    foot_px = canvas.text_px(_FOOT)
    bars = pygame.Rect(inner.x, inner.y, inner.width, inner.height - foot_px)
    most, gap_px = max(counts), canvas.px(_BAR_GAP)
    for index, count in enumerate(counts):
        left_px = bars.x + round(bars.width * index / len(counts))
        right_px = bars.x + round(bars.width * (index + 1) / len(counts))
        bar = pygame.Rect(left_px, 0, max(1, right_px - left_px - gap_px), 0)
        bar.height = max(canvas.px(_LINE), round(bars.height * count / most))
        bar.bottom = bars.bottom
        on_time = abs(settings.middle_ms(index)) <= meters.on_ms
        if count:
            canvas.surface.fill(theme.good if on_time else theme.mistake, bar)
        else:
            canvas.surface.fill(theme.raised, bar)
    line_px = canvas.px(_LINE)
    canvas.surface.fill(theme.text, (bars.centerx - line_px // 2, bars.y, line_px, bars.height))
    y = inner.bottom - foot_px // 2
    left = canvas.text(canvas.words.early.lower(), (bars.x, y), Role.SMALL, theme.text_dim)
    right = canvas.text(canvas.words.late.lower(), (bars.right, y), Role.SMALL, theme.text_dim, Align.RIGHT)
    steadily = _steadily(page.constant_delay_ms, words)
    room_px = right.x - left.right - 2 * canvas.px(theme.gap)
    if steadily and canvas.text_width_px(steadily, Role.SMALL) <= room_px:
        canvas.text(steadily, ((left.right + right.x) // 2, y), Role.SMALL, theme.text_dim, Align.CENTRE)


def _steadily(delay_ms: float | None, words: ResultWords) -> str:
    """The constant part of being late, taken off the bars, in words; empty where it is nothing to speak of."""
    if delay_ms is None or abs(delay_ms) < _STEADY_MS:
        return ""
    return (words.steadily_late if delay_ms > 0 else words.steadily_early).format(value=round(abs(delay_ms)))


def draw_unseen(
    canvas: Canvas, rect: pygame.Rect, unseen: Sequence[tuple[str, float]], words: ResultWords, *, judged_share: float
) -> None:
    """The joints that could often not be seen, with the share of the time; without any, why the rest was not judged."""
    theme = canvas.theme
    if not unseen:
        _draw_rest(canvas, rect, words, judged_share)
        return
    inner = draw_head(canvas, rect, words.not_seen)
    row_px = canvas.text_px(_ROW)
    room = max(1, inner.height // row_px)
    shown = unseen if len(unseen) <= room else unseen[: room - 1]
    y = inner.y + row_px // 2
    for joint, share in shown:
        percent = f"{share:.0%}"
        percent_px = canvas.text_width_px(percent, Role.STRONG)
        canvas.text(percent, (inner.right, y), Role.STRONG, theme.text, Align.RIGHT)
        room_px = inner.width - percent_px - canvas.px(theme.gap)
        role = canvas.fitting(words.joints[joint], (Role.BODY, Role.LABEL, Role.SMALL), room_px)
        canvas.text(words.joints[joint], (inner.x, y), role, theme.text, Align.LEFT, room_px)
        y += row_px
    if len(shown) < len(unseen):
        more = words.and_more.format(count=len(unseen) - len(shown))
        canvas.text(more, (inner.x, y), Role.LABEL, theme.text_dim, Align.LEFT, inner.width)


def _draw_rest(canvas: Canvas, rect: pygame.Rect, words: ResultWords, judged_share: float) -> None:
    """Being seen is not being judged: what the share beside the score lacks, where nothing was out of sight."""
    if judged_share >= _NEARLY_ALL:
        _say(canvas, draw_head(canvas, rect, words.seen), words.all_seen)
        return
    inner = draw_head(canvas, rect, words.rest, f"{1.0 - round(judged_share, 2):.0%}")
    _say(canvas, inner, words.rest_unjudged if judged_share > 0 else words.nobody_seen)


def draw_curve(
    canvas: Canvas,
    rect: pygame.Rect,
    points: Sequence[CurvePoint],
    best: float | None,
    words: ResultWords,
    *,
    kept: bool = True,
) -> None:
    """Scores from 0 to 100, oldest at the left; whole runs are joined, parts are rings beside the line."""
    theme = canvas.theme
    value = words.best.format(score=f"{best:.0f}") if best is not None else ""
    if len(points) == 1 and points[0].current:
        value = words.first_result
    inner = draw_head(canvas, rect, words.curve, value)
    if not points:
        _say(canvas, inner, words.first_result if kept else words.not_kept)
        return
    dot_px, now_px = canvas.px(_DOT), canvas.px(_DOT_NOW)
    area = inner.inflate(-now_px, -now_px)
    line_px = canvas.px(1)
    for level in (0.0, 50.0, 100.0):
        y = area.bottom - round(area.height * level / _FULL)
        canvas.surface.fill(theme.raised, (inner.x, y - line_px // 2, inner.width, line_px))
    step_px = area.width / max(len(points) - 1, 1)
    first_px = area.x if len(points) > 1 else area.centerx
    places = [
        (
            round(first_px + index * step_px),
            area.bottom - round(area.height * min(max(point.score, 0.0), _FULL) / _FULL),
        )
        for index, point in enumerate(points)
    ]
    whole = [place for place, point in zip(places, points, strict=True) if point.whole]

    def draw(pixels: Pixels) -> None:
        for start, end in pairwise(whole):
            marks.line(pixels, start, end, bgra(theme.good), canvas.px(_LINE))

    canvas.paint(draw)
    for place, point in zip(places, points, strict=True):
        if point.current:
            canvas.disc(place, now_px + canvas.px(4), theme.panel)
            canvas.disc(place, now_px, theme.text)
        elif point.whole:
            canvas.disc(place, dot_px, theme.good)
        else:
            canvas.ring(place, dot_px, max(1, canvas.px(2)), theme.text_dim)


def _say(canvas: Canvas, inner: pygame.Rect, text: str) -> None:
    """Some words in the largest letters in which all of them have room."""

    def wrapped(role: Role) -> Sequence[str]:
        return canvas.lines(text, role, inner.width, _MOST_LINES)

    sizes = (Role.BODY, Role.LABEL, Role.SMALL)
    fitting = (role for role in sizes if len(wrapped(role)) * canvas.line_height_px(role) <= inner.height)
    role = next(fitting, Role.SMALL)
    at = (inner.x, inner.centery)
    draw_lines(canvas, wrapped(role), at, role, canvas.theme.text_dim, Align.LEFT, inner.width)
