"""Joint angles against the teacher's: right, a personal style, a mistake - or not to be seen.

A departure is called a mistake only if

* both the student's and the teacher's limb can be measured,
* the follower is sure of the place, and not waiting there,
* the teacher does not show that angle shortly before or after either (otherwise it is a matter of timing),
* it exceeds the tolerance, which is never below what the sensor itself gets wrong,
* it is no constant offset of moderate size (style), and stands out of the dancer's usual spread,
* and it lasts.
"""

from __future__ import annotations

import math
from typing import TypeVar

import numpy as np

from coach.alignment.tracked_position import TrackedPosition, TrackState
from coach.judging.angle_comparison import (
    TABLE_TOLERANCE_DEG,
    AngleComparison,
    BoolArray,
    nothing_compared,
    readings,
)
from coach.judging.gaps import MAX_GAP_S, gap_s
from coach.judging.joint_partners import PARTNERS
from coach.judging.lasting_mistakes import LastingMistakes
from coach.judging.noise_model import noise_floor_deg
from coach.judging.rolling_offset import RollingOffset
from coach.judging.running_mean import WAITING_BELOW, AdvanceRate
from coach.judging.shift_errors import ShiftErrors
from coach.judging.still_noise import StillNoise
from coach.judging.teacher_tables import TeacherTables
from coach.judging.verdicts import JointReading
from coach.pose.joint_table import JOINT_COUNT, JOINTS
from coach.pose.pose_frame import FloatArray
from coach.settings.judging import JudgingSettings

AnyArray = TypeVar("AnyArray", FloatArray, BoolArray)

_MINOR_WEIGHT = 0.5
_MINOR: BoolArray = np.array([joint.weight < _MINOR_WEIGHT for joint in JOINTS])

_RATE_SMOOTHING_S = 0.1
_ALL_SHOWN = np.ones(JOINT_COUNT)
_IN_TIME = np.zeros(JOINT_COUNT)
_COLUMNS, _BOTH = np.arange(JOINT_COUNT), np.arange(2 * JOINT_COUNT)


