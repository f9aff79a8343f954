"""Early or late: bands over the running median of the measured difference."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from coach.judging.running_median import RunningMedian
from coach.settings.judging_whole import TimingJudgeSettings


class TimingVerdict(Enum):
    """How the dancer stands to the beat; "off" bands are far enough out to hear."""

    ON = "on"
    EARLY = "early"
    LATE = "late"
    OFF_EARLY = "off_early"
    OFF_LATE = "off_late"
    UNKNOWN = "unknown"

    @property
    def is_early(self) -> bool:
        """Early by any amount."""
        return self in (TimingVerdict.EARLY, TimingVerdict.OFF_EARLY)

    @property
    def is_late(self) -> bool:
        """Late by any amount."""
        return self in (TimingVerdict.LATE, TimingVerdict.OFF_LATE)


@dataclass(frozen=True)
class TimingReading:
    """The running median, positive when early, and its verdict."""

    median_ms: float | None
    verdict: TimingVerdict


UNKNOWN_TIMING = TimingReading(None, TimingVerdict.UNKNOWN)


class TimingJudge:
    """Turns the measured difference of each frame into a steady verdict."""

    def __init__(self, settings: TimingJudgeSettings) -> None:
        self._settings = settings
        self._recent = RunningMedian(settings.window_s)
        self._verdict = TimingVerdict.ON

    def reset(self) -> None:
        """Forget what was measured, as after a jump."""
        self._recent.clear()
        self._verdict = TimingVerdict.ON

    def step(self, timing_ms: float | None, time_s: float) -> TimingReading:
        """Take in one frame's difference in milliseconds, early positive; None where it is not known."""
        if timing_ms is not None and abs(timing_ms) <= self._settings.max_ms:
            self._recent.add(timing_ms, time_s)
        self._recent.forget_before(time_s)
        if not self._recent:
            self._verdict = TimingVerdict.ON  # a verdict that nothing supports any more makes the next one no easier
            return UNKNOWN_TIMING
        if self._recent.last_s - self._recent.first_s < self._settings.warm_up_s:
            return UNKNOWN_TIMING
        median_ms = self._recent.value
        self._verdict = self._band(median_ms)
        return TimingReading(median_ms, self._verdict)

    def _band(self, median_ms: float) -> TimingVerdict:
        settings, last = self._settings, self._verdict
        size, early = abs(median_ms), median_ms > 0
        stays = last.is_early if early else last.is_late
        if size <= settings.on_ms * (settings.release_ratio if stays else 1.0):
            return TimingVerdict.ON
        if size <= settings.off_ms:
            return TimingVerdict.EARLY if early else TimingVerdict.LATE
        return TimingVerdict.OFF_EARLY if early else TimingVerdict.OFF_LATE
