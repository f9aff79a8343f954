"""A running mean that does not depend on the frame rate."""

from __future__ import annotations

import math


class RunningMean:
    """Exponential mean over time: after ``smoothing_s`` a step has come through to 63 %.

    The first values count fully (the mean of what there is), so that it starts without a bias towards zero.
    """

    def __init__(self, smoothing_s: float) -> None:
        self._smoothing_s = smoothing_s
        self.reset()

    def reset(self) -> None:
        """Forget everything."""
        self._sum = 0.0
        self._weight = 0.0
        self.seen_s = 0.0

    def step(self, value: float, gap_s: float) -> None:
        """Take in ``value``, which held for the last ``gap_s``; anything not finite is no measurement."""
        if not math.isfinite(value) or gap_s <= 0:
            return
        share = -math.expm1(-gap_s / self._smoothing_s)
        self._sum += share * (value - self._sum)
        self._weight += share * (1.0 - self._weight)
        self.seen_s += gap_s

    @property
    def value(self) -> float:
        """The mean, nan before any measurement."""
        return self._sum / self._weight if self._weight > 0 else math.nan


class RunningSpread:
    """Standard deviation of what was seen lately.

    Parameters
    ----------
    smoothing_s : float
        Time constant.
    """

    def __init__(self, smoothing_s: float) -> None:
        self._mean, self._square = RunningMean(smoothing_s), RunningMean(smoothing_s)

    def step(self, value: float, gap_s: float) -> None:
        """Take in ``value``, which held for the last ``gap_s``."""
        self._mean.step(value, gap_s)
        self._square.step(value * value, gap_s)

    @property
    def seen_s(self) -> float:
        """Time that was taken in."""
        return self._mean.seen_s

    @property
    def mean(self) -> float:
        """The mean, nan before any measurement."""
        return self._mean.value

    @property
    def value(self) -> float:
        """The standard deviation, nan before any measurement."""
        return math.sqrt(max(self._square.value - self._mean.value**2, 0.0)) if self.seen_s > 0 else math.nan


class AdvanceRate:
    """How fast the tracked place moves on, in seconds of the choreography a second, as a running mean.

    A follower that waits for a dancer who has stopped stands still: then there is nothing to compare.
    """

    def __init__(self, smoothing_s: float = 0.4) -> None:
        self._mean = RunningMean(smoothing_s)
        self._last: tuple[float, float] | None = None

    def reset(self) -> None:
        """Forget where the place was."""
        self._mean.reset()
        self._last = None

    def step(self, reference_s: float, time_s: float) -> float:
        """The rate after this place; 1 while nothing is known."""
        if self._last is not None and time_s > self._last[1]:
            gap_s = time_s - self._last[1]
            rate = (reference_s - self._last[0]) / gap_s
            self._mean.step(min(max(rate, 0.0), _MAX_RATE), gap_s)
        self._last = (reference_s, time_s)
        return self._mean.value if self._mean.seen_s > 0 else 1.0


_MAX_RATE = 2.0
WAITING_BELOW = 0.35
"""A place that moves on more slowly than this waits for the dancer."""
