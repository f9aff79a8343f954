"""How early each limb is, against the rest of the body (see `coach.alignment.timing` for the sign), in ms."""

from __future__ import annotations

import math
from statistics import median

import numpy as np
from numpy.typing import NDArray

from coach.alignment.tick_clock import on_regular_clock
from coach.alignment.tracked_position import TrackedPosition, TrackState
from coach.pose.feature_vector import LIMB_FEATURES
from coach.settings.alignment import TimingSettings

FloatArray = NDArray[np.float64]

_LIMB_COLUMNS: NDArray[np.int64] = np.array([column for columns in LIMB_FEATURES.values() for column in columns])
"""The features of all limbs, equally many of each."""

_MOST = 3
"""So many limbs that are known together say where the body is, whatever one of them does."""


class LimbTiming:
    """Early or late of each limb against the rest of the body.

    For every limb and every shift of the reference, the difference between the student's limb and the teacher's is
    observed for a while. A wrong form (an arm always too low) is a constant difference, so not its size counts but how
    much it varies: the shift at which it varies least is the limb's timing against the followed place. That place
    is drawn after whatever moves most: of a dancer with one late arm it is late as well, and all other limbs are early
    against it. So where most limbs are known, what most of them do (the median) is where the body is.

    Parameters
    ----------
    reference_features : ndarray [shape=(T, F)], float64
        The teacher's, or those of the mirror image if the student dances it.
    reference_time_s : ndarray [shape=(T,)], float64
    settings : TimingSettings, optional

    Attributes
    ----------
    gain : dict
        By limb, how much more of its movement the last shift explained than that of the rest of the body would: near 0
        it means nothing, as where a movement repeats itself.
    rest_ms : float
        How early the body was against the followed place; 0 where too few limbs were known to say so.
    since_s : float
        Student time from which on the movement was observed; later after each jump, inf while nobody is followed.
    """

    def __init__(
        self, reference_features: FloatArray, reference_time_s: FloatArray, settings: TimingSettings | None = None
    ) -> None:
        self._settings = settings or TimingSettings()
        reach = round(self._settings.range_s / self._settings.lag_s)
        self._shifts_s = np.arange(-reach, reach + 1) * self._settings.lag_s
        regular = on_regular_clock(reference_features[:, _LIMB_COLUMNS], reference_time_s, self._settings.lag_s)
        self._last_row, self._start_s = len(regular) - 1, float(reference_time_s[0])
        # As many rows more at both ends as a shift reaches, and one to interpolate to.
        self._reference: FloatArray = np.pad(regular, ((reach, reach + 1), (0, 0)), mode="edge")
        self.reset()

    def reset(self) -> None:
        """Forget what was seen (a jump, a change of the mirror image)."""
        # Weights, sums and sums of squares, of the differences at each shift and of the student's own features.
        self._sums: FloatArray = np.zeros((3, len(self._shifts_s), len(_LIMB_COLUMNS)))
        self._own: FloatArray = np.zeros((2, len(_LIMB_COLUMNS)))
        self._last: tuple[float, float] | None = None
        self.since_s = math.inf
        self.gain: dict[str, float] = dict.fromkeys(LIMB_FEATURES, 0.0)
        self.rest_ms = 0.0

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
        limbs = list(zip(LIMB_FEATURES, residual.tolist(), residual.argmin(axis=1).tolist(), movement, strict=True))
        shifts_ms = {limb: self._shift_ms(of_limb, best, moved) for limb, of_limb, best, moved in limbs}
        known = [shift_ms for shift_ms in shifts_ms.values() if shift_ms is not None]
        self.rest_ms = median(known) if len(known) >= _MOST else 0.0
        in_time = self._row_of(self.rest_ms)
        for limb, of_limb, best, moved in limbs:
            if shifts_ms[limb] is not None:
                self.gain[limb] = (of_limb[in_time] - of_limb[best]) / moved
        return {limb: None if shift is None else shift - self.rest_ms for limb, shift in shifts_ms.items()}

    def _forget(self, position: TrackedPosition) -> None:
        assert position.reference_s is not None
        if self._last is not None:
            elapsed_s = position.time_s - self._last[0]
            led_to_s = self._last[1] + position.tempo * elapsed_s
            if elapsed_s < 0 or abs(position.reference_s - led_to_s) > self._settings.range_s:
                self.reset()
            else:
                kept = float(np.exp(-elapsed_s / self._settings.memory_s))
                self._sums *= kept
                self._own *= kept
        if self._last is None:
            self.since_s = position.time_s
        self._last = position.time_s, position.reference_s

    def _observe(self, features: FloatArray, reference_s: float) -> None:
        difference = features - self._around(reference_s)
        seen = np.isfinite(difference)
        difference = np.where(seen, difference, 0.0)
        weight, total, square = self._sums
        weight += seen
        total += difference
        square += difference * difference
        own = np.where(seen[len(seen) // 2], features, 0.0)
        self._own[0] += own
        self._own[1] += own * own

    def _around(self, reference_s: float) -> FloatArray:
        """The reference at every shift from ``reference_s``, between its frames too: the nearest frame alone would be
        up to half a frame off, for as long as student and reference run in step."""
        row = min(max(0.0, (reference_s - self._start_s) / self._settings.lag_s), float(self._last_row))
        first, count = int(row), len(self._shifts_s)
        before, after = self._reference[first : first + count], self._reference[first + 1 : first + 1 + count]
        between: FloatArray = before + (row - first) * (after - before)
        return between

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

    def _row_of(self, shift_ms: float) -> int:
        """The nearest of the shifts."""
        middle = len(self._shifts_s) // 2
        return min(max(0, middle + round(1e-3 * shift_ms / self._settings.lag_s)), 2 * middle)

    def _shift_ms(self, residual: list[float], best: int, movement: float) -> float | None:
        """The shift that leaves the least, between the shifts too; None where that says nothing."""
        if math.isnan(residual[best]) or movement < self._settings.min_movement**2:
            return None
        if residual[best] > self._settings.max_residual * movement or best in (0, len(residual) - 1):
            return None
        before, at, after = residual[best - 1 : best + 2]
        curvature = before - 2 * at + after
        offset = 0.5 * (before - after) / curvature if curvature > 0 else 0.0
        return float(1000.0 * (self._shifts_s[best] + offset * self._settings.lag_s))


def _mean_by_limb(columns: FloatArray) -> FloatArray:
    """Means of each limb's columns (..., limbs * k), shape (..., limbs) (``mean`` takes twice as long)."""
    by_limb = columns.reshape(*columns.shape[:-1], len(LIMB_FEATURES), -1)
    mean: FloatArray = by_limb.sum(axis=-1) / by_limb.shape[-1]
    return mean
