"""What the screens say: the coach's line, the meters' words, keys and help, fonts and colours."""

from __future__ import annotations

import unicodedata
from dataclasses import fields

import numpy as np
import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.alignment.tracked_position import TrackState
from coach.clock import clock_text
from coach.errors import SettingsError
from coach.judging.cue_texts import LANGUAGES
from coach.judging.verdicts import CueKind, EnergyVerdict, FramingHint
from coach.settings.ui import CaptionSettings, MeterSettings, UiSettings
from coach.ui.caption import Tone, coach_line
from coach.ui.commands import BINDINGS, KEY_BINDINGS, Command, command_for
from coach.ui.help_panel import help_rows, help_words
from coach.ui.language import SCREEN_LANGUAGES, ScreenLanguage
from coach.ui.practice_tools import ToolsView
from coach.ui.state_banner import state_text
from coach.ui.status_row import status_parts
from coach.ui.theme import Theme, contrast
from coach.ui.view import StatusNumbers, TeacherView
from coach.ui.words import timing_word
from coach.ui.words_english import ENGLISH
from coach.vision import text as type_setting
from coach.vision.right_to_left import visual_order
from coach.vision.text import TextStyle
from tests.builders_ui import caption, make_state, make_view

SETTINGS = UiSettings()
LANGUAGE = ScreenLanguage("en")
STYLE = TextStyle(20)


def line_of(**changes: object) -> tuple[str, Tone] | None:
    line = coach_line(make_view(**changes), CaptionSettings(), LANGUAGE)
    return (line.text, line.tone) if line is not None else None


def test_a_fresh_cue_is_the_coachs_line_and_then_goes() -> None:
    cue = caption("Left arm straighter", shown_s=99.0)
    assert line_of(caption=cue, now_s=99.5) == ("Left arm straighter", Tone.CORRECTION)
    assert line_of(caption=cue, now_s=103.1) is None
    assert line_of(caption=cue, now_s=98.9) is None


def test_praise_is_no_correction() -> None:
    assert line_of(caption=caption("Better!", CueKind.PRAISE)) == ("Better!", Tone.PRAISE)


def test_a_cue_comes_and_goes_softly() -> None:
    cue = caption("Bend left knee more", shown_s=10.0)
    opacities = []
    for now_s in (10.0, 10.1, 12.0, 13.9):
        line = coach_line(make_view(caption=cue, now_s=now_s), CaptionSettings(), LANGUAGE)
        assert line is not None
        opacities.append(line.opacity)
    assert opacities == pytest.approx([0.0, 0.5, 1.0, 0.5])


def test_being_seen_comes_before_any_cue() -> None:
    cue = caption("Left arm straighter")
    lost = make_state(TrackState.SEARCHING, framing=FramingHint.FEET_CUT_OFF)
    assert line_of(state=lost, caption=cue) == ("Step back: I can't see your feet", Tone.GUIDE)
    assert line_of(state=make_state(framing=FramingHint.FEET_CUT_OFF), caption=cue) == (cue.text, Tone.CORRECTION)


@pytest.mark.parametrize(
    ("tracked", "words"),
    [
        (TrackState.SEARCHING, "Looking for you"),
        (TrackState.LOST, "I lost you - start anywhere"),
        (TrackState.FINISHED, "Finished"),
    ],
)
def test_states_in_words(tracked: TrackState, words: str) -> None:
    line = line_of(state=make_state(tracked))
    assert line is not None
    assert line[0] == words


def test_a_camera_that_is_away_is_said_before_anything_else() -> None:
    for state in (None, make_state(framing=FramingHint.FEET_CUT_OFF)):
        line = line_of(state=state, caption=caption("x"), tools=ToolsView(camera_away=True))
        assert line == ("I can't find a camera", Tone.GUIDE)


def test_nothing_is_said_twice_under_a_panel() -> None:
    assert line_of(help_shown=True, caption=caption("x")) is None
    assert line_of(paused=True) is None


def test_state_chip() -> None:
    assert state_text(make_view(), ENGLISH) == "Following"
    assert state_text(make_view(paused=True), ENGLISH) == "Paused"
    assert state_text(make_view(countdown=2), ENGLISH) == "Get ready"


@pytest.mark.parametrize(
    ("timing_ms", "word"),
    [
        (None, ""),
        (0.0, "On time"),
        (100.0, "On time"),
        (101.0, "Early"),
        (-140.0, "Late"),
        (251.0, "Too early"),
        (-900.0, "Too late"),
    ],
)
def test_timing_words(timing_ms: float | None, word: str) -> None:
    assert timing_word(timing_ms, MeterSettings(), ENGLISH) == word


def test_clock_text() -> None:
    assert [clock_text(time_s) for time_s in (-1.0, 0.0, 59.99, 60.0, 754.2)] == [
        "0:00",
        "0:00",
        "0:59",
        "1:00",
        "12:34",
    ]


