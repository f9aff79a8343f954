"""Another's words are believed only where they say what was measured."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.comparison.fact_check import bent_fact

FACT = "0:14-0:16, left knee 30 degrees straighter than the teacher: bend your left knee more."


@pytest.mark.parametrize(
    "words",
    [
        FACT,
        "Between 0:14 and 0:16 your left knee is 30 degrees straighter than the teacher's; bend it a little more!",
        "At 0:14 your left knee was 30° straighter.",
        "Your left knee: bend it.",
    ],
)
def test_the_same_in_other_words(words: str) -> None:
    assert bent_fact(words, FACT) is None


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("0:14, left knee 40 degrees straighter.", "number 40"),
        ("0:15, left knee 30 degrees straighter.", "number 0:15"),
        ("Left knee 30 % straighter.", "number 30 %"),
        ("Left knee thirty degrees straighter.", "number thirty"),
        ("Left knee \u0663\u0660 degrees straighter.", "number"),
        ("Left knee -30 degrees straighter.", "number"),
        ("Right knee 30 degrees straighter.", "joint right knee"),
        ("Left knee 30 degrees straighter, and the left elbow too.", "joint left elbow"),
        ("Left knee 30 degrees straighter: move the ankle.", "joint ankle"),
        ("The knee was 30 degrees straighter.", "nothing of the left"),
        ("Left knee 30 degrees lower.", "direction lower"),
        ("Your left knee was not straighter.", "opposite"),
        ("Your left knee wasn't straighter.", "opposite"),
        ("", "not among the facts"),
    ],
)
def test_a_bent_fact_is_named(words: str, named: str) -> None:
    assert named in (bent_fact(words, FACT) or "")


def test_nothing_to_say_stays_nothing() -> None:
    assert bent_fact("", "") is None
    assert bent_fact("Everything was wonderful!", "") is not None
    assert bent_fact("14 of 12 hits were the teacher's.", "12 of 14 hits were on the teacher's.") is not None


@settings(deadline=None)
@given(st.integers(0, 9999), st.text(max_size=20))
def test_no_other_number_passes(number: int, around: str) -> None:
    if str(number) not in ("30", "14", "16", "0"):
        assert bent_fact(f"Your left knee, {number} {around}", FACT) is not None


@settings(deadline=None)
@given(st.text())
def test_any_text_is_judged(words: str) -> None:
    assert bent_fact(words, words) is None or not words.strip() or any(map(str.isnumeric, words))
