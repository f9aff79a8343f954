"""The screen of the first check: the camera's picture, with the outline to stand in, and one question beside it."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from coach.practice.framing_guide import GuideReading
from coach.ui.framing_outline import draw_framing_outline
from coach.ui.guided_panel import Guided, GuidedScreen
from coach.ui.preview_pane import NO_PREVIEW, PreviewView


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


class CheckScreen(GuidedScreen):
    """Draws a `CheckView`."""

    def draw(self, surface: pygame.Surface, view: CheckView) -> None:
        """Draw one moment."""
        place = self._ask(surface, view.guided, view.preview)
        if place is not None and view.guide is not None:
            draw_framing_outline(self._canvas, place, view.guide, upper_body_only=view.upper_body_only)
