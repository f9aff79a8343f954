"""One limb early or late while the rest of the body is in time."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from coach.alignment.limb_timing import LimbTiming
from coach.alignment.tracked_position import TrackedPosition, TrackState
from coach.judging.running_mean import WAITING_BELOW, AdvanceRate
from coach.judging.running_median import RunningMedian
from coach.pose.joint_table import JOINT_COUNT, JOINTS
from coach.pose.pose_frame import FloatArray
from coach.settings.alignment import TimingSettings as LimbTimingSettings
from coach.settings.judging_whole import LimbJudgeSettings

_LIMB_ROWS: Final = {
    limb: np.array([row for row, joint in enumerate(JOINTS) if joint.part == limb])
    for limb in ("left_arm", "right_arm", "left_leg", "right_leg")
}


_AGREE_SHARE: Final = 0.8
_SAMPLE_STEP_S: Final = 0.095
"""Values are kept at this distance whatever the frame rate; below a tenth, as times are not exact."""


@dataclass(frozen=True)
class LimbReading:
    """What is known of the limbs' timing.

    Attributes
    ----------
    called_ms : mapping
        Limbs that are out of time with the rest of the body, in milliseconds: early positive, late negative.
    doubtful : frozenset of str
        Limbs that may turn out to be: no moment to blame their form.
    shift_s : ndarray [shape=(14,)], float64
        By how much each joint's teacher is to be shifted to judge its form.
    """

    called_ms: Mapping[str, float] = field(default_factory=dict)
    doubtful: frozenset[str] = frozenset()
    shift_s: FloatArray = field(default_factory=lambda: np.zeros(JOINT_COUNT))


IN_TIME: Final = LimbReading()


class LimbTimingJudge:
    """Turns each frame's measured differences of the four limbs into steady verdicts.

    Parameters
    ----------
    features : ndarray [shape=(T, FEATURE_COUNT)], float64
        The teacher's, or those of the mirror image: see `use`.
    time_s : ndarray [shape=(T,)], float64
        The reference's times.
    settings : LimbJudgeSettings
    measuring : TimingSettings
        How the differences are measured.
    """

    def __init__(
        self, features: FloatArray, time_s: FloatArray, settings: LimbJudgeSettings, measuring: LimbTimingSettings
    ) -> None:
        self._settings, self._measuring, self._time_s = settings, measuring, time_s
        self._advance = AdvanceRate()
        self.use(features)

    def use(self, features: FloatArray) -> None:
        """Compare with another image of the teacher from now on."""
        self._meter = LimbTiming(features, self._time_s, self._measuring)
        self.reset()

    def reset(self) -> None:
        """Forget what was measured, as after a jump."""
        self._meter.reset()
        self._forget()

    def _forget(self) -> None:
        self._recent = {limb: RunningMedian(self._settings.window_s) for limb in _LIMB_ROWS}
        self._called: dict[str, float] = {}
        self._since_s = self._meter.since_s

    def step(self, features: FloatArray, position: TrackedPosition, time_s: float) -> LimbReading:
        """Judge one frame; ``features`` are the follower's, shape (FEATURE_COUNT,)."""
        if self._stands(position, time_s):
            self.reset()
            return IN_TIME
        measured = self._meter.step(features, position)
        if self._meter.since_s != self._since_s:
            self._forget()
        if position.state is not TrackState.FOLLOWING:
            return IN_TIME
        if time_s - self._since_s < self._settings.known_after_s:
            return IN_TIME
        doubtful = set()
        for limb, recent in self._recent.items():
            value = measured[limb]
            if value is not None and self._meter.gain[limb] < self._settings.min_gain:
                value = 0.0  # in time explains it as well
            if value is not None and abs(value) >= self._settings.doubt_ms:
                doubtful.add(limb)
            if value is not None and (not recent or time_s - recent.last_s >= _SAMPLE_STEP_S):
                recent.add(value, time_s)
            recent.forget_before(time_s)
            self._judge(limb, time_s)
        return self._reading(doubtful)

    def _stands(self, position: TrackedPosition, time_s: float) -> bool:
        """Whoever stands still has all limbs where the teacher's were, and none early or late."""
        if position.state is not TrackState.FOLLOWING or position.reference_s is None:
            self._advance.reset()
            return False
        return self._advance.step(position.reference_s, time_s) < WAITING_BELOW

    def _reading(self, doubtful: set[str]) -> LimbReading:
        if not doubtful and not self._called:
            return IN_TIME
        shift_s = np.zeros(JOINT_COUNT)
        for limb, called_ms in self._called.items():
            # The form is compared at the followed place, from which the rest of the body may be away as well.
            shift_s[_LIMB_ROWS[limb]] = 1e-3 * (called_ms + self._meter.rest_ms)
        return LimbReading(dict(self._called), frozenset(doubtful) | frozenset(self._called), shift_s)

    def _judge(self, limb: str, time_s: float) -> None:
        recent, settings = self._recent[limb], self._settings
        if not recent:
            self._called.pop(limb, None)
            return
        median_ms = recent.value
        if limb in self._called:
            if abs(median_ms) < settings.release_ms:
                del self._called[limb]
            else:
                self._called[limb] = median_ms
        elif abs(median_ms) >= settings.off_ms and recent.last_s - recent.first_s >= settings.after_s - _SAMPLE_STEP_S:
            agree = recent.count_beyond(math.copysign(settings.doubt_ms, median_ms))
            if agree >= _AGREE_SHARE * len(recent):
                self._called[limb] = median_ms
