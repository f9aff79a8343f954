"""The keys of everything that the coach can say, and how a language's tables are written.

A table is plain data: key to written text, or to a pair of written and spoken text where they differ. The placeholders
``{side}`` ... are filled with the side's forms of the language. A new language is one more module with a `Language`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from coach.judging.verdicts import FramingHint
from coach.pose.joint_table import JOINTS

Wording = str | tuple[str, str]


class Direction(Enum):
    """Where a joint is, seen from where it should be."""

    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"


class Situation(Enum):
    """What else decides how a correction is worded."""

    ONE = "one"
    BOTH = "both"
    LIFTED = "lifted"
    UPRIGHT = "upright"
    MORE = "more"
    LESS = "less"
    SIDE_ON = "side_on"


LEAN_SITUATIONS: Final = (Situation.UPRIGHT, Situation.MORE, Situation.LESS, Situation.SIDE_ON)
LIMB_SITUATIONS: Final = (Situation.ONE, Situation.BOTH)
HIP_SITUATIONS: Final = (*LIMB_SITUATIONS, Situation.LIFTED)

LIMBS: Final = ("left_arm", "right_arm", "left_leg", "right_leg")

PLAIN_KEYS: Final = (
    "timing.late",
    "timing.early",
    "timing.off_late",
    "timing.off_early",
    *(f"timing.{limb}_{when}" for limb in LIMBS for when in ("late", "early")),
    "energy.low",
    "energy.high",
    "energy.small",
    "timing.stopped",
    "energy.hold",
    "energy.hit",
    "path.wrong",
    "praise.improved",
    "praise.improved_again",
    "praise.clean",
    "praise.clean_again",
    "praise.clean_more",
    "praise.finished",
    "status.lost",
    "status.found",
    "status.restarted",
    "status.mirrored",
    "word.good",
    "word.great",
    "word.perfect",
    *(f"framing.{hint.value}" for hint in FramingHint),
)


@dataclass(frozen=True)
class Language:
    """All texts of one language.

    Attributes
    ----------
    code : str
        As in ``en`` or ``de``.
    sides : mapping
        For ``left`` and ``right`` the forms that the wordings use.
    joints : mapping
        ``kind.direction.situation`` (kind as in ``elbow``) to wording.
    plain : mapping
        Every key of `PLAIN_KEYS` to wording.
    """

    code: str
    sides: Mapping[str, Mapping[str, str]]
    joints: Mapping[str, Wording]
    plain: Mapping[str, Wording]


def situations_of(joint: str) -> tuple[Situation, ...]:
    """The situations in which a correction of ``joint`` is worded differently."""
    kind = kind_of(joint)
    if kind in ("trunk", "neck"):
        return LEAN_SITUATIONS
    return HIP_SITUATIONS if kind == "hip" else LIMB_SITUATIONS


def kind_of(joint: str) -> str:
    """``elbow`` of ``left_elbow``, ``trunk`` of ``trunk``."""
    return joint.removeprefix("left_").removeprefix("right_")


def joint_keys() -> Iterator[tuple[str, Direction, Situation]]:
    """Every correction of a joint."""
    for joint in JOINTS:
        for direction in Direction:
            for situation in situations_of(joint.name):
                yield joint.name, direction, situation
