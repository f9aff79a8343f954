"""What has been wrong often enough lately to be worth a word."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from coach.judging.sightings import BANDED_TIMING, HIPS, IssueKey, Sighting
from coach.judging.verdicts import CueKind
from coach.settings.cues import CueSettings

_ONE_WAY: Final = 0.5
_RECENT_S: Final = 0.5
_MIN_BEYOND: Final = 0.15
_AT_ONCE_S: Final = 0.3
"""Joints that are wrong no further apart than this may have one cause."""


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
        after_s = self._settings.hip_after_s if issue.key.subject in HIPS else self._settings.joint_after_s
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