def test_status_leaves_out_what_is_not_known() -> None:
    assert status_parts(ENGLISH, StatusNumbers()) == ("0 dropped",)
    parts = status_parts(ENGLISH, StatusNumbers(29.7, 60.2, 23.6, 4), seen=0.97, voice_on=False)
    expected = {"30 pictures/s", "60 draws/s", "overlay 24 ms old", "4 dropped", "97% seen", "voice off"}
    assert set(parts) == expected
    assert parts[0] == "voice off"


# -- languages -----------------------------------------------------------------------------------------------------
def test_screens_speak_every_language_of_the_cues() -> None:
    assert set(SCREEN_LANGUAGES) == set(LANGUAGES)


@pytest.mark.parametrize("words", SCREEN_LANGUAGES.values(), ids=lambda words: words.code)
def test_languages_are_complete(words: object) -> None:
    assert set(words.states) == set(words.lines) == set(TrackState)
    assert set(words.energy_verdicts) == set(EnergyVerdict)
    assert set(words.help) == set(ENGLISH.help)
    assert set(words.score_parts) == set(ENGLISH.score_parts)
    for field in fields(words):
        assert getattr(words, field.name) or field.name == "keys", field.name
    for placeholder in ("seen", "pictures_rate", "draws_rate", "overlay_age", "dropped"):
        assert getattr(words, placeholder).count("{") == getattr(ENGLISH, placeholder).count("{") == 1


def test_unknown_language() -> None:
    with pytest.raises(SettingsError, match="language"):
        ScreenLanguage("xx")


# -- keys ----------------------------------------------------------------------------------------------------------
def test_every_command_has_a_key_and_no_key_has_two() -> None:
    found = {binding.command for bindings in BINDINGS.values() for binding in bindings}
    assert found == set(Command) - {Command.CLOSE}, "the window's own button is no key"
    for bindings in BINDINGS.values():
        keys = [key for binding in bindings for key in binding.keys]
        assert len(keys) == len(set(keys))


def test_help_lists_every_key_of_the_practice() -> None:
    for language in ("en", "de"):
        listed = {binding.command for binding in help_rows(language)}
        assert listed == {binding.command for binding in KEY_BINDINGS} - {Command.CONFIRM}
        assert all(help_words(language)[command] for command in listed)


@pytest.mark.parametrize(
    ("key", "character", "command"),
    [
        (pygame.K_SPACE, " ", Command.PAUSE),
        (pygame.K_r, "r", Command.RESTART),
        (pygame.K_m, "m", Command.MIRROR),
        (pygame.K_g, "g", Command.TEACHER_VIEW),
        (pygame.K_LEFT, "", Command.SKIP_BACK),
        (pygame.K_RIGHT, "", Command.SKIP_FORWARD),
        (pygame.K_EQUALS, "+", Command.TEMPO_UP),
        (pygame.K_RIGHTBRACKET, "+", Command.TEMPO_UP),
        (pygame.K_SLASH, "-", Command.TEMPO_DOWN),
        (pygame.K_KP_MINUS, "-", Command.TEMPO_DOWN),
        (pygame.K_f, "f", Command.FULLSCREEN),
        (pygame.K_v, "v", Command.VOICE),
        (pygame.K_h, "h", Command.HELP),
        (pygame.K_ESCAPE, "\x1b", Command.QUIT),
        (pygame.K_z, "z", None),
    ],
)
def test_keys(key: int, character: str, command: Command | None) -> None:
    assert command_for(key, character) is command


def test_teacher_views_cycle() -> None:
    view, seen = TeacherView.BESIDE, []
    for _ in TeacherView:
        seen.append(view)
        view = view.following
    assert set(seen) == set(TeacherView)
    assert view is TeacherView.BESIDE


# -- type setting --------------------------------------------------------------------------------------------------
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


# -- colours -------------------------------------------------------------------------------------------------------
def over(colour: tuple[int, int, int], opacity: float, behind: tuple[int, int, int]) -> tuple[float, ...]:
    return tuple(opacity * c + (1 - opacity) * b for c, b in zip(colour, behind, strict=True))


def test_text_on_panels_stays_readable_over_a_white_wall() -> None:
    theme, white = Theme(), (255, 255, 255)
    panel = over(theme.panel, theme.panel_opacity, white)
    for colour in (theme.text, theme.text_dim, theme.teacher, theme.good, theme.mistake, theme.praise):
        assert contrast(colour, panel) >= 4.5, colour
    backdrop = over(white, theme.backdrop_strength, theme.ink)
    for colour in (theme.text, theme.text_dim):
        assert contrast(colour, backdrop) >= 4.5, colour
    assert contrast(theme.text, theme.raised) >= 4.5


COLOUR_BLIND = {
    # Machado, Oliveira and Fernandes (2009), severity 1.
    "protan": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "deutan": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "tritan": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}


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
