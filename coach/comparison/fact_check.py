"""Whether another's words still say what was measured: numbers, joints and directions of each sentence."""

from __future__ import annotations

import re
from typing import Final

_NUMBER: Final = re.compile(
    r"(\d+(?:[:.,]\d+)*)[\s-]*(degrees?|°|%|per ?cent|ms|milliseconds?|seconds?|s\b|counts?|hits?|of \d+)?",
    re.IGNORECASE,
)
_UNITS: Final = {"°": "degree", "percent": "%", "per cent": "%", "millisecond": "ms", "second": "s"}
_NUMBER_WORDS: Final = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|"
    r"eighty|ninety|hundred|thousand|half|third|quarters?|double|twice|triple)\b",
    re.IGNORECASE,
)
_BODY: Final = (
    r"(shoulder|arm|forearm|elbow|wrist|hand|hip|pelvis|thigh|leg|knee|ankle|foot|feet|upper body|trunk|torso|chest|"
    r"spine|back|head|neck)s?"
)
_BODY_WORD: Final = re.compile(rf"\b{_BODY}\b", re.IGNORECASE)
_SIDED: Final = re.compile(rf"\b(left|right|both)\s+{_BODY}\b", re.IGNORECASE)
_DIRECTIONS: Final = re.compile(
    r"\b(left|right|early|earlier|sooner|late|later|straight\w*|extend\w*|bend\w*|bent|high\w*|low\w*|rais\w*|lift\w*|"
    r"drop\w*|open\w*|clos\w*|stretch\w*|flex\w*|fast\w*|slow\w*|quick\w*|mirror\w*|up|down|more|less|wait|most|mostly)\b",
    re.IGNORECASE,
)
_NEGATION: Final = re.compile(r"\b(no|not|never|nothing|none|without|hardly|cannot)\b|n['’]t\b", re.IGNORECASE)


def bent_fact(words: str, fact: str) -> str | None:
    """What ``words`` say that ``fact`` does not; None if they say the same.

    Strict rather than clever: a word for a direction, a part of the body or a number that the fact does not hold is
    refused, whatever it means there; so is a number with another unit, a joint left out, and a "not" more or less.
    """
    if not fact or not words.strip():
        return None if words.strip() == fact.strip() else "a sentence that is not among the facts"
    for name, found, known in (
        ("the number", _numbers(words), _numbers(fact) | {(number, "") for number, _ in _numbers(fact)}),
        ("the number", _lower(_NUMBER_WORDS, words), _lower(_NUMBER_WORDS, fact)),
        ("the joint", _joints(words), _joints(fact)),
        ("the joint", _lower(_BODY_WORD, words), _lower(_BODY_WORD, fact)),
        ("the direction", _lower(_DIRECTIONS, words), _lower(_DIRECTIONS, fact)),
    ):
        strange = found - known
        if strange:
            item = sorted(strange, key=str)[0]
            return f"{name} {' '.join(item).strip() if isinstance(item, tuple) else item}"
    if any(character.isnumeric() and character not in "0123456789" for character in words) or re.search(
        r"(?<![\w:])[-\u2212]\d", words
    ):
        return "a number written in another way"
    missing = _joints(fact) - _joints(words)
    if missing:
        return f"nothing of the {' '.join(sorted(missing)[0])}"
    return None if bool(_NEGATION.search(words)) == bool(_NEGATION.search(fact)) else "the opposite"


def _numbers(text: str) -> set[tuple[str, ...]]:
    return {(number, _unit(unit)) for number, unit in _NUMBER.findall(text)}


def _unit(text: str) -> str:
    unit = text.lower()
    unit = unit.removesuffix("s") if len(unit) > 2 else unit
    return _UNITS.get(unit, unit)


def _joints(text: str) -> set[tuple[str, ...]]:
    return {(side.lower(), part.lower()) for side, part in _SIDED.findall(text)}


def _lower(pattern: re.Pattern[str], text: str) -> set[str]:
    return {str(found).lower() for found in pattern.findall(text)}
