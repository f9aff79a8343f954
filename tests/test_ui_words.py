"""What the screens say: the coach's line, the meters' words, keys and help."""

from __future__ import annotations

from dataclasses import fields

import pygame
import pytest

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
from coach.ui.meters import praise_text
from coach.ui.practice_tools import ToolsView
from coach.ui.state_banner import state_text
from coach.ui.status_row import status_parts
from coach.ui.view import Praise, StatusNumbers, TeacherView
from coach.ui.words import timing_word
from coach.ui.words_english import ENGLISH
from tests.builders_ui import caption, make_state, make_view

LANGUAGE = ScreenLanguage("en")


def line_of(**changes: object) -> tuple[str, Tone] | None:
    line = coach_line(make_view(**changes), CaptionSettings(), LANGUAGE)
    return (line.text, line.tone) if line is not None else None


def test_a_fresh_cue_is_the_coachs_line_and_then_goes() -> None:
    cue = caption("Left arm straighter", shown_s=99.0)
    assert line_of(caption=cue, now_s=99.5) == ("Left arm straighter", Tone.CORRECTION)
    assert line_of(caption=cue, now_s=103.1) is None
    assert line_of(caption=cue, now_s=98.9) is None


def test_who_is_followed_again_is_not_told_to_be_lost() -> None:
    cue = caption(LANGUAGE.cues.plain("status.lost").text, CueKind.FRAMING)
    assert line_of(state=make_state(TrackState.LOST), caption=cue) == (cue.text, Tone.GUIDE)
    assert line_of(state=make_state(TrackState.FOLLOWING), caption=cue) is None


def test_praise_is_no_correction() -> None:
    assert line_of(caption=caption("Better!", CueKind.PRAISE)) == ("Better!", Tone.PRAISE)


@pytest.mark.parametrize(
    ("timing_ms", "word"),
    [(None, "Perfect"), (0.0, "Perfect"), (-90.0, "Perfect"), (-150.0, ""), (-4000.0, ""), (300.0, "")],
)
def test_nobody_is_perfect_beside_the_music(timing_ms: float | None, word: str) -> None:
    """Timing is no part of the score, but a word beside "Too late" would be read as if it were."""
    assert praise_text(Praise("Perfect", 10.0), timing_ms, 10.5, UiSettings()) == word
    assert praise_text(Praise("Perfect", 10.0), timing_ms, 99.0, UiSettings()) == ""


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
    assert state_text(make_view(make_state(ambiguous=True)), ENGLISH) == "Unsure"
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
