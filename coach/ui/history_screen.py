"""What was danced so far: the references at one side, the curve and the latest runs of one of them beside."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pygame

from coach.settings.ui import UiSettings
from coach.ui.canvas import Align, Canvas
from coach.ui.commands import Command
from coach.ui.foot_line import draw_foot, foot_height_px
from coach.ui.history_view import BACK, DanceHistory, HistoryView, RunRow
from coach.ui.layout import across
from coach.ui.look import Look
from coach.ui.menu_parts import FOCUS_WIDTH, draw_button, draw_filled_bar, draw_lines, head_and_foot
from coach.ui.preview_pane import PreviewPane
from coach.ui.result_charts import draw_curve, draw_head
from coach.ui.theme import Role
from coach.ui.words_result import RESULT_WORDS, ResultWords

_HEAD = 58.0
_SIDE_WIDTH = 330.0
_DANCE, _BUTTON = 62.0, 46.0
_CAMERA_RATIO = 0.56
_CURVE_SHARE = 0.48
_ROW = 34.0


@dataclass(frozen=True)
class HistoryLayout:
    """Rectangles in pixels."""

    head: pygame.Rect
    dances: pygame.Rect
    back: pygame.Rect
    camera: pygame.Rect
    curve: pygame.Rect
    runs: pygame.Rect
    foot: pygame.Rect

    @classmethod
    def of(cls, canvas: Canvas, *, gestures: bool) -> HistoryLayout:
        """For the canvas's present size and look, with room for gestures where they are read."""
        width_px = canvas.size_px[0]
        margin_px, gap_px = canvas.px(canvas.theme.margin), canvas.px(canvas.theme.gap)
        head, foot = head_and_foot(canvas, canvas.text_px(_HEAD, 0.4), foot_height_px(canvas, gestures=gestures))
        inner_px = head.width
        side_px = min(canvas.text_px(_SIDE_WIDTH, 0.25), width_px * 2 // 5)
        button_px = canvas.text_px(_BUTTON, 0.7)
        back = pygame.Rect(margin_px, foot.y - button_px, side_px, button_px)
        camera_px = min(round(side_px * _CAMERA_RATIO), (back.y - head.bottom) // 3)
        camera = pygame.Rect(margin_px, back.y - gap_px - camera_px, side_px, camera_px)
        dances = pygame.Rect(margin_px, head.bottom, side_px, camera.y - gap_px - head.bottom)
        main = pygame.Rect(back.right + gap_px, head.bottom, inner_px - side_px - gap_px, foot.y - head.bottom)
        curve = pygame.Rect(main.x, main.y, main.width, round(_CURVE_SHARE * main.height))
        runs = pygame.Rect(main.x, curve.bottom + gap_px, main.width, main.bottom - curve.bottom - gap_px)
        layout = cls(head, dances, back, camera, curve, runs, foot)
        if not canvas.look.left_handed:
            return layout
        dances, back, camera, curve, runs = (
            across(rect, width_px) for rect in (dances, back, camera, curve, runs)
        )  # fmt: skip
        return replace(layout, dances=dances, back=back, camera=camera, curve=curve, runs=runs)


class HistoryScreen:
    """Draws a `HistoryView`."""

    def __init__(self, settings: UiSettings, look: Look | None = None) -> None:
        self._canvas = Canvas(settings, look)
        self._camera = PreviewPane()
        self._places: list[tuple[str, pygame.Rect]] = []

    def use(self, look: Look) -> None:
        """Look like this from now on."""
        self._canvas.use(look)

    def hit(self, at: tuple[int, int]) -> str | None:
        """What lies at a place of the window, as drawn last."""
        return next((name for name, rect in self._places if rect.collidepoint(at)), None)

    def draw(self, surface: pygame.Surface, view: HistoryView) -> None:
        """Draw one moment."""
        canvas = self._canvas
        canvas.begin(surface)
        surface.fill(canvas.theme.ink)
        layout, words = HistoryLayout.of(canvas, gestures=bool(view.bindings)), RESULT_WORDS[canvas.look.language]
        self._places = []
        room_px = layout.head.width
        role = canvas.fitting(words.history, (Role.DISPLAY, Role.TITLE), room_px)
        canvas.text(words.history, (layout.head.x, layout.head.centery), role, None, Align.LEFT, room_px)
        self._dances(layout.dances, view, words)
        draw_button(canvas, layout.back, words.back, chosen=view.chosen == BACK)
        self._places.append((BACK, layout.back))
        shown = next((dance for dance in view.dances or () if dance.name == view.shown), None)
        if shown is not None:
            draw_curve(canvas, layout.curve, shown.curve, shown.best, words)
            self._runs(layout.runs, shown, words)
        elif view.dances is not None:
            whole = layout.curve.union(layout.runs)
            canvas.panel(whole, opacity=1.0)
            room_px = whole.width - 4 * canvas.px(canvas.theme.padding)
            lines = canvas.lines(words.no_history, Role.TITLE, room_px, 4)
            draw_lines(canvas, lines, whole.center, Role.TITLE, canvas.theme.text_dim, Align.CENTRE, room_px)
        self._foot(layout.foot, view, words)
        self._camera.draw(canvas, layout.camera, view.preview, words.no_picture)

    def _dances(self, area: pygame.Rect, view: HistoryView, words: ResultWords) -> None:
        """As many as there is room for, the chosen one among them."""
        canvas, dances = self._canvas, view.dances or ()
        row_px, gap_px = canvas.text_px(_DANCE, 0.7), canvas.px(canvas.theme.gap) // 2
        room = max(1, (area.height + gap_px) // (row_px + gap_px))
        names = [dance.name for dance in dances]
        at = names.index(view.shown) if view.shown in names else 0
        first = min(max(at - room // 2, 0), max(len(dances) - room, 0))
        rect = pygame.Rect(area.x, area.y, area.width, row_px)
        for dance in dances[first : first + room]:
            self._dance(rect, dance, view, words)
            self._places.append((dance.name, rect))
            rect = rect.move(0, row_px + gap_px)

    def _dance(self, rect: pygame.Rect, dance: DanceHistory, view: HistoryView, words: ResultWords) -> None:
        canvas, theme = self._canvas, self._canvas.theme
        chosen = view.chosen == dance.name
        canvas.panel(rect, theme.raised if chosen or view.shown == dance.name else theme.panel, 1.0)
        if chosen:
            canvas.outline(rect, theme.focus, FOCUS_WIDTH)
        padding_px = canvas.px(theme.padding)
        left_px, room_px = rect.x + padding_px, rect.width - 2 * padding_px
        y = rect.y + round(0.32 * rect.height)
        role = canvas.fitting(dance.title, (Role.STRONG, Role.LABEL), room_px)
        canvas.text(dance.title, (left_px, y), role, theme.text, Align.LEFT, room_px)
        pieces = [words.runs.format(count=dance.runs_count)]
        if dance.best is not None:
            pieces.append(words.best.format(score=f"{dance.best:.0f}"))
        y = rect.y + round(0.7 * rect.height)
        canvas.text(", ".join(pieces), (left_px, y), Role.LABEL, theme.text_dim, Align.LEFT, room_px)

    def _runs(self, rect: pygame.Rect, dance: DanceHistory, words: ResultWords) -> None:
        canvas = self._canvas
        inner = draw_head(canvas, rect, words.last_runs)
        row_px = canvas.text_px(_ROW, 0.8)
        for index, run in enumerate(dance.runs[: max(0, inner.height // row_px)]):
            self._run(pygame.Rect(inner.x, inner.y + index * row_px, inner.width, row_px), run)

    def _run(self, row: pygame.Rect, run: RunRow) -> None:
        """When, what, and the score as a number with its bar."""
        canvas, theme = self._canvas, self._canvas.theme
        gap_px, y = canvas.px(theme.gap), row.centery
        number = "-" if run.score is None else f"{run.score:.0f}"
        number_px = canvas.text_width_px("100", Role.STRONG)
        canvas.text(number, (row.right, y), Role.STRONG, theme.text, Align.RIGHT)
        track = pygame.Rect(0, 0, row.width // 5, canvas.px(8))
        track.midright = (row.right - number_px - gap_px, y)
        draw_filled_bar(canvas, track, (run.score or 0.0) / 100.0)
        room_px = track.x - gap_px - row.x
        role = canvas.fitting(run.when, (Role.BODY, Role.LABEL, Role.SMALL), room_px)
        place = canvas.text(run.when, (row.x, y), role, theme.text, Align.LEFT, room_px)
        left_px = place.right + 2 * gap_px
        room_px = track.x - gap_px - left_px
        role = canvas.fitting(run.what, (Role.LABEL, Role.SMALL), room_px)
        if canvas.text_width_px(run.what, role) <= room_px:
            canvas.text(run.what, (left_px, y), role, theme.text_dim)

    def _foot(self, rect: pygame.Rect, view: HistoryView, words: ResultWords) -> None:
        key = self._canvas.language.key
        hints = (
            (f"{key(Command.UP)} {key(Command.DOWN)}", words.choose),
            (key(Command.CONFIRM), words.dance.lower()),
            (key(Command.BACK), words.back.lower()),
        )
        draw_foot(self._canvas, rect, hints, view.bindings, view.notices)
