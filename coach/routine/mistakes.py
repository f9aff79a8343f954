"""Mistakes that the drawn student can be told to make, when, and what a coach should say about them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from coach.errors import SettingsError
from coach.routine.routine import Routine
from coach.settings.routine import MistakeSettings


@dataclass(frozen=True)
class ExpectedCue:
    """What a good coach says of a mistake.

    Attributes
    ----------
    kinds : tuple of str
        Kinds of cue (as in the log) that name it; ``framing`` names without blame.
    joints : tuple of str
        Joints that a cue of the kind ``joint`` may name; empty for any.
    effect : str
        What else shows that it was noticed, in words.
    """

    kinds: tuple[str, ...]
    joints: tuple[str, ...] = ()
    effect: str = ""


@dataclass(frozen=True)
class MistakeKind:
    """A mistake by name.

    Attributes
    ----------
    name : str
        As on the command line.
    start_beat : float
        Where it begins by default: where it shows at once.
    expected : ExpectedCue
    """

    name: str
    start_beat: float
    expected: ExpectedCue


_KINDS: Final = (
    # Counts 16 to 19 and 20.5 to 23 have a straight left arm in the plane of the picture.
    MistakeKind("bent-arm", 15.0, ExpectedCue(("joint",), ("left_elbow",))),
    # Count 60 lifts the left knee to the side, count 62 the right one.
    MistakeKind("low-knees", 58.5, ExpectedCue(("joint",), ("left_knee", "right_knee", "left_hip", "right_hip"))),
    MistakeKind("late", 15.0, ExpectedCue(("timing",))),
    # From count 23 on the teacher moves a lot: a lack of energy shows before any single shape is off.
    MistakeKind("low-energy", 22.6, ExpectedCue(("energy",))),
    MistakeKind("small", 15.0, ExpectedCue(("joint", "energy"))),
    MistakeKind("mirrored", 0.0, ExpectedCue(("framing",), effect="followed as the mirror image, without blame")),
    MistakeKind(
        "stops", 22.3, ExpectedCue(("timing", "framing"), effect="the coach waits, or says that the dance goes on")
    ),
    MistakeKind("restarts", 45.2, ExpectedCue(("framing",), effect="followed from the start again")),
)

MISTAKES: Final[dict[str, MistakeKind]] = {kind.name: kind for kind in _KINDS}
MISTAKE_NAMES: Final[tuple[str, ...]] = tuple(MISTAKES)
"""Names for the command line."""


@dataclass(frozen=True)
class Mistake:
    """A planted mistake.

    Attributes
    ----------
    name : str
        One of `MISTAKE_NAMES`.
    start_s, end_s : float
        On the student's clock; ``end_s`` may be infinite. ``stops`` lasts as long as its settings say at most,
        ``restarts`` has no end.
    """

    name: str
    start_s: float
    end_s: float = math.inf

    def __post_init__(self) -> None:
        if self.name not in MISTAKES:
            raise SettingsError("mistake", self.name, f"one of {', '.join(MISTAKE_NAMES)}")
        if not 0.0 <= self.start_s < self.end_s:
            raise SettingsError("start of the mistake", self.start_s, "at or after 0 and before its end")

    @property
    def expected(self) -> ExpectedCue:
        """What a good coach says of it."""
        return MISTAKES[self.name].expected

    def strength(self, time_s: float, blend_s: float) -> float:
        """0 before and after, 1 while it lasts; rises for ``blend_s`` from the start, falls as long from the end."""
        return _ramp((time_s - self.start_s) / blend_s) * (1.0 - _ramp((time_s - self.end_s) / blend_s))


def planned_mistake(name: str, routine: Routine, tempo: float = 1.0) -> Mistake:
    """The mistake where it shows best, for a student at ``tempo``; raises `SettingsError` if unknown."""
    if name not in MISTAKES:
        raise SettingsError("mistake", name, f"one of {', '.join(MISTAKE_NAMES)}")
    return Mistake(name, MISTAKES[name].start_beat * routine.beat_s / tempo)


def stop_length_s(mistake: Mistake, settings: MistakeSettings) -> float:
    """How long a dancer who stops stands still."""
    return min(settings.stop_s, mistake.end_s - mistake.start_s)


def _ramp(share: float) -> float:
    """Smooth step from 0 to 1."""
    if math.isinf(share):
        return 0.0 if share < 0 else 1.0
    share = min(max(share, 0.0), 1.0)
    return share * share * (3.0 - 2.0 * share)
