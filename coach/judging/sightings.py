"""What is wrong in one frame: everything that any judge objects to, as something that a cue could be about."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final, NamedTuple

from coach.alignment.tracked_position import TrackState
from coach.judging.cue_words import LIMBS
from coach.judging.extension_judge import ExtensionVerdict
from coach.judging.moment import Moment
from coach.judging.path_judge import PathVerdict
from coach.judging.timing_judge import TimingVerdict
from coach.judging.verdicts import CueKind, EnergyVerdict, JointReading, JointVerdict
from coach.pose.joint_table import JOINTS

_JOINT_WEIGHT: Final = {joint.name: joint.weight for joint in JOINTS}
_TIMING_WEIGHT, _ENERGY_WEIGHT, _SMALL_WEIGHT, _PATH_WEIGHT, _HOLD_WEIGHT, _STOPPED_WEIGHT = (
    0.8,
    0.9,
    1.2,
    1.0,
    1.0,
    2.0,
)
_LIMB_WEIGHT: Final = 1.2
_HIT_WEIGHT, _HIT_SIZE = 0.8, 1.5
LIMB_OUT_MS: Final = 150.0
"""A limb out of time by so much has size 1."""
_MAX_SIZE: Final = 4.0
HIPS: Final = ("left_hip", "right_hip")
_LEAN_SHARE: Final = 0.6
_OFF_BAND_SIZE, _BAND_SIZE = 2.0, 1.2


class IssueKey(NamedTuple):
    """What an issue is about: ``subject`` is a joint's name or the end of a text key (``late``, ``low``)."""

    kind: CueKind
    subject: str


class Sighting(NamedTuple):
    """One issue seen in one frame; ``size`` is 1 at the edge of what is right, ``error`` its signed amount."""

    key: IssueKey
    size: float
    weight: float
    error: float = 0.0
    target: float = math.nan


BANDED_TIMING: Final = (IssueKey(CueKind.TIMING, "late"), IssueKey(CueKind.TIMING, "early"))
"""The timing issues that have a near and a far band."""


SOFT_HITS: Final = IssueKey(CueKind.ENERGY, "hit")
"""Most of the teacher's last hits were missing."""


LIMB_TIMING: Final = frozenset(
    IssueKey(CueKind.TIMING, f"{limb}_{when}") for limb in LIMBS for when in ("late", "early")
)
"""The timing issues of one limb."""


def sightings(moment: Moment, stopped_ratio: float) -> Iterator[Sighting]:
    """All that is wrong in one frame; nothing where a repeat explains the dancer as well."""
    if moment.position.state is not TrackState.FOLLOWING or moment.position.ambiguous:
        return
    mistakes = [reading for reading in moment.joints if reading.verdict is JointVerdict.MISTAKE]
    explained = _hips_of_a_lean(moment.joints) if mistakes else frozenset()
    for reading in mistakes:
        blameable = moment.mirror_decided or reading.joint not in moment.ambiguous
        blameable &= reading.joint not in explained
        if blameable and reading.error_deg is not None:
            size = min(abs(reading.error_deg) / reading.tolerance_deg, _MAX_SIZE)
            target = math.nan if reading.target_deg is None else reading.target_deg
            yield Sighting(
                IssueKey(CueKind.JOINT, reading.joint), size, _JOINT_WEIGHT[reading.joint], reading.error_deg, target
            )
    yield from _timing(moment.timing.verdict)
    for limb, out_ms in moment.limbs.called_ms.items():
        side = "early" if out_ms > 0 else "late"
        size = min(abs(out_ms) / LIMB_OUT_MS, _MAX_SIZE)
        yield Sighting(IssueKey(CueKind.TIMING, f"{limb}_{side}"), size, _LIMB_WEIGHT)
    yield from _energy(moment, stopped_ratio)
    if moment.mirror_decided and moment.path.verdict is PathVerdict.WRONG:
        yield Sighting(IssueKey(CueKind.PATH, "wrong"), 2.0, _PATH_WEIGHT)


def _hips_of_a_lean(joints: tuple[JointReading, ...]) -> frozenset[str]:
    """Hips whose error is that of a leaning trunk, from which they are measured."""
    errors = {reading.joint: abs(reading.error_deg) for reading in joints if reading.error_deg is not None}
    lean = errors.get("trunk", 0.0)
    return frozenset(name for name in HIPS if lean >= _LEAN_SHARE * errors.get(name, math.inf))


def _timing(verdict: TimingVerdict) -> Iterator[Sighting]:
    off = verdict in (TimingVerdict.OFF_EARLY, TimingVerdict.OFF_LATE)
    if verdict.is_early or verdict.is_late:
        subject = "early" if verdict.is_early else "late"
        yield Sighting(IssueKey(CueKind.TIMING, subject), _OFF_BAND_SIZE if off else _BAND_SIZE, _TIMING_WEIGHT)


def _energy(moment: Moment, stopped_ratio: float) -> Iterator[Sighting]:
    energy, extension = moment.energy, moment.extension
    known = energy.student is not None and energy.teacher is not None and energy.teacher > 0
    ratio = energy.student / energy.teacher if known and energy.student and energy.teacher else 0.0
    if moment.hold_broken:
        yield Sighting(IssueKey(CueKind.ENERGY, "hold"), 2.0, _HOLD_WEIGHT)
    if energy.verdict is EnergyVerdict.LOW and ratio < stopped_ratio:
        yield Sighting(IssueKey(CueKind.TIMING, "stopped"), 2.0, _STOPPED_WEIGHT)
    elif extension.verdict is ExtensionVerdict.SMALL and extension.ratio is not None:
        yield Sighting(
            IssueKey(CueKind.ENERGY, "small"), min(1.5 / max(extension.ratio, 0.3), _MAX_SIZE), _SMALL_WEIGHT
        )
    elif energy.verdict is EnergyVerdict.LOW:
        yield Sighting(IssueKey(CueKind.ENERGY, "low"), min(1.0 / max(ratio, 0.25), _MAX_SIZE), _ENERGY_WEIGHT)
    elif moment.hits.soft:
        yield Sighting(SOFT_HITS, _HIT_SIZE, _HIT_WEIGHT)
    elif energy.verdict is EnergyVerdict.HIGH and not moment.hold_broken:
        yield Sighting(IssueKey(CueKind.ENERGY, "high"), 1.0, 0.5 * _ENERGY_WEIGHT)
