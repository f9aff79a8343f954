"""What is wrong right now, and what has been wrong often enough lately to be worth a word."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from coach.alignment.tracked_position import TrackState
from coach.judging.cue_words import LIMBS
from coach.judging.extension_judge import ExtensionVerdict
from coach.judging.moment import Moment
from coach.judging.path_judge import PathVerdict
from coach.judging.timing_judge import TimingVerdict
from coach.judging.verdicts import CueKind, EnergyVerdict, JointReading, JointVerdict
from coach.pose.joint_table import JOINTS
from coach.settings.cues import CueSettings

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
_ONE_WAY: Final = 0.5
_HIPS: Final = ("left_hip", "right_hip")
_LEAN_SHARE: Final = 0.6
_RECENT_S: Final = 0.5
_MIN_BEYOND: Final = 0.15
_AT_ONCE_S: Final = 0.3
"""Joints that are wrong no further apart than this may have one cause."""
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


@dataclass
class Issue:
    """One thing that has been wrong lately.

    Attributes
    ----------
    key : IssueKey
    weight : float
    wrong_s : float
        Time it was wrong, forgotten slowly.
    size, error : float
        Means over the sightings, weighted towards the last ones.
    error_size : float
        Mean of the error's size.
    lasted : bool
        Whether it was wrong for long enough to be worth a word.
    peak_size, target : float
        The largest size, and the teacher's angle then.
    started_s, last_s : float
        When this spell of it began, and when it was last seen.
    """

    key: IssueKey
    weight: float
    started_s: float
    last_s: float
    size: float
    error: float
    target: float
    wrong_s: float = 0.0
    peak_size: float = 0.0
    error_size: float = 0.0
    lasted: bool = False
    _weight_known: float = 0.0

    def take_in(self, share: float) -> float:
        """How much of a new sighting goes into the means: at first all of it, at any frame rate."""
        self._weight_known += share * (1.0 - self._weight_known)
        return share / self._weight_known if self._weight_known > 0.0 else 1.0

    @property
    def has_direction(self) -> bool:
        """Whether the errors mostly point one way; to and fro cannot be put right in words."""
        return abs(self.error) >= _ONE_WAY * self.error_size

    def urgency(self, memory_s: float) -> float:
        """Weight times size times how much of the time."""
        return self.weight * self.size * min(self.wrong_s / memory_s, 1.0)


def sightings(moment: Moment, stopped_ratio: float) -> Iterator[Sighting]:
    """All that is wrong in one frame."""
    if moment.position.state is not TrackState.FOLLOWING:
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
    return frozenset(name for name in _HIPS if lean >= _LEAN_SHARE * errors.get(name, math.inf))


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


class IssueMemory:
    """Adds up sightings over the last seconds."""

    def __init__(self, settings: CueSettings) -> None:
        self._settings = settings
        self._issues: dict[IssueKey, Issue] = {}
        self._last_s = -math.inf

    def clear(self) -> None:
        """Forget everything."""
        self._issues.clear()

    def forget(self, key: IssueKey) -> None:
        """Start one issue afresh: it was spoken of."""
        self._issues.pop(key, None)

    def step(self, seen: list[Sighting], time_s: float, gap_s: float) -> None:
        """Take in one frame."""
        kept = math.exp(-gap_s / self._settings.memory_s)
        for issue in self._issues.values():
            issue.wrong_s *= kept
        for sighting in seen:
            self._see(sighting, time_s, gap_s)
        self._last_s = time_s
        limit_s = time_s - self._settings.stale_s
        for key in [key for key, issue in self._issues.items() if issue.last_s < limit_s]:
            del self._issues[key]

    def _see(self, sighting: Sighting, time_s: float, gap_s: float) -> None:
        issue = self._issues.get(sighting.key)
        if issue is None:
            issue = Issue(sighting.key, sighting.weight, time_s, time_s, sighting.size, sighting.error, sighting.target)
            issue.error_size = abs(sighting.error)
            self._issues[sighting.key] = issue
        share = issue.take_in(-math.expm1(-gap_s / _RECENT_S))
        issue.size += share * (sighting.size - issue.size)
        issue.error += share * (sighting.error - issue.error)
        issue.error_size += share * (abs(sighting.error) - issue.error_size)
        if sighting.size >= issue.peak_size:
            issue.peak_size, issue.target = sighting.size, sighting.target
        # A spell began somewhere between this frame and the last: half-way, at any frame rate.
        issue.wrong_s += gap_s if issue.last_s == self._last_s else 0.5 * gap_s
        issue.last_s = time_s
        issue.lasted = issue.lasted or issue.wrong_s >= self._due_after_s(issue)

    def ripe(self) -> list[Issue]:
        """Issues that have lasted long enough."""
        return [issue for issue in self._issues.values() if issue.lasted and issue.has_direction]

    def _due_after_s(self, issue: Issue) -> float:
        """How long it has to be wrong to be worth a word: joints that are hardly beyond tolerance for much longer."""
        if issue.key.kind is CueKind.JOINT:
            beyond = max((issue.size - 1.0) / (self._settings.sure_size - 1.0), _MIN_BEYOND)
            return self._counts_after_s(issue) / min(beyond, 1.0)
        if issue.key in BANDED_TIMING:
            return self._settings.timing_after_s
        if issue.key.subject == "hold":  # the judge itself waited, and a freeze is short
            return self._settings.joint_after_s
        return self._settings.whole_after_s

    def _counts_after_s(self, issue: Issue) -> float:
        """How long a joint has to be wrong to be more than a blip; the sensor errs more where little weight is."""
        after_s = self._settings.hip_after_s if issue.key.subject in _HIPS else self._settings.joint_after_s
        return after_s / issue.weight**2

    def _counts(self, issue: Issue) -> bool:
        return issue.key.kind is not CueKind.JOINT or issue.wrong_s >= self._counts_after_s(issue)

    def any(self) -> bool:
        """Whether anything is wrong now, worth a word or not, or was lately for more than a moment."""
        return any(issue.last_s == self._last_s or self._counts(issue) for issue in self._issues.values())

    def get(self, key: IssueKey) -> Issue | None:
        """The issue under ``key``, if there is any."""
        return self._issues.get(key)

    def joint_count(self) -> int:
        """How many joints are wrong, or were a moment ago, for more than a moment."""
        since_s = self._last_s - _AT_ONCE_S
        return sum(
            key.kind is CueKind.JOINT and issue.last_s >= since_s and self._counts(issue)
            for key, issue in self._issues.items()
        )
