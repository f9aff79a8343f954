"""This camera's own noise, measured while the dancer stands still: before the dance, in a freeze, while they wait.

Noise that is worth learning moves the joints of a still body faster than many a movement, and all the time. So nobody
is still by speed. Stillness is judged over a stretch, as `coach.alignment.stillness` judges it for the follower: angles
averaged over short blocks hardly move, beyond what the jitter within the blocks makes of its own. A quiet dancer before
a noisy camera looks much the same even so, therefore a dancer whose teacher moves is never taken to be still.
"""

from __future__ import annotations

from collections import deque
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.judging.gaps import MAX_GAP_S
from coach.judging.noise_model import SENSOR_NOISE_DEG, STANDARD_ERRORS_PER_MEDIAN, short_limb_factor
from coach.pose.joint_table import JOINT_COUNT
from coach.pose.pose_frame import FloatArray
from coach.settings.judging_noise import NoiseSettings

_MIN_FRAMES: Final = 3
"""A line through fewer frames of a block leaves nothing that could be jitter."""
_UNKNOWN: Final[FloatArray] = np.full(JOINT_COUNT, np.nan)


class StillNoise:
    """Raises the table of the sensor's noise for the joints that this camera sees worse, and never lowers it.

    What one stretch shows may be wrong (somebody scratched their nose): the middle of the last few counts, the lower
    one of two. Each overlaps the one before by half.

    Parameters
    ----------
    settings : NoiseSettings

    Attributes
    ----------
    base_deg : ndarray [shape=(14,)], float64
        Standard error of each joint's angle, its limb shown at full length.
    """

    def __init__(self, settings: NoiseSettings) -> None:
        self._settings, self._noise = settings.still, settings
        self.base_deg: FloatArray = SENSOR_NOISE_DEG.copy()
        self._stretches: deque[FloatArray] = deque(maxlen=settings.still.stretches_count)
        self.jumped()

    def jumped(self) -> None:
        """Begin another stretch: the dancer was elsewhere a moment ago. What was learnt of the camera stays."""
        self._frames: list[tuple[float, FloatArray, FloatArray, FloatArray]] = []

    def step(
        self,
        angles_deg: FloatArray,
        visible_share: FloatArray,
        time_s: float,
        target_deg: FloatArray = _UNKNOWN,
    ) -> FloatArray:
        """Take in one frame.

        Parameters
        ----------
        angles_deg : ndarray [shape=(14,)], float64
            nan where unseen.
        visible_share : ndarray [shape=(14,)], float64
            Share of its full length that the limb shows.
        time_s : float
        target_deg : ndarray [shape=(14,)], float64, optional
            The teacher's angles at the dancer's place, if that is known.

        Returns
        -------
        ndarray [shape=(14,)], float64
            `base_deg`.
        """
        if self._frames and not 0.0 < time_s - self._frames[-1][0] <= MAX_GAP_S:
            self._frames.clear()
        self._frames.append((time_s, angles_deg, visible_share, target_deg))
        if time_s - self._frames[0][0] >= self._settings.stretch_s:
            self._measure()
            self._frames = [frame for frame in self._frames if frame[0] > time_s - 0.5 * self._settings.stretch_s]
        return self.base_deg

    def _measure(self) -> None:
        """Learn from the stretch that ends here, if the dancer stood still in it."""
        settings = self._settings
        times_s = np.array([frame[0] for frame in self._frames])
        angles, shares, targets = (np.stack([frame[part] for frame in self._frames]) for part in (1, 2, 3))
        blocks = ((times_s - times_s[0]) / settings.block_s).astype(np.intp)
        seen: NDArray[np.bool_] = np.isfinite(angles).mean(axis=0) >= settings.min_seen_share
        if seen.sum() < settings.min_joints:
            return
        moved, jitter = _movement(angles[:, seen], times_s, blocks)
        led, _ = _movement(targets, times_s, blocks)
        own = moved - settings.jitter_ratio * jitter
        if led > settings.teacher_deg**2 or moved > settings.max_deg**2 or own > settings.still_deg**2:
            return
        spread = np.zeros(JOINT_COUNT)
        middle = np.nanmedian(angles[:, seen], axis=0)
        spread[seen] = STANDARD_ERRORS_PER_MEDIAN * np.nanmedian(np.abs(angles[:, seen] - middle), axis=0)
        # A short limb trembles more before any camera.
        spread[seen] /= short_limb_factor(np.median(np.nan_to_num(shares[:, seen]), axis=0), self._noise)
        self._stretches.append(spread)
        if len(self._stretches) < settings.min_stretches:
            return
        lower_middle = np.sort(np.stack(self._stretches), axis=0)[(len(self._stretches) - 1) // 2]
        limit = self._noise.max_factor * SENSOR_NOISE_DEG
        self.base_deg = np.minimum(np.maximum(SENSOR_NOISE_DEG, lower_middle), limit)


def _movement(angles_deg: FloatArray, times_s: FloatArray, blocks: NDArray[np.intp]) -> tuple[float, float]:
    """Mean variance of the blocks' means, and of the frames around a line through each block, in square degrees.

    Joints (columns) that are unseen do not count; 0 where nothing is known.
    """
    means, residuals = [], []
    for block in range(int(blocks[-1]) + 1):
        rows = blocks == block
        values = angles_deg[rows]
        known = np.isfinite(values).all(axis=0)
        if not rows.any():
            continue
        mean = np.where(known, np.where(known, values, 0.0).mean(axis=0), np.nan)
        means.append(mean)
        if len(values) >= _MIN_FRAMES:
            since_s = times_s[rows] - times_s[rows].mean()
            slope = (since_s @ (values - mean)) / (since_s @ since_s)
            rest = values - mean - since_s[:, None] * slope
            residuals.append((rest**2).sum(axis=0) / (len(values) - 2))
    return _mean_known(_variance(np.stack(means))), _mean_known(np.stack(residuals)) if residuals else 0.0


def _variance(values: FloatArray) -> FloatArray:
    """Variance along the first axis of what is known; nan where that is less than two values."""
    known = np.isfinite(values)
    count = known.sum(axis=0)
    mean = np.where(known, values, 0.0).sum(axis=0) / np.maximum(count, 1)
    squares = np.where(known, (values - mean) ** 2, 0.0).sum(axis=0)
    variance: FloatArray = np.where(count >= 2, squares / np.maximum(count - 1, 1), np.nan)
    return variance


def _mean_known(values: FloatArray) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else 0.0
