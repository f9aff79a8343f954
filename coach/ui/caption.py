"""The coach's line: one sentence at one place, large enough to be read from three metres."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import pygame

from coach.alignment.tracked_position import TrackState
from coach.judging.verdicts import CueKind
from coach.settings.ui import CaptionSettings
from coach.ui.canvas import Align, Canvas
from coach.ui.language import ScreenLanguage
from coach.ui.theme import Role
from coach.ui.view import Caption, PracticeView
from coach.ui.words_home import HOME_WORDS

_MARK = 24.0
_MIN_SIDE = 28.0
_SIZES = (Role.CAPTION, Role.DISPLAY, Role.TITLE)


class Tone(Enum):
    """What a line is: its mark and colour."""

    CORRECTION = "correction"
    PRAISE = "praise"
    GUIDE = "guide"


@dataclass(frozen=True)
class CoachLine:
    """What the coach says now."""

    text: str
    tone: Tone
    opacity: float = 1.0


def coach_line(view: PracticeView, settings: CaptionSettings, language: ScreenLanguage) -> CoachLine | None:
    """The one thing to say: being seen at all comes first, then a fresh cue, then the state in words.

    None while the dancer follows and all is said, and under panels that say it larger.
    """
    state = view.state
    tracked = state.position.state if state is not None else None
    following = tracked is TrackState.FOLLOWING
    hint = state.framing if state is not None else None
    if view.help_shown or view.paused:
        return None
    if view.tools.camera_away:
        return CoachLine(HOME_WORDS[language.words.code].no_camera_title, Tone.GUIDE)
    if tracked is TrackState.FINISHED:
        return CoachLine(language.words.lines[TrackState.FINISHED], Tone.PRAISE)
    if view.tools.guide is not None:
        return CoachLine(view.tools.guide_text, Tone.PRAISE if view.tools.guide.well else Tone.GUIDE)
    if hint is not None and not following:
        return CoachLine(language.cues.framing(hint).text, Tone.GUIDE)
    if view.countdown is not None:
        return CoachLine(language.words.get_ready, Tone.GUIDE)
    worded = view.tools.captions and view.tools.stage.words_shown
    fresh = _fresh(view.caption, view.now_s, settings) if worded else None
    found_again = following and fresh is not None and fresh.text == language.cues.plain("status.lost").text
    if fresh is not None and not found_again:
        return fresh
    if hint is not None:
        return CoachLine(language.cues.framing(hint).text, Tone.GUIDE)
    text = language.words.lines[tracked] if tracked is not None else language.words.get_ready
    return CoachLine(text, Tone.GUIDE) if text else None


def _fresh(caption: Caption | None, now_s: float, settings: CaptionSettings) -> CoachLine | None:
    if caption is None:
        return None
    age_s = now_s - caption.shown_s
    if not 0 <= age_s < settings.hold_s:
        return None
    edge_s = min(age_s, settings.hold_s - age_s)
    opacity = 1.0 if settings.fade_s <= 0 else min(1.0, edge_s / settings.fade_s)
    tone = {CueKind.PRAISE: Tone.PRAISE, CueKind.FRAMING: Tone.GUIDE}.get(caption.kind, Tone.CORRECTION)
    return CoachLine(caption.text, tone, opacity)


def line_room_px(canvas: Canvas, rect: pygame.Rect) -> int:
    """Width left for the words beside the mark."""
    return rect.width - canvas.px(_MARK) - canvas.px(canvas.theme.gap) - 2 * canvas.px(_MIN_SIDE)


def line_role(canvas: Canvas, rect: pygame.Rect, text: str) -> Role:
    """The largest letters in which ``text`` fits."""
    room_px = line_room_px(canvas, rect)
    fitting = (role for role in _SIZES if canvas.text_width_px(text, role) <= room_px)
    return next(fitting, _SIZES[-1])


def draw_coach_line(canvas: Canvas, rect: pygame.Rect, line: CoachLine | None) -> None:
    """Draw a line in the middle of ``rect``, with its mark before it; smaller letters where it is long."""
    if line is None or line.opacity <= 0:
        return
    theme = canvas.theme
    mark_px, gap_px = canvas.px(_MARK), canvas.px(theme.gap)
    room_px, role = line_room_px(canvas, rect), line_role(canvas, rect, line.text)
    text_px = min(room_px, canvas.text_width_px(line.text, role))
    panel = pygame.Rect(0, 0, text_px + mark_px + gap_px + 2 * canvas.px(_MIN_SIDE), rect.height)
    panel.center = rect.center
    canvas.bar(panel, theme.panel, theme.panel_opacity)
    centre = (panel.x + canvas.px(_MIN_SIDE) + mark_px // 2, panel.centery)
    if line.tone is Tone.CORRECTION:
        canvas.diamond(centre, mark_px + canvas.px(4), theme.mistake)
    elif line.tone is Tone.PRAISE:
        canvas.disc(centre, mark_px, theme.praise)
    else:
        canvas.ring(centre, mark_px, canvas.px(4), theme.good)
    left = (centre[0] + mark_px // 2 + gap_px, panel.centery)
    canvas.text(line.text, left, role, theme.text, Align.LEFT, room_px, line.opacity)
