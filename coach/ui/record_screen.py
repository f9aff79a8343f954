"""Recording a reference: the teacher as in a mirror, where to stand, and whether it is running."""

from __future__ import annotations

import pygame

from coach.clock import clock_text
from coach.settings.ui import UiSettings
from coach.ui.canvas import Align, Canvas
from coach.ui.caption import CoachLine, Tone, draw_coach_line
from coach.ui.commands import Command
from coach.ui.countdown import draw_countdown
from coach.ui.layout import PracticeLayout
from coach.ui.look import Look
from coach.ui.picture import PictureView
from coach.ui.skeleton_overlay import draw_skeleton
from coach.ui.status_row import draw_notices, draw_status
from coach.ui.theme import Role
from coach.ui.view import RecordView

_DOT = 20.0
_BAR = 16.0
_TIME_WIDTH = 112.0


class RecordScreen:
    """Draws a `RecordView`."""

    def __init__(self, settings: UiSettings, look: Look | None = None, language: str = "en") -> None:
        self._canvas = Canvas(settings, look, language)
        self._picture = PictureView()

    def draw(self, surface: pygame.Surface, view: RecordView) -> None:
        """Draw one moment."""
        canvas = self._canvas
        canvas.begin(surface)
        layout = PracticeLayout.of(canvas)
        place = self._picture.draw(canvas, layout.stage, view.bgr, mirrored=view.mirrored, now_s=view.now_s)
        if view.pose is not None and view.bgr is not None:
            draw_skeleton(canvas, place, view.pose, (), judged=False)
        self._name(layout.title, view)
        self._recording(layout.chip, view)
        self._facts(layout.score, view)
        tone = Tone.PRAISE if view.framing_ok else Tone.GUIDE
        said = view.framing or (self._all_well(view) if view.framing_ok else "")
        draw_coach_line(canvas, layout.coach_line, CoachLine(said, tone) if said else None)
        self._elapsed(layout.progress, view)
        draw_status(canvas, layout.status, view.status, keys=self._keys())
        draw_notices(canvas, layout.notices, view.notices)
        if view.countdown is not None:
            draw_countdown(canvas, layout.stage, view.countdown)

    def _all_well(self, view: RecordView) -> str:
        words = self._canvas.words
        if view.recording or view.countdown is not None:
            return words.well_seen
        return words.ready_to_record.format(key=self._canvas.language.key(Command.PAUSE))

    def _keys(self) -> tuple[tuple[Command, str], ...]:
        words = self._canvas.words
        return (Command.PAUSE, words.start_stop), (Command.MIRROR, words.mirror), (Command.QUIT, words.give_up)

    def _name(self, rect: pygame.Rect, view: RecordView) -> None:
        canvas, theme = self._canvas, self._canvas.theme
        canvas.panel(rect)
        padding_px = canvas.px(theme.padding)
        room_px = rect.width - 2 * padding_px
        left_px = rect.x + padding_px
        if rect.height < canvas.line_height_px(Role.TITLE) + canvas.line_height_px(Role.LABEL):
            canvas.text(view.name, (left_px, rect.centery), Role.TITLE, max_width_px=room_px)
            return
        canvas.text(view.name, (left_px, rect.y + rect.height // 3), Role.TITLE, max_width_px=room_px)
        what = canvas.words.further_take if view.is_take else canvas.words.new_reference
        canvas.text(what, (left_px, rect.bottom - rect.height // 4), Role.LABEL, theme.text_dim, max_width_px=room_px)

    def _recording(self, rect: pygame.Rect, view: RecordView) -> None:
        canvas, theme = self._canvas, self._canvas.theme
        canvas.bar(rect, theme.panel, theme.panel_opacity)
        centre = (rect.x + rect.height // 2, rect.centery)
        dot_px = canvas.px(_DOT)
        if view.recording:
            canvas.disc(centre, dot_px, theme.record)
        else:
            canvas.ring(centre, dot_px, canvas.px(3), theme.unseen)
        left = (centre[0] + dot_px // 2 + canvas.px(theme.gap), rect.centery)
        words = canvas.words.recording if view.recording else canvas.words.not_recording
        room_px = rect.right - rect.height // 2 - left[0]
        role = canvas.fitting(words, (Role.STRONG, Role.LABEL, Role.SMALL), room_px)
        canvas.text(words, left, role, None, Align.LEFT, room_px)

    def _facts(self, rect: pygame.Rect, view: RecordView) -> None:
        canvas, theme = self._canvas, self._canvas.theme
        canvas.panel(rect)
        padding_px = canvas.px(theme.padding)
        left_px, room_px = rect.x + padding_px, rect.width - 2 * padding_px
        words = canvas.words
        facts = ((words.music, view.music_text or words.none), (words.disk, view.disk_text or "-"))
        low = rect.height < 2 * (canvas.line_height_px(Role.SMALL) + canvas.line_height_px(Role.STRONG))
        for row, (label, value) in enumerate(facts):
            if low:
                y = rect.y + round(rect.height * (0.27 + 0.46 * row))
                place = canvas.text(label, (left_px, y), Role.SMALL, theme.text_dim)
                value_px = place.right + canvas.px(theme.gap)
                canvas.text(value, (rect.right - padding_px, y), Role.LABEL, None, Align.RIGHT,
                            rect.right - padding_px - value_px)  # fmt: skip
                continue
            y = rect.y + round(rect.height * (0.18 + 0.43 * row))
            canvas.text(label, (left_px, y), Role.SMALL, theme.text_dim)
            canvas.text(value, (left_px, y + round(rect.height * 0.19)), Role.STRONG, max_width_px=room_px)

    def _elapsed(self, rect: pygame.Rect, view: RecordView) -> None:
        canvas, theme = self._canvas, self._canvas.theme
        bar_px = canvas.px(_BAR)
        track = pygame.Rect(rect.x, rect.bottom - bar_px - canvas.px(4), rect.width, bar_px)
        if view.limit_s is not None:
            track.width -= canvas.text_px(_TIME_WIDTH)
            canvas.bar(track, theme.raised)
            shown = track.copy()
            shown.width = round(track.width * min(1.0, view.elapsed_s / max(view.limit_s, 1e-6)))
            canvas.bar(track, theme.record, shown=shown)
            limit = canvas.text(f" / {clock_text(view.limit_s)}", (rect.right, track.centery), Role.BODY,
                                theme.text_dim, Align.RIGHT)  # fmt: skip
            canvas.text(clock_text(view.elapsed_s), (limit.x, track.centery), Role.STRONG, align=Align.RIGHT)
        else:
            canvas.text(clock_text(view.elapsed_s), track.center, Role.DISPLAY, align=Align.CENTRE)
