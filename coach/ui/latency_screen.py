"""The screens of the latency check: questions beside the picture, a screen that blinks, and beats to clap to."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from coach.ui.canvas import Align
from coach.ui.guided_panel import Guided, GuidedScreen
from coach.ui.preview_pane import NO_PREVIEW, PreviewView
from coach.ui.theme import Role
from coach.ui.words_check import CHECK_WORDS

_DARK, _BRIGHT = (0, 0, 0), (255, 255, 255)
_BEAT = 220.0
_BEAT_WIDTH = 12.0
_TICK_S = 0.12


@dataclass(frozen=True)
class BeatView:
    """Clapping to the clicks.

    Attributes
    ----------
    beat, beats_count : int
        Clicks so far, of all that are clapped to.
    listening : bool
        Nothing is to be clapped yet.
    since_beat_s : float
        Since the last click.
    seen_count : int
        Claps that were seen.
    """

    beat: int
    beats_count: int
    listening: bool
    since_beat_s: float
    seen_count: int


@dataclass(frozen=True)
class LatencyView:
    """One moment of the check.

    Attributes
    ----------
    bright : bool or None
        The whole window, while it blinks; None otherwise.
    beat : BeatView or None
        While there are clicks.
    """

    guided: Guided
    preview: PreviewView = NO_PREVIEW
    bright: bool | None = None
    beat: BeatView | None = None


class LatencyScreen(GuidedScreen):
    """Draws a `LatencyView`."""

    def draw(self, surface: pygame.Surface, view: LatencyView) -> None:
        """Draw one moment."""
        if view.bright is not None:
            surface.fill(_BRIGHT if view.bright else _DARK)
            return
        self._ask(surface, view.guided, view.preview)
        if view.beat is not None:
            self._beat(self._panel.free, view.beat)

    def _beat(self, area: pygame.Rect, beat: BeatView) -> None:
        """A ring that fills on every click: seen from everywhere in the room."""
        canvas, theme = self._canvas, self._canvas.theme
        words = CHECK_WORDS[canvas.look.language]
        size_px = min(canvas.px(_BEAT), area.width, area.height)
        centre = area.center
        if beat.since_beat_s < _TICK_S:
            canvas.disc(centre, size_px, theme.good if beat.listening else theme.praise)
        else:
            canvas.ring(centre, size_px, canvas.px(_BEAT_WIDTH), theme.unseen if beat.listening else theme.praise)
        text = words.listen if beat.listening else str(beat.beat)
        role = canvas.fitting(text, (Role.NUMBER, Role.DISPLAY, Role.TITLE, Role.LABEL), round(size_px * 0.7))
        dark = beat.since_beat_s < _TICK_S
        canvas.text(text, centre, role, theme.ink if dark else theme.text, Align.CENTRE)
