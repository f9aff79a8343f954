"""The screens of both checks: everything has room, in every language and look."""

from __future__ import annotations

import re
from dataclasses import fields
from itertools import combinations

import pytest

from coach.settings.ui import UiSettings
from coach.ui.check_screen import CheckScreen
from coach.ui.latency_screen import LatencyScreen
from coach.ui.look import Look
from coach.ui.surfaces import new_surface
from coach.ui.words_check import CHECK_WORDS, LatencyStage
from tests.builders_check import CHECK_STATES, LATENCY_STATES, check_view, latency_view

LOOKS = {
    "dark": Look(),
    "dark 150 de": Look("dark", 1.5, "de"),
    "light de left": Look("light", 1.0, "de", True),
    "contrast 150 en": Look("high-contrast", 1.5, "en"),
    "light 80 en": Look("light", 0.8, "en"),
}
SIZES_PX = ((1280, 720), (1920, 1080), (800, 600))


@pytest.mark.parametrize("look_name", LOOKS)
def test_everything_on_the_checks_screens_has_room(look_name: str) -> None:
    """Buttons lie inside the window and beside one another, words end above them, in every state and size."""
    look = LOOKS[look_name]
    for size_px in SIZES_PX:
        surface = new_surface(size_px)
        for kind, states in ((CheckScreen, CHECK_STATES), (LatencyScreen, LATENCY_STATES)):
            screen = kind(UiSettings(), look)
            for state in states:
                view = check_view(state, look.language) if kind is CheckScreen else latency_view(state, look.language)
                screen.draw(surface, view)
                if state in ("dark", "bright"):
                    continue
                buttons = [rect for rect, _ in screen._panel._places]
                assert len(buttons) == len(view.guided.options)
                assert all(surface.get_rect().contains(button) for button in buttons)
                assert all(not a.colliderect(b) for a, b in combinations(buttons, 2))
                assert screen._panel.free.bottom <= min(button.top for button in buttons), (state, size_px)
                assert screen._panel.free.top <= screen._panel.free.bottom + 8, (state, size_px)


def test_a_blinking_screen_is_all_dark_or_all_bright() -> None:
    surface = new_surface((320, 240))
    for state, level in (("dark", 0), ("bright", 255)):
        LatencyScreen(UiSettings()).draw(surface, latency_view(state))
        assert {tuple(surface.get_at(at)[:3]) for at in ((0, 0), (160, 120), (319, 239))} == {(level,) * 3}


@pytest.mark.parametrize("code", CHECK_WORDS)
def test_no_word_is_missing(code: str) -> None:
    words, english = CHECK_WORDS[code], CHECK_WORDS["en"]
    for field in fields(words):
        value, original = getattr(words, field.name), getattr(english, field.name)
        if isinstance(value, str):
            assert value.strip()
            assert set(re.findall(r"{\w+}", value)) == set(re.findall(r"{\w+}", original))
        else:
            assert value.keys() == original.keys()
            assert all(text.strip() for key, text in value.items() if key is not LatencyStage.FLASH)
