"""Home: what can be danced, the camera's picture, what works today, and where else to go."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pygame

from coach.settings.home import HomeSettings
from coach.settings.ui import UiSettings
from coach.ui.canvas import Align, Canvas
from coach.ui.commands import Command
from coach.ui.foot_line import draw_foot
from coach.ui.home_cards import card_rects, draw_card, wanted_scroll_px
from coach.ui.home_view import Choice, HomeView
from coach.ui.layout import across
from coach.ui.look import Look
from coach.ui.menu_parts import draw_button, draw_lines, head_and_foot
from coach.ui.preview_pane import PreviewPane
from coach.ui.theme import Role
from coach.ui.words_home import HOME_WORDS

_SIDE_WIDTH = 330.0
_HEAD, _FOOT = 60.0, 66.0
_BUTTON = 44.0
_CHIPS = 34.0
_GUIDE = 44.0
_PICTURE_RATIO = 0.62
_DOT = 13.0
_MAX_GUIDE_LINES = 2
_SHORTEST_SCROLL_PX = 0.5


@dataclass(frozen=True)
class HomeLayout:
    """Rectangles in pixels: the list at one side, camera, states and entries at the other."""

    head: pygame.Rect
    cards: pygame.Rect
    picture: pygame.Rect
    guide: pygame.Rect
    chips: pygame.Rect
    entries: tuple[pygame.Rect, ...]
    foot: pygame.Rect

    @classmethod
    def of(cls, canvas: Canvas, entries_count: int) -> HomeLayout:
        """For the canvas's present size and look."""
        width_px = canvas.size_px[0]
        margin_px, gap_px = canvas.px(canvas.theme.margin), canvas.px(canvas.theme.gap)
        head, foot = head_and_foot(canvas, canvas.text_px(_HEAD, 0.4), canvas.text_px(_FOOT, 0.5))
        side_px = min(canvas.text_px(_SIDE_WIDTH, 0.25), width_px * 2 // 5)
        side = pygame.Rect(width_px - margin_px - side_px, head.bottom, side_px, foot.y - head.bottom)
        cards = pygame.Rect(margin_px, head.bottom, side.x - 2 * gap_px - margin_px, side.height - gap_px // 2)
        button_px, bottom_px = canvas.text_px(_BUTTON, 0.7), side.bottom
        entries = []
        for _ in range(entries_count):
            entries.append(pygame.Rect(side.x, bottom_px - button_px, side.width, button_px))
            bottom_px -= button_px + gap_px // 2
        chips_px, guide_px = canvas.text_px(_CHIPS), canvas.text_px(_GUIDE)
        room_px = bottom_px - side.y - chips_px - guide_px - gap_px // 2
        picture = pygame.Rect(side.x, side.y, side.width, min(room_px, round(side.width * _PICTURE_RATIO)))
        guide = pygame.Rect(side.x, picture.bottom, side.width, guide_px)
        chips = pygame.Rect(side.x, guide.bottom, side.width, chips_px)
        layout = cls(head, cards, picture, guide, chips, tuple(reversed(entries)), foot)
        return layout.turned_round(width_px) if canvas.look.left_handed else layout

    def turned_round(self, width_px: int) -> HomeLayout:
        """The columns on the other sides."""
        return HomeLayout(
            self.head,
            across(self.cards, width_px),
            across(self.picture, width_px),
            across(self.guide, width_px),
            across(self.chips, width_px),
            tuple(across(rect, width_px) for rect in self.entries),
            self.foot,
        )


class HomeScreen:
    """Draws a `HomeView`; keeps nothing but ready-drawn parts and how far the list is scrolled."""

    def __init__(
        self, settings: UiSettings, look: Look | None = None, language: str = "en", home: HomeSettings | None = None
    ) -> None:
        self._canvas = Canvas(settings, look, language)
        self._home = home or HomeSettings()
        self._pane = PreviewPane()
        self._scroll_px: float | None = None
        self._drawn_s = -math.inf
        self._places: list[tuple[Choice, pygame.Rect]] = []

    def use(self, look: Look) -> None:
        """Look like this from now on."""
        self._canvas.use(look)

    def hit(self, at: tuple[int, int]) -> Choice | None:
        """What lies at a place of the window, as drawn last."""
        return next((choice for choice, rect in self._places if rect.collidepoint(at)), None)

    def draw(self, surface: pygame.Surface, view: HomeView) -> None:
        """Draw one moment."""
        canvas = self._canvas
        canvas.begin(surface)
        surface.fill(canvas.theme.ink)
        words = HOME_WORDS[canvas.look.language]
        layout = HomeLayout.of(canvas, len(view.entries))
        self._places = []
        canvas.text(words.heading, (layout.head.x, layout.head.centery), Role.DISPLAY, canvas.theme.text,
                    Align.LEFT, layout.head.width)  # fmt: skip
        self._cards(layout.cards, view)
        self._camera(layout, view)
        self._chips(layout.chips, view)
        for entry, rect in zip(view.entries, layout.entries, strict=True):
            draw_button(canvas, rect, words.entries[entry], chosen=view.chosen == entry)
            self._places.append((entry, rect))
        self._foot(layout, view)

    # -- the list --------------------------------------------------------------------------------------------------
    def _cards(self, area: pygame.Rect, view: HomeView) -> None:
        canvas = self._canvas
        words = HOME_WORDS[canvas.look.language]
        rects = card_rects(canvas, area, view.cards, view.chosen)
        index = next((i for i, card in enumerate(view.cards) if card.choice == view.chosen), None)
        scroll_px = self._scrolled(float(wanted_scroll_px(area, rects, index)), index is not None, view.now_s)
        canvas.surface.set_clip(area)
        for card, rect in zip(view.cards, rects, strict=True):
            place = rect.move(0, -scroll_px)
            if place.colliderect(area):
                chosen = card.choice == view.chosen
                draw_card(canvas, place, card, words, chosen=chosen, moving=view.moving)
                self._places.append((card.choice, place.clip(area)))
        canvas.surface.set_clip(None)

    def _scrolled(self, wanted_px: float, follows: bool, now_s: float) -> int:
        """Come nearer to the wanted place, at the same pace at any rate of drawing; at once when shown anew."""
        gap_s = now_s - self._drawn_s
        self._drawn_s = now_s
        if self._scroll_px is None or not 0 <= gap_s < 1.0:
            self._scroll_px = wanted_px
        elif follows:
            self._scroll_px += (wanted_px - self._scroll_px) * (1.0 - math.exp(-gap_s / self._home.scroll_s))
            if abs(wanted_px - self._scroll_px) < _SHORTEST_SCROLL_PX:
                self._scroll_px = wanted_px
        return round(self._scroll_px)

    # -- the camera ------------------------------------------------------------------------------------------------
    def _camera(self, layout: HomeLayout, view: HomeView) -> None:
        words = HOME_WORDS[self._canvas.look.language]
        self._pane.draw(self._canvas, layout.picture, view.preview, words.no_picture)
        self._guide(layout.guide, view)

    def _guide(self, rect: pygame.Rect, view: HomeView) -> None:
        canvas, theme = self._canvas, self._canvas.theme
        if not view.guide:
            return
        dot_px, gap_px = canvas.text_px(_DOT), canvas.px(theme.gap)
        room_px = rect.width - dot_px - gap_px
        role = canvas.fitting(view.guide, (Role.STRONG, Role.LABEL, Role.SMALL), room_px)
        lines = canvas.lines(view.guide, role, room_px, _MAX_GUIDE_LINES)
        centre = (rect.x + dot_px // 2, rect.centery)
        if view.guide_ok:
            canvas.disc(centre, dot_px, theme.praise)
        else:
            canvas.ring(centre, dot_px, canvas.px(3), theme.good)
        draw_lines(canvas, lines, (rect.x + dot_px + gap_px, rect.centery), role, theme.text)

    def _chips(self, rect: pygame.Rect, view: HomeView) -> None:
        """Camera, sound, voice: a disc for what works, a diamond for what does not."""
        canvas, theme = self._canvas, self._canvas.theme
        words = HOME_WORDS[canvas.look.language]
        states = ((words.camera, view.camera_ok), (words.sound, view.sound_ok), (words.voice, view.voice_ok))
        dot_px, gap_px = canvas.text_px(_DOT), canvas.px(theme.gap) // 2
        third_px = rect.width // len(states)
        for index, (text, works) in enumerate(states):
            left_px = rect.x + index * third_px
            centre = (left_px + dot_px // 2, rect.centery)
            if works:
                canvas.disc(centre, dot_px, theme.good)
            else:
                canvas.diamond(centre, dot_px + canvas.px(3), theme.mistake)
            at = (left_px + dot_px + gap_px, rect.centery)
            room_px = third_px - dot_px - 2 * gap_px
            role = canvas.fitting(text, (Role.LABEL, Role.SMALL), room_px)
            canvas.text(text, at, role, theme.text if works else theme.mistake, Align.LEFT, room_px)

    # -- below -----------------------------------------------------------------------------------------------------
    def _foot(self, layout: HomeLayout, view: HomeView) -> None:
        words, key = HOME_WORDS[self._canvas.look.language], self._canvas.language.key
        hints = (
            (f"{key(Command.UP)} {key(Command.DOWN)}", words.choose),
            (key(Command.CONFIRM), words.dance if isinstance(view.chosen, str) else words.open),
            (key(Command.BACK), words.quit),
        )
        columns = layout.cards, layout.picture
        draw_foot(self._canvas, layout.foot, hints, view.bindings, view.notices, columns=columns)
