"""A running mean that does not depend on the frame rate."""

from __future__ import annotations

import math
from collections.abc import Sequence


class _TimeSeen:
    """How much of the past is known, and how much of it a new measurement makes up."""

    __slots__ = ("_smoothing_s", "_weight", "seen_s")

    def __init__(self, smoothing_s: float) -> None:
        self._smoothing_s = smoothing_s
        self.reset()

    def reset(self) -> None:
        """Forget everything."""
        self._weight = 0.0
        self.seen_s = 0.0

    def _take_in(self, gap_s: float) -> float:
        """The share of a measurement that held for ``gap_s``."""
        share = -math.expm1(-gap_s / self._smoothing_s)
        self._weight += share * (1.0 - self._weight)
        self.seen_s += gap_s
        return share


class RunningMean(_TimeSeen):
    """Exponential mean over time: after ``smoothing_s`` a step has come through to 63 %.

    The first values count fully (the mean of what there is), so that it starts without a bias towards zero.
    """

    __slots__ = ("_sum",)

    def reset(self) -> None:
        """Forget everything."""
        super().reset()
        self._sum = 0.0

    def step(self, value: float, gap_s: float) -> None:
        """Take in ``value``, which held for the last ``gap_s``; anything not finite is no measurement."""
        if not math.isfinite(value) or gap_s <= 0:
            return
        self._sum += self._take_in(gap_s) * (value - self._sum)

    @property
    def value(self) -> float:
        """The mean, nan before any measurement."""
        return self._sum / self._weight if self._weight > 0 else math.nan


class RunningMeans(_TimeSeen):
    """The same of several values that are always measured together.

    Parameters
    ----------
    smoothing_s : float
        Time constant.
    count : int
    """

    __slots__ = ("_sums",)

    def __init__(self, smoothing_s: float, count: int) -> None:
        self._sums = [0.0] * count
        super().__init__(smoothing_s)

    def reset(self) -> None:
        """Forget everything."""
        super().reset()
        self._sums = [0.0] * len(self._sums)

    def step(self, values: Sequence[float], gap_s: float) -> None:
        """Take in finite values that held for the last ``gap_s``."""
        if gap_s <= 0:
            return
        share = self._take_in(gap_s)
        self._sums = [known + share * (value - known) for known, value in zip(self._sums, values, strict=True)]

    @property
    def values(self) -> list[float]:
        """The means, nan before any measurement."""
        weight = self._weight if self._weight > 0 else math.nan
        return [total / weight for total in self._sums]


class RunningSpreads:
    """Standard deviations of values that are always measured together, over what was seen lately.

    Parameters
    ----------
    smoothing_s : float
        Time constant.
    count : int
    """

    def __init__(self, smoothing_s: float, count: int) -> None:
        self._means = RunningMeans(smoothing_s, 2 * count)
        self._count = count

    def step(self, values: Sequence[float], gap_s: float) -> None:
        """Take in finite values that held for the last ``gap_s``."""
        self._means.step([*values, *(value * value for value in values)], gap_s)

    @property
    def seen_s(self) -> float:
        """Time that was taken in."""
        return self._means.seen_s

    @property
    def values(self) -> list[float]:
        """The standard deviations, once there is a measurement."""
        means = self._means.values
        pairs = zip(means[: self._count], means[self._count :], strict=True)
        return [math.sqrt(max(square - mean**2, 0.0)) for mean, square in pairs]


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
