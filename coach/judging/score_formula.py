"""From credits to the score: 50 angles, 30 path, 20 extension and energy, over what could be judged.

Angles are counted from chance: the credit that poses of this very choreography earn against each other at unrelated
moments is worth nothing. Without that, standing upright would earn half the points of any dance.
"""

from __future__ import annotations

from copy import copy

import numpy as np

from coach.judging.frame_credits import (
    EXTENSION,
    FOLLOWED,
    JOINTS_EARNED,
    JOINTS_JUDGED,
    LOST,
    OTHERS_EARNED,
    OTHERS_JUDGED,
    PATH,
    TIMING,
)
from coach.judging.score_credits import chance_credits
from coach.judging.score_reading import ScoreReading
from coach.judging.teacher_tables import TeacherTables
from coach.pose.joint_table import JOINT_COUNT, JOINTS, MIRROR_JOINT_INDEX
from coach.pose.pose_frame import FloatArray
from coach.settings.judging import AngleJudgeSettings
from coach.settings.judging_score import ScoreSettings

JOINT_WEIGHTS: FloatArray = np.array([joint.weight for joint in JOINTS])
_MIN_JUDGED_S = 1.0


class ScoreFormula:
    """Scores any stretch of one choreography from the sum of its `frame_credits`.

    Parameters
    ----------
    tables : TeacherTables
    settings : ScoreSettings
    angles : AngleJudgeSettings
        For the level of chance, which depends on how the joints are compared.
    """

    def __init__(self, tables: TeacherTables, settings: ScoreSettings, angles: AngleJudgeSettings) -> None:
        self._settings = settings
        self._chance: FloatArray = JOINT_WEIGHTS * chance_credits(tables, angles, settings)

    def mirrored(self) -> ScoreFormula:
        """The same for who dances the mirror image: chance is the other side's.

        The weights are alike on both sides, so nothing has to be measured again in the middle of a dance.
        """
        other = copy(self)
        other._chance = self._chance[list(MIRROR_JOINT_INDEX)]
        return other

    def reading(self, credits_s: FloatArray) -> ScoreReading:
        """The score of a stretch.

        Parameters
        ----------
        credits_s : ndarray [shape=(CREDIT_COUNT,)], float64
            The sum of all its frames' credits, each times the seconds that the frame lasted.
        """
        settings = self._settings
        angles = self._angles(credits_s)
        seconds: list[float] = credits_s.tolist()
        others = zip(seconds[OTHERS_EARNED], seconds[OTHERS_JUDGED], strict=True)
        share = [None if judged_s < _MIN_JUDGED_S else 100.0 * earned_s / judged_s for earned_s, judged_s in others]
        followed_s, lost_s = seconds[FOLLOWED], seconds[LOST]
        parts = (
            (settings.angles_weight, angles),
            (settings.trajectory_weight, share[PATH]),
            (settings.extension_weight, share[EXTENSION]),
        )
        known = [(weight, value) for weight, value in parts if value is not None]
        total = None
        if angles is not None:
            mean = sum(weight * value for weight, value in known) / sum(weight for weight, _ in known)
            followed_share = followed_s / (followed_s + lost_s)
            if followed_share >= settings.min_followed_share:
                total = mean * min(followed_share / settings.enough_followed_share, 1.0)
        judged = float(credits_s[JOINTS_JUDGED].sum()) / (followed_s * JOINT_COUNT) if followed_s > 0 else 0.0
        return ScoreReading(total, angles, share[PATH], share[EXTENSION], share[TIMING], min(judged, 1.0))

    def _angles(self, credits_s: FloatArray) -> float | None:
        joints_s = credits_s[JOINTS_JUDGED]
        judged_s = float(JOINT_WEIGHTS @ joints_s)
        if judged_s < _MIN_JUDGED_S:
            return None
        by_chance_s = float(self._chance @ joints_s)
        earned_s = float(JOINT_WEIGHTS @ credits_s[JOINTS_EARNED])
        return 100.0 * max((earned_s - by_chance_s) / (judged_s - by_chance_s), 0.0)
