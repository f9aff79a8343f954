"""One question beside the camera's picture: what to do, and what can be chosen; for checks that are gone through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pygame

from coach.gestures.gesture import Gesture, GestureAction
from coach.settings.ui import UiSettings
from coach.ui.canvas import Align, Canvas
from coach.ui.commands import Command
from coach.ui.foot_line import draw_foot
from coach.ui.layout import across
from coach.ui.look import Look
from coach.ui.menu_parts import draw_button, draw_lines, head_and_foot
from coach.ui.picture import PicturePlace
from coach.ui.preview_pane import PreviewPane, PreviewView
from coach.ui.theme import Rgb, Role
from coach.ui.words_check import CHECK_WORDS

_HEAD, _FOOT = 60.0, 66.0
_BUTTON = 48.0
_DOT = 12.0
_PANEL_SHARE = 0.42
_MOST_LINES = 12
_SIZES = (
    (Role.TITLE, Role.DISPLAY), (Role.TITLE, Role.TITLE), (Role.BODY, Role.TITLE), (Role.BODY, Role.STRONG),
    (Role.LABEL, Role.LABEL), (Role.SMALL, Role.SMALL),
)  # fmt: skip
"""Of text and note, the largest first: whoever stands at the other end of the room has to read them."""
_NUMBER = 74.0
_ROW = 34.0


@dataclass(frozen=True)
class Option:
    """Something that can be chosen."""

    key: str
    text: str


@dataclass(frozen=True)
class Fact:
    """A line of a summary: ``good`` None for what was not looked at."""

    name: str
    text: str
    good: bool | None


@dataclass(frozen=True)
class Guided:
    """One step.

    Attributes
    ----------
    heading, title, text : str
    options : tuple of Option
    chosen : str
        Key of the option that confirming takes.
    step, steps_count : int
        From 0; dots show where this is. No dots for a count of 0.
    number : str
        A large figure, empty for none.
    note : str
        A sentence that matters: what went wrong, and what to do.
    facts : tuple of Fact
        A summary.
    bindings : mapping
        The gestures that are obeyed here.
    """

    heading: str
    title: str
    text: str
    options: tuple[Option, ...]
    chosen: str
    step: int = 0
    steps_count: int = 0
    number: str = ""
    note: str = ""
    note_good: bool = False
    facts: tuple[Fact, ...] = ()
    bindings: Mapping[Gesture, GestureAction] = field(default_factory=dict)


class GuidedPanel:
    """Draws a `Guided`, and says where the picture goes."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._places: list[tuple[pygame.Rect, str]] = []
        self.free = pygame.Rect(0, 0, 0, 0)
        """What is left empty between the words and the options."""

    def hit(self, at: tuple[int, int]) -> str | None:
        """Key of the option at a place of the window, as drawn last."""
        return next((key for rect, key in self._places if rect.collidepoint(at)), None)

    def draw(self, guided: Guided) -> pygame.Rect:
        """Draw everything but the picture; the place of that is returned."""
        canvas = self._canvas
        canvas.surface.fill(canvas.theme.ink)
        self._places = []
        width_px = canvas.size_px[0]
        margin_px, gap_px = canvas.px(canvas.theme.margin), canvas.px(canvas.theme.gap)
        head, foot = head_and_foot(canvas, canvas.text_px(_HEAD, 0.4), canvas.text_px(_FOOT, 0.5))
        panel = pygame.Rect(0, head.bottom, round(head.width * _PANEL_SHARE), foot.y - head.bottom)
        panel.right = width_px - margin_px
        picture = pygame.Rect(margin_px, head.bottom, panel.x - 2 * gap_px - margin_px, panel.height)
        if canvas.look.left_handed:
            panel, picture = across(panel, width_px), across(picture, width_px)
        self._head(head, guided)
        self._panel(panel, guided)
        self._foot(foot, (picture, panel), guided)
        return picture

    def _head(self, rect: pygame.Rect, guided: Guided) -> None:
        canvas, theme = self._canvas, self._canvas.theme
        dot_px, gap_px = canvas.px(_DOT), canvas.px(theme.gap)
        left_px = rect.right - guided.steps_count * (dot_px + gap_px)
        canvas.text(guided.heading, (rect.x, rect.centery), Role.DISPLAY, max_width_px=left_px - rect.x - gap_px)
        for index in range(guided.steps_count):
            centre = (left_px + gap_px + index * (dot_px + gap_px) + dot_px // 2, rect.centery)
            if index == guided.step:
                canvas.ring(centre, dot_px + canvas.px(8), canvas.px(2), theme.focus)
            if index <= guided.step:
                canvas.disc(centre, dot_px, theme.focus)
            else:
                canvas.ring(centre, dot_px, canvas.px(2), theme.unseen)

    def _panel(self, rect: pygame.Rect, guided: Guided) -> None:
        canvas, theme = self._canvas, self._canvas.theme
        canvas.panel(rect)
        inner = rect.inflate(-2 * canvas.px(theme.padding), -2 * canvas.px(theme.padding))
        end_px = self._options(inner, guided)
        title = self._title_role(guided, inner.width, end_px - inner.y)
        y = self._block(guided.title, title, theme.text, inner, inner.y)
        if guided.number:
            height_px = canvas.px(_NUMBER)
            canvas.text(guided.number, (inner.x, y + height_px // 2), Role.NUMBER, theme.text, Align.LEFT, inner.width)
            y += height_px
        y = self._facts(guided, inner, y)
        room_px = end_px - y
        text, note = next(
            (roles for roles in _SIZES if self._height_px(guided, roles, inner.width) <= room_px), (None, _SIZES[-1][1])
        )
        if text is not None:  # in the smallest window with the largest letters what matters more stays
            y = self._block(guided.text, text, theme.text_dim, inner, y)
        y = self._block(guided.note, note, theme.good if guided.note_good else theme.mistake, inner, y)
        self.free = pygame.Rect(inner.x, y, inner.width, max(0, end_px - y))

    def _title_role(self, guided: Guided, width_px: int, room_px: int) -> Role:
        """Large, unless that takes the room of what stands below."""
        canvas = self._canvas
        title_px = len(canvas.lines(guided.title, Role.DISPLAY, width_px, _MOST_LINES)) * canvas.line_height_px(
            Role.DISPLAY
        )
        below_px = self._height_px(guided, _SIZES[-1], width_px) + (canvas.px(_NUMBER) if guided.number else 0)
        fits = title_px + canvas.px(canvas.theme.gap) + below_px <= room_px
        return Role.DISPLAY if fits else Role.TITLE

    def _height_px(self, guided: Guided, roles: tuple[Role, Role], width_px: int) -> int:
        """Of text and note in these sizes."""
        canvas, height_px = self._canvas, 0
        for words, role in zip((guided.text, guided.note), roles, strict=True):
            if words:
                lines = canvas.lines(words, role, width_px, _MOST_LINES)
                height_px += len(lines) * canvas.line_height_px(role) + canvas.px(canvas.theme.gap)
        return height_px

    def _block(self, text: str, role: Role, colour: Rgb, inner: pygame.Rect, y: int) -> int:
        """Wrapped lines from ``y`` down; returns where they end."""
        canvas = self._canvas
        if not text:
            return y
        lines = canvas.lines(text, role, inner.width, _MOST_LINES)
        height_px = len(lines) * canvas.line_height_px(role)
        draw_lines(canvas, lines, (inner.x, y + height_px // 2), role, colour)
        return y + height_px + canvas.px(canvas.theme.gap)

    def _facts(self, guided: Guided, inner: pygame.Rect, y: int) -> int:
        canvas, theme = self._canvas, self._canvas.theme
        row_px, dot_px = canvas.text_px(_ROW, 0.7), canvas.px(_DOT)
        for fact in guided.facts:
            centre = (inner.x + dot_px // 2, y + row_px // 2)
            if fact.good is None:
                canvas.ring(centre, dot_px, canvas.px(2), theme.unseen)
            elif fact.good:
                canvas.disc(centre, dot_px, theme.good)
            else:
                canvas.diamond(centre, dot_px + canvas.px(3), theme.mistake)
            left_px = inner.x + dot_px + canvas.px(theme.gap)
            half_px = (inner.right - left_px) // 2
            canvas.text(fact.name, (left_px, centre[1]), Role.STRONG, theme.text, Align.LEFT, half_px)
            role = canvas.fitting(fact.text, (Role.BODY, Role.LABEL, Role.SMALL), half_px)
            colour = theme.mistake if fact.good is False else theme.text_dim
            canvas.text(fact.text, (inner.right, centre[1]), role, colour, Align.RIGHT, half_px)
            y += row_px
        return y + (canvas.px(theme.gap) if guided.facts else 0)

    def _options(self, inner: pygame.Rect, guided: Guided) -> int:
        """The options at the foot of the panel; returns where they begin."""
        canvas = self._canvas
        button_px, gap_px = canvas.text_px(_BUTTON, 0.5), canvas.px(canvas.theme.gap) // 2
        top_px = inner.bottom - len(guided.options) * (button_px + gap_px) + gap_px
        for index, option in enumerate(guided.options):
            button = pygame.Rect(inner.x, top_px + index * (button_px + gap_px), inner.width, button_px)
            draw_button(canvas, button, option.text, chosen=option.key == guided.chosen)
            self._places.append((button, option.key))
        return top_px - gap_px

    def _foot(self, rect: pygame.Rect, columns: tuple[pygame.Rect, pygame.Rect], guided: Guided) -> None:
        words, key = CHECK_WORDS[self._canvas.look.language], self._canvas.language.key
        hints = (
            (f"{key(Command.UP)} {key(Command.DOWN)}", words.choose),
            (key(Command.CONFIRM), words.confirm),
            (key(Command.BACK), words.back.lower()),
        )
        draw_foot(self._canvas, rect, hints, guided.bindings, columns=columns)


class GuidedScreen:
    """A screen of a check: a question, and the camera's picture beside it."""

    def __init__(self, settings: UiSettings, look: Look | None = None) -> None:
        self._canvas = Canvas(settings, look)
        self._panel = GuidedPanel(self._canvas)
        self._pane = PreviewPane()

    def use(self, look: Look) -> None:
        """Look like this from now on."""
        self._canvas.use(look)

    def hit(self, at: tuple[int, int]) -> str | None:
        """Key of the option at a place of the window, as drawn last."""
        return self._panel.hit(at)

    def _ask(self, surface: pygame.Surface, guided: Guided, preview: PreviewView) -> PicturePlace | None:
        """Draw both; where the picture came to lie, None without one."""
        self._canvas.begin(surface)
        area = self._panel.draw(guided)
        return self._pane.draw(self._canvas, area, preview, CHECK_WORDS[self._canvas.look.language].no_camera)
