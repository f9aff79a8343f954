"""How wrong the sensor itself is: no joint is blamed for less.

The table holds what `tests.bench.noise_table` measures: a drawn dancer whose landmarks are known, moved by the built-in
routine and by a filmed dancer, seen by MediaPipe "full" and smoothed as a student is.

Only angles in the picture are judged. Those of the model's world landmarks err by 6-11 degrees at the median and by
22-35 at the 95th percentile (elbows, shoulders, hips, knees of the same drawn dancer), beyond every tolerance, also
where a limb points at the camera: there the joint is unseen.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.pose.joint_table import JOINT_COUNT, JOINT_NAMES
from coach.settings.judging import NoiseSettings

FloatArray = NDArray[np.float64]

MEDIAN_ERROR_DEG: Final[dict[str, float]] = {
    "shoulder": 3.5,
    "elbow": 4.2,
    "wrist": 5.0,
    "hip": 2.7,
    "knee": 2.8,
    "ankle": 5.0,
    "trunk": 1.1,
    "neck": 2.2,
}
"""Median absolute error of the angle in the picture, by kind of joint: slow, and the limb shown at its full length."""

STANDARD_ERRORS_PER_MEDIAN: Final = 1.4826
"""Standard deviation of a normal distribution whose absolute value has median 1."""

SENSOR_NOISE_DEG: Final[FloatArray] = STANDARD_ERRORS_PER_MEDIAN * np.array(
    [MEDIAN_ERROR_DEG[name.split("_")[-1]] for name in JOINT_NAMES]
)
"""Standard error of each joint's angle, shape (14,), in the order of ``joint_table.JOINTS``."""


def noise_floor_deg(
    visible_share: FloatArray,
    rate_deg_s: FloatArray,
    settings: NoiseSettings,
    base_deg: FloatArray = SENSOR_NOISE_DEG,
) -> FloatArray:
    """Standard error of each joint's angle at this moment.

    A position error of d pixels turns a limb of length l pixels by d / l: the noise grows as the limb gets shorter in
    the picture, and faster than that, as the sensor's own d grows too (measured: by a power of the length). It also
    grows with speed (motion blur, and the sensor's own smoothing).

    Parameters
    ----------
    visible_share : ndarray [shape=(..., 14)], float64
        Share of its full length that the limb shows (`joint_angles.limb_visible_share`); nan counts as the shortest.
    rate_deg_s : ndarray [shape=(..., 14)], float64
        Angular speed; nan counts as rest.
    settings : NoiseSettings
    base_deg : ndarray [shape=(14,)], float64
        Standard errors of clearly seen, slow joints.

    Returns
    -------
    ndarray [shape=(..., 14)], float64
    """
    clear = settings.clear_length_ratio
    shortest = clear * settings.max_factor ** (-1.0 / settings.length_power)
    share = np.minimum(np.fmax(visible_share, shortest), clear)  # fmax: of nan and a number the number
    by_length = (clear / share) ** settings.length_power
    speed = np.fmax(np.abs(rate_deg_s), 0.0)
    factor = np.minimum(by_length * (1.0 + speed / settings.reference_rate_deg_s), settings.max_factor)
    floor: FloatArray = base_deg * factor
    return floor


class StillNoise:
    """Measures this camera's own noise while the dancer happens to stand still, and only ever raises the table.

    The noise of a still joint is the spread of its angle; it is estimated from differences of neighbouring frames, so
    that a slow sway does not count.
    """

    def __init__(self, settings: NoiseSettings) -> None:
        self._settings = settings
        self.base_deg: FloatArray = SENSOR_NOISE_DEG.copy()
        self._samples: list[FloatArray] = []
        self._still_since_s: float | None = None

    def step(self, angles_deg: FloatArray, rate_deg_s: FloatArray, time_s: float) -> FloatArray:
        """Look at one frame (angles and smoothed rates, shape (14,)) and return the standard errors, shape (14,)."""
        moving = bool((np.abs(rate_deg_s) > self._settings.still_rate_deg_s).any())
        if moving or not np.isfinite(angles_deg).any():
            self._samples.clear()
            self._still_since_s = None
            return self.base_deg
        if self._still_since_s is None:
            self._still_since_s = time_s
        self._samples.append(angles_deg)
        if time_s - self._still_since_s >= self._settings.still_for_s:
            self._measure()
            self._samples.clear()
            self._still_since_s = time_s
        return self.base_deg

    def _measure(self) -> None:
        changes = np.abs(np.diff(np.stack(self._samples), axis=0))
        known = np.isfinite(changes).sum(axis=0) >= 5
        if not known.any():
            return
        spread = np.zeros(JOINT_COUNT)
        spread[known] = STANDARD_ERRORS_PER_MEDIAN * np.nanmedian(changes[:, known], axis=0) / np.sqrt(2.0)
        limit = self._settings.max_factor * SENSOR_NOISE_DEG
        self.base_deg = np.minimum(np.maximum(self.base_deg, spread), limit)
