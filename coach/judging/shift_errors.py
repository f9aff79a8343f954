"""The smallest error that one shift in time leaves of the recent movement."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.pose.joint_table import JOINT_COUNT
from coach.pose.pose_frame import FloatArray

_NOBODY: FloatArray = np.zeros((JOINT_COUNT, JOINT_COUNT))
BoolArray = NDArray[np.bool_]


class ShiftErrors:
    """For each shift and joint (a column) a running mean of the error and of its size.

    The best shift is the explanation by timing.
    Frame by frame a fast swing explains any angle within its sweep. Over a moment only one shift does, so that a bent
    arm is found also while it swings. Nobody's timing changes from one moment to the next: which shift is the best is
    therefore decided over a longer time than how much error it leaves.

    Parameters
    ----------
    shift_count : int
        Odd; the one in the middle is no shift.
    memory_s : float
        Time constant of the running means.
    choice_memory_s : float
        Time constant of the mean size by which the best shift is chosen.
    partners : ndarray [shape=(columns, columns)], float64, optional
        1 where the joint of the row has a say in the shift of the column's: a shift that puts it out of tolerance
        explains nothing.
    far_cost : float, optional
        A shift to the far end has to explain so many tolerances more than none.
    """

    def __init__(
        self,
        shift_count: int,
        memory_s: float,
        choice_memory_s: float,
        partners: FloatArray = _NOBODY,
        far_cost: float = 0.0,
    ) -> None:
        self._memories_s: FloatArray = np.array([memory_s, memory_s, choice_memory_s])[:, None, None]
        self._partners = partners
        self._cost: FloatArray = far_cost * np.abs(np.linspace(-1.0, 1.0, shift_count))[:, None]
        columns = len(partners)
        self._columns = np.arange(columns)
        # The error's size, the error itself, and the size over longer: one array, as they go through the same steps.
        self._means: FloatArray = np.full((3, shift_count, columns), np.nan)
        self.best: NDArray[np.intp] = np.zeros(columns, dtype=np.intp)

    def step(self, errors_deg: FloatArray, gap_s: float, tolerance_deg: FloatArray | None = None) -> FloatArray:
        """Take in the errors against each shifted teacher, shape (n, columns); returns what remains at the best shift.

        A nan leaves that running mean as it is. Partners have a say where the tolerances (columns,) are given. The
        result is signed, shape (columns,); `best` holds the shifts.
        """
        shares = 1.0 - np.exp(-gap_s / self._memories_s)
        known, before = np.isfinite(errors_deg), np.isfinite(self._means[0])
        new = np.empty_like(self._means)
        new[:2] = np.abs(errors_deg), errors_deg
        new[2] = new[0]
        np.copyto(self._means, new, where=known & ~before)
        np.add(self._means, shares * (new - self._means), out=self._means, where=known)
        comparable = np.where(known | before, self._means[2], np.inf)
        if tolerance_deg is not None:
            comparable += tolerance_deg * (self._cost + self._strain(tolerance_deg) @ self._partners)
        self.best = comparable.argmin(axis=0)
        remaining: FloatArray = np.copysign(*self._means[:2, self.best, self._columns])
        return remaining

    def _strain(self, tolerance_deg: FloatArray) -> FloatArray:
        """By how many tolerances each shift puts a joint further out than it is in time, shape (n, columns)."""
        strain = self._means[2] / tolerance_deg
        strain -= np.maximum(strain[len(strain) // 2], 1.0)
        worse: FloatArray = np.fmax(strain, 0.0)
        return worse

    def forget(self, joints: BoolArray) -> None:
        """Start afresh for joints (columns,) that could not be seen."""
        if joints.any():
            self._means[..., joints] = np.nan
