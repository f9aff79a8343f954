"""A departure becomes a mistake when it lasts: time for and against, joint by joint."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.pose.joint_table import JOINT_COUNT
from coach.settings.judging import AngleJudgeSettings

BoolArray = NDArray[np.bool_]
_ROUNDING_S = 1e-6


class LastingMistakes:
    """Which joints have been wrong for long enough.

    Attributes
    ----------
    called : ndarray [shape=(14,)], bool
    """

    def __init__(self, rules: AngleJudgeSettings) -> None:
        self._rules = rules
        self.reset()

    def reset(self) -> None:
        """Nothing is wrong."""
        self._evidence_s = np.zeros(JOINT_COUNT)
        self._was_off = np.zeros(JOINT_COUNT, dtype=bool)
        self.called: BoolArray = np.zeros(JOINT_COUNT, dtype=bool)

    def step(self, off: BoolArray, under_way: BoolArray, gap_s: float) -> BoolArray:
        """Take in one frame that counts for ``gap_s``.

        Time counts from where the error itself left the tolerance, the verdict waits for its running mean.

        Parameters
        ----------
        off : ndarray [shape=(14,)], bool
            Joints whose running error is beyond tolerance.
        under_way : ndarray [shape=(14,)], bool
            Those and the ones whose error at this frame is.
        gap_s : float
        """
        rules = self._rules
        step_s = min(gap_s, rules.max_step_s)
        # It began somewhere between this frame and the last: half-way, at any frame rate.
        change_s = np.where(under_way, np.where(self._was_off, step_s, 0.5 * step_s), -rules.recovery_rate * step_s)
        self._was_off = under_way
        evidence_s = self._evidence_s + change_s
        self._evidence_s = np.minimum(np.maximum(evidence_s, 0.0), rules.mistake_after_s + rules.max_step_s)
        began = off & (self._evidence_s >= rules.mistake_after_s - _ROUNDING_S)
        self.called = began | (self.called & (self._evidence_s > rules.forgiven_below_s))
        return self.called
