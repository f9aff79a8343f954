"""How much later a movement arrives here than it was made: many small measurements, one robust answer or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from coach.settings.latency import LatencyJudgementSettings

MS = 1000.0
_MAD_TO_SPREAD = 1.4826
"""Of a normal distribution: median absolute deviation to standard deviation."""


class LatencyFault(Enum):
    """Why a measurement is not believed; the sentences stand in the ui."""

    NOTHING_SEEN = "nothing seen"
    TOO_FEW = "too few events"
    TOO_SPREAD = "events too far apart"
    IMPLAUSIBLE = "later than any device"


@dataclass(frozen=True)
class LatencyResult:
    """What a check found.

    Attributes
    ----------
    median_ms, spread_ms : float
        Median and standard deviation of the events that agree; nan without any.
    count : int
        Events that agree.
    fault : LatencyFault or None
        Why it is refused; None if it may be used.
    """

    median_ms: float
    spread_ms: float
    count: int
    fault: LatencyFault | None

    @property
    def ok(self) -> bool:
        """Whether it may be used."""
        return self.fault is None


class LatencyEstimator:
    """Collects delays of single events.

    Outliers are dropped, and where the rest does not agree within 30 ms nothing is concluded, as ITGmania does it
    (``AdjustSync.cpp``); here the median absolute deviation tells the outliers, and the median is the answer.

    Parameters
    ----------
    settings : LatencyJudgementSettings
    """

    def __init__(self, settings: LatencyJudgementSettings | None = None) -> None:
        self._settings = settings or LatencyJudgementSettings()
        self._delays_ms: list[float] = []

    def add(self, delay_s: float) -> None:
        """One event arrived so much later than it was due."""
        if np.isfinite(delay_s):
            self._delays_ms.append(delay_s * MS)

    def result(self) -> LatencyResult:
        """What all events together say."""
        settings, delays_ms = self._settings, np.array(self._delays_ms)
        if not len(delays_ms):
            return LatencyResult(float("nan"), float("nan"), 0, LatencyFault.NOTHING_SEEN)
        median_ms, spread_ms = _middle(delays_ms)
        allowed_ms = settings.outlier_spreads * min(max(spread_ms, 1.0), settings.max_spread_ms)
        inliers_ms = delays_ms[np.abs(delays_ms - median_ms) <= allowed_ms]
        if len(inliers_ms) > 1:
            median_ms, spread_ms = float(np.median(inliers_ms)), float(np.std(inliers_ms, ddof=1))
        fault = self._fault(median_ms, spread_ms, len(inliers_ms), len(delays_ms))
        return LatencyResult(median_ms, spread_ms, len(inliers_ms), fault)

    def _fault(self, median_ms: float, spread_ms: float, inliers: int, count: int) -> LatencyFault | None:
        settings = self._settings
        if count < settings.min_count:
            return LatencyFault.TOO_FEW
        if spread_ms > settings.max_spread_ms or inliers < settings.min_inlier_share * count:
            return LatencyFault.TOO_SPREAD
        if inliers < settings.min_count:
            return LatencyFault.TOO_FEW
        if not settings.min_ms <= median_ms <= settings.max_ms:
            return LatencyFault.IMPLAUSIBLE
        return None


def delays_to_beats(events_s: Sequence[float], beats_s: Sequence[float], beat_s: float, min_s: float) -> list[float]:
    """How much later each event is than the beat it belongs to.

    Which beat that is, is decided for all events together: from their common phase, so that a latency that differs a
    little around half a beat is not torn apart.

    Parameters
    ----------
    events_s, beats_s : sequence of float
    beat_s : float
        Between two beats.
    min_s : float
        No delay is below: the range of ``beat_s`` above it is what can be told apart.

    Returns
    -------
    list of float
        One for each event that belongs to a beat, seconds.
    """
    if not len(events_s) or not len(beats_s):
        return []
    beats = np.asarray(beats_s, dtype=np.float64)
    events = np.asarray(events_s, dtype=np.float64)
    after_s = np.array([event_s - beats[np.abs(beats - event_s).argmin()] for event_s in events])
    turns = np.exp(2j * np.pi * after_s / beat_s)
    common_s = float(np.angle(turns.mean()) / (2 * np.pi) * beat_s)
    common_s = min_s + (common_s - min_s) % beat_s
    delays = []
    for event_s in events:
        due_s = event_s - common_s
        nearest_s = float(beats[np.abs(beats - due_s).argmin()])
        if abs(due_s - nearest_s) <= beat_s / 2:
            delays.append(float(event_s - nearest_s))
    return delays


def _middle(values_ms: np.ndarray[tuple[int], np.dtype[np.float64]]) -> tuple[float, float]:
    median_ms = float(np.median(values_ms))
    return median_ms, float(np.median(np.abs(values_ms - median_ms))) * _MAD_TO_SPREAD
