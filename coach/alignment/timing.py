"""How early the dancer as a whole is, against the music or the own tempo.

The one convention for all that is early or late in this program: ``1000 * (place in the dance that the dancer shows -
place that the clock has reached)``, so **positive is early, negative is late**. The clock is the music's where it
plays, and in a comparison the sound that both clips carry. Without either it is the dancer's own steady tempo, against
which hurrying and dragging show, but nobody is early or late on the whole: the median is near 0 whoever dances. Places
are the reference's, so at half the speed 50 ms are 100 ms in the room. ``python -m tests.bench.timing`` measures how
true sign and size are. (A *delay* counts the other way round, as everywhere: later is more.)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.alignment.tempo import TempoEstimate
from coach.alignment.tracked_position import TrackedPosition, TrackState
from coach.settings.alignment import TimingSettings

FloatArray = NDArray[np.float64]

_RANGE_MS = 500.0
_STANDS_BELOW = 0.3
"""Tempo of a dancer who waits: that is no tempo of their own."""


@dataclass(frozen=True)
class DancerTiming:
    """How early the dancer is at one moment.

    Attributes
    ----------
    timing_ms : float or None
        With the equipment's delay taken off; None while the position is unknown.
    raw_ms : float or None
        As measured.
    constant_ms : float
        What was taken off: 0 or negative.
    """

    timing_ms: float | None
    raw_ms: float | None
    constant_ms: float


class ConstantDelay:
    """A running median of the timing: what is always there, whatever the dancer does now and then.

    The camera's and the sound's delay, and the dancer's own constant habit, which nothing but a latency check could
    tell apart.

    Attributes
    ----------
    observed_s : float
        How long the timing was known.
    median_ms : float
        Of the timing so far (early positive), in steps of ``bin_ms``.
    """

    def __init__(self, settings: TimingSettings) -> None:
        self._bin_ms = settings.bin_ms
        self._weights = np.zeros(2 * round(_RANGE_MS / settings.bin_ms) + 1)
        self.observed_s = 0.0
        self.median_ms = 0.0

    def add(self, raw_ms: float, elapsed_s: float) -> None:
        """Take in a timing that held for ``elapsed_s``."""
        middle = len(self._weights) // 2
        position = int(np.clip(round(raw_ms / self._bin_ms) + middle, 0, len(self._weights) - 1))
        self._weights[position] += elapsed_s
        self.observed_s += elapsed_s
        if self.observed_s > 0:
            reached = np.cumsum(self._weights)
            median = int(np.searchsorted(reached, 0.5 * reached[-1]))
            self.median_ms = (median - middle) * self._bin_ms


class TimingMeter:
    """Early or late at the dancer's level.

    With music: against the music, after taking off what the equipment may be to blame for. That is known from a latency
    check, or else it is the constant part of the lateness, as far as camera and sound can be so late: whoever is later
    than that, or constantly early, is told so; while it is silent for a moment, nothing is. Without music: against the
    dancer's own steady tempo, so that hurrying and dragging show.

    Parameters
    ----------
    settings : TimingSettings, optional
    known_delay_ms : float, optional
        How late camera and sound together make everybody look, from a latency check.
    """

    def __init__(self, settings: TimingSettings | None = None, known_delay_ms: float | None = None) -> None:
        self._settings = settings or TimingSettings()
        self._known_delay_ms = known_delay_ms
        self._constant = ConstantDelay(self._settings)
        self._steady = TempoEstimate(self._settings.steady_s, 0.0, 10.0)
        self._last_s: float | None = None
        self._with_music = False

    @property
    def constant_delay_ms(self) -> float | None:
        """How late the dancer is all the time, equipment and habit together; negative if early.

        None before there is enough to go by, and without music.
        """
        return -self._constant.median_ms if self._constant.observed_s >= self._settings.constant_s else None

    @property
    def constant_ms(self) -> float:
        """What is taken off the timing: shrunk towards 0 until there is enough to go by."""
        if self._known_delay_ms is not None:
            return -self._known_delay_ms
        trust = self._constant.observed_s / (self._constant.observed_s + self._settings.constant_s)
        return min(0.0, max(-self._settings.max_delay_ms, trust * self._constant.median_ms))

    def step(self, position: TrackedPosition, music_s: float | None = None) -> DancerTiming:
        """Take in the position of one frame and, where there is music, the music's place in the reference."""
        elapsed_s = 0.0 if self._last_s is None else min(0.5, max(0.0, position.time_s - self._last_s))
        self._last_s = position.time_s
        if position.reference_s is None or position.state is not TrackState.FOLLOWING:
            self._steady.reset()
            return DancerTiming(None, None, self.constant_ms)
        if music_s is None:
            own_ms = None if self._with_music else self._against_own_tempo(position)
            return DancerTiming(own_ms, own_ms, self.constant_ms)
        self._with_music = True
        raw_ms = 1000.0 * (position.reference_s - music_s)
        if abs(raw_ms) <= _RANGE_MS:
            self._constant.add(raw_ms, elapsed_s)
        return DancerTiming(raw_ms - self.constant_ms, raw_ms, self.constant_ms)

    def _against_own_tempo(self, position: TrackedPosition) -> float | None:
        assert position.reference_s is not None
        if position.tempo < _STANDS_BELOW:
            self._steady.reset()
            return None
        expected_s = self._steady.predict(position.time_s)
        if expected_s is not None and abs(position.reference_s - expected_s) > 1e-3 * _RANGE_MS:
            self._steady.reset()  # a jump: restart or skip
            expected_s = None
        self._steady.add(position.time_s, position.reference_s)
        return None if expected_s is None else 1000.0 * (position.reference_s - expected_s)
