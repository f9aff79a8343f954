"""The score: 50 angles, 30 path, 20 extension and energy, over what could be judged. Timing stands beside it.

Every part is a mean of credits between 0 and 1, weighted by time (never by frames) and kept per stretch of the
choreography, so that any number can be traced and a stretch can be taken out again after a jump. A larger error never
earns more.

Angles are counted from chance: the credit that poses of this very choreography earn against each other at unrelated
moments is worth nothing. Without that, standing upright would earn half the points of any dance.
"""

from __future__ import annotations

import math

import numpy as np

from coach.alignment.tracked_position import TrackedPosition, TrackState
from coach.judging.angle_judge import AngleComparison
from coach.judging.extension_judge import UNSEEN_EXTENSION, ExtensionReading
from coach.judging.mistake_spans import MistakeSpan, MistakeSpans
from coach.judging.moment import UNSEEN_ENERGY
from coach.judging.path_judge import UNSEEN_PATH, PathReading
from coach.judging.praise_words import PraiseWords
from coach.judging.score_credits import chance_credits, joint_credits, path_credit, ratio_credit, timing_credit
from coach.judging.score_reading import ScoreReading
from coach.judging.teacher_tables import TeacherTables
from coach.judging.timing_judge import UNKNOWN_TIMING, TimingReading
from coach.judging.verdicts import EnergyReading, EnergyVerdict
from coach.pose.joint_table import JOINT_COUNT, JOINTS
from coach.pose.pose_frame import FloatArray
from coach.settings.judging import AngleJudgeSettings
from coach.settings.judging_whole import ScoreSettings

_WEIGHTS: FloatArray = np.array([joint.weight for joint in JOINTS])
_PATH, _EXTENSION, _TIMING = 0, 1, 2
_MAX_GAP_S = 0.1
_MIN_JUDGED_S = 1.0


