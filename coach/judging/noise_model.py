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

from coach.pose.joint_table import JOINT_NAMES
from coach.settings.judging_noise import NoiseSettings

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
    by_length = short_limb_factor(visible_share, settings)
    speed = np.fmax(np.abs(rate_deg_s), 0.0)
    factor = np.minimum(by_length * (1.0 + speed / settings.reference_rate_deg_s), settings.max_factor)
    floor: FloatArray = base_deg * factor
    return floor


def short_limb_factor(visible_share: FloatArray, settings: NoiseSettings) -> FloatArray:
    """By how much the noise grows where a limb shows this share of its full length; nan counts as the shortest."""
    clear = settings.clear_length_ratio
    shortest = clear * settings.max_factor ** (-1.0 / settings.length_power)
    share = np.minimum(np.fmax(visible_share, shortest), clear)  # fmax: of nan and a number the number
    factor: FloatArray = (clear / share) ** settings.length_power
    return factor
