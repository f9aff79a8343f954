"""When to praise: after an improvement, and now and then for a clean phrase."""

from __future__ import annotations

import math
from typing import Final

from coach.alignment.tracked_position import TrackState
from coach.judging.moment import Moment
from coach.judging.verdicts import JointReading, JointVerdict
from coach.settings.cues import CueSettings

_IMPROVED: Final = ("praise.improved", "praise.improved_again")
_CLEAN: Final = ("praise.clean", "praise.clean_again", "praise.clean_more")
_VALID_S: Final = 3.0
"""Praise that comes later than this after its reason is no praise."""

_SAME_DEG: Final = 30.0
_SEEN_SHARE: Final = 0.5
"""Of the time that a corrected joint has to stay right, so much has to be seen."""


class PraisePlanner:
    """Watches for reasons to praise; the wording goes round, so that it does not wear off."""

    def __init__(self, settings: CueSettings) -> None:
        self._settings = settings
        self._last_s = -math.inf
        self._corrected: str | None = None
        self._asked_deg: float | None = None
        self._right_s = self._seen_right_s = 0.0
        self._asked_for_hits = False
        self._improved: tuple[str | None, float] | None = None
        self._clean_s = -math.inf
        self._improved_count = 0
        self._clean_count = 0

    def corrected(self, joint: str, moment: Moment) -> None:
        """A correction of ``joint`` was spoken: watch whether it helps."""
        self._corrected, self._right_s, self._seen_right_s = joint, 0.0, 0.0
        reading = _reading_of(joint, moment)
        self._asked_deg = None if reading is None else reading.target_deg
        self._was_corrected(moment.time_s)

    def asked_for_hits(self, time_s: float) -> None:
        """Sharper hits were asked for: watch whether they come."""
        self._asked_for_hits = True
        self._was_corrected(time_s)

    def _was_corrected(self, time_s: float) -> None:
        self._improved = None
        self._last_s = max(self._last_s, time_s - self._settings.praise_gap_s)

    def forget_correction(self) -> None:
        """The place changed: what is right now says nothing about that correction."""
        self._corrected, self._improved, self._asked_for_hits = None, None, False

    def clean_phrase(self, time_s: float) -> None:
        """A phrase went by without anything worth correcting."""
        self._clean_s = time_s

    def step(self, moment: Moment, gap_s: float) -> str | None:
        """Watch the corrected joint, and the hits; returns the joint in the frame in which it has been put right."""
        if moment.position.state is not TrackState.FOLLOWING:
            return None
        if self._asked_for_hits and moment.hits.streak >= self._settings.improved_hits:
            self._improved, self._asked_for_hits = (None, moment.time_s), False
        if self._corrected is None:
            return None
        reading = _reading_of(self._corrected, moment)
        verdict = JointVerdict.UNSEEN if reading is None else reading.verdict
        if reading is not None and not self._asks_the_same(reading):
            return None
        if verdict is JointVerdict.MISTAKE:
            self._right_s = self._seen_right_s = 0.0
            return None
        self._right_s += gap_s
        self._seen_right_s += 0.0 if verdict is JointVerdict.UNSEEN else gap_s
        after_s = self._settings.improved_after_s
        if self._right_s < after_s or self._seen_right_s < _SEEN_SHARE * after_s:
            return None
        joint, self._corrected = self._corrected, None
        self._improved = (joint, moment.time_s)
        return joint

    def _asks_the_same(self, reading: JointReading) -> bool:
        """Whether the teacher's joint is about where it was corrected: elsewhere being right says nothing."""
        asked_deg, target_deg = self._asked_deg, reading.target_deg
        return asked_deg is None or target_deg is None or abs(target_deg - asked_deg) <= _SAME_DEG

    def due(self, time_s: float) -> tuple[str, str | None] | None:
        """Text key and joint of the praise to give now."""
        if self._improved is not None and time_s - self._improved[1] <= _VALID_S:
            joint = self._improved[0]
            self._improved, self._last_s = None, time_s
            self._improved_count += 1
            return _IMPROVED[(self._improved_count - 1) % len(_IMPROVED)], joint
        since_clean_s = time_s - self._clean_s
        if (
            self._settings.praise_delay_s <= since_clean_s <= _VALID_S
            and time_s - self._last_s >= self._settings.praise_gap_s
        ):
            self._clean_s, self._last_s = -math.inf, time_s
            self._clean_count += 1
            return _CLEAN[(self._clean_count - 1) % len(_CLEAN)], None
        return None


def _reading_of(joint: str, moment: Moment) -> JointReading | None:
    return next((reading for reading in moment.joints if reading.joint == joint), None)
