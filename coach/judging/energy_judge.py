"""Energy of the movement against the teacher's at the same place, and hits: sudden movement that stops at once."""

from __future__ import annotations

import math

import numpy as np

from coach.alignment.tracked_position import TrackedPosition, TrackState
from coach.judging.running_mean import WAITING_BELOW, AdvanceRate, RunningMean
from coach.judging.teacher_tables import TeacherTables
from coach.judging.verdicts import EnergyReading, EnergyVerdict
from coach.pose.observation import FlowEnergy
from coach.pose.pose_frame import FloatArray
from coach.settings.judging_whole import EnergySettings

_MAX_GAP_S = 0.5
_MAX_TEMPO = 1.5


class HitDetector:
    """Finds hits in an energy curve: a peak well above the running mean, then nearly nothing."""

    def __init__(self, settings: EnergySettings) -> None:
        self._settings = settings
        self._mean = RunningMean(settings.smoothing_s)
        self._peak, self._peak_s, self._mean_at_peak = 0.0, -math.inf, math.inf
        self._last_s = math.nan
        self._hit_s = -math.inf

    def step(self, energy: float, time_s: float) -> bool:
        """Whether a hit was completed by this measurement (nan: none)."""
        settings = self._settings
        gap_s = time_s - self._last_s
        self._last_s = time_s
        if not math.isfinite(energy) or not 0.0 < gap_s <= _MAX_GAP_S:
            return False
        if energy >= self._peak or time_s - self._peak_s > settings.hit_within_s:
            self._peak, self._peak_s, self._mean_at_peak = energy, time_s, self._mean.value
        self._mean.step(energy, gap_s)
        stopped = energy <= settings.hit_stop_ratio * self._peak
        sudden = self._peak >= max(settings.hit_peak_factor * self._mean_at_peak, settings.min_teacher)
        if stopped and sudden and time_s - self._hit_s > settings.hit_memory_s:
            self._hit_s, self._peak, self._peak_s = time_s, energy, time_s
            return True
        return False


def hit_times_s(energy: FloatArray, time_s: FloatArray, settings: EnergySettings) -> FloatArray:
    """Times of all hits in a whole energy curve."""
    detector = HitDetector(settings)
    found = [t for e, t in zip(energy.tolist(), time_s.tolist(), strict=True) if detector.step(e, t)]
    return np.array(found, dtype=np.float64)


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
        self._hits_s = hit_times_s(tables.energy, tables.time_s, self._settings)
        known = tables.energy[np.isfinite(tables.energy)]
        median = float(np.median(known)) if len(known) else math.nan
        self._min_teacher = max(self._settings.min_teacher, self._settings.min_teacher_share * median)
        self.reset()

    def reset(self) -> None:
        """Forget both dancers' running means."""
        self._student = RunningMean(self._settings.smoothing_s)
        self._teacher = RunningMean(self._settings.smoothing_s)
        self._advance = AdvanceRate()
        self._student_hits = HitDetector(self._settings)
        self._verdict = EnergyVerdict.GOOD
        self._last_s: float | None = None
        self._last_reference_s: float | None = None

    def step(self, energy: FlowEnergy | None, position: TrackedPosition, time_s: float) -> EnergyReading:
        """Judge one frame; ``energy`` is None where it was not measured."""
        gap_s = 0.0 if self._last_s is None else time_s - self._last_s
        self._last_s = time_s
        student = self._student_energy(energy)
        student_hit = self._student_hits.step(student, time_s)
        if position.state is not TrackState.FOLLOWING or position.reference_s is None:
            self._forget_means()
            self._advance.reset()
            self._last_reference_s = None
            return _unseen(student, math.nan, student_hit)
        teacher_hit = self._teacher_hit(position.reference_s)
        rate = self._advance.step(position.reference_s, time_s)
        if rate < WAITING_BELOW:
            self._forget_means()
            return _unseen(student, math.nan, student_hit, teacher_hit)
        teacher = float(self._tables.energy[self._tables.index_at(position.reference_s)]) * min(rate, _MAX_TEMPO)
        if not 0.0 <= gap_s <= _MAX_GAP_S:
            self._forget_means()
        elif math.isfinite(student) and math.isfinite(teacher):
            self._student.step(student, gap_s)
            self._teacher.step(teacher, gap_s)
        if not math.isfinite(student) or not self._judgeable():
            return _unseen(self._student.value, self._teacher.value, student_hit, teacher_hit)
        self._verdict = self._next_verdict(self._student.value / self._teacher.value)
        return EnergyReading(self._student.value, self._teacher.value, self._verdict, student_hit, teacher_hit)

    def _student_energy(self, energy: FlowEnergy | None) -> float:
        if energy is None or energy.background > self._settings.max_background:
            return math.nan
        return energy.whole

    def _forget_means(self) -> None:
        self._student.reset()
        self._teacher.reset()
        self._verdict = EnergyVerdict.GOOD

    def _judgeable(self) -> bool:
        return self._student.seen_s >= self._settings.warm_up_s and self._teacher.value >= self._min_teacher

    def _teacher_hit(self, reference_s: float) -> bool:
        """Whether the teacher's hit lies between the last place and this one."""
        last, self._last_reference_s = self._last_reference_s, reference_s
        if last is None or not 0.0 < reference_s - last <= _MAX_GAP_S:
            return False
        first, after = np.searchsorted(self._hits_s, [last, reference_s], side="right")
        return bool(after > first)

    def _next_verdict(self, ratio: float) -> EnergyVerdict:
        """The verdict for student over teacher, which it takes more to enter than to stay in."""
        settings, last = self._settings, self._verdict
        low = settings.low_release_ratio if last is EnergyVerdict.LOW else settings.low_ratio
        high = settings.high_release_ratio if last is EnergyVerdict.HIGH else settings.high_ratio
        if ratio < low:
            return EnergyVerdict.LOW
        return EnergyVerdict.HIGH if ratio > high else EnergyVerdict.GOOD


def _unseen(student: float, teacher: float, student_hit: bool, teacher_hit: bool = False) -> EnergyReading:
    known = (value if math.isfinite(value) else None for value in (student, teacher))
    return EnergyReading(next(known), next(known), EnergyVerdict.UNSEEN, student_hit, teacher_hit)
