"""The smallest error that one shift in time leaves of the recent movement."""

from __future__ import annotations

import numpy as np

from coach.pose.joint_table import JOINT_COUNT
from coach.pose.pose_frame import FloatArray


_NOBODY: FloatArray = np.zeros((JOINT_COUNT, JOINT_COUNT))


class ShiftErrors:
    """For each shift and joint a running mean of the error and of its size; the best shift is the timing explanation.

    Frame by frame a fast swing explains any angle within its sweep. Over a moment only one shift does, so that a bent
    arm is found also while it swings.

    Parameters
    ----------
    shift_count : int
        Odd; the one in the middle is no shift.
    memory_s : float
        Time constant of the running means.
    partners : ndarray [shape=(14, 14)], float64, optional
        1 where two joints move as one limb: a shift that puts the partner out of tolerance explains nothing.
    """

    def __init__(self, shift_count: int, memory_s: float, partners: FloatArray = _NOBODY) -> None:
        self._memory_s = memory_s
        self._partners = partners
        self._size: FloatArray = np.full((shift_count, JOINT_COUNT), np.nan)
        self._signed: FloatArray = np.full((shift_count, JOINT_COUNT), np.nan)
        self.best: np.ndarray[tuple[int, ...], np.dtype[np.intp]] = np.zeros(JOINT_COUNT, dtype=np.intp)

    def step(self, errors_deg: FloatArray, gap_s: float, tolerance_deg: FloatArray | None = None) -> FloatArray:
        """Take in the errors against each shifted teacher (n, 14), return what remains at the best shift (14,), signed.

        A nan leaves that running mean as it is. Partners have a say where the tolerances (14,) are given.
        """
        share = 1.0 - float(np.exp(-gap_s / self._memory_s))
        size = np.abs(errors_deg)
        for mean, new in ((self._size, size), (self._signed, errors_deg)):
            known = np.isfinite(new)
            fresh = known & ~np.isfinite(mean)
            np.copyto(mean, new, where=fresh)
            np.add(mean, share * (new - mean), out=mean, where=known)
        comparable = np.where(np.isfinite(self._size), self._size, np.inf)
        if tolerance_deg is not None:
            comparable += tolerance_deg * (self._strain(tolerance_deg) @ self._partners)
        self.best = comparable.argmin(axis=0)
        columns = np.arange(JOINT_COUNT)
        remaining: FloatArray = np.copysign(self._size[self.best, columns], self._signed[self.best, columns])
        return remaining

    def _strain(self, tolerance_deg: FloatArray) -> FloatArray:
        """By how many tolerances each shift puts a joint further out than it is in time, shape (n, 14)."""
        strain = self._size / tolerance_deg
        strain -= np.maximum(strain[len(strain) // 2], 1.0)
        strained: FloatArray = np.fmax(strain, 0.0)
        return strained

    def forget(self, joints: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> None:
        """Start afresh for joints (14,) that could not be seen."""
        self._size[:, joints] = np.nan
        self._signed[:, joints] = np.nan
