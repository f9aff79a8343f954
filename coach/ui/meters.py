"""Score, early/late and energy."""

from __future__ import annotations

import pygame

from coach.judging.verdicts import EnergyReading, EnergyVerdict
from coach.session.session_state import ScoreReading
from coach.settings.ui import UiSettings
from coach.ui.canvas import Align, Canvas
from coach.ui.theme import Role
from coach.ui.view import Praise
from coach.ui.words import timing_word

_HEAD = 26.0
_TRACK = 12.0
_KNOB = 18.0
_CENTRE_LINE = 3.0


def _head(canvas: Canvas, rect: pygame.Rect, label: str, word: str, colour: tuple[int, int, int]) -> None:
    padding_px = canvas.px(canvas.theme.padding)
    y = rect.y + canvas.text_px(_HEAD) - canvas.px(2)
    place = canvas.text(label, (rect.x + padding_px, y), Role.LABEL, canvas.theme.text_dim)
    room_px = rect.right - padding_px - place.right - padding_px
    canvas.text(word, (rect.right - padding_px, y), Role.STRONG, colour, Align.RIGHT, room_px)


def praise_text(praise: Praise | None, timing_ms: float | None, now_s: float, settings: UiSettings) -> str:
    """A word of praise while it is fresh; none for who is beside the beat, which the score leaves out."""
    if praise is None or not 0 <= now_s - praise.shown_s < settings.caption.praise_hold_s:
        return ""
    return praise.word if timing_ms is None or abs(timing_ms) <= settings.meters.on_ms else ""


def draw_score(canvas: Canvas, rect: pygame.Rect, score: ScoreReading | None, praised: str) -> None:
    """The score so far, how much of the dance could be judged, and a word of praise."""
    theme = canvas.theme
    canvas.panel(rect)
    _head(canvas, rect, canvas.words.score, praised, theme.praise)
    padding_px = canvas.px(theme.padding)
    total = score.total if score is not None else None
    head_px = canvas.text_px(_HEAD)
    y = rect.y + head_px + (rect.height - head_px) // 2
    number = "-" if total is None else f"{total:.0f}"
    colour = theme.unseen if total is None else theme.text
    place = canvas.text(number, (rect.x + padding_px, y), Role.NUMBER, colour)
    if total is not None and score is not None:
        room_px = rect.right - padding_px - place.right - canvas.px(theme.gap)
        share = f"{score.judged_share:.0%}"
        judged, role = canvas.words.judged.format(share=share), Role.LABEL
        if canvas.text_width_px(judged, role) > room_px:  # a score of three digits leaves less room
            role = Role.SMALL
        if canvas.text_width_px(judged, role) > room_px:
            judged = share
        canvas.text(judged, (rect.right - padding_px, place.bottom - canvas.px(6)), role, theme.text_dim,
                    Align.RIGHT, room_px)  # fmt: skip


def draw_timing(canvas: Canvas, rect: pygame.Rect, timing_ms: float | None) -> None:
    """Early on the left, late on the right, on time in the middle."""
    theme, meters = canvas.theme, canvas.settings.meters
    canvas.panel(rect)
    word = timing_word(timing_ms, meters, canvas.words)
    on_time = timing_ms is not None and abs(timing_ms) <= meters.on_ms
    colour = theme.good if on_time else theme.mistake
    _head(canvas, rect, canvas.words.timing, word, colour)
    track = _track(canvas, rect)
    canvas.bar(track, theme.raised)
    for limit_ms, opacity in ((meters.off_ms, 0.28), (meters.on_ms, 0.75)):
        half_px = round(track.width / 2 * limit_ms / meters.range_ms)
        band = pygame.Rect(track.centerx - half_px, track.y, 2 * half_px, track.height)
        canvas.bar(band, theme.good, opacity)
    line_px = canvas.px(_CENTRE_LINE)
    canvas.bar(pygame.Rect(track.centerx - line_px // 2, track.y - line_px, line_px, track.height + 2 * line_px),
               theme.text)  # fmt: skip
    if _has_second_line(canvas, rect, track):
        y = (track.bottom + rect.bottom) // 2
        canvas.text(canvas.words.early.lower(), (track.x, y), Role.SMALL, theme.text_dim)
        canvas.text(canvas.words.late.lower(), (track.right, y), Role.SMALL, theme.text_dim, Align.RIGHT)
    if timing_ms is not None:
        share = max(-1.0, min(1.0, timing_ms / meters.range_ms))
        knob = (round(track.centerx - share * track.width / 2), track.centery)
        knob_px = canvas.px(_KNOB)
        if on_time:
            canvas.disc(knob, knob_px + canvas.px(5), theme.ink)
            canvas.disc(knob, knob_px, theme.text)
        else:
            canvas.diamond(knob, knob_px + canvas.px(10), theme.ink)
            canvas.diamond(knob, knob_px + canvas.px(4), theme.mistake)


def draw_energy(canvas: Canvas, rect: pygame.Rect, energy: EnergyReading | None, energy_full: float | None) -> None:
    """The student's energy as a bar, the teacher's as a mark on it."""
    theme = canvas.theme
    canvas.panel(rect)
    verdict = energy.verdict if energy is not None else EnergyVerdict.UNSEEN
    good = verdict in (EnergyVerdict.GOOD, EnergyVerdict.UNSEEN)
    _head(
        canvas, rect, canvas.words.energy, canvas.words.energy_verdicts[verdict], theme.good if good else theme.mistake
    )
    track = _track(canvas, rect)
    canvas.bar(track, theme.raised)
    full = energy_full or canvas.settings.meters.energy_full
    student = energy.student if energy is not None else None
    teacher = energy.teacher if energy is not None else None
    if student is not None:
        width_px = round(track.width * min(1.0, student / full))
        shown = pygame.Rect(track.x, track.y, max(track.height, width_px), track.height)
        canvas.bar(track, theme.good if good else theme.mistake, shown=shown)
    if teacher is not None:
        x = track.x + round(track.width * min(1.0, teacher / full))
        line_px = canvas.px(_CENTRE_LINE)
        outer = pygame.Rect(x - line_px, track.y - 2 * line_px, 3 * line_px, track.height + 4 * line_px)
        canvas.bar(outer, theme.panel)
        canvas.bar(outer.inflate(-2 * line_px, -2 * line_px), theme.teacher)
        if _has_second_line(canvas, rect, track):
            half_px = canvas.text_width_px(canvas.words.teacher, Role.SMALL) // 2
            place = min(max(x, track.x + half_px), track.right - half_px), (track.bottom + rect.bottom) // 2
            canvas.text(canvas.words.teacher, place, Role.SMALL, theme.teacher, Align.CENTRE)


def _track(canvas: Canvas, rect: pygame.Rect) -> pygame.Rect:
    padding_px, height_px = canvas.px(canvas.theme.padding), canvas.px(_TRACK)
    top_px = rect.y + canvas.text_px(_HEAD) + canvas.px(16)
    return pygame.Rect(rect.x + padding_px, top_px, rect.width - 2 * padding_px, height_px)


def _has_second_line(canvas: Canvas, rect: pygame.Rect, track: pygame.Rect) -> bool:
    """Whether there is room for words below the track."""
    return rect.bottom - track.bottom >= canvas.line_height_px(Role.SMALL)
