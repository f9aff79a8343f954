"""What was drawn on a screen: texts, panels, and what had to be cut off."""

from __future__ import annotations

import sys
from itertools import combinations
from typing import Any

import numpy as np
import pygame
import pytest
from numpy.typing import NDArray

from coach.ui.canvas import Canvas
from coach.ui.home_view import DanceCard
from coach.ui.surfaces import paint
from coach.vision.text import ELLIPSIS
from tests.builders_menus import LONG_CAMERA, dance_cards

USERS_TEXTS = (
    *(card.title for card in dance_cards()),
    *(card.teacher for card in dance_cards() if isinstance(card, DanceCard) and card.teacher),
    LONG_CAMERA,
)
"""What users wrote themselves may be cut off, with an ellipsis."""


SLACK_PX = 3
"""A number on a knob may be taller than the bar below it."""


class Recorded:
    """Notes what is drawn through the canvas; what lies dimmed under a panel does not count."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.texts: list[tuple[str, pygame.Rect]] = []
        self.panels: list[pygame.Rect] = []
        self.cut: set[str] = set()
        self.bars: list[pygame.Rect] = []
        self._watch_text(monkeypatch)
        self._watch_panels(monkeypatch)
        self._watch_dimming(monkeypatch)
        self._pass_over_rings(monkeypatch)

    def clear(self) -> None:
        """Begin another screen."""
        self.texts.clear()
        self.panels.clear()
        self.bars.clear()
        self.cut.clear()

    def _watch_text(self, monkeypatch: pytest.MonkeyPatch) -> None:
        drawn = Canvas.text

        def text(canvas: Canvas, words: str, *args: Any, **options: Any) -> pygame.Rect:
            rect = drawn(canvas, words, *args, **options)
            whole = canvas.surface.get_clip().contains(rect)  # what scrolls out of a list is no fault
            if rect.width and whole:
                self.texts.append((words, rect))
                if rect.width < canvas.text_width_px(words, args[1]) or words.endswith(ELLIPSIS):
                    self.cut.add(words)
            elif words and not rect.width:
                self.cut.add(words)
            return rect

        monkeypatch.setattr(Canvas, "text", text)

    def _watch_panels(self, monkeypatch: pytest.MonkeyPatch) -> None:
        drawn = Canvas.panel

        def panel(canvas: Canvas, rect: pygame.Rect, *args: Any, **options: Any) -> None:
            seen = rect.clip(canvas.surface.get_clip())
            if seen.width and seen.height:
                self.panels.append(seen)
            drawn(canvas, rect, *args, **options)

        monkeypatch.setattr(Canvas, "panel", panel)
        drawn_bar = Canvas.bar

        def bar(canvas: Canvas, rect: pygame.Rect, *args: Any, **options: Any) -> None:
            if canvas.surface.get_clip().contains(rect):
                self.bars.append(rect.copy())
            drawn_bar(canvas, rect, *args, **options)

        monkeypatch.setattr(Canvas, "bar", bar)

    def _watch_dimming(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name, module in list(sys.modules.items()):
            if name.startswith("coach.ui.") and hasattr(module, "dim_all"):
                dim_all = module.dim_all

                def dim(canvas: Canvas, within: pygame.Rect | None = None, dim_all: Any = dim_all) -> None:
                    self.texts.clear()
                    self.panels.clear()
                    self.bars.clear()
                    dim_all(canvas, within)

                monkeypatch.setattr(module, "dim_all", dim)

    def _pass_over_rings(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The ring of a gesture stands beside the hand for a second, whatever lies there."""
        for name, module in list(sys.modules.items()):
            if name.startswith("coach.ui.") and hasattr(module, "draw_gesture_ring"):

                def draw(*args: Any, ring: Any = module.draw_gesture_ring, **options: Any) -> pygame.Rect | None:
                    texts, panels, bars = list(self.texts), list(self.panels), list(self.bars)
                    place: pygame.Rect | None = ring(*args, **options)
                    self.texts[:], self.panels[:], self.bars[:] = texts, panels, bars
                    return place

                monkeypatch.setattr(module, "draw_gesture_ring", draw)

    def faults(self, size_px: tuple[int, int]) -> list[str]:
        """All that overlaps, leaves the window or is cut off."""
        window, found = pygame.Rect(0, 0, *size_px), []
        for words in self.cut:
            own = words.removesuffix(ELLIPSIS)
            if not any(own in users or users in own for users in USERS_TEXTS):
                found.append(f"cut off: {words!r}")
        found += [f"{words!r} leaves the window: {rect}" for words, rect in self.texts if not window.contains(rect)]
        found += [f"a panel leaves the window: {rect}" for rect in self.panels if not window.contains(rect)]
        for (words, rect), (other, second) in combinations(self.texts, 2):
            if rect.colliderect(second):
                found.append(f"{words!r} {rect} lies on {other!r} {second}")
        for rect, second in combinations(self.panels, 2):
            if rect.colliderect(second) and not (rect.contains(second) or second.contains(rect)):
                found.append(f"panels overlap: {rect} and {second}")
        for words, rect in self.texts:
            for panel in (*self.panels, *self.bars):
                if rect.colliderect(panel) and not panel.inflate(2 * SLACK_PX, 2 * SLACK_PX).contains(rect):
                    found.append(f"{words!r} {rect} sticks out of {panel}")
        return found


def pixels_of(surface: pygame.Surface) -> NDArray[np.uint8]:
    """A copy of what is on a surface, BGR."""
    kept: list[NDArray[np.uint8]] = []
    paint(surface, lambda pixels: kept.append(pixels[..., :3].copy()))
    return kept[0]
