"""Where we are in the choreography: named sections, the practised stretch, the music and the student."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from coach.clock import clock_text
from coach.pose.reference import Section
from coach.ui.canvas import Align, Canvas
from coach.ui.theme import Role
from coach.ui.view import PracticeView
from coach.ui.words import UNKNOWN_TIME

_BAR = 16.0
_SECTION_GAP = 3.0
_TIME_WIDTH = 96.0
_WIDEST_TIME = "0:00 / 0:00"
_KNOB = 24.0
_MUSIC_WIDTH = 3.0
_BRACKET = 4.0
_BAND = 9.0


def spans_of(sections: Sequence[Section], duration_s: float) -> tuple[Section, ...]:
    """The sections in order with what lies between them as nameless ones: together the whole of the dance."""
    spans: list[Section] = []
    at_s = 0.0
    for section in sorted(sections, key=lambda one: one.start_s):
        start_s, end_s = max(at_s, section.start_s), min(section.end_s, duration_s)
        if end_s <= start_s:
            continue
        if start_s > at_s:
            spans.append(Section("", at_s, start_s))
        spans.append(Section(section.name, start_s, end_s))
        at_s = end_s
    if at_s < duration_s:
        spans.append(Section("", at_s, duration_s))
    return tuple(spans)


def bar_of(canvas: Canvas, rect: pygame.Rect) -> pygame.Rect:
    """The bar itself in the place of names, bar and time."""
    bar_px = canvas.px(_BAR)
    widest_px = canvas.text_width_px(_WIDEST_TIME, Role.STRONG) + canvas.px(canvas.theme.gap)
    time_px = max(canvas.text_px(_TIME_WIDTH), widest_px)
    return pygame.Rect(rect.x, rect.bottom - bar_px - canvas.px(4), rect.width - time_px, bar_px)


def seconds_at(canvas: Canvas, rect: pygame.Rect, x_px: int, duration_s: float) -> float:
    """The place in the dance that lies at ``x_px``."""
    bar = bar_of(canvas, rect)
    return min(1.0, max(0.0, (x_px - bar.x) / max(1, bar.width))) * duration_s


def draw_progress(canvas: Canvas, rect: pygame.Rect, view: PracticeView) -> None:
    """Draw the bar into ``rect``: names above, the time at the right."""
    _Progress(canvas, rect, view).draw()


class _Progress:
    def __init__(self, canvas: Canvas, rect: pygame.Rect, view: PracticeView) -> None:
        self._canvas, self._rect, self._view = canvas, rect, view
        self._bar = bar_of(canvas, rect)
        self._place_s = view.place_s

    def draw(self) -> None:
        """Sections, then the practised stretch, then music and student."""
        for span in spans_of(self._view.sections, self._view.duration_s):
            self._section(span)
        self._loop()
        self._practised()
        self._music()
        self._student()
        self._time()

    def _x(self, time_s: float) -> int:
        share = min(1.0, max(0.0, time_s / max(self._view.duration_s, 1e-6)))
        return self._bar.x + round(share * self._bar.width)

    def _section(self, span: Section) -> None:
        canvas, theme = self._canvas, self._canvas.theme
        gap_px = canvas.px(_SECTION_GAP)
        left_px, right_px = self._x(span.start_s), self._x(span.end_s)
        segment = pygame.Rect(left_px, self._bar.y, max(2, right_px - left_px - gap_px), self._bar.height)
        inside = self._place_s is not None and span.start_s <= self._place_s < span.end_s
        canvas.bar(segment, theme.raised, 0.92)
        if self._place_s is not None and self._place_s > span.start_s:
            shown = segment.copy()
            shown.width = min(segment.width, self._x(self._place_s) - segment.x)
            canvas.bar(segment, theme.good, shown=shown)
        y = (self._rect.y + self._bar.y) // 2 - canvas.px(2)
        colour = theme.text if inside else theme.text_dim
        role = Role.STRONG if inside else Role.LABEL
        canvas.text(span.name, (segment.x + canvas.px(2), y), role, colour, Align.LEFT, segment.width - canvas.px(6))

    def _practised(self) -> None:
        if self._view.practised is None:
            return
        for time_s in self._view.practised:
            self._bracket(time_s)

    def _loop(self) -> None:
        """A band between A and B, brighter while the mouse marks another."""
        loop, canvas = self._view.tools.loop, self._canvas
        span_s = loop.drag_s or loop.span_s
        marks_s = [] if loop.mark_s is None else [loop.mark_s]
        if span_s is not None:
            left_px, right_px = self._x(min(span_s)), self._x(max(span_s))
            tall_px = self._bar.height + canvas.px(_BAND)
            band = pygame.Rect(left_px, 0, max(2, right_px - left_px), tall_px)
            band.centery = self._bar.centery
            canvas.outline(band, canvas.theme.accent, _BAND / 3, _BAND)
            marks_s = [*span_s]
        for time_s in marks_s:
            self._bracket(time_s)

    def _bracket(self, time_s: float) -> None:
        width_px = self._canvas.px(_BRACKET)
        mark = pygame.Rect(0, 0, width_px, self._bar.height + 2 * width_px)
        mark.center = (self._x(time_s), self._bar.centery)
        self._canvas.bar(mark, self._canvas.theme.accent)

    def _music(self) -> None:
        if self._view.music_s is None:
            return
        line_px = self._canvas.px(_MUSIC_WIDTH)
        line = pygame.Rect(0, 0, line_px, self._bar.height + 4 * line_px)
        line.center = (self._x(self._view.music_s), self._bar.centery)
        self._canvas.bar(line, self._canvas.theme.teacher)

    def _student(self) -> None:
        if self._view.reference_s is None:
            return
        canvas, theme = self._canvas, self._canvas.theme
        centre = (self._x(self._view.reference_s), self._bar.centery)
        canvas.disc(centre, canvas.px(_KNOB), theme.ink)
        canvas.disc(centre, canvas.px(_KNOB - 6), theme.text)

    def _time(self) -> None:
        canvas = self._canvas
        at = clock_text(self._place_s) if self._place_s is not None else UNKNOWN_TIME
        whole = canvas.text(
            f" / {clock_text(self._view.duration_s)}",
            (self._rect.right, self._bar.centery), Role.BODY, canvas.theme.text_dim, Align.RIGHT,
        )  # fmt: skip
        canvas.text(at, (whole.x, self._bar.centery), Role.STRONG, canvas.theme.text, Align.RIGHT)