class SessionScore:
    """Adds up one dancer's credits.

    Parameters
    ----------
    tables : TeacherTables
    settings : ScoreSettings
    angles : AngleJudgeSettings
        For the level of chance, which depends on how the joints are compared.
    """

    def __init__(self, tables: TeacherTables, settings: ScoreSettings, angles: AngleJudgeSettings) -> None:
        self._settings = settings
        self._chance = chance_credits(tables, angles, settings)
        bins = int(tables.duration_s / settings.bin_s) + 1
        self.joint_earned_s: FloatArray = np.zeros((bins, JOINT_COUNT))
        self.joint_judged_s: FloatArray = np.zeros((bins, JOINT_COUNT))
        self._other_earned_s = np.zeros((bins, 3))
        self._other_judged_s = np.zeros((bins, 3))
        self._followed_s = np.zeros(bins)
        self._lost_s = 0.0
        self._last_s: float | None = None
        self._spans = MistakeSpans()
        self._words = PraiseWords(settings)

    def update(
        self,
        comparison: AngleComparison,
        position: TrackedPosition,
        time_s: float,
        *,
        path: PathReading = UNSEEN_PATH,
        extension: ExtensionReading = UNSEEN_EXTENSION,
        energy: EnergyReading = UNSEEN_ENERGY,
        timing: TimingReading = UNKNOWN_TIMING,
    ) -> ScoreReading:
        """Add one frame and return the score so far."""
        gap_s = 0.0 if self._last_s is None else min(max(time_s - self._last_s, 0.0), _MAX_GAP_S)
        self._last_s = time_s
        if position.state is TrackState.LOST:
            self._lost_s += gap_s
        if position.state is TrackState.FOLLOWING and position.reference_s is not None:
            place = min(int(position.reference_s / self._settings.bin_s), len(self._followed_s) - 1)
            self._followed_s[place] += gap_s
            self._add_joints(comparison, place, gap_s, time_s)
            self._spans.step(comparison, position.reference_s, gap_s)
            self._add(_PATH, None if path.cosine is None else path_credit(path.cosine), place, gap_s)
            self._add(_EXTENSION, _size_credit(extension, energy), place, gap_s)
            self._add(_TIMING, None if timing.median_ms is None else timing_credit(timing.median_ms), place, gap_s)
        return self.reading()

    def _add_joints(self, comparison: AngleComparison, place: int, gap_s: float, time_s: float) -> None:
        earned = joint_credits(comparison.excess_deg, comparison.tolerance_deg, comparison.style, self._settings)
        judged = np.isfinite(earned)
        self.joint_earned_s[place, judged] += gap_s * earned[judged]
        self.joint_judged_s[place, judged] += gap_s
        weight = float(_WEIGHTS[judged].sum())
        mean = float((_WEIGHTS[judged] * earned[judged]).sum()) / weight if weight > 0 else math.nan
        self._words.step(mean, gap_s, time_s)

    def _add(self, part: int, credit: float | None, place: int, gap_s: float) -> None:
        if credit is not None:
            self._other_earned_s[place, part] += gap_s * credit
            self._other_judged_s[place, part] += gap_s

    def praise_word(self) -> str | None:
        """The key of a word (``word.good`` ...) that was earned at the last frame."""
        return self._words.last

    def reading(self) -> ScoreReading:
        """The score so far."""
        angles = self._angles()
        trajectory, extension, timing = (self._other(part) for part in (_PATH, _EXTENSION, _TIMING))
        settings = self._settings
        parts = (
            (settings.angles_weight, angles),
            (settings.trajectory_weight, trajectory),
            (settings.extension_weight, extension),
        )
        known = [(weight, value) for weight, value in parts if value is not None]
        total = None
        if angles is not None:
            mean = sum(weight * value for weight, value in known) / sum(weight for weight, _ in known)
            total = mean * min(self._followed_share() / settings.enough_followed_share, 1.0)
        followed_s = float(self._followed_s.sum())
        judged = float(self.joint_judged_s.sum()) / (followed_s * JOINT_COUNT) if followed_s > 0 else 0.0
        return ScoreReading(total, angles, trajectory, extension, timing, min(judged, 1.0))

    def _followed_share(self) -> float:
        followed_s = float(self._followed_s.sum())
        return followed_s / (followed_s + self._lost_s) if followed_s > 0 else 0.0

    def _angles(self) -> float | None:
        judged_s = _WEIGHTS * self.joint_judged_s.sum(axis=0)
        if judged_s.sum() < _MIN_JUDGED_S:
            return None
        earned_s = float((_WEIGHTS * self.joint_earned_s.sum(axis=0)).sum())
        by_chance_s = float((judged_s * self._chance).sum())
        return 100.0 * max((earned_s - by_chance_s) / (float(judged_s.sum()) - by_chance_s), 0.0)

    def _other(self, part: int) -> float | None:
        judged_s = float(self._other_judged_s[:, part].sum())
        return None if judged_s < _MIN_JUDGED_S else 100.0 * float(self._other_earned_s[:, part].sum()) / judged_s

    def drop(self, start_s: float, end_s: float) -> None:
        """Take a stretch of the choreography out of the score: it will be danced again."""
        first = max(int(start_s / self._settings.bin_s), 0)
        last = max(math.ceil(end_s / self._settings.bin_s), first)
        for table in (self.joint_earned_s, self.joint_judged_s, self._other_earned_s, self._other_judged_s):
            table[first:last] = 0.0
        self._followed_s[first:last] = 0.0
        self._spans.drop(start_s, end_s)

    def worst(self, count: int = 10) -> list[MistakeSpan]:
        """Copies of the worst mistakes, worst first."""
        return self._spans.worst(count)


def _size_credit(extension: ExtensionReading, energy: EnergyReading) -> float | None:
    """Mean credit of what is known of extension and energy."""
    credits = []
    if extension.ratio is not None:
        credits.append(ratio_credit(extension.ratio))
    if energy.verdict is not EnergyVerdict.UNSEEN and energy.student is not None and energy.teacher:
        credits.append(ratio_credit(energy.student / energy.teacher))
    return sum(credits) / len(credits) if credits else None
