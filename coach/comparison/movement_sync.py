"""The offset from the poses alone: how little the dancers fit at every offset, and whether one is the mirror image."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.alignment.mismatch import MismatchRows, motions_of
from coach.alignment.tick_clock import on_regular_clock
from coach.pose.feature_vector import MOTION_ONLY
from coach.settings.alignment import EvidenceSettings
from coach.settings.comparison_sync import MovementSyncSettings

FloatArray = NDArray[np.float64]

_SHORT_PRICE = 0.15


@dataclass(frozen=True)
class MovementFit:
    """Mean mismatch of the poses for every offset.

    Attributes
    ----------
    offset_s : ndarray [shape=(L,)], float64
        Student minus teacher, rising.
    mismatch : ndarray [shape=(L,)], float64
        0 is best; inf where the clips share too little.
    """

    offset_s: FloatArray
    mismatch: FloatArray

    def best(self) -> tuple[float, float]:
        """Offset and mismatch of the best fit."""
        index = int(np.argmin(self.mismatch))
        return float(self.offset_s[index]), float(self.mismatch[index])

    def near(self, offset_s: float, within_s: float) -> float:
        """The best mismatch within ``within_s`` of an offset (inf where there is none)."""
        close = np.abs(self.offset_s - offset_s) <= within_s
        return float(self.mismatch[close].min()) if close.any() else float("inf")


def movement_fit(
    teacher_features: FloatArray,
    teacher_s: FloatArray,
    student_features: FloatArray,
    student_s: FloatArray,
    evidence: EvidenceSettings,
    settings: MovementSyncSettings,
) -> MovementFit:
    """Try every offset at which the clips share enough.

    Parameters
    ----------
    teacher_features, student_features : ndarray [shape=(T, F)] and [shape=(N, F)], float64
        See `coach.pose.feature_vector`.
    teacher_s, student_s : ndarray [shape=(T,)] and [shape=(N,)], float64
    evidence : EvidenceSettings
    settings : MovementSyncSettings
    """
    tick_s = 1.0 / settings.coarse_fps
    teacher = on_regular_clock(teacher_features, teacher_s, tick_s)
    student = on_regular_clock(student_features, student_s, tick_s)
    rows = MismatchRows(teacher, tick_s, evidence)
    poses = student.copy()
    poses[:, MOTION_ONLY] = np.nan
    motions = motions_of(student, rows.lags)
    length, count = rows.length, len(student)
    total, shared = np.zeros(length + count - 1), np.zeros(length + count - 1)
    line = np.empty(length)
    seen = np.isfinite(student).any(axis=1)
    for row in np.flatnonzero(seen).tolist():
        rows.fill(poses[row], motions[row], line)
        # Diagonal "row - column", counted from the last column.
        total[row : row + length] += line[::-1]
        shared[row : row + length] += 1.0
    offsets = (np.arange(length + count - 1) - (length - 1)) * tick_s + student_s[0] - teacher_s[0]
    least = max(settings.min_overlap_s, settings.min_overlap_share * min(length, count) * tick_s) / tick_s
    enough = shared >= min(least, 0.9 * min(length, count))
    mean = np.full(len(total), np.inf)
    longest = float(shared.max(initial=1.0))
    mean[enough] = total[enough] / shared[enough] + _SHORT_PRICE * (1.0 - shared[enough] / longest)
    return MovementFit(offsets, mean)


def agreement(mismatch: float, settings: MovementSyncSettings) -> float:
    """Mismatch as agreement: 1 for two dancers in the same place, 0 for strangers."""
    span = settings.stranger_mismatch - settings.same_mismatch
    return float(np.clip((settings.stranger_mismatch - mismatch) / span, 0.0, 1.0))
