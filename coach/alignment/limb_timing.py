"""How early each limb is, against the rest of the body: positive is early, negative late, in ms."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from coach.alignment.tracked_position import TrackedPosition, TrackState
from coach.pose.feature_vector import LIMB_FEATURES
from coach.settings.alignment import TimingSettings

FloatArray = NDArray[np.float64]

_LIMB_COLUMNS: NDArray[np.int64] = np.array([column for columns in LIMB_FEATURES.values() for column in columns])
"""The features of all limbs, equally many of each."""


class LimbTiming:
    """Early or late of each limb against the body's own place in the choreography.

    For every limb and every shift of the reference, the difference between the student's limb and the teacher's is
    observed for a while. A wrong form (an arm always too low) is a constant difference, so not its size counts but how
    much it varies: the shift at which it varies least is the limb's timing.

    Parameters
    ----------
    reference_features : ndarray [shape=(T, F)], float64
        The teacher's, or those of the mirror image if the student dances it.
    reference_time_s : ndarray [shape=(T,)], float64
    settings : TimingSettings, optional

    Attributes
    ----------
    gain : dict
        By limb, how much more of its movement the last shift explained than no shift would: near 0 the shift means
        nothing, as where a movement repeats itself.
    """

    def __init__(
        self, reference_features: FloatArray, reference_time_s: FloatArray, settings: TimingSettings | None = None
    ) -> None:
        self._settings = settings or TimingSettings()
        self._reference: FloatArray = np.ascontiguousarray(reference_features[:, _LIMB_COLUMNS])
        self._time_s = reference_time_s
        reach = round(self._settings.range_s / self._settings.lag_s)
        self._shifts_s = np.arange(-reach, reach + 1) * self._settings.lag_s
        self.reset()

    def reset(self) -> None:
        """Forget what was seen (a jump, a change of the mirror image)."""
        # Weights, sums and sums of squares, of the differences at each shift and of the student's own features.
        self._sums: FloatArray = np.zeros((3, len(self._shifts_s), len(_LIMB_COLUMNS)))
        self._own: FloatArray = np.zeros((2, len(_LIMB_COLUMNS)))
        self._last: tuple[float, float] | None = None
        self.gain: dict[str, float] = dict.fromkeys(LIMB_FEATURES, 0.0)

    def step(self, features: FloatArray, position: TrackedPosition) -> dict[str, float | None]:
        """Take in one frame.

        Parameters
        ----------
        features : ndarray [shape=(F,)], float64
            The student's, nan where unseen.
        position : TrackedPosition

        Returns
        -------
        dict
            For each limb (``left_arm`` ...: the student's own side) early (+) or late (-) in ms; None while it does not
            move enough, or moves otherwise than the teacher's.
        """
        if position.reference_s is None or position.state is not TrackState.FOLLOWING:
            self.reset()
            return dict.fromkeys(LIMB_FEATURES)
        self._forget(position)
        self._observe(features.take(_LIMB_COLUMNS), position.reference_s)
        residual, movement = self._variances()
        best: list[int] = residual.argmin(axis=1).tolist()
        return {
            limb: self._shift_ms(limb, of_limb, least, moved, position.tempo)
            for limb, of_limb, least, moved in zip(LIMB_FEATURES, residual.tolist(), best, movement, strict=True)
        }

    def _forget(self, position: TrackedPosition) -> None:
        assert position.reference_s is not None
        if self._last is not None:
            elapsed_s = position.time_s - self._last[0]
            moved_s = position.reference_s - self._last[1]
            if elapsed_s < 0 or abs(moved_s - elapsed_s) > self._settings.range_s:
                self.reset()
            else:
                kept = float(np.exp(-elapsed_s / self._settings.memory_s))
                self._sums *= kept
                self._own *= kept
        self._last = position.time_s, position.reference_s

    def _observe(self, features: FloatArray, reference_s: float) -> None:
        frames = self._time_s.searchsorted(reference_s + self._shifts_s - 0.5 * self._settings.lag_s)
        frames = np.minimum(frames, len(self._time_s) - 1)
        difference = features - self._reference.take(frames, axis=0)
        seen = np.isfinite(difference)
        difference = np.where(seen, difference, 0.0)
        weight, total, square = self._sums
        weight += seen
        total += difference
        square += difference * difference
        own = np.where(np.isfinite(features), features, 0.0)
        self._own[0] += own
        self._own[1] += own * own

    def _variances(self) -> tuple[FloatArray, list[float]]:
        """Of the differences at each shift (limbs, n) and of the student's own features (limbs).

        nan where a limb was not seen all the while: of nan, ``argmin`` says that it is the least.
        """
        weight = self._sums[0]
        with np.errstate(divide="ignore", invalid="ignore"):
            mean, square = self._sums[1:] / weight
            varied = square - mean * mean
            own = self._own / weight[len(weight) // 2]
            own_varied = own[1] - own[0] * own[0]
        movement: list[float] = _mean_by_limb(own_varied).tolist()
        return _mean_by_limb(varied).T, movement

    def _shift_ms(self, limb: str, residual: list[float], best: int, movement: float, tempo: float) -> float | None:
        unknown = math.isnan(residual[best])
        if unknown or movement < self._settings.min_movement**2:
            return None
        if residual[best] > self._settings.max_residual * movement:
            return None
        if best in (0, len(residual) - 1):
            return None
        self.gain[limb] = (residual[len(residual) // 2] - residual[best]) / movement
        before, at, after = residual[best - 1 : best + 2]
        curvature = before - 2 * at + after
        offset = 0.5 * (before - after) / curvature if curvature > 0 else 0.0
        return float(1000.0 * (self._shifts_s[best] + offset * self._settings.lag_s) / max(tempo, 0.1))


def _mean_by_limb(columns: FloatArray) -> FloatArray:
    """Means of each limb's columns (..., limbs * k), shape (..., limbs) (``mean`` takes twice as long)."""
    by_limb = columns.reshape(*columns.shape[:-1], len(LIMB_FEATURES), -1)
    mean: FloatArray = by_limb.sum(axis=-1) / by_limb.shape[-1]
    return mean
