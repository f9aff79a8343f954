"""The state chip: following, looking, lost, paused - small, always at the same place."""

from __future__ import annotations

import pygame

from coach.alignment.tracked_position import TrackState
from coach.ui.canvas import Align, Canvas
from coach.ui.theme import Role
from coach.ui.view import PracticeView
from coach.ui.words import ScreenWords

_DOT = 14.0


def state_text(view: PracticeView, words: ScreenWords) -> str:
    """The state in two or three words."""
    if view.paused:
        return words.paused
    if view.state is None or getting_ready(view):
        return words.get_ready
    if view.state.position.ambiguous:
        return words.unsure
    return words.states[view.state.position.state]


def getting_ready(view: PracticeView) -> bool:
    """Whether the dance is still to begin."""
    return view.countdown is not None or view.state is None or view.tools.guide is not None


def draw_state(canvas: Canvas, rect: pygame.Rect, view: PracticeView) -> None:
    """A dot and the state's words; a full dot means that the coach follows, and knows where."""
    theme = canvas.theme
    canvas.bar(rect, theme.panel, theme.panel_opacity)
    tracked = view.state.position.state if view.state is not None else None
    unsure = view.state is not None and view.state.position.ambiguous
    centre = (rect.x + rect.height // 2, rect.centery)
    dot_px = canvas.px(_DOT)
    if view.paused or getting_ready(view):
        canvas.ring(centre, dot_px, canvas.px(3), theme.unseen)
    elif tracked is TrackState.FOLLOWING and not unsure:
        canvas.disc(centre, dot_px, theme.good)
    elif tracked is TrackState.FINISHED:
        canvas.disc(centre, dot_px, theme.praise)
    elif tracked is TrackState.LOST:
        canvas.diamond(centre, dot_px + canvas.px(3), theme.mistake)
    else:
        canvas.ring(centre, dot_px, canvas.px(3), theme.good)
    left_px = centre[0] + dot_px // 2 + canvas.px(theme.gap)
    room_px = rect.right - rect.height // 2 - left_px
    tempo = f"{view.tempo_percent:.0f} %" if round(view.tempo_percent) != 100 and not getting_ready(view) else ""
    if tempo:
        right = (rect.right - rect.height // 2, rect.centery)
        place = canvas.text(tempo, right, Role.STRONG, theme.teacher, Align.RIGHT)
        room_px = place.x - canvas.px(theme.gap) - left_px
    words = state_text(view, canvas.words)
    role = canvas.fitting(words, (Role.STRONG, Role.LABEL, Role.SMALL), room_px)
    canvas.text(words, (left_px, rect.centery), role, theme.text, Align.LEFT, room_px)
