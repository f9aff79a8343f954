"""How tall the dancer is in the picture, steady through bows, kicks and feet out of the picture."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.pose.landmark_table import BODY_PARTS, LANDMARK_INDEX
from coach.settings.sensing import FlowSettings

FloatArray = NDArray[np.float64]

TORSO_SHARE: Final = 0.288
"""Hip centre to shoulder centre over stature (0.818 - 0.530: Drillis and Contini, in Winter 2009, fig. 4.1)."""
_LEG_SHARE: Final = 0.491
"""Thigh and shank over stature (0.245 + 0.246: the same table)."""
_TRUNK: Final = tuple(LANDMARK_INDEX[name] for name in BODY_PARTS["torso"])
_LEGS: Final = tuple(
    tuple(LANDMARK_INDEX[f"{side}_{point}"] for point in ("hip", "knee", "ankle")) for side in ("left", "right")
)


class BodyHeight:
    """Running stature of a dancer in the picture, steady while limbs and trunk point at the camera.

    Every length in a picture is the true one or shorter, so the longest of several estimates counts, and the value
    rises quickly and falls slowly. Feet out of the picture do not matter.
    """

    def __init__(self, settings: FlowSettings) -> None:
        self._settings = settings
        self._height: float | None = None
        self._time_s = 0.0

    def update(self, xy: FloatArray, time_s: float) -> float:
        """Stature in the unit of ``xy`` (33, 2; nan where not seen); nan before anything was measured."""
        measured = stature(xy)
        if not math.isfinite(measured):
            return float("nan") if self._height is None else self._height
        if self._height is None or time_s < self._time_s:
            self._height = measured
        else:
            tau_s = self._settings.body_rise_s if measured > self._height else self._settings.body_fall_s
            self._height += (measured - self._height) * -math.expm1(-(time_s - self._time_s) / tau_s)
        self._time_s = time_s
        return self._height

    def reset(self) -> None:
        """Forget the dancer."""
        self._height = None


def stature(xy: FloatArray) -> float:
    """Stature from trunk and legs of one pose ``xy`` (33, 2), in the same unit; nan if neither is seen."""
    points: list[list[float]] = xy.tolist()
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = (points[index] for index in _TRUNK)
    estimates = [math.hypot(ax + bx - cx - dx, ay + by - cy - dy) / 2.0 / TORSO_SHARE]
    for hip, knee, ankle in _LEGS:
        leg = math.dist(points[hip], points[knee]) + math.dist(points[knee], points[ankle])
        estimates.append(leg / _LEG_SHARE)
    seen = [estimate for estimate in estimates if math.isfinite(estimate) and estimate > 0]
    return max(seen, default=float("nan"))
