"""The screen blinks in a pattern, the camera sees it: how long that takes, from the brightness of its pictures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from coach.pose.pose_frame import FloatArray
from coach.practice.latency import LatencyEstimator, LatencyFault, LatencyResult
from coach.settings.latency import FlashSettings, LatencyJudgementSettings

_MIN_FRAMES = 20
_MIN_AROUND = 4
"""Pictures around one change, so that there are some before and some after it."""
_NOISE_FLOOR = 0.05
_HALF = 0.5


class FlashPattern:
    """Bright and dark times of random lengths, always the same ones.

    Random, so that no other delay than the right one makes pattern and answer alike. Never two changes within a
    quarter of a second: flashes faster than three a second can hurt people (WCAG 2.3.1).
    """

    def __init__(self, settings: FlashSettings) -> None:
        chances = np.random.default_rng(settings.seed)
        steps_s = chances.choice(settings.steps_s, size=int(settings.duration_s / min(settings.steps_s)) + 1)
        changes_s = np.cumsum(steps_s)
        self.changes_s: tuple[float, ...] = tuple(float(each) for each in changes_s[changes_s < settings.duration_s])
        """When the screen changes, from a dark start."""

    def bright(self, time_s: float) -> bool:
        """Whether the screen is to be bright so long after the start."""
        return int(np.searchsorted(self.changes_s, time_s, side="right")) % 2 == 1


class FlashCheck:
    """Compares what the screen showed with what the camera saw.

    Parameters
    ----------
    settings : FlashSettings
    judgement : LatencyJudgementSettings
    """

    def __init__(
        self, settings: FlashSettings | None = None, judgement: LatencyJudgementSettings | None = None
    ) -> None:
        self._settings = settings or FlashSettings()
        self._judgement = judgement or LatencyJudgementSettings()
        self._changes_s: list[float] = []
        self._bright = False
        self._times_s: list[float] = []
        self._seen: list[FloatArray] = []

    def shown(self, time_s: float, bright: bool) -> None:
        """The screen shows this from ``time_s`` on (as it was really drawn)."""
        if bright != self._bright:
            self._bright = bright
            self._changes_s.append(time_s)

    def see(self, captured_s: float, brightness: Sequence[float] | FloatArray) -> None:
        """A picture was taken.

        Parameters
        ----------
        captured_s : float
            On the same clock.
        brightness : ndarray [shape=(R,)]
            Mean of each region of the picture; always the same regions.
        """
        if self._times_s and captured_s <= self._times_s[-1]:
            return
        self._times_s.append(captured_s)
        self._seen.append(np.asarray(brightness, dtype=np.float64))

    def result(self) -> LatencyResult:
        """How much later the camera's picture shows what the screen showed."""
        estimator = LatencyEstimator(self._judgement)
        if len(self._times_s) < _MIN_FRAMES or not self._changes_s:
            return estimator.result()
        times_s, seen = np.array(self._times_s), np.stack(self._seen)
        found = self._best_region(times_s, seen)
        if found is None:
            return LatencyResult(float("nan"), float("nan"), 0, LatencyFault.NOTHING_SEEN)
        region, lag_s = found
        for change_s in self._changes_s:
            delay_s = self._delay(times_s, seen[:, region], change_s, lag_s)
            if delay_s is not None:
                estimator.add(delay_s)
        return estimator.result()

    def _best_region(self, times_s: FloatArray, seen: FloatArray) -> tuple[int, float] | None:
        """The region that follows the screen best, and by how much it is late; None if none does."""
        settings = self._settings
        answers = np.stack([self._level(times_s, column) for column in seen.T])
        lags_s = np.arange(0.0, settings.search_s, settings.search_step_s)
        screens = np.stack([self._level(times_s, self._screen(times_s - lag_s)) for lag_s in lags_s])
        alike = answers @ screens.T  # (R, L)
        region, lag = np.unravel_index(int(alike.argmax()), alike.shape)
        return (int(region), float(lags_s[lag])) if alike[region, lag] >= settings.min_correlation else None

    def _screen(self, times_s: FloatArray) -> FloatArray:
        level: FloatArray = (np.searchsorted(self._changes_s, times_s, side="right") % 2).astype(np.float64)
        return level

    def _level(self, times_s: FloatArray, values: FloatArray) -> FloatArray:
        """Without its trend, of length 1: what cameras do to brightness by themselves is slow."""
        half_s = self._settings.trend_s / 2
        low = np.searchsorted(times_s, times_s - half_s)
        high = np.searchsorted(times_s, times_s + half_s, side="right")
        sums = np.concatenate(([0.0], np.cumsum(values)))
        level = values - (sums[high] - sums[low]) / (high - low)
        length = float(np.linalg.norm(level))
        flat = length < _NOISE_FLOOR * np.sqrt(len(values))
        return np.zeros_like(level) if flat else level / length

    def _delay(self, times_s: FloatArray, values: FloatArray, change_s: float, lag_s: float) -> float | None:
        """When the brightness was half way after one change of the screen; None where that cannot be seen.

        The window is wide enough for what the change is away from the common lag, and narrower than two changes are.
        """
        window_s = self._settings.window_s
        around = np.flatnonzero(np.abs(times_s - change_s - lag_s) <= window_s)
        if len(around) < _MIN_AROUND:
            return None
        before = values[around[times_s[around] < change_s + lag_s - window_s / 2]]
        after = values[around[times_s[around] > change_s + lag_s + window_s / 2]]
        if not len(before) or not len(after):
            return None
        start, end = float(np.median(before)), float(np.median(after))
        noise = max(float(np.ptp(before)), float(np.ptp(after)), _NOISE_FLOOR)
        if abs(end - start) < self._settings.min_step * noise:
            return None
        share = (values[around] - start) / (end - start)
        first = int(np.flatnonzero(share >= _HALF)[0])
        if first == 0:
            return None
        low, high = share[first - 1], share[first]
        step_s = times_s[around[first]] - times_s[around[first - 1]]
        return float(times_s[around[first - 1]] + (_HALF - low) / (high - low) * step_s - change_s)
