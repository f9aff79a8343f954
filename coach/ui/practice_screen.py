"""The practice: the student as in a mirror, the teacher, and what the coach says."""

from __future__ import annotations

import pygame

from coach.alignment.tracked_position import TrackState
from coach.practice.stages import Stage
from coach.settings.ui import UiSettings
from coach.ui.canvas import Canvas
from coach.ui.caption import coach_line, draw_coach_line
from coach.ui.countdown import draw_countdown
from coach.ui.framing_outline import draw_framing_outline
from coach.ui.gesture_panel import draw_gesture_strip, gesture_words
from coach.ui.gesture_ring import draw_gesture_ring
from coach.ui.help_panel import draw_help
from coach.ui.layout import PracticeLayout
from coach.ui.look import Look
from coach.ui.meters import draw_energy, draw_score, draw_timing, praise_text
from coach.ui.modal import dim_all
from coach.ui.pause_panel import draw_pause
from coach.ui.picture import PicturePlace, PictureView
from coach.ui.picture_tag import draw_picture_tag
from coach.ui.practice_tools import PauseChoice, TeacherSide
from coach.ui.progress_bar import draw_progress, seconds_at
from coach.ui.skeleton_overlay import draw_skeleton, emphasised_parts
from coach.ui.state_banner import draw_state
from coach.ui.status_row import draw_notices, draw_status
from coach.ui.teacher_overlay import GhostOverlay, draw_teacher_card, teacher_parts
from coach.ui.title_panel import draw_title
from coach.ui.view import PracticeView, TeacherView
from coach.ui.words_practice import PRACTICE_WORDS

_CARD = (112.0, 168.0)


