"""Which moment of the student belongs to which of the teacher."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Alignment:
    """The warping path.

    Attributes
    ----------
    path_s : ndarray [shape=(P, 2)], float64
        Rows ``[student_s, teacher_s]``, both never falling.
    mismatch : ndarray [shape=(P,)], float64
        How little the poses fit there (0 is best).
    """

    path_s: FloatArray
    mismatch: FloatArray

    def teacher_at(self, student_s: FloatArray | float) -> FloatArray:
        """Teacher time for each student time, nan outside the path."""
        return _along(self.path_s[:, 0], self.path_s[:, 1], student_s)

    def student_at(self, teacher_s: FloatArray | float) -> FloatArray:
        """Student time for each teacher time, nan outside the path."""
        return _along(self.path_s[:, 1], self.path_s[:, 0], teacher_s)


def _along(own: FloatArray, other: FloatArray, times: FloatArray | float) -> FloatArray:
    """``other`` where ``own`` is ``times``; the middle where ``own`` stands still; nan where there is no path."""
    if len(own) == 0:
        return np.full(np.shape(times), np.nan)
    unique, first = np.unique(own, return_index=True)
    last = np.append(first[1:], len(own)) - 1
    middles = 0.5 * (other[first] + other[last])
    matched: FloatArray = np.interp(np.asarray(times, dtype=np.float64), unique, middles, left=np.nan, right=np.nan)
    return matched
