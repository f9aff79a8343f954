"""The verdicts on one moment: an enum and the numbers that explain it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


class JointVerdict(Enum):
    """How a joint compares with the teacher's."""

    GOOD = "good"
    STYLE = "style"
    MISTAKE = "mistake"
    UNSEEN = "unseen"


class EnergyVerdict(Enum):
    """How the energy of the movement compares with the teacher's."""

    GOOD = "good"
    LOW = "low"
    HIGH = "high"
    UNSEEN = "unseen"


class JointReading(NamedTuple):
    """One joint at one moment; the angles are None where they could not be measured."""

    joint: str
    angle_deg: float | None
    target_deg: float | None
    error_deg: float | None
    tolerance_deg: float
    verdict: JointVerdict


@dataclass(frozen=True)
class EnergyReading:
    """The movement's energy in body heights a second; None where it could not be measured."""

    student: float | None
    teacher: float | None
    verdict: EnergyVerdict


class CueKind(Enum):
    """What a cue is about."""

    JOINT = "joint"
    TIMING = "timing"
    ENERGY = "energy"
    PATH = "path"
    PRAISE = "praise"
    FRAMING = "framing"


@dataclass(frozen=True)
class Cue:
    """One thing said to the dancer: ``text`` on the screen, ``speech`` aloud."""

    time_s: float
    reference_s: float | None
    kind: CueKind
    joint: str | None
    text: str
    speech: str


class FramingHint(Enum):
    """Why the coach cannot see the dancer well, most urgent first."""

    NOBODY = "nobody"
    CAMERA_FROZEN = "camera_frozen"
    TOO_NEAR = "too_near"
    FEET_CUT_OFF = "feet_cut_off"
    HEAD_CUT_OFF = "head_cut_off"
    ARMS_CUT_OFF = "arms_cut_off"
    TOO_FAR = "too_far"
    OFF_CENTRE = "off_centre"
    DARK = "dark"
    BLURRED = "blurred"
    SECOND_PERSON = "second_person"
    CAMERA_MOVED = "camera_moved"