class PracticeScreen:
    """Draws a `PracticeView`; keeps nothing but ready-drawn parts and the ghost's slow size."""

    def __init__(self, settings: UiSettings, look: Look | None = None, language: str = "en") -> None:
        self._canvas = Canvas(settings, look, language)
        self._picture = PictureView()
        self._ghost = GhostOverlay()
        self._layout: PracticeLayout | None = None
        self._choices: dict[PauseChoice, pygame.Rect] = {}

    # -- the mouse -------------------------------------------------------------------------------------------------
    def choice_at(self, at: tuple[int, int]) -> PauseChoice | None:
        """The choice of the pause that lies there, as drawn last."""
        return next((choice for choice, rect in self._choices.items() if rect.collidepoint(at)), None)

    def on_progress(self, at: tuple[int, int]) -> bool:
        """Whether the bar of the dance lies there."""
        return self._layout is not None and self._layout.progress.collidepoint(at)

    def seconds_at(self, x_px: int, duration_s: float) -> float:
        """The place in the dance above or below which ``x_px`` lies."""
        return 0.0 if self._layout is None else seconds_at(self._canvas, self._layout.progress, x_px, duration_s)

    # -- the picture -----------------------------------------------------------------------------------------------
    def draw(self, surface: pygame.Surface, view: PracticeView) -> None:
        """Draw one moment."""
        canvas, tools = self._canvas, view.tools
        canvas.begin(surface)
        layout = self._layout = PracticeLayout.of(canvas)
        bgr = view.bgr if tools.delayed_bgr is None else tools.delayed_bgr
        place = self._picture.draw(canvas, layout.stage, bgr, mirrored=view.mirrored, now_s=view.now_s)
        if view.paused:
            dim_all(canvas)
        self._bodies(place, view)
        self._choices = {}
        if tools.pause is not None and not view.help_shown:
            self._choices = draw_pause(canvas, tools.pause)
            self._gesture(layout.stage, place, view)
            return
        self._columns(layout, view)
        draw_coach_line(canvas, layout.coach_line, coach_line(view, canvas.settings.caption, canvas.language))
        self._dock(layout, view)
        draw_notices(canvas, layout.notices, view.notices)
        self._over_everything(layout, place, view)

    def _dock(self, layout: PracticeLayout, view: PracticeView) -> None:
        """The bar of the dance and the small print; before the dance the gestures that will be obeyed in it."""
        canvas, tools = self._canvas, view.tools
        if tools.guide_gestures:
            strip = layout.progress.union(layout.status)
            draw_gesture_strip(canvas, strip, tools.guide_gestures, gesture_words(canvas).practice)
            return
        draw_progress(canvas, layout.progress, view)
        draw_status(
            canvas,
            layout.status,
            view.status,
            seen=_seen(view),
            voice_on=view.voice_on,
            extra=self._switched_on(view),
            leave=self._leave(view),
        )

    def _bodies(self, place: PicturePlace, view: PracticeView) -> None:
        if view.state is None or view.bgr is None or view.paused:
            return
        state, teacher, tools = view.state, view.teacher, view.tools
        if tools.guide is not None:
            draw_framing_outline(self._canvas, place, tools.guide, upper_body_only=tools.upper_body_only)
        following = state.position.state is TrackState.FOLLOWING
        if tools.delayed_bgr is not None and not view.help_shown:
            draw_picture_tag(self._canvas, place.rect, self._delay(view))
        if tools.delayed_bgr is not None or (following and not tools.stage.limbs_shown):
            return
        ghost = view.teacher_view is TeacherView.GHOST and tools.stage.teacher_shown
        if ghost and teacher is not None and following:
            self._ghost.draw(
                self._canvas, place, state.pose, teacher, view.now_s, teacher_mirrored=view.teacher_mirrored
            )
        draw_skeleton(self._canvas, place, state.pose, state.joints, judged=following)

    def _columns(self, layout: PracticeLayout, view: PracticeView) -> None:
        canvas, state, stage = self._canvas, view.state, view.tools.stage
        draw_title(canvas, layout.title, view)
        draw_state(canvas, layout.chip, view)
        if stage.words_shown and view.tools.guide is None:
            timing_ms = state.timing_ms if state else None
            praised = praise_text(view.praise, timing_ms, view.now_s, canvas.settings)
            draw_score(canvas, layout.score, state.score if state else None, praised)
            draw_timing(canvas, layout.timing, timing_ms)
            draw_energy(canvas, layout.energy, state.energy if state else None, view.energy_full)
        following = state is not None and state.position.state is TrackState.FOLLOWING
        # A ghost needs a body to stand on: until the dancer is found, the card shows what to dance.
        beside = view.teacher_view is TeacherView.BESIDE or (view.teacher_view is TeacherView.GHOST and not following)
        if beside and (stage.teacher_shown or not following):
            self._teacher(layout.teacher, view, following=following)
        if view.tools.card is not None and stage.teacher_shown and view.teacher_view is not TeacherView.OFF:
            self._next_pose(layout, view)

    def _teacher(self, rect: pygame.Rect, view: PracticeView, *, following: bool) -> None:
        canvas, state = self._canvas, view.state
        limit = canvas.settings.body.emphasised_limbs_count
        parts = emphasised_parts(state.joints, limit) if state is not None and following else ()
        behind = view.tools.teacher_side is TeacherSide.BEHIND
        footer = view.teacher_name or canvas.words.teacher.capitalize()
        if behind:
            footer = PRACTICE_WORDS[canvas.look.language].behind
        draw_teacher_card(
            canvas,
            rect,
            view.teacher,
            view.teacher_framing,
            teacher_parts(parts, teacher_mirrored=view.teacher_mirrored),
            flipped=_flipped(view),
            footer=footer,
            behind=behind,
        )

    def _next_pose(self, layout: PracticeLayout, view: PracticeView) -> None:
        """A small card beside the teacher's: what comes next."""
        canvas, card = self._canvas, view.tools.card
        assert card is not None
        rect = pygame.Rect(0, layout.teacher.y, canvas.px(_CARD[0]), canvas.text_px(_CARD[1], 0.2))
        gap_px = canvas.px(canvas.theme.gap)
        if layout.teacher.centerx > layout.stage.centerx:
            rect.right = layout.teacher.x - gap_px
        else:
            rect.x = layout.teacher.right + gap_px
        draw_teacher_card(
            canvas,
            rect,
            card.pose,
            card.framing,
            card.limbs,
            flipped=_flipped(view),
            footer=PRACTICE_WORDS[canvas.look.language].next_pose,
            behind=view.tools.teacher_side is TeacherSide.BEHIND,
        )

    def _delay(self, view: PracticeView) -> str:
        return PRACTICE_WORDS[self._canvas.look.language].delay.format(seconds=f"{view.tools.delay_s:g}")

    def _leave(self, view: PracticeView) -> str | None:
        """Where quitting leads, if that is not out of the program."""
        return PRACTICE_WORDS[self._canvas.look.language].home if view.tools.home_waits else None

    def _switched_on(self, view: PracticeView) -> tuple[str, ...]:
        """What was switched on and cannot be seen otherwise."""
        words, tools = PRACTICE_WORDS[self._canvas.look.language], view.tools
        found = []
        if tools.delay_s > 0:
            found.append(self._delay(view))
        if tools.metronome_on:
            found.append(words.metronome)
        if tools.stage is not Stage.GUIDE:
            found.append(words.stage.format(stage=words.stages[tools.stage]))
        return tuple(found)

    def _over_everything(self, layout: PracticeLayout, place: PicturePlace, view: PracticeView) -> None:
        canvas = self._canvas
        if view.help_shown:
            draw_help(canvas, leave=self._leave(view))
            return
        if view.countdown is not None:
            draw_countdown(canvas, layout.stage, view.countdown)
        self._gesture(layout.stage, place, view)

    def _gesture(self, stage: pygame.Rect, place: PicturePlace, view: PracticeView) -> None:
        pose = view.state.pose if view.state is not None else None
        draw_gesture_ring(self._canvas, stage, place, pose, view.tools.gesture, view.tools.gesture_label)


def _flipped(view: PracticeView) -> bool:
    """Seen from behind, the teacher's right is at the right, whatever the student's own picture shows."""
    mirrored = view.mirrored or view.tools.teacher_side is TeacherSide.BEHIND
    return mirrored != view.teacher_mirrored


def _seen(view: PracticeView) -> float | None:
    return view.state.seen if view.state is not None else None
