"""Energy of the movement against the teacher's at the same place."""

from __future__ import annotations

import math

from coach.alignment.tracked_position import TrackedPosition, TrackState
from coach.judging.gaps import MAX_GAP_S, gap_s
from coach.judging.running_mean import WAITING_BELOW, AdvanceRate, RunningMean
from coach.judging.teacher_tables import TeacherTables
from coach.judging.verdicts import EnergyReading, EnergyVerdict
from coach.pose.observation import FlowEnergy
from coach.settings.judging_whole import EnergySettings

_MAX_TEMPO = 1.5


def measured_energy(energy: FlowEnergy | None, max_background: float) -> float:
    """The whole body's energy, nan where it was not measured or the background moved (that is the camera)."""
    return math.nan if energy is None or energy.background > max_background else energy.whole


class EnergyJudge:
    """Compares running means of both dancers' energy.

    The student's tempo is allowed for: who practises at half the tempo moves at half the speed. Not judged: while the
    teacher hardly moves, while the background moves (that is the camera), and what was not measured.
    """

    def __init__(self, tables: TeacherTables, settings: EnergySettings) -> None:
        self._settings = settings
        self.use(tables)

    def use(self, tables: TeacherTables) -> None:
        """Compare with other tables from now on."""
        self._tables = tables
        self._min_teacher = max(self._settings.min_teacher, self._settings.min_teacher_share * tables.median_energy)
        self.reset()

    def reset(self) -> None:
        """Forget both dancers' running means."""
        self._student = RunningMean(self._settings.smoothing_s)
        self._teacher = RunningMean(self._settings.smoothing_s)
        self._advance = AdvanceRate()
        self._verdict = EnergyVerdict.GOOD
        self._last_s: float | None = None

    def step(self, energy: FlowEnergy | None, position: TrackedPosition, time_s: float) -> EnergyReading:
        """Judge one frame; ``energy`` is None where it was not measured."""
        passed_s, self._last_s = gap_s(self._last_s, time_s, math.inf), time_s
        student = measured_energy(energy, self._settings.max_background)
        if position.state is not TrackState.FOLLOWING or position.reference_s is None:
            self._forget_means()
            self._advance.reset()
            return _unseen(student, math.nan)
        rate = self._advance.step(position.reference_s, time_s)
        if rate < WAITING_BELOW:
            self._forget_means()
            return _unseen(student, math.nan)
        teacher = float(self._tables.energy[self._tables.index_at(position.reference_s)]) * min(rate, _MAX_TEMPO)
        if passed_s > MAX_GAP_S:
            self._forget_means()
        elif math.isfinite(student) and math.isfinite(teacher):
            self._student.step(student, passed_s)
            self._teacher.step(teacher, passed_s)
        if not math.isfinite(student) or not self._judgeable():
            return _unseen(self._student.value, self._teacher.value)
        self._verdict = self._next_verdict(self._student.value / self._teacher.value)
        return EnergyReading(self._student.value, self._teacher.value, self._verdict)

    def _forget_means(self) -> None:
        self._student.reset()
        self._teacher.reset()
        self._verdict = EnergyVerdict.GOOD

    def _judgeable(self) -> bool:
        return self._student.seen_s >= self._settings.warm_up_s and self._teacher.value >= self._min_teacher

    def _next_verdict(self, ratio: float) -> EnergyVerdict:
        """The verdict for student over teacher, which it takes more to enter than to stay in."""
        settings, last = self._settings, self._verdict
        low = settings.low_release_ratio if last is EnergyVerdict.LOW else settings.low_ratio
        high = settings.high_release_ratio if last is EnergyVerdict.HIGH else settings.high_ratio
        if ratio < low:
            return EnergyVerdict.LOW
        return EnergyVerdict.HIGH if ratio > high else EnergyVerdict.GOOD


def _unseen(student: float, teacher: float) -> EnergyReading:
    known = (value if math.isfinite(value) else None for value in (student, teacher))
    return EnergyReading(next(known), next(known), EnergyVerdict.UNSEEN)
