"""Plain pages: a message with keys to go on, and the splash while things get ready."""

from __future__ import annotations

import pygame

from coach.settings.ui import UiSettings
from coach.ui.canvas import Align, Canvas
from coach.ui.commands import Command
from coach.ui.help_panel import draw_key
from coach.ui.language import ScreenLanguage
from coach.ui.layout import centred
from coach.ui.theme import Role, Theme
from coach.ui.view import MessageAction, MessageView, SplashView

_WIDTH = 620.0
_HEAD, _ACTION, _END = 86.0, 50.0, 26.0
_MAX_LINES = 6
_BAR = 10.0
_BAR_WIDTH = 420.0
_PULSE = 0.22


def no_camera_message(camera: str, language: str = "en") -> MessageView:
    """What to say when ``camera`` ("camera 0") does not answer."""
    chosen = ScreenLanguage(language)
    words = chosen.words
    return MessageView(
        words.no_camera_title,
        tuple(line.format(camera=camera) for line in words.no_camera_lines),
        (
            MessageAction(chosen.key(Command.DEMO), words.watch_demo),
            MessageAction(chosen.key(Command.RESTART), words.look_again),
            MessageAction(chosen.key(Command.QUIT), words.short_quit),
        ),
    )


class MessageScreen:
    """Draws a `MessageView`."""

    def __init__(self, settings: UiSettings, theme: Theme | None = None, language: str = "en") -> None:
        self._canvas = Canvas(settings, theme, language)

    def draw(self, surface: pygame.Surface, view: MessageView) -> None:
        """Draw the page."""
        canvas, theme = self._canvas, self._canvas.theme
        canvas.begin(surface)
        surface.fill(theme.ink)
        width_px = min(canvas.px(_WIDTH), canvas.size_px[0] - 2 * canvas.px(theme.margin))
        padding_px = 2 * canvas.px(theme.padding)
        lines = self._lines(view, width_px - 2 * padding_px)
        line_px = canvas.line_height_px(Role.BODY)
        gap_px = canvas.px(theme.gap)
        tall_px = canvas.px(_HEAD) + sum(len(block) * line_px + gap_px for block in lines)
        tall_px += gap_px + canvas.px(_ACTION) * len(view.actions) + canvas.px(_END)
        panel = centred((width_px, tall_px), pygame.Rect(0, 0, *canvas.size_px))
        canvas.panel(panel, opacity=1.0)
        left_px = panel.x + padding_px
        heading = (left_px, panel.y + canvas.px(_HEAD) // 2 + canvas.px(4))
        canvas.text(view.title, heading, Role.DISPLAY, max_width_px=width_px - 2 * padding_px)
        y = panel.y + canvas.px(_HEAD) + line_px // 2
        for block in lines:
            for line in block:
                canvas.text(line, (left_px, y), Role.BODY, theme.text_dim)
                y += line_px
            y += gap_px
        y += gap_px
        for action in view.actions:
            key = draw_key(canvas, (left_px, y + canvas.px(4)), action.key)
            canvas.text(action.text, (key.right + canvas.px(16), key.centery), Role.STRONG)
            y += canvas.px(_ACTION)

    def _lines(self, view: MessageView, width_px: int) -> list[tuple[str, ...]]:
        return [self._canvas.lines(line, Role.BODY, width_px, _MAX_LINES) for line in view.lines]


class SplashScreen:
    """Draws a `SplashView`."""

    def __init__(self, settings: UiSettings, theme: Theme | None = None, language: str = "en") -> None:
        self._canvas = Canvas(settings, theme, language)

    def draw(self, surface: pygame.Surface, view: SplashView, now_s: float) -> None:
        """The product's name, what is being done, and how far it is; a moving bar where that is not known."""
        canvas, theme = self._canvas, self._canvas.theme
        canvas.begin(surface)
        surface.fill(theme.ink)
        width_px, height_px = canvas.size_px
        centre_x, centre_y = width_px // 2, height_px // 2
        title = canvas.settings.window.title
        _draw_emblem(canvas, (centre_x, centre_y - canvas.px(120)))
        canvas.text(title, (centre_x, centre_y - canvas.px(22)), Role.CAPTION, align=Align.CENTRE)
        room_px = width_px - 2 * canvas.px(theme.margin)
        canvas.text(view.step, (centre_x, centre_y + canvas.px(30)), Role.BODY, None, Align.CENTRE, room_px)
        track = pygame.Rect(0, 0, canvas.px(_BAR_WIDTH), canvas.px(_BAR))
        track.center = (centre_x, centre_y + canvas.px(68))
        canvas.bar(track, theme.raised)
        canvas.bar(track, theme.good, shown=_filled(track, view.share, now_s))
        detail_y = centre_y + canvas.px(104)
        canvas.text(view.detail, (centre_x, detail_y), Role.SMALL, theme.text_dim, Align.CENTRE, room_px)


def _filled(track: pygame.Rect, share: float | None, now_s: float) -> pygame.Rect:
    shown = track.copy()
    if share is not None:
        shown.width = round(track.width * min(1.0, max(0.0, share)))
        return shown
    shown.width = round(track.width * _PULSE)
    travel_px = track.width - shown.width
    shown.x += round(travel_px * abs(1.0 - (now_s % 2.0)))
    return shown


def _draw_emblem(canvas: Canvas, centre: tuple[int, int]) -> None:
    """The three marks of the coach: good, your own style, to be mended."""
    theme = canvas.theme
    step_px, size_px = canvas.px(58), canvas.px(38)
    canvas.disc((centre[0] - step_px, centre[1]), size_px, theme.good)
    canvas.ring(centre, size_px, canvas.px(8), theme.style)
    canvas.diamond((centre[0] + step_px, centre[1]), size_px + canvas.px(8), theme.mistake)
