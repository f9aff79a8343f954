"""The built-in dance on screens of other languages; a dance of one's own keeps its names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.app.build_default_reference import TEACHER
from coach.app.built_in_names import sections_shown, teacher_shown
from coach.app.result.result_model import ResultModel, result_page
from coach.pose.reference import Section
from coach.routine.first_steps import SECTION_STARTS
from coach.session.choreography import Choreography
from coach.settings.practice import PracticeToolSettings
from coach.settings.preferences import LANGUAGES
from coach.settings.session import CoachSettings
from coach.storage.library import resolve
from coach.storage.reference_hdf5 import read_reference
from coach.ui.home_cards import _second_line
from coach.ui.home_view import DanceCard
from coach.ui.words_built_in import NAMES
from coach.ui.words_home import HOME_WORDS
from tests.builders_practice import make_run

BUILT_IN = read_reference(resolve("first-steps"))


def test_every_name_is_there_in_every_language() -> None:
    assert set(NAMES) == set(LANGUAGES) - {"en"}
    for names in NAMES.values():
        assert set(names) == {TEACHER, *(name for name, _ in SECTION_STARTS)}
        assert all(text.strip() for text in names.values())


def test_the_screens_of_a_practice_say_them() -> None:
    assert teacher_shown(BUILT_IN.info, "de") == "Das gezeichnete Vorbild"
    assert [section.name for section in sections_shown(BUILT_IN, "de")][:2] == ["Seitschritte", "Starke Arme"]
    assert teacher_shown(BUILT_IN.info, "en") == BUILT_IN.info.teacher
    assert sections_shown(BUILT_IN, "en") == tuple(BUILT_IN.sections)
    page = result_page(
        ResultModel(make_run(80.0, 90.0), Choreography.of_reference(BUILT_IN, CoachSettings())),
        (),
        (),
        "de",
        PracticeToolSettings(),
    )
    assert page.teacher_name == "Das gezeichnete Vorbild"
    assert page.phrases[0].section == "Seitschritte"


def test_a_dance_of_ones_own_keeps_its_names() -> None:
    own = replace(
        BUILT_IN,
        info=replace(BUILT_IN.info, source_kind="camera", teacher=TEACHER),
        sections=(Section("Turn around", 0.0, 4.0),),
    )
    assert teacher_shown(own.info, "de") == TEACHER
    assert [section.name for section in sections_shown(own, "de")] == ["Turn around"]


@pytest.mark.parametrize(
    ("language", "line"), [("en", "with the drawn teacher"), ("de", "mit dem gezeichneten Vorbild")]
)
def test_the_card_at_home_says_who_dances(language: str, line: str) -> None:
    words = HOME_WORDS[language]
    assert _second_line(DanceCard("first-steps", "First Steps", TEACHER, built_in=True), words) == line
    assert TEACHER in _second_line(DanceCard("mine", "Mine", TEACHER), words)
