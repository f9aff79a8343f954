"""The score of a session: every frame's credits, weighted by time (never by frames).

They are kept per stretch of the choreography, so that any number can be traced and a stretch can be taken out again
after a jump; time in which the dancer was lost is kept where they were last. A larger error never earns more. Timing
stands beside the score.
"""

from __future__ import annotations

import math

import numpy as np

from coach.alignment.tracked_position import TrackedPosition, TrackState
from coach.judging.angle_comparison import AngleComparison
from coach.judging.frame_credits import CREDIT_COUNT, JOINTS_EARNED, JOINTS_JUDGED, LONGEST_FRAME_S, LOST
from coach.judging.gaps import gap_s
from coach.judging.mistake_spans import MistakeSpan, MistakeSpans
from coach.judging.praise_words import PraiseWords
from coach.judging.score_formula import JOINT_WEIGHTS, ScoreFormula
from coach.judging.score_reading import ScoreReading
from coach.judging.teacher_tables import TeacherTables
from coach.pose.pose_frame import FloatArray
from coach.settings.judging import AngleJudgeSettings
from coach.settings.judging_score import ScoreSettings


class SessionScore:
    """Adds up one dancer's credits.

    Parameters
    ----------
    tables : TeacherTables
    settings : ScoreSettings
    angles : AngleJudgeSettings
        As for `ScoreFormula`.
    """

    def __init__(self, tables: TeacherTables, settings: ScoreSettings, angles: AngleJudgeSettings) -> None:
        self._settings = settings
        self._formula = ScoreFormula(tables, settings, angles)
        self._bins_s: FloatArray = np.zeros((int(tables.duration_s / settings.bin_s) + 1, CREDIT_COUNT))
        self._duration_s = tables.duration_s
        self._last_bin = 0
        self._total_s: FloatArray = np.zeros(CREDIT_COUNT)
        self._last_s: float | None = None
        self._spans = MistakeSpans()
        self._words = PraiseWords(settings)

    @property
    def joint_earned_s(self) -> FloatArray:
        """Credits of each joint in each stretch, shape (bins, 14)."""
        return self._bins_s[:, JOINTS_EARNED]

    @property
    def joint_judged_s(self) -> FloatArray:
        """For how long each joint was judged in each stretch, shape (bins, 14)."""
        return self._bins_s[:, JOINTS_JUDGED]

    def update(
        self, credits: FloatArray, comparison: AngleComparison, position: TrackedPosition, time_s: float
    ) -> ScoreReading:
        """Add one frame and return the score so far.

        Parameters
        ----------
        credits : ndarray [shape=(CREDIT_COUNT,)], float64
            The frame's `frame_credits`; without meaning where the dancer is not followed.
        comparison : AngleComparison
            For the mistakes.
        position : TrackedPosition
        time_s : float
        """
        passed_s, self._last_s = gap_s(self._last_s, time_s, LONGEST_FRAME_S), time_s
        if position.state is TrackState.LOST:
            self._bins_s[self._last_bin, LOST] += passed_s
            self._total_s[LOST] += passed_s
        if position.state is TrackState.FOLLOWING and position.reference_s is not None:
            earned = passed_s * credits
            self._last_bin = min(int(position.reference_s / self._settings.bin_s), len(self._bins_s) - 1)
            self._bins_s[self._last_bin] += earned
            self._total_s += earned
            weight = float(JOINT_WEIGHTS @ credits[JOINTS_JUDGED])
            mean = float(JOINT_WEIGHTS @ credits[JOINTS_EARNED]) / weight if weight > 0 else math.nan
            self._words.step(mean, passed_s, time_s)
            self._spans.step(comparison, position.reference_s, passed_s)
        return self.reading()

    def praise_word(self) -> str | None:
        """The key of a word (``word.good`` ...) that was earned at the last frame."""
        return self._words.last

    def reading(self) -> ScoreReading:
        """The score so far."""
        return self._formula.reading(self._total_s)

    def mirror(self) -> None:
        """From now on the dancer is compared with the other image of the teacher."""
        self._formula = self._formula.mirrored()

    def drop(self, start_s: float, end_s: float) -> None:
        """Take a stretch of the choreography out of the score, lost time included: it will be danced again."""
        first = max(int(start_s / self._settings.bin_s), 0)
        # The last moment of the dance opens a bin of its own where the bins fit the duration exactly.
        to_the_end = end_s >= self._duration_s
        last = len(self._bins_s) if to_the_end else max(math.ceil(end_s / self._settings.bin_s), first)
        self._bins_s[first:last] = 0.0
        self._total_s = self._bins_s.sum(axis=0)
        self._spans.drop(start_s, end_s)

    def worst(self, count: int = 10) -> list[MistakeSpan]:
        """Copies of the worst mistakes, worst first."""
        return self._spans.worst(count)