class AngleJudge:
    """Compares one student's joint angles with one teacher's, frame by frame.

    Parameters
    ----------
    tables : TeacherTables
        Of the teacher, mirrored if the student dances the mirror image (see `use`).
    settings : JudgingSettings
    strictness : float, optional
        Multiplies the joints' own tolerances; smaller is stricter. Default: that of ``settings``.
    """

    def __init__(self, tables: TeacherTables, settings: JudgingSettings, strictness: float | None = None) -> None:
        self._settings = settings
        self._rules = settings.angles
        self._table_deg = TABLE_TOLERANCE_DEG * (settings.strictness if strictness is None else strictness)
        self._style_limit_deg: FloatArray = np.maximum(
            self._rules.style_max_deg, self._rules.style_max_tolerances * self._table_deg
        )
        self._noise_factor = np.where(_MINOR, self._rules.minor_noise_factor, self._rules.noise_factor)
        self._still = StillNoise(settings.noise)
        self.use(tables)

    def use(self, tables: TeacherTables) -> None:
        """Compare with other tables from now on (the student turned out to be mirrored) and forget the offsets."""
        self._tables = tables
        self._slow: BoolArray = np.abs(tables.rate_deg_s) < self._rules.slow_rate_deg_s
        self.reset()

    def reset(self) -> None:
        """Forget the dancer's style and what is under way, as at the start or for another dancer."""
        self._offset = RollingOffset(self._rules, self._style_limit_deg)
        self._judged_s = 0.0
        self.jumped()

    def jumped(self) -> None:
        """Forget what is under way: the same dancer goes on, but elsewhere or later. Style stays."""
        rules = self._rules
        steps = round(rules.slack_s / rules.slack_step_s)
        self._shifts_s: FloatArray = np.arange(-steps, steps + 1, dtype=np.float64) * rules.slack_step_s
        # The errors as they are, and beside them without the dancer's own offset: two banks in one, as calls cost most.
        both = np.asarray(np.kron(np.eye(2), rules.partner_say * PARTNERS), dtype=np.float64)
        self._errors = ShiftErrors(len(self._shifts_s), rules.memory_s, rules.choice_memory_s, both, rules.far_cost)
        self._last_angles: FloatArray | None = None
        self._last_s: float | None = None
        self._last_reference_s: float | None = None
        self._advance = AdvanceRate()
        self._rate = np.zeros(JOINT_COUNT)
        self._mistakes = LastingMistakes(rules)
        self._settled_from_s = -np.inf
        self.comparison = nothing_compared(self._table_deg)
        self._still.jumped()

    def watch(self, angles_deg: FloatArray, measurable: BoolArray, visible_share: FloatArray, time_s: float) -> None:
        """Learn this camera's noise from who stands and waits, as in `step`; nothing is judged."""
        self._still.step(np.where(measurable, angles_deg, np.nan), visible_share, time_s)

    def step(
        self,
        angles_deg: FloatArray,
        measurable: BoolArray,
        position: TrackedPosition,
        time_s: float,
        visible_share: FloatArray = _ALL_SHOWN,
        shift_s: FloatArray = _IN_TIME,
        turned_deg: float = 0.0,
    ) -> tuple[JointReading, ...]:
        """Judge one frame.

        Parameters
        ----------
        angles_deg : ndarray [shape=(14,)], float64
        measurable : ndarray [shape=(14,)], bool
        position : TrackedPosition
        time_s : float
            The student's clock.
        visible_share : ndarray [shape=(14,)], float64, optional
            Share of its full length that each limb shows: shorter limbs are measured less well.
        shift_s : ndarray [shape=(14,)], float64, optional
            By how much each joint is known to be ahead of the body's place: its form is compared with that moment's.
        turned_deg : float, optional
            By how much student and teacher are seen from different sides: the tolerance grows with it.

        Returns
        -------
        tuple of JointReading
            One for each of ``joint_table.JOINTS``. ``error_deg`` is the angle minus the teacher's at the tracked
            moment, also where a shift in time explains it.
        """
        passed_s = gap_s(self._last_s, time_s, math.inf)
        angles = np.where(measurable, angles_deg, np.nan)
        self._update_rate(angles, passed_s)
        place_s = self._place(position, time_s, passed_s)
        base_deg = self._camera_noise(angles, visible_share, position, time_s)
        noise = noise_floor_deg(visible_share, self._rate, self._settings.noise, base_deg)
        by_side = self._rules.turned_noise_ratio * max(turned_deg - self._rules.free_turn_deg, 0.0)
        noise = np.hypot(noise, by_side) if by_side > 0.0 else noise
        if place_s is None:
            self._mistakes.reset()
            self.comparison = nothing_compared(self._table_deg)
            target = np.full(JOINT_COUNT, np.nan)
        else:
            self.comparison = self._compare(angles, place_s, noise, time_s, passed_s, shift_s)
            target = self._tables.angles_deg[self._tables.index_at(place_s)]
        self._last_s, self._last_angles = time_s, angles
        return readings(angles, target, self.comparison)

    def _update_rate(self, angles: FloatArray, passed_s: float) -> None:
        if self._last_angles is None or passed_s <= 0.0:
            return
        rate = np.abs(angles - self._last_angles) / passed_s
        share = 1.0 - float(np.exp(-passed_s / _RATE_SMOOTHING_S))
        self._rate += share * (np.fmax(rate, 0.0) - self._rate)  # unseen counts as at rest: what was fast is long over

    def _camera_noise(
        self, angles: FloatArray, visible_share: FloatArray, position: TrackedPosition, time_s: float
    ) -> FloatArray:
        """Standard errors of this camera, learnt further wherever the dancer may be standing still."""
        if position.state is TrackState.LOST:  # whoever dances something else is not waiting
            self._still.jumped()
            return self._still.base_deg
        if position.reference_s is None:
            return self._still.step(angles, visible_share, time_s)
        target = self._tables.angles_deg[self._tables.index_at(position.reference_s)]
        return self._still.step(angles, visible_share, time_s, target)

    def _place(self, position: TrackedPosition, time_s: float, passed_s: float) -> float | None:
        """The teacher's moment to compare with, None while nobody can be blamed."""
        if position.state is not TrackState.FOLLOWING or position.reference_s is None:
            self._last_reference_s = None
            self._advance.reset()
            return None
        last, self._last_reference_s = self._last_reference_s, position.reference_s
        jumped = last is None or abs(position.reference_s - last - passed_s * position.tempo) > self._rules.jump_s
        if jumped:
            self._settled_from_s = time_s + self._rules.settle_s
            self._mistakes.reset()  # what was wrong there says nothing about here
        waiting = self._advance.step(position.reference_s, time_s) < WAITING_BELOW
        if waiting or position.confidence < self._rules.min_confidence:
            return None
        return position.reference_s

    def _compare(
        self,
        angles: FloatArray,
        reference_s: float,
        noise: FloatArray,
        time_s: float,
        passed_s: float,
        shift_s: FloatArray,
    ) -> AngleComparison:
        rules, tables = self._rules, self._tables
        index = tables.index_at(reference_s)
        error = angles - tables.angles_deg[index]
        judged = np.isfinite(error)
        tolerance = np.maximum(self._table_deg, self._noise_factor * np.hypot(noise, tables.noise_deg[index]))
        if tables.freedom_deg is not None:
            tolerance = np.maximum(tolerance, tables.freedom_deg[index])
        self._judged_s += min(passed_s, MAX_GAP_S)  # style is known from dancing: pauses do not make it old
        self._offset.step(np.where(self._slow[index], error, np.nan), self._judged_s)
        self._errors.forget(_twice(~judged))
        if shift_s.any():
            moments_s = reference_s + shift_s + self._shifts_s[:, None]
            shifted = angles - tables.angles_deg[tables.indices_at(moments_s), _COLUMNS]
        else:
            shifted = angles - tables.angles_deg.take(tables.indices_at(reference_s + self._shifts_s), axis=0)
        both = np.concatenate([shifted, shifted - self._offset.style_deg], axis=1)
        remaining = self._errors.step(both, passed_s, _twice(tolerance))
        excess = np.where(judged, remaining[:JOINT_COUNT], np.nan)
        usual = np.minimum(rules.spread_factor * self._offset.spread_deg, rules.spread_max_tolerances * tolerance)
        demand = np.maximum(tolerance, np.where(self._offset.known, usual, self._style_limit_deg))
        release = np.where(self._mistakes.called, rules.release_ratio, 1.0)
        limits = np.concatenate([tolerance, demand])
        lasting = np.abs(remaining) > limits * _twice(release)
        beyond = lasting[:JOINT_COUNT] & judged
        off = beyond & lasting[JOINT_COUNT:]
        at_once = np.abs(both[self._errors.best, _BOTH]) > limits
        now = at_once[:JOINT_COUNT] & at_once[JOINT_COUNT:]
        settled = time_s >= self._settled_from_s
        mistake = self._mistakes.step(off, off | (now & judged), passed_s if settled else 0.0)
        return AngleComparison(error, excess, tolerance, mistake & judged, beyond & ~off)


def _twice(values: AnyArray) -> AnyArray:
    """For both banks (``np.tile`` takes five times as long)."""
    both: AnyArray = np.concatenate([values, values])
    return both
