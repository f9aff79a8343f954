"""The screen of the first check: the camera's picture, with the outline to stand in, and one question beside it."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from coach.practice.framing_guide import GuideReading
from coach.settings.ui import UiSettings
from coach.ui.canvas import Canvas
from coach.ui.framing_outline import draw_framing_outline
from coach.ui.guided_panel import Guided, GuidedPanel
from coach.ui.look import Look
from coach.ui.preview_pane import NO_PREVIEW, PreviewPane, PreviewView
from coach.ui.words_check import CHECK_WORDS


@dataclass(frozen=True)
class CheckView:
    """One moment of the check.

    Attributes
    ----------
    guide : GuideReading or None
        How the dancer stands, while that is asked.
    """

    guided: Guided
    preview: PreviewView = NO_PREVIEW
    guide: GuideReading | None = None
    upper_body_only: bool = False


class CheckScreen:
    """Draws a `CheckView`."""

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

    def draw(self, surface: pygame.Surface, view: CheckView) -> None:
        """Draw one moment."""
        canvas = self._canvas
        canvas.begin(surface)
        area = self._panel.draw(view.guided)
        place = self._pane.draw(canvas, area, view.preview, CHECK_WORDS[canvas.look.language].no_camera)
        if place is not None and view.guide is not None:
            draw_framing_outline(canvas, place, view.guide, upper_body_only=view.upper_body_only)
