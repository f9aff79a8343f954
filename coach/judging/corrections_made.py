"""What the dancer has been told, and whether it may be said again."""

from __future__ import annotations

import math
from dataclasses import dataclass

from coach.judging.issues import Issue, IssueMemory
from coach.judging.sightings import IssueKey
from coach.judging.verdicts import CueKind
from coach.pose.landmark_table import mirrored_name
from coach.settings.cues import CueSettings

_SAYING_S = 1.5
_EDGE_SIZE = 1.0
"""Size of an issue at the edge of what is right."""


@dataclass
class _Correction:
    key: IssueKey
    too_large: bool
    both_sides: bool
    size: float
    time_s: float

    def covers(self, issue: Issue) -> bool:
        """Whether saying ``issue`` would be saying this again."""
        if self.key.kind is not CueKind.JOINT:
            return issue.key == self.key
        same_joint = issue.key == self.key or (
            self.both_sides and issue.key == IssueKey(CueKind.JOINT, mirrored_name(self.key.subject))
        )
        return same_joint and (issue.error > 0) is self.too_large


class CorrectionsMade:
    """Remembers what was said: never the same again unless it got worse, or much else was said since."""

    def __init__(self, settings: CueSettings) -> None:
        self._settings = settings
        self._made: list[_Correction] = []

    @property
    def last_s(self) -> float:
        """When the last one was made, -inf before the first."""
        return self._made[-1].time_s if self._made else -math.inf

    def add(self, issue: Issue, both_sides: bool, time_s: float) -> None:
        """``issue`` is being spoken of, for the joints of both sides or for its own only."""
        self._made.append(_Correction(issue.key, issue.error > 0, both_sides, issue.size, time_s))

    def watch_last(self, issues: IssueMemory, time_s: float) -> None:
        """A correction is for the mistake as large as it turns out to be while it is being said."""
        if self._made and time_s - self._made[-1].time_s <= _SAYING_S:
            issue = issues.get(self._made[-1].key)
            if issue is not None:
                self._made[-1].size = max(self._made[-1].size, issue.size)

    def put_right(self, joint: str) -> None:
        """The joint of the last one is right now: wrong again, it will have got worse."""
        if self._made and self._made[-1].key == IssueKey(CueKind.JOINT, joint):
            self._made[-1].size = _EDGE_SIZE

    def would_nag(self, issue: Issue, time_s: float) -> bool:
        """Whether the dancer has been told ``issue`` too lately to be told again."""
        settings = self._settings
        again = [one for one in self._made[-1:] if one.covers(issue)] or [
            one for one in self._made if time_s - one.time_s < settings.repeat_after_s and one.covers(issue)
        ]
        if not again:
            return False
        too_soon = time_s - again[-1].time_s < settings.worse_after_s
        return too_soon or issue.size < settings.worse_factor * again[-1].size
