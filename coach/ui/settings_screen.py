"""The settings: groups at one side, the chosen group's settings at the other, and one sentence on the chosen one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import pygame

from coach.gestures.gesture import Gesture, GestureAction
from coach.settings.ui import UiSettings
from coach.ui.canvas import Align, Canvas
from coach.ui.commands import Command
from coach.ui.foot_line import draw_foot
from coach.ui.layout import across
from coach.ui.look import Look
from coach.ui.menu_parts import draw_button, draw_lines, draw_plate, head_and_foot
from coach.ui.preview_pane import NO_PREVIEW, PreviewPane, PreviewView
from coach.ui.settings_table import GROUPS
from coach.ui.theme import Role
from coach.ui.words_settings import SETTINGS_WORDS

_SIDE_WIDTH = 250.0
_HEAD, _FOOT = 60.0, 66.0
_BUTTON, _ROW = 50.0, 64.0
_HINT = 48.0
_ARROW = 30.0
_DOT = 15.0
_VALUE_SHARE = 0.52
_MAX_HINT_LINES = 2
_PICTURE_RATIO = 0.62
_MIN_PICTURE = 70.0
_SIZES = (Role.TITLE, Role.STRONG, Role.LABEL, Role.SMALL)

BACK: Final = "back"
"""What is chosen when the way back is."""


@dataclass(frozen=True)
class SettingRow:
    """One setting as it is now.

    Attributes
    ----------
    value : str
        In words.
    on : bool or None
        For what is only on or off.
    """

    field: str
    value: str
    on: bool | None = None


@dataclass(frozen=True)
class SettingsView:
    """The settings as they are now.

    Attributes
    ----------
    rows : mapping
        By field.
    chosen : str
        A field, or `BACK`.
    group_key : str
        The group whose settings are shown.
    preview : PreviewView
        The camera's picture, for who chooses by gestures.
    bindings : mapping
        The gestures that are obeyed here.
    """

    rows: dict[str, SettingRow]
    chosen: str
    group_key: str
    preview: PreviewView = NO_PREVIEW
    bindings: Mapping[Gesture, GestureAction] = field(default_factory=dict)


@dataclass(frozen=True)
class SettingsHit:
    """What lies under the mouse.

    Attributes
    ----------
    chosen : str
        A field, or `BACK`.
    step : int
        What a click changes: 1 the next value, -1 the one before, 0 nothing (a group's name, the way back).
    """

    chosen: str
    step: int = 0


class SettingsScreen:
    """Draws a `SettingsView`."""

    def __init__(self, settings: UiSettings, look: Look | None = None, language: str = "en") -> None:
        self._canvas = Canvas(settings, look, language)
        self._pane = PreviewPane()
        self._places: list[tuple[pygame.Rect, SettingsHit]] = []

    def use(self, look: Look) -> None:
        """Look like this from now on."""
        self._canvas.use(look)

    def hit(self, at: tuple[int, int]) -> SettingsHit | None:
        """What lies at a place of the window, as drawn last."""
        return next((hit for rect, hit in self._places if rect.collidepoint(at)), None)

    def draw(self, surface: pygame.Surface, view: SettingsView) -> None:
        """Draw the settings."""
        canvas = self._canvas
        canvas.begin(surface)
        surface.fill(canvas.theme.ink)
        self._places = []
        words = SETTINGS_WORDS[canvas.look.language]
        width_px = canvas.size_px[0]
        margin_px, gap_px = canvas.px(canvas.theme.margin), canvas.px(canvas.theme.gap)
        head, foot = head_and_foot(canvas, canvas.text_px(_HEAD, 0.4), canvas.text_px(_FOOT, 0.5))
        side_px = min(canvas.text_px(_SIDE_WIDTH, 0.4), width_px // 3)
        side = pygame.Rect(margin_px, head.bottom, side_px, foot.y - head.bottom)
        main = pygame.Rect(side.right + 2 * gap_px, side.y, 0, side.height)
        main.width = width_px - margin_px - main.x
        if canvas.look.left_handed:
            side, main = across(side, width_px), across(main, width_px)
        canvas.text(words.heading, (head.x, head.centery), Role.DISPLAY, max_width_px=head.width)
        self._groups(side, view)
        self._rows(main, view)
        key = canvas.language.key
        hints = (
            (f"{key(Command.UP)} {key(Command.DOWN)}", words.choose),
            (f"{key(Command.LEFT)} {key(Command.RIGHT)}", words.change),
            (key(Command.BACK), words.back.lower()),
        )
        draw_foot(canvas, foot, hints, view.bindings, columns=(main, side))

    def _groups(self, side: pygame.Rect, view: SettingsView) -> None:
        canvas = self._canvas
        words = SETTINGS_WORDS[canvas.look.language]
        button_px, gap_px = canvas.text_px(_BUTTON, 0.7), canvas.px(canvas.theme.gap) // 2
        for index, group in enumerate(GROUPS):
            rect = pygame.Rect(side.x, side.y + index * (button_px + gap_px), side.width, button_px)
            draw_button(canvas, rect, words.groups[group.key], chosen=False, current=group.key == view.group_key)
            self._places.append((rect, SettingsHit(group.settings[0].field)))
        last_px = rect.bottom
        rect = pygame.Rect(side.x, side.bottom - button_px - gap_px, side.width, button_px)
        draw_button(canvas, rect, words.back, chosen=view.chosen == BACK)
        self._places.append((rect, SettingsHit(BACK)))
        picture = pygame.Rect(side.x, last_px + 2 * gap_px, side.width, rect.y - last_px - 4 * gap_px)
        picture.height = min(picture.height, round(picture.width * _PICTURE_RATIO))
        if view.preview.bgr is not None and picture.height >= canvas.px(_MIN_PICTURE):
            self._pane.draw(canvas, picture, view.preview, "")

    def _rows(self, main: pygame.Rect, view: SettingsView) -> None:
        canvas = self._canvas
        words = SETTINGS_WORDS[canvas.look.language]
        row_px, gap_px = canvas.text_px(_ROW, 0.6), canvas.px(canvas.theme.gap) // 2
        top_px = main.y
        for setting in next(group.settings for group in GROUPS if group.key == view.group_key):
            rect = pygame.Rect(main.x, top_px, main.width, row_px)
            self._row(rect, view.rows[setting.field], chosen=setting.field == view.chosen)
            top_px += row_px + gap_px
        if view.chosen == BACK:
            return
        hint = pygame.Rect(main.x, top_px, main.width, canvas.text_px(_HINT))
        lines = canvas.lines(words.hints[view.chosen], Role.BODY, hint.width, _MAX_HINT_LINES)
        draw_lines(canvas, lines, (hint.x + canvas.px(canvas.theme.padding), hint.centery), Role.BODY,
                   canvas.theme.text_dim)  # fmt: skip

    def _row(self, rect: pygame.Rect, row: SettingRow, *, chosen: bool) -> None:
        """Name at the left, value at the right; the chosen one has arrows round its value."""
        canvas, theme = self._canvas, self._canvas.theme
        words = SETTINGS_WORDS[canvas.look.language]
        draw_plate(canvas, rect, chosen=chosen)
        padding_px, arrow_px = canvas.px(theme.padding), canvas.px(_ARROW)
        value = pygame.Rect(0, rect.y, round(rect.width * _VALUE_SHARE), rect.height)
        value.right = rect.right - padding_px // 2
        label_px = value.x - rect.x - padding_px
        label = words.labels[row.field]
        role = canvas.fitting(label, _SIZES, label_px)
        canvas.text(label, (rect.x + padding_px, rect.centery), role, theme.text, Align.LEFT, label_px)
        back = pygame.Rect(value.x, rect.y, arrow_px, rect.height)
        forward = pygame.Rect(value.right - arrow_px, rect.y, arrow_px, rect.height)
        if chosen:
            canvas.text("‹", back.center, Role.DISPLAY, theme.focus, Align.CENTRE)
            canvas.text("›", forward.center, Role.DISPLAY, theme.focus, Align.CENTRE)
        self._value(value.inflate(-2 * arrow_px, 0), row)
        self._places.append((back, SettingsHit(row.field, -1)))
        self._places.append((rect, SettingsHit(row.field, 1)))

    def _value(self, rect: pygame.Rect, row: SettingRow) -> None:
        """On is a full disc, off is a ring, and both are said in words."""
        canvas, theme = self._canvas, self._canvas.theme
        if row.on is None:
            role = canvas.fitting(row.value, _SIZES, rect.width)
            canvas.text(row.value, rect.center, role, theme.text, Align.CENTRE, rect.width)
            return
        dot_px, gap_px = canvas.text_px(_DOT), canvas.px(theme.gap)
        whole_px = dot_px + gap_px + canvas.text_width_px(row.value, Role.TITLE)
        centre = (rect.centerx - whole_px // 2 + dot_px // 2, rect.centery)
        if row.on:
            canvas.disc(centre, dot_px, theme.good)
        else:
            canvas.ring(centre, dot_px, canvas.px(2.5), theme.unseen)
        colour = theme.text if row.on else theme.text_dim
        canvas.text(row.value, (centre[0] + dot_px // 2 + gap_px, rect.centery), Role.TITLE, colour)
