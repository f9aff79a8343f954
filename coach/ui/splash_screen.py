"""The splash while things get ready."""

from __future__ import annotations

import pygame

from coach.settings.ui import UiSettings
from coach.ui.canvas import Align, Canvas
from coach.ui.look import Look
from coach.ui.theme import Role
from coach.ui.view import SplashView

_BAR = 10.0
_BAR_WIDTH = 420.0
_PULSE = 0.22


class SplashScreen:
    """Draws a `SplashView`."""

    def __init__(self, settings: UiSettings, look: Look | None = None, language: str = "en") -> None:
        self._canvas = Canvas(settings, look, language)

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
