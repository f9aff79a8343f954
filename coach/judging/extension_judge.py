"""Danced big or small: how far hands and feet reach beyond rest, and how much that varies, in torso lengths of the own.

Who keeps the arms up, but moves them less, reaches far and dances small all the same: so both count. The body's outline
is a second witness, since it is seen apart from the landmarks: the area of who dances small changes little. How much
it changes is compared as a share of the dancer's own mean area, so that wide clothes and a slim body change nothing.
While it changes as much as the teacher's, nobody is called small; while it changes far less, a doubt is enough.
A dancer who dances everything smaller gets one remark about it, instead of a mistake for every joint. One limb alone
never makes a dance small: that is a matter for the joints.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

import numpy as np

from coach.alignment.tracked_position import TrackedPosition, TrackState
from coach.judging.gaps import MAX_GAP_S, gap_s
from coach.judging.reach import REACH_PARTS
from coach.judging.running_mean import RunningMean, RunningSpread
from coach.judging.teacher_tables import TeacherTables
from coach.pose.pose_frame import FloatArray
from coach.settings.judging_whole import ExtensionSettings

_MIN_PARTS = 2


class ExtensionVerdict(Enum):
    """How far the limbs reach, against the teacher's."""

    GOOD = "good"
    SMALL = "small"
    UNSEEN = "unseen"


@dataclass(frozen=True)
class ExtensionReading:
    """How big the student dances, each number of student over teacher, None where it could not be measured.

    Attributes
    ----------
    ratio : float or None
        Reach beyond rest, or its range if that is less.
    verdict : ExtensionVerdict
    """

    ratio: float | None
    verdict: ExtensionVerdict


UNSEEN_EXTENSION = ExtensionReading(None, ExtensionVerdict.UNSEEN)


class ExtensionJudge:
    """Compares running means of both dancers' reach."""

    def __init__(self, tables: TeacherTables, settings: ExtensionSettings) -> None:
        self._settings = settings
        self._rest = np.array([settings.hand_rest, settings.hand_rest, settings.feet_rest])
        self.use(tables)

    def use(self, tables: TeacherTables) -> None:
        """Compare with other tables from now on."""
        self._tables = tables
        self._teacher_reach = np.maximum(tables.reach - self._rest, 0.0)
        self.reset()

    def reset(self) -> None:
        """Forget both dancers' running means."""
        smoothing_s = self._settings.smoothing_s
        self._student = [RunningMean(smoothing_s) for _ in REACH_PARTS]
        self._teacher = [RunningMean(smoothing_s) for _ in REACH_PARTS]
        spread_s = self._settings.range_smoothing_s
        self._student_range = [RunningSpread(spread_s) for _ in REACH_PARTS]
        self._teacher_range = [RunningSpread(spread_s) for _ in REACH_PARTS]
        self._student_mask, self._teacher_mask = RunningSpread(spread_s), RunningSpread(spread_s)
        self._small = False
        self._last_s: float | None = None

    def step(
        self, reach: FloatArray, position: TrackedPosition, time_s: float, mask_area: float = math.nan
    ) -> ExtensionReading:
        """Judge one frame.

        Parameters
        ----------
        reach : ndarray [shape=(3,)], float64
            The student's `reach.reach_parts`, nan where unseen.
        position : TrackedPosition
        time_s : float
        mask_area : float, optional
            Share of the body-scaled mask sheet that is body.
        """
        passed_s, self._last_s = gap_s(self._last_s, time_s, math.inf), time_s
        if position.state is not TrackState.FOLLOWING or position.reference_s is None or passed_s > MAX_GAP_S:
            self.reset()
            self._last_s = time_s
            return UNSEEN_EXTENSION
        index = self._tables.index_at(position.reference_s)
        student = np.maximum(reach - self._rest, 0.0)
        for part, (own, aim) in enumerate(zip(student.tolist(), self._teacher_reach[index].tolist(), strict=True)):
            if math.isfinite(own) and math.isfinite(aim):
                self._student[part].step(own, passed_s)
                self._teacher[part].step(aim, passed_s)
                self._student_range[part].step(float(reach[part]), passed_s)
                self._teacher_range[part].step(float(self._tables.reach[index, part]), passed_s)
        if math.isfinite(mask_area) and math.isfinite(float(self._tables.mask_area[index])):
            self._student_mask.step(mask_area, passed_s)
            self._teacher_mask.step(float(self._tables.mask_area[index]), passed_s)
        return self._reading()

    def _reading(self) -> ExtensionReading:
        settings = self._settings
        pairs = [
            (own.value, aim.value)
            for own, aim in zip(self._student, self._teacher, strict=True)
            if own.seen_s >= settings.warm_up_s
        ]
        ranges = [
            (own.value, aim.value)
            for own, aim in zip(self._student_range, self._teacher_range, strict=True)
            if own.seen_s >= settings.range_after_s
        ]
        mask_ratio = self._mask_ratio()
        eager = self._small or (mask_ratio is not None and mask_ratio < settings.mask_small_ratio)
        reach, low = _ratio(
            pairs, settings.min_teacher_reach, settings.small_ratio, settings.small_release_ratio, eager
        )
        extent, narrow = _ratio(
            ranges, settings.min_teacher_range, settings.narrow_ratio, settings.narrow_release_ratio, eager
        )
        known = [ratio for ratio in (reach, extent) if ratio is not None]
        if not known:
            self._small = False
            return UNSEEN_EXTENSION
        as_large = mask_ratio is not None and mask_ratio >= settings.mask_large_ratio
        self._small = (low or narrow) and not as_large
        verdict = ExtensionVerdict.SMALL if self._small else ExtensionVerdict.GOOD
        return ExtensionReading(min(known), verdict)

    def _mask_ratio(self) -> float | None:
        """How much the outline's area changes, in shares of its own mean, over the same of the teacher's."""
        own, aim = self._student_mask, self._teacher_mask
        if own.seen_s < self._settings.range_after_s or not own.mean > 0.0 or not aim.mean > 0.0:
            return None
        teacher = aim.value / aim.mean
        return own.value / own.mean / teacher if teacher >= self._settings.min_teacher_mask_range else None


def _ratio(
    pairs: list[tuple[float, float]], min_teacher: float, small: float, release: float, eager: bool
) -> tuple[float | None, bool]:
    """Student over teacher of all parts together, and whether that is small: never for one part alone."""
    total = sum(aim for _, aim in pairs)
    if len(pairs) < _MIN_PARTS or total < min_teacher * len(pairs):
        return None, False
    ratio = sum(own for own, _ in pairs) / total
    small_parts = sum(own < release * aim for own, aim in pairs)
    return ratio, ratio < (release if eager else small) and small_parts >= _MIN_PARTS
