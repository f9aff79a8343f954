"""The words of the practice's tools."""

from __future__ import annotations

from dataclasses import fields

import pytest

from coach.practice.plan_runner import PlanMessage
from coach.practice.stages import Stage
from coach.ui.practice_tools import PauseChoice
from coach.ui.words_practice import PRACTICE_WORDS, PracticeWords

LONGER = 1.7
"""German may be so much longer; the screens leave that room."""


def texts(words: PracticeWords) -> dict[str, str]:
    """All texts of a language by where they stand."""
    found: dict[str, str] = {}
    for field in fields(words):
        value = getattr(words, field.name)
        if isinstance(value, str):
            found[field.name] = value
        else:
            found |= {f"{field.name} {key}": text for key, text in value.items()}
    return found


@pytest.mark.parametrize("language", ["en", "de"])
def test_nothing_is_missing(language: str) -> None:
    words = PRACTICE_WORDS[language]
    assert all(text.strip() for text in texts(words).values())
    assert set(words.plan_messages) == set(PlanMessage)
    assert set(words.stages) == set(Stage)
    assert set(words.pause) == set(PauseChoice)


def test_german_says_the_same_things_at_about_the_same_length() -> None:
    english, german = texts(PRACTICE_WORDS["en"]), texts(PRACTICE_WORDS["de"])
    assert english.keys() == german.keys()
    long = {key: text for key, text in german.items() if len(text) > max(14, LONGER * len(english[key]))}
    assert not long
    for key, text in english.items():
        assert text.count("{") == german[key].count("{"), key
