"""From which side a dancer is seen: angles in the picture compare only where both are seen from about the same side."""

from __future__ import annotations

import math

import numpy as np

from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.pose_frame import FloatArray

_SHOULDERS = LANDMARK_INDEX["left_shoulder"], LANDMARK_INDEX["right_shoulder"]
_HIPS = LANDMARK_INDEX["left_hip"], LANDMARK_INDEX["right_hip"]


def across(world: FloatArray) -> FloatArray:
    """From the right to the left side of the trunk, seen from above: shape (..., 2), to the right and away, metres.

    Shoulders and hips of ``world`` (..., 33, 4) together, as each alone trembles and twists; nan where one is missing.
    """
    level = world[..., :3:2]
    shoulders, hips = (level[..., left, :] - level[..., right, :] for left, right in (_SHOULDERS, _HIPS))
    both: FloatArray = shoulders + hips
    return both


class SideSeen:
    """The student's side as a running mean, against the teacher's.

    Parameters
    ----------
    smoothing_s : float
        Time constant.
    """

    def __init__(self, smoothing_s: float) -> None:
        self._smoothing_s = smoothing_s
        self._mean: FloatArray | None = None
        self._last_s = -math.inf

    def step(self, world: FloatArray, time_s: float) -> FloatArray:
        """Take in one pose's world landmarks (33, 4); returns the running `across`, nan before any."""
        now = across(world)
        if math.isfinite(now[0] + now[1]):
            gap_s = max(time_s - self._last_s, 0.0)
            if self._mean is None:
                self._mean = now
            else:
                self._mean = self._mean - math.expm1(-gap_s / self._smoothing_s) * (now - self._mean)
            self._last_s = time_s
        return np.full(2, np.nan) if self._mean is None else self._mean


def turned_apart_deg(student: FloatArray, teacher: FloatArray) -> float:
    """Angle between the two, 0..180; 0 where either is unknown (then there is nothing to object)."""
    cross = float(student[0] * teacher[1] - student[1] * teacher[0])
    angle_deg = math.degrees(math.atan2(abs(cross), float(student @ teacher)))
    return angle_deg if math.isfinite(angle_deg) else 0.0
