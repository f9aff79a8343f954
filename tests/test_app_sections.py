"""Which part of a dance ``--section`` means."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.app.practising.sections import practised_span
from coach.errors import CoachError
from coach.pose.reference import Section
from coach.storage.reference_layout import ROUTINE
from tests.builders_pose import make_reference

DANCE = replace(
    make_reference(300),
    sections=(Section("Intro", 0.0, 3.0), Section("Chorus", 3.0, 8.0), Section("4-8", 5.0, 9.0)),
)


@pytest.mark.parametrize(
    ("section", "span_s"),
    [
        (None, None),
        ("Chorus", (3.0, 8.0)),
        (" chorus ", (3.0, 8.0)),
        ("2-6", (2.0, 6.0)),
        ("2.5 - 6.25", (2.5, 6.25)),
        ("4-8", (5.0, 9.0)),
        ("5-600", (5.0, DANCE.duration_s)),
    ],
)
def test_what_is_meant(section: str | None, span_s: tuple[float, float] | None) -> None:
    assert practised_span(DANCE, section) == (span_s if span_s is None else pytest.approx(span_s))


@pytest.mark.parametrize("section", ["Strong arms", "starke arme", "Starke Arme "])
def test_a_section_of_the_built_in_dance_is_known_by_what_the_screen_calls_it(section: str) -> None:
    dance = replace(DANCE, sections=(Section("Strong arms", 2.0, 6.0),))
    built_in = replace(dance, info=replace(dance.info, source_kind=ROUTINE))
    assert practised_span(built_in, section) == (2.0, 6.0)
    if section.strip().casefold() != "strong arms":
        with pytest.raises(CoachError, match="there is no section"):
            practised_span(dance, section)


@pytest.mark.parametrize("section", ["Bridge", "", "5-", "-5-7", "a-b", "1e1-20"])
def test_an_unknown_section_lists_those_there_are(section: str) -> None:
    with pytest.raises(CoachError, match="It has: Intro, Chorus, 4-8; or give START-END"):
        practised_span(DANCE, section)


@pytest.mark.parametrize("section", ["6-6", "3-4.5", "50-90", "9-600"])
def test_too_little_to_practise(section: str) -> None:
    with pytest.raises(CoachError, match="less than 2 s"):
        practised_span(DANCE, section)


def test_a_dance_without_sections_says_so() -> None:
    with pytest.raises(CoachError, match="It has no named sections"):
        practised_span(replace(DANCE, sections=()), "Chorus")
