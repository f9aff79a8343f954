"""How fast the dancer goes through the choreography."""

from __future__ import annotations

from math import exp, inf

_MIN_SPREAD_S2 = 0.02


class TempoEstimate:
    """Slope of place over time by least squares with exponential forgetting.

    Parameters
    ----------
    memory_s : float
        Time constant of the forgetting.
    slowest, fastest : float
        Bounds of the answer.
    """

    def __init__(self, memory_s: float, slowest: float, fastest: float) -> None:
        self._memory_s = memory_s
        self._bounds = slowest, fastest
        self.reset()

    @property
    def known(self) -> bool:
        """Whether enough was seen to tell a tempo."""
        return self._time_time > _MIN_SPREAD_S2 * self._weight

    def reset(self) -> None:
        """Tempo unknown, told as 1."""
        self._weight = self._mean_time_s = self._mean_place_s = 0.0
        self._time_time = self._time_place = self._place_place = 0.0
        self._last_s: float | None = None
        self.value = 1.0

    def add(self, time_s: float, place_s: float) -> float:
        """Take in one pair and return the tempo (reference per student second); an earlier time starts afresh."""
        if self._last_s is not None and time_s < self._last_s:
            self.reset()
        if self._last_s is not None:
            kept = exp(-(time_s - self._last_s) / self._memory_s)
            self._weight *= kept
            self._time_time *= kept
            self._time_place *= kept
            self._place_place *= kept
        self._last_s = time_s
        self._weight += 1.0
        time_gap = time_s - self._mean_time_s
        self._mean_time_s += time_gap / self._weight
        place_gap = place_s - self._mean_place_s
        self._mean_place_s += place_gap / self._weight
        self._time_time += time_gap * (time_s - self._mean_time_s)
        self._time_place += time_gap * (place_s - self._mean_place_s)
        self._place_place += place_gap * (place_s - self._mean_place_s)
        if self.known:
            slowest, fastest = self._bounds
            self.value = min(fastest, max(slowest, self._time_place / self._time_time))
        return self.value

    def variance(self, error_s: float, correlated: float) -> float:
        """Squared standard error of the tempo, infinite before there is one.

        Parameters
        ----------
        error_s : float
            How far off a place may be besides what the line leaves.
        correlated : float
            So many places in a row are off together.
        """
        if not self.known:
            return inf
        left = max(0.0, self._place_place - self._time_place**2 / self._time_time) / self._weight
        return (error_s**2 + left) * correlated / self._time_time

    def predict(self, time_s: float) -> float | None:
        """Place expected at ``time_s`` at the steady tempo; None before there is one."""
        if not self.known:
            return None
        return self._mean_place_s + self.value * (time_s - self._mean_time_s)
