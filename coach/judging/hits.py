"""Hits in an energy curve: sudden movement that stops at once; when they are, and how sharp."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from coach.judging.gaps import MAX_GAP_S
from coach.judging.running_mean import RunningMean
from coach.pose.pose_frame import FloatArray
from coach.settings.judging_hits import HitSettings
from coach.settings.judging_whole import EnergySettings

_GRID_S = 0.02
_MIN_KNOWN = 0.5
_UNKNOWN = (math.nan, math.nan)


class HitDetector:
    """Finds hits in an energy curve: a peak well above the running mean, then nearly nothing."""

    def __init__(self, settings: EnergySettings) -> None:
        self._settings = settings
        self._mean = RunningMean(settings.smoothing_s)
        self._peak, self._peak_s, self._mean_at_peak = 0.0, -math.inf, math.inf
        self._last_s = math.nan
        self._hit_s = -math.inf

    def step(self, energy: float, time_s: float) -> bool:
        """Whether a hit was completed by this measurement (nan: none)."""
        settings = self._settings
        gap_s = time_s - self._last_s
        self._last_s = time_s
        if not math.isfinite(energy) or not 0.0 < gap_s <= MAX_GAP_S:
            return False
        if energy >= self._peak or time_s - self._peak_s > settings.hit_within_s:
            self._peak, self._peak_s, self._mean_at_peak = energy, time_s, self._mean.value
        self._mean.step(energy, gap_s)
        stopped = energy <= settings.hit_stop_ratio * self._peak
        sudden = self._peak >= max(settings.hit_peak_factor * self._mean_at_peak, settings.min_teacher)
        if stopped and sudden and time_s - self._hit_s > settings.hit_memory_s:
            self._hit_s, self._peak, self._peak_s = time_s, energy, time_s
            return True
        return False


def hit_times_s(energy: FloatArray, time_s: FloatArray, settings: EnergySettings) -> FloatArray:
    """Times of all hits in a whole energy curve."""
    detector = HitDetector(settings)
    found = [t for e, t in zip(energy.tolist(), time_s.tolist(), strict=True) if detector.step(e, t)]
    return np.array(found, dtype=np.float64)


class Travelled(NamedTuple):
    """Energy added up over time, and the time in which it was measured: means of any stretch, at any frame rate."""

    time_s: float
    way: float
    known_s: float

    def after(self, energy: float, time_s: float) -> Travelled:
        """With ``energy`` (nan: not measured) from then until ``time_s``."""
        gap_s = time_s - self.time_s
        if not (math.isfinite(energy) and 0.0 < gap_s <= MAX_GAP_S):
            return Travelled(time_s, self.way, self.known_s)
        return Travelled(time_s, self.way + energy * gap_s, self.known_s + gap_s)


def travelled(energy: FloatArray, time_s: FloatArray) -> list[Travelled]:
    """A whole curve added up."""
    steps = list(zip(energy.tolist(), time_s.tolist(), strict=True))
    return list(accumulate(steps[1:], lambda total, step: total.after(*step), initial=Travelled(steps[0][1], 0.0, 0.0)))


def sharpness(
    curve: Iterable[Travelled], at_s: float, early_s: float, late_s: float, settings: HitSettings
) -> tuple[float, float]:
    """How far the energy falls at once around a moment, and its level there.

    Parameters
    ----------
    curve : iterable of Travelled
    at_s, early_s, late_s : float
        The fall has to end between ``at_s - early_s`` and ``at_s + late_s``.
    settings : HitSettings

    Returns
    -------
    (float, float)
        The largest fall within ``settings.fall_within_s``, in shares of the mean level around, and that level; nan
        where it was not measured throughout.
    """
    totals = np.array(list(curve), dtype=np.float64)
    first_s, last_s = at_s - early_s - settings.fall_within_s, at_s + late_s
    if first_s - settings.blur_s < totals[0, 0] or last_s > totals[-1, 0]:
        return _UNKNOWN
    ends_s = np.arange(round((last_s - first_s) / _GRID_S) + 1, dtype=np.float64) * _GRID_S + first_s
    energy = _means(totals, ends_s, settings.blur_s)
    around_s = settings.level_s + settings.after_s
    level = float(_means(totals, np.array([at_s + settings.after_s]), around_s)[0])
    if not (np.isfinite(energy).all() and level > 0.0):
        return _UNKNOWN
    steps = max(round(settings.fall_within_s / _GRID_S), 1)
    highest = np.lib.stride_tricks.sliding_window_view(energy, steps + 1).max(axis=1)
    return float((highest - energy[steps:]).max()) / level, level


def _means(totals: FloatArray, ends_s: FloatArray, over_s: float) -> FloatArray:
    """Mean energy of the ``over_s`` before each of the times; nan where less than half of that was measured."""
    time_s, way, known_s = totals.T
    starts_s = ends_s - over_s
    seconds = np.interp(ends_s, time_s, known_s) - np.interp(starts_s, time_s, known_s)
    covered = np.interp(ends_s, time_s, way) - np.interp(starts_s, time_s, way)
    enough = seconds >= _MIN_KNOWN * over_s
    means: FloatArray = np.where(enough, covered / np.where(enough, seconds, 1.0), np.nan)
    return means
