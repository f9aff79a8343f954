"""The practice: the student as in a mirror, the teacher, and what the coach says."""

from __future__ import annotations

import pygame

from coach.alignment.tracked_position import TrackState
from coach.clock import clock_text
from coach.settings.ui import UiSettings
from coach.ui.canvas import Align, Canvas
from coach.ui.caption import coach_line, draw_coach_line
from coach.ui.countdown import draw_countdown
from coach.ui.finished_panel import draw_finished
from coach.ui.help_panel import draw_help
from coach.ui.layout import PracticeLayout
from coach.ui.meters import draw_energy, draw_score, draw_timing
from coach.ui.modal import dim_all, draw_paused
from coach.ui.picture import PicturePlace, PictureView
from coach.ui.progress_bar import draw_progress, spans_of
from coach.ui.skeleton_overlay import draw_skeleton, emphasised_parts
from coach.ui.state_banner import draw_state
from coach.ui.status_row import draw_notices, draw_status
from coach.ui.teacher_overlay import GhostOverlay, draw_teacher_card, teacher_parts
from coach.ui.theme import Role, Theme
from coach.ui.view import PracticeView, TeacherView


class PracticeScreen:
    """Draws a `PracticeView`; keeps nothing but ready-drawn parts and the ghost's slow size."""

    def __init__(self, settings: UiSettings, theme: Theme | None = None, language: str = "en") -> None:
        self._canvas = Canvas(settings, theme, language)
        self._picture = PictureView()
        self._ghost = GhostOverlay()

    def draw(self, surface: pygame.Surface, view: PracticeView) -> None:
        """Draw one moment."""
        canvas = self._canvas
        canvas.begin(surface)
        layout = PracticeLayout.of(canvas)
        place = self._picture.draw(canvas, layout.stage, view.bgr, mirrored=view.mirrored, now_s=view.now_s)
        if view.paused:
            dim_all(canvas)
        self._bodies(place, view)
        self._columns(layout, view)
        draw_coach_line(canvas, layout.coach_line, coach_line(view, canvas.settings.caption, canvas.language))
        draw_progress(canvas, layout.progress, view)
        draw_status(canvas, layout.status, view.status, seen=_seen(view), voice_on=view.voice_on)
        draw_notices(canvas, layout.notices, view.notices)
        self._over_everything(layout, view)

    def _bodies(self, place: PicturePlace, view: PracticeView) -> None:
        if view.state is None or view.bgr is None or view.paused:
            return
        state, teacher = view.state, view.teacher
        following = state.position.state is TrackState.FOLLOWING
        if view.teacher_view is TeacherView.GHOST and teacher is not None and following:
            self._ghost.draw(
                self._canvas, place, state.pose, teacher, view.now_s, teacher_mirrored=view.teacher_mirrored
            )
        draw_skeleton(self._canvas, place, state.pose, state.joints, judged=following)

    def _columns(self, layout: PracticeLayout, view: PracticeView) -> None:
        canvas, state = self._canvas, view.state
        self._title(layout.title, view)
        draw_state(canvas, layout.chip, view)
        draw_score(canvas, layout.score, state.score if state else None, view.praise, view.now_s)
        draw_timing(canvas, layout.timing, state.timing_ms if state else None)
        draw_energy(canvas, layout.energy, state.energy if state else None, view.energy_full)
        following = state is not None and state.position.state is TrackState.FOLLOWING
        # A ghost needs a body to stand on: until the dancer is found, the card shows what to dance.
        beside = view.teacher_view is TeacherView.BESIDE or (view.teacher_view is TeacherView.GHOST and not following)
        if beside and view.teacher is not None:
            limit = canvas.settings.body.emphasised_limbs_count
            parts = emphasised_parts(state.joints, limit) if state is not None and following else ()
            draw_teacher_card(
                canvas,
                layout.teacher,
                view.teacher,
                view.teacher_framing,
                teacher_parts(parts, teacher_mirrored=view.teacher_mirrored),
                flipped=view.mirrored != view.teacher_mirrored,
                footer=view.teacher_name or canvas.words.teacher.capitalize(),
            )

    def _title(self, rect: pygame.Rect, view: PracticeView) -> None:
        canvas, theme = self._canvas, self._canvas.theme
        canvas.panel(rect)
        padding_px = canvas.px(theme.padding)
        room_px = rect.width - 2 * padding_px
        at_s = view.place_s
        spans = spans_of(view.sections, view.duration_s)
        section = next((s.name for s in spans if at_s is not None and s.start_s <= at_s < s.end_s), "")
        lower = section or clock_text(view.duration_s)
        y = rect.y + rect.height // 3 + canvas.px(1)
        canvas.text(view.title, (rect.x + padding_px, y), Role.TITLE, theme.text, Align.LEFT, room_px)
        y = rect.bottom - rect.height // 4
        canvas.text(lower, (rect.x + padding_px, y), Role.LABEL, theme.text_dim, Align.LEFT, room_px)

    def _over_everything(self, layout: PracticeLayout, view: PracticeView) -> None:
        if view.help_shown:
            draw_help(self._canvas)
        elif view.finished is not None:
            draw_finished(self._canvas, view.finished, view.state.score if view.state else None)
        elif view.countdown is not None:
            draw_countdown(self._canvas, layout.stage, view.countdown)
        elif view.paused:
            draw_paused(self._canvas, layout.stage)


def _seen(view: PracticeView) -> float | None:
    return view.state.seen if view.state is not None else None
