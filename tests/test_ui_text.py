"""How the screens set type: fitting lines, any script, colours that can be told apart."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import SettingsError
from coach.settings.ui import CaptionSettings, MeterSettings, UiSettings
from coach.ui.theme import Theme, contrast
from coach.vision import text as type_setting
from coach.vision.right_to_left import visual_order
from coach.vision.text import TextStyle
from tests.builders_ui import COLOUR_BLIND, over

SETTINGS = UiSettings()
STYLE = TextStyle(20)


@given(st.text(max_size=80), st.integers(20, 400), st.integers(1, 4))
def test_wrapped_lines_fit(words: str, width_px: int, lines_count: int) -> None:
    lines = type_setting.wrap(type_setting.clean(words), STYLE, width_px, lines_count)
    assert len(lines) <= lines_count
    assert all(type_setting.width_px(line, STYLE) <= width_px for line in lines)


def test_wrapping_keeps_all_words_that_fit() -> None:
    words = "Step back, your arms leave the picture"
    lines = type_setting.wrap(words, STYLE, 160, 5)
    assert len(lines) > 1
    assert " ".join(lines) == words
    assert type_setting.wrap(words, STYLE, 160, 2)[-1].endswith(type_setting.ELLIPSIS)


@given(st.text(max_size=60), st.integers(0, 300))
def test_elided_text_fits(words: str, width_px: int) -> None:
    assert type_setting.width_px(type_setting.elide(type_setting.clean(words), STYLE, width_px), STYLE) <= width_px


@given(st.text())
def test_cleaned_text_can_always_be_drawn(words: str) -> None:
    clean = type_setting.clean(words)
    assert not any(unicodedata.category(char) in ("Cc", "Cs", "Cf") for char in clean)
    picture = type_setting.render(clean[:40], STYLE, (255, 255, 255))
    assert picture.dtype == np.uint8
    assert picture.shape[2] == 4


def test_titles_of_any_script_leave_ink() -> None:
    unknown = type_setting.render("?", STYLE, (255, 255, 255))[..., 3]
    for title in ("Été", "Привет", "日本語", "한국어", "Ελλάδα", "Việt", "שלום", "سلام"):
        picture = type_setting.render(type_setting.clean(title), STYLE, (255, 255, 255))[..., 3]
        assert picture.sum() > unknown.sum()


def test_text_is_drawn_in_its_colour_and_weight() -> None:
    thin = type_setting.render("Dance", TextStyle(40, 300), (10, 200, 30))
    bold = type_setting.render("Dance", TextStyle(40, 800), (10, 200, 30))
    assert (thin[..., :3] == (10, 200, 30)).all()
    assert bold[..., 3].sum() > 1.4 * thin[..., 3].sum()


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("plain (1)", "plain (1)"),
        ("אבג", "גבא"),
        ("abc אבג דה def", "abc הד גבא def"),
        ("אבג abc 12", "abc 12 גבא"),
        ("אב (2024)", "(2024) בא"),
        ("AB גד 123 ef", "AB 123 דג ef"),
    ],
)
def test_right_to_left(words: str, seen: str) -> None:
    assert visual_order(words) == seen


@given(st.text(alphabet=st.sampled_from("ab אבג12().-"), max_size=30))
def test_reordering_loses_nothing(words: str) -> None:
    brackets = str.maketrans(")", "(")
    assert sorted(visual_order(words).translate(brackets)) == sorted(words.translate(brackets))


def test_text_on_panels_stays_readable_over_a_white_wall() -> None:
    theme, white = Theme(), (255, 255, 255)
    panel = over(theme.panel, theme.panel_opacity, white)
    for colour in (theme.text, theme.text_dim, theme.teacher, theme.good, theme.mistake, theme.praise):
        assert contrast(colour, panel) >= 4.5, colour
    backdrop = over(white, theme.backdrop_strength, theme.ink)
    for colour in (theme.text, theme.text_dim):
        assert contrast(colour, backdrop) >= 4.5, colour
    assert contrast(theme.text, theme.raised) >= 4.5


@pytest.mark.parametrize("kind", COLOUR_BLIND)
def test_good_and_mistake_differ_for_everybody(kind: str) -> None:
    theme = Theme()
    matrix = np.array(COLOUR_BLIND[kind])
    linear = [(np.array(colour) / 255) ** 2.2 for colour in (theme.good, theme.mistake)]
    good, mistake = (np.clip(matrix @ colour, 0, 1) ** (1 / 2.2) * 255 for colour in linear)
    assert np.linalg.norm(good - mistake) > 80


def test_settings_are_checked() -> None:
    with pytest.raises(SettingsError, match="on_ms"):
        MeterSettings(on_ms=300.0)
    with pytest.raises(SettingsError, match="hold_s"):
        CaptionSettings(hold_s=0.1)
    with pytest.raises(SettingsError, match="ghost_opacity"):
        type(SETTINGS.body)(ghost_opacity=1.5)
