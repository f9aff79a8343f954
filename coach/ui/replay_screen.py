"""The replay: the student's picture with its overlay, the teacher beside, and a bar to go anywhere."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pygame

from coach.clock import clock_text
from coach.settings.ui import UiSettings
from coach.ui.canvas import Align, Canvas
from coach.ui.commands import Command
from coach.ui.foot_line import draw_foot, foot_height_px
from coach.ui.heat_bar import draw_number_mark
from coach.ui.layout import across
from coach.ui.look import Look
from coach.ui.menu_parts import draw_button, draw_filled_bar
from coach.ui.picture import PictureView
from coach.ui.preview_pane import PreviewPane
from coach.ui.replay_view import ReplayItem, ReplayView
from coach.ui.skeleton_overlay import draw_skeleton, emphasised_parts
from coach.ui.teacher_overlay import draw_teacher_card, teacher_parts
from coach.ui.theme import Role
from coach.ui.words_result import RESULT_WORDS, ResultWords
from coach.ui.work_cards import card_rects

_TEACHER_WIDTH = 240.0
_CAMERA_SHARE = 0.3
_LINE, _BAR_ROW, _BUTTON = 46.0, 44.0, 46.0
_BAR, _KNOB, _MARK = 12.0, 22.0, 20.0

GROUPS_COUNT = 4
"""The page comes in so many groups: picture, bodies, line and bar, buttons."""


@dataclass(frozen=True)
class ReplayLayout:
    """Rectangles in pixels."""

    stage: pygame.Rect
    teacher: pygame.Rect
    camera: pygame.Rect
    line: pygame.Rect
    bar: pygame.Rect
    buttons: pygame.Rect
    foot: pygame.Rect

    @classmethod
    def of(cls, canvas: Canvas, *, gestures: bool) -> ReplayLayout:
        """For the canvas's present size and look, with room for gestures where they are read."""
        width_px, height_px = canvas.size_px
        margin_px, gap_px = canvas.px(canvas.theme.margin), canvas.px(canvas.theme.gap)
        inner_px = width_px - 2 * margin_px
        foot_px, button_px = foot_height_px(canvas, gestures=gestures), canvas.text_px(_BUTTON, 0.7)
        foot = pygame.Rect(margin_px, height_px - foot_px, inner_px, foot_px)
        buttons = pygame.Rect(margin_px, foot.y - button_px, inner_px, button_px)
        bar_px, line_px = canvas.text_px(_BAR_ROW, 0.5), canvas.text_px(_LINE, 0.5)
        bar = pygame.Rect(margin_px, buttons.y - bar_px - gap_px // 2, inner_px, bar_px)
        line = pygame.Rect(margin_px, bar.y - line_px, inner_px, line_px)
        side_px = min(canvas.px(_TEACHER_WIDTH), width_px // 3)
        stage = pygame.Rect(margin_px, margin_px, inner_px - side_px - gap_px, line.y - margin_px)
        side = pygame.Rect(stage.right + gap_px, margin_px, side_px, stage.height)
        camera_px = round(_CAMERA_SHARE * side.height)
        teacher = pygame.Rect(side.x, side.y, side.width, side.height - camera_px - gap_px)
        camera = pygame.Rect(side.x, teacher.bottom + gap_px, side.width, camera_px)
        layout = cls(stage, teacher, camera, line, bar, buttons, foot)
        if not canvas.look.left_handed:
            return layout
        stage, teacher, camera = (across(rect, width_px) for rect in (stage, teacher, camera))
        return replace(layout, stage=stage, teacher=teacher, camera=camera)


class ReplayScreen:
    """Draws a `ReplayView`."""

    def __init__(self, settings: UiSettings, look: Look | None = None) -> None:
        self._canvas = Canvas(settings, look)
        self._picture, self._camera = PictureView(), PreviewPane()
        self._places: list[tuple[ReplayItem, pygame.Rect]] = []
        self._bar = pygame.Rect(0, 0, 0, 0)

    def use(self, look: Look) -> None:
        """Look like this from now on."""
        self._canvas.use(look)

    def hit(self, at: tuple[int, int]) -> ReplayItem | None:
        """The button at a place of the window, as drawn last."""
        return next((item for item, rect in self._places if rect.collidepoint(at)), None)

    def share_at(self, at: tuple[int, int]) -> float | None:
        """Which share of the run is meant by a place on the bar; None beside it."""
        if not self._bar.collidepoint(at) or self._bar.width <= 0:
            return None
        track = self._track(self._bar)
        return min(max((at[0] - track.x) / max(track.width, 1), 0.0), 1.0)

    def draw(self, surface: pygame.Surface, view: ReplayView, groups_count: int = GROUPS_COUNT) -> None:
        """Draw one moment, or only its first groups of parts: all that is new on one picture would be a hitch."""
        canvas = self._canvas
        canvas.begin(surface)
        layout = ReplayLayout.of(canvas, gestures=bool(view.bindings))
        words = RESULT_WORDS[canvas.look.language]
        place = self._picture.draw(canvas, layout.stage, view.bgr, mirrored=True, now_s=view.now_s)
        if view.pose is not None:
            draw_skeleton(canvas, place, view.pose, view.joints, judged=view.judged)
        if groups_count > 1:
            self._teacher(layout.teacher, view, words)
            self._camera.draw(canvas, layout.camera, view.preview, words.no_picture)
        if groups_count > 2:
            self._line(layout.line, view, words)
            self._draw_bar(layout.bar, view)
        if groups_count >= GROUPS_COUNT:
            self._buttons(layout.buttons, view, words)
            self._foot(layout.foot, view, words)

    def _teacher(self, rect: pygame.Rect, view: ReplayView, words: ResultWords) -> None:
        canvas = self._canvas
        limit = canvas.settings.body.emphasised_limbs_count
        parts = emphasised_parts(view.joints, limit) if view.judged else ()
        draw_teacher_card(
            canvas,
            rect,
            view.teacher,
            view.teacher_framing,
            teacher_parts(parts, teacher_mirrored=view.teacher_mirrored),
            flipped=not view.teacher_mirrored,
            footer=view.teacher_name or words.teacher,
        )

    def _line(self, rect: pygame.Rect, view: ReplayView, words: ResultWords) -> None:
        """What is to be seen here, over the picture's own blurred ground: on a panel."""
        canvas, theme = self._canvas, self._canvas.theme
        panel = rect.inflate(0, -canvas.px(8))
        canvas.panel(panel)
        padding_px = canvas.px(theme.padding)
        at = clock_text(view.reference_s) if view.reference_s is not None else ""
        place = canvas.text(at, (panel.right - padding_px, panel.centery), Role.STRONG, theme.text, Align.RIGHT)
        text, left_px = view.title, panel.x + padding_px
        if view.moment is not None:
            mark_px = canvas.text_px(_MARK, 0.5)
            draw_number_mark(canvas, (left_px + mark_px // 2, panel.centery), mark_px, view.moments[view.moment].number)
            left_px += mark_px + canvas.px(theme.gap)
            text = view.moments[view.moment].text
        room_px = place.x - canvas.px(theme.gap) - left_px
        if view.moment is None:
            note = words.memory_only
            beside_px = room_px - canvas.text_width_px(text, Role.TITLE) - 2 * canvas.px(theme.gap)
            if canvas.text_width_px(note, Role.LABEL) <= beside_px:
                at_px = (left_px + room_px, panel.centery)
                canvas.text(note, at_px, Role.LABEL, theme.text_dim, Align.RIGHT)
                room_px = beside_px + canvas.text_width_px(note, Role.LABEL)
        role = canvas.fitting(text, (Role.TITLE, Role.STRONG, Role.LABEL, Role.SMALL), room_px)
        canvas.text(text, (left_px, panel.centery), role, theme.text, Align.LEFT, room_px)

    def _track(self, rect: pygame.Rect) -> pygame.Rect:
        canvas = self._canvas
        track = pygame.Rect(rect.x + canvas.px(canvas.theme.padding), 0, 0, canvas.px(_BAR))
        track.width = rect.width - 2 * canvas.px(canvas.theme.padding)
        track.centery = rect.centery
        return track

    def _draw_bar(self, rect: pygame.Rect, view: ReplayView) -> None:
        canvas, theme = self._canvas, self._canvas.theme
        self._bar = rect
        canvas.panel(rect)
        track = self._track(rect)
        length_s = max(view.end_s - view.start_s, 1e-6)

        def x(time_s: float) -> int:
            return track.x + round(track.width * min(max((time_s - view.start_s) / length_s, 0.0), 1.0))

        draw_filled_bar(canvas, track, (view.time_s - view.start_s) / length_s)
        for moment in view.moments:
            draw_number_mark(canvas, (x(moment.time_s), track.centery), canvas.text_px(_MARK, 0.5), moment.number)
        knob = (x(view.time_s), track.centery)
        canvas.disc(knob, canvas.px(_KNOB), theme.ink)
        canvas.disc(knob, canvas.px(_KNOB - 6), theme.focus)

    def _buttons(self, rect: pygame.Rect, view: ReplayView, words: ResultWords) -> None:
        texts = {
            ReplayItem.PLAY: words.pause if view.playing else words.play,
            ReplayItem.SPEED: words.slower.format(tempo=round(view.speed_percent)),
            ReplayItem.NEXT_MOMENT: words.next_moment,
            ReplayItem.BACK: words.back,
        }
        self._places = []
        for item, place in zip(view.items, card_rects(self._canvas, rect, len(view.items)), strict=True):
            draw_button(self._canvas, place, texts[item], chosen=view.chosen is item)
            self._places.append((item, place))

    def _foot(self, rect: pygame.Rect, view: ReplayView, words: ResultWords) -> None:
        key = self._canvas.language.key
        hints = (
            (f"{key(Command.LEFT)} {key(Command.RIGHT)}", words.seek),
            (f"{key(Command.UP)} {key(Command.DOWN)}", words.choose),
            (key(Command.BACK), words.back.lower()),
        )
        draw_foot(self._canvas, rect, hints, view.bindings)
