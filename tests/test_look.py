"""Themes, text size and handedness: readable for everybody, and nothing overlaps."""

from __future__ import annotations

from dataclasses import fields
from itertools import combinations

import numpy as np
import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import SettingsError
from coach.settings.preferences import THEMES as THEME_NAMES
from coach.settings.preferences import Preferences
from coach.settings.ui import UiSettings
from coach.ui.canvas import Canvas
from coach.ui.layout import PracticeLayout, across
from coach.ui.look import LARGEST_TEXT, SMALLEST_TEXT, Look
from coach.ui.surfaces import new_surface
from coach.ui.theme import MIN_TEXT_PX, ON_PICTURE, THEMES, Role, Theme, contrast
from tests.builders_ui import COLOUR_BLIND, over

AA, AAA, GRAPHIC = 4.5, 7.0, 3.0
SPOKEN = ("teacher", "good", "mistake", "praise", "style", "unseen")
"""Colours that words are written in, besides the plain ones."""
MARKS = ("accent", "record", "focus")
SETTINGS = UiSettings()


def grounds(theme: Theme) -> dict[str, tuple[float, ...]]:
    """All that words stand on, over the lightest and the darkest picture."""
    found: dict[str, tuple[float, ...]] = {"page": theme.ink, "raised": theme.raised}
    for wall in (0, 255):
        picture = (wall, wall, wall)
        found[f"glass over {wall}"] = over(theme.panel, theme.panel_opacity, picture)
        found[f"backdrop of {wall}"] = over(picture, theme.backdrop_strength, theme.ink)
    return found


@pytest.mark.parametrize("name", THEME_NAMES)
@pytest.mark.parametrize("colour", ["text", "text_dim"])
def test_words_are_readable_on_everything(name: str, colour: str) -> None:
    theme = THEMES[name]
    wanted = AAA if name == "high-contrast" else AA
    for ground, behind in grounds(theme).items():
        assert contrast(getattr(theme, colour), behind) >= wanted, ground


@pytest.mark.parametrize("name", THEME_NAMES)
@pytest.mark.parametrize("colour", [*SPOKEN, *MARKS])
def test_coloured_words_and_marks_are_seen_on_glass(name: str, colour: str) -> None:
    theme = THEMES[name]
    words = AAA if name == "high-contrast" else AA
    for ground, behind in grounds(theme).items():
        if ground.startswith("glass"):
            assert contrast(getattr(theme, colour), behind) >= (words if colour in SPOKEN else GRAPHIC), ground


@pytest.mark.parametrize("name", THEME_NAMES)
def test_what_is_chosen_is_seen(name: str) -> None:
    theme = THEMES[name]
    for behind in (theme.ink, theme.panel, theme.raised):
        assert contrast(theme.focus, behind) >= GRAPHIC


@pytest.mark.parametrize("name", THEME_NAMES)
def test_bones_and_their_halo_are_seen_on_any_picture(name: str) -> None:
    theme = ON_PICTURE[name]
    assert contrast(theme.bone, theme.ink) >= AAA
    for wall in (0, 128, 255):
        picture = (wall, wall, wall)
        assert max(contrast(theme.bone, picture), contrast(theme.ink, picture)) >= GRAPHIC


@pytest.mark.parametrize("name", THEME_NAMES)
@pytest.mark.parametrize("kind", COLOUR_BLIND)
def test_good_and_mistake_differ_for_everybody(name: str, kind: str) -> None:
    theme, matrix = THEMES[name], np.array(COLOUR_BLIND[kind])
    linear = [(np.array(colour) / 255) ** 2.2 for colour in (theme.good, theme.mistake)]
    good, mistake = (np.clip(matrix @ colour, 0, 1) ** (1 / 2.2) * 255 for colour in linear)
    assert np.linalg.norm(good - mistake) > 80


def test_every_preference_has_its_theme() -> None:
    assert set(THEMES) == set(ON_PICTURE) == set(THEME_NAMES)


def test_the_look_comes_from_the_preferences() -> None:
    chosen = Preferences(theme="light", text_size_percent=125.0, language="de", left_handed=True)
    assert Look.of(chosen) == Look("light", 1.25, "de", True)
    assert Look.of(Preferences()) == Look()
    with pytest.raises(SettingsError, match="theme"):
        Look("pink")
    with pytest.raises(SettingsError, match="text_scale"):
        Look(text_scale=2.0)


@given(st.floats(SMALLEST_TEXT, LARGEST_TEXT), st.sampled_from(list(Role)))
def test_small_letters_follow_the_text_size_and_huge_ones_stay(scale: float, role: Role) -> None:
    low, high = sorted((1.0, scale))
    assert low - 1e-9 <= role.scaled(scale) / role.size <= high + 1e-9
    if role in (Role.SMALL, Role.LABEL, Role.BODY, Role.STRONG):
        assert role.scaled(scale) == pytest.approx(role.size * scale)
    canvas = Canvas(SETTINGS, Look(text_scale=scale))
    canvas.begin(new_surface((640, 480)))
    assert canvas.style(role).size_px >= MIN_TEXT_PX


@settings(max_examples=60, deadline=None)
@given(
    st.integers(640, 2600), st.integers(480, 1700), st.floats(SMALLEST_TEXT, LARGEST_TEXT), st.booleans()
)  # fmt: skip
def test_panels_never_overlap_at_any_text_size(width_px: int, height_px: int, scale: float, left: bool) -> None:
    canvas = Canvas(SETTINGS, Look(text_scale=scale, left_handed=left))
    canvas.begin(new_surface((width_px, height_px)))
    layout = PracticeLayout.of(canvas)
    rects = {field.name: getattr(layout, field.name) for field in fields(layout)}
    stage = rects.pop("stage")
    rects = {name: rect for name, rect in rects.items() if isinstance(rect, pygame.Rect)}
    window = pygame.Rect(0, 0, width_px, height_px)
    for name, rect in rects.items():
        assert rect.width > 0, name
        assert rect.height > 0, name
        assert window.contains(rect), f"{name} {rect}"
    for (first, one), (second, other) in combinations(rects.items(), 2):
        assert not one.colliderect(other), f"{first} {one} and {second} {other}"
    for name in ("coach_line", "progress", "status"):
        assert not stage.colliderect(rects[name]), f"{name} covers the dancer's feet"


def test_left_handed_columns_change_sides() -> None:
    layouts = []
    for left in (False, True):
        canvas = Canvas(SETTINGS, Look(left_handed=left))
        canvas.begin(new_surface((1280, 720)))
        layouts.append(PracticeLayout.of(canvas))
    right, left_layout = layouts
    for name in ("title", "score", "teacher", "notices"):
        assert getattr(left_layout, name) == across(getattr(right, name), 1280)
    assert right.title.x < 640 < right.teacher.x
    assert left_layout.teacher.right < 640 < left_layout.title.x
    assert left_layout.progress == right.progress


def test_a_canvas_can_change_its_look() -> None:
    canvas = Canvas(SETTINGS)
    canvas.begin(new_surface((800, 600)))
    before = canvas.text_width_px("Left arm", Role.BODY)
    canvas.use(Look("light", 1.5, "de"))
    assert canvas.text_width_px("Left arm", Role.BODY) > 1.3 * before
    assert canvas.theme is THEMES["light"]
    assert canvas.on_picture is THEMES["dark"]
    assert canvas.words.code == "de"
