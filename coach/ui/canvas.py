"""A surface to draw on in design units: panels, bars, marks and text, all kept ready in one bounded cache."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

import pygame

from coach.settings.ui import UiSettings
from coach.ui import shapes
from coach.ui.language import ScreenLanguage
from coach.ui.look import Look
from coach.ui.surfaces import Pixels, SurfaceCache, new_surface, paint, surface_of
from coach.ui.theme import MIN_TEXT_PX, Rgb, Role
from coach.ui.words import ScreenWords
from coach.vision import text as type_setting
from coach.vision.text import TextStyle


class Align(Enum):
    """Which point of a text is given."""

    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


class Canvas:
    """Draws on the surface given to `begin`; keeps what it has drawn ready for the next frame.

    Parameters
    ----------
    settings : UiSettings
    look : Look, optional
        Theme, text size, language and handedness.
    language : str, optional
        In place of a look, where only the language matters.
    """

    def __init__(self, settings: UiSettings, look: Look | None = None, language: str = "en") -> None:
        self.settings = settings
        self.use(look or Look(language=language))
        self.cache = SurfaceCache(settings.window.cache_bytes_count)
        self.surface = new_surface((1, 1))
        self.scale = 1.0

    def use(self, look: Look) -> None:
        """Look like this from now on; what is kept ready stays right, for its keys name size and colour."""
        self.look, self.theme, self.on_picture = look, look.theme, look.on_picture
        self.language = ScreenLanguage(look.language)

    def begin(self, surface: pygame.Surface) -> None:
        """Draw on ``surface`` from now on, scaled to its size."""
        self.surface = surface
        self.scale = scale_of(surface.get_size(), self.settings.window.design_size)

    @property
    def words(self) -> ScreenWords:
        """What the screens say by themselves."""
        return self.language.words

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height of the surface."""
        width_px, height_px = self.surface.get_size()
        return width_px, height_px

    def px(self, units: float) -> int:
        """Design units in whole pixels, at least 1 for anything above 0."""
        return max(1, round(units * self.scale)) if units > 0 else 0

    def text_px(self, units: float, share: float = 1.0) -> int:
        """The same for what has to grow with the text in it, by ``share`` of its growth."""
        return self.px(units * (1.0 + (self.look.text_scale - 1.0) * share))

    def paint(self, draw: Callable[[Pixels], None]) -> None:
        """Let OpenCV draw into the surface's own pixels."""
        paint(self.surface, draw)

    # -- text ------------------------------------------------------------------------------------------------------
    def style(self, role: Role) -> TextStyle:
        """The text style of a role at this size of window."""
        return TextStyle(max(MIN_TEXT_PX, round(role.scaled(self.look.text_scale) * self.scale)), role.weight)

    def text_width_px(self, text: str, role: Role) -> int:
        """Width of one line."""
        return type_setting.width_px(type_setting.clean(text), self.style(role))

    def fitting(self, text: str, roles: Sequence[Role], max_width_px: int) -> Role:
        """The first of ``roles`` (largest first) in which one line fits, else the last."""
        return next((role for role in roles if self.text_width_px(text, role) <= max_width_px), roles[-1])

    def text(
        self,
        text: str,
        at: tuple[int, int],
        role: Role,
        colour: Rgb | None = None,
        align: Align = Align.LEFT,
        max_width_px: int | None = None,
        opacity: float = 1.0,
    ) -> pygame.Rect:
        """Draw one line whose capitals are centred on the height ``at[1]``; too long ones end in an ellipsis.

        Returns the place taken: advance width and capital height.
        """
        style = self.style(role)
        words = type_setting.clean(text)
        if max_width_px is not None:
            words = type_setting.elide(words, style, max_width_px)
        width_px = type_setting.width_px(words, style)
        cap_px = round(style.size_px * type_setting.CAP_HEIGHT)
        left_px = at[0] - round(width_px * align.value)
        baseline_px = at[1] + (cap_px + 1) // 2
        if words and opacity > 0:
            self._blit_text(words, style, colour or self.theme.text, (left_px, baseline_px), opacity)
        return pygame.Rect(left_px, baseline_px - cap_px, width_px, cap_px)

    def _blit_text(self, words: str, style: TextStyle, colour: Rgb, at: tuple[int, int], opacity: float) -> None:
        key = ("text", words, style, colour)
        picture = self.cache.get(key, lambda: surface_of(type_setting.render(words, style, colour)))
        origin_px = type_setting.origin_px(style)
        self._blit(picture, (at[0] - origin_px[0], at[1] - origin_px[1]), opacity)

    def lines(self, text: str, role: Role, max_width_px: int, max_lines_count: int) -> tuple[str, ...]:
        """``text`` wrapped to a width."""
        return type_setting.wrap(type_setting.clean(text), self.style(role), max_width_px, max_lines_count)

    def line_height_px(self, role: Role) -> int:
        """Distance between two lines."""
        return type_setting.line_height_px(self.style(role))

    # -- shapes ----------------------------------------------------------------------------------------------------
    def panel(self, rect: pygame.Rect, fill: Rgb | None = None, opacity: float | None = None) -> None:
        """Dark glass with round corners."""
        theme = self.theme
        self._rounded(
            rect,
            self.px(theme.radius),
            fill or theme.panel,
            theme.panel_opacity if opacity is None else opacity,
            theme.hairline_opacity,
        )

    def outline(self, rect: pygame.Rect, colour: Rgb, width: float, radius: float | None = None) -> None:
        """A frame with round corners, ``width`` design units wide, inside ``rect``."""
        size_px, width_px = (rect.width, rect.height), self.px(width)
        radius_px = self.px(self.theme.radius if radius is None else radius)
        key = ("outline", size_px, width_px, radius_px, colour)
        picture = self.cache.get(key, lambda: surface_of(shapes.rounded_frame(size_px, radius_px, width_px, colour)))
        self.surface.blit(picture, rect)

    def key_cap(self, rect: pygame.Rect) -> None:
        """A key of a keyboard."""
        theme = self.theme
        self._rounded(rect, self.px(theme.radius / 2), theme.raised, 1.0, 2 * theme.hairline_opacity)

    def bar(self, rect: pygame.Rect, fill: Rgb, opacity: float = 1.0, shown: pygame.Rect | None = None) -> None:
        """A bar with round ends; ``shown`` cuts it (so that a growing bar is drawn once)."""
        self._rounded(rect, rect.height / 2, fill, opacity, 0.0, shown)

    def _rounded(
        self,
        rect: pygame.Rect,
        radius_px: float,
        fill: Rgb,
        opacity: float,
        edge_opacity: float,
        shown: pygame.Rect | None = None,
    ) -> None:
        if rect.width <= 0 or rect.height <= 0:
            return
        size_px = (rect.width, rect.height)
        key = ("rounded", size_px, radius_px, fill, opacity, edge_opacity)
        picture = self.cache.get(
            key,
            lambda: surface_of(shapes.rounded_rect(size_px, radius_px, fill, opacity, self.theme.text, edge_opacity)),
        )
        if shown is None:
            self.surface.blit(picture, rect)
        else:
            part = shown.clip(rect)
            self.surface.blit(picture, part, part.move(-rect.x, -rect.y))

    def disc(self, centre: tuple[int, int], diameter_px: int, colour: Rgb) -> None:
        """A filled circle."""
        self._mark(("disc", diameter_px, colour), centre, lambda: shapes.disc(diameter_px, colour))

    def ring(self, centre: tuple[int, int], diameter_px: int, width_px: int, colour: Rgb) -> None:
        """A circle."""
        key = ("ring", diameter_px, width_px, colour)
        self._mark(key, centre, lambda: shapes.ring(diameter_px, width_px, colour))

    def diamond(self, centre: tuple[int, int], diameter_px: int, colour: Rgb) -> None:
        """A square on its corner."""
        self._mark(("diamond", diameter_px, colour), centre, lambda: shapes.diamond(diameter_px, colour))

    def _mark(self, key: tuple[object, ...], centre: tuple[int, int], make: Callable[[], Pixels]) -> None:
        picture = self.cache.get(key, lambda: surface_of(make()))
        self.surface.blit(picture, (centre[0] - picture.get_width() // 2, centre[1] - picture.get_height() // 2))

    def _blit(self, picture: pygame.Surface, at: tuple[int, int], opacity: float) -> None:
        if opacity >= 1.0:
            self.surface.blit(picture, at)
            return
        picture.set_alpha(round(255 * max(0.0, opacity)))
        self.surface.blit(picture, at)
        picture.set_alpha(255)


def scale_of(size_px: tuple[int, int], design_size: tuple[int, int]) -> float:
    """Pixels per design unit for a window of ``size_px``."""
    return min(size_px[0] / design_size[0], size_px[1] / design_size[1])
