"""Clicks on the beats of the music, as samples: laid into the music, so that nothing can come between them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.pose.pose_frame import FloatArray
from coach.routine.interface_sounds import count_in_tick
from coach.settings.music import MetronomeSettings
from coach.ui.music_channel import Pcm

MIN_BEATS_COUNT = 2
_ROUNDING_S = 1e-6
_PCM_MAX = 32767


class Metronome:
    """The beats of one dance.

    Before the first and after the last known beat they go on at the same pace.

    Parameters
    ----------
    beats_s : ndarray [shape=(B,)], float64
        In the reference; the first is the one of a count of eight. With fewer than two there are no clicks.
    settings : MetronomeSettings
    """

    def __init__(self, beats_s: FloatArray, settings: MetronomeSettings | None = None) -> None:
        self._settings = settings or MetronomeSettings()
        self._beats_s = np.asarray(beats_s, dtype=np.float64)
        self.available = len(self._beats_s) >= MIN_BEATS_COUNT
        self._beat_s = float(np.median(np.diff(self._beats_s))) if self.available else 0.0
        self._ticks: dict[tuple[int, bool], Pcm] = {}

    @property
    def count_in_s(self) -> float:
        """Length of a count-in in seconds of the music; 0 where the beats are not known."""
        return self._beat_s * self._settings.count_in_counts

    def beats(self, from_s: float, to_s: float) -> list[tuple[float, bool]]:
        """Beats from ``from_s`` up to before ``to_s``, and whether they are a one."""
        if not self.available:
            return []
        first_s, last_s = float(self._beats_s[0]), float(self._beats_s[-1])
        before = int(np.ceil(max(0.0, first_s - from_s) / self._beat_s))
        behind = int(np.ceil(max(0.0, to_s - last_s) / self._beat_s))
        grid_s = np.concatenate(
            (
                first_s - self._beat_s * np.arange(before, 0, -1),
                self._beats_s,
                last_s + self._beat_s * np.arange(1, behind + 1),
            )
        )
        inside = np.flatnonzero((grid_s >= from_s - _ROUNDING_S) & (grid_s < to_s - _ROUNDING_S))
        return [(float(grid_s[index]), (index - before) % self._settings.phrase_counts == 0) for index in inside]

    def add_to(self, samples: Pcm, from_s: float, tempo: float, rate_hz: int) -> None:
        """Lay clicks into ``samples``, whose first belongs to the place ``from_s`` of the music.

        Parameters
        ----------
        samples : ndarray [shape=(N,)], int16
            Changed in place; what gets too loud is cut.
        tempo : float
            Music seconds per second.
        """
        to_s = from_s + len(samples) / rate_hz * tempo
        for place_s, accent in self.beats(from_s, to_s):
            index = round((place_s - from_s) / tempo * rate_hz)
            tick = self._tick(rate_hz, accent)[: max(0, len(samples) - index)]
            part = samples[index : index + len(tick)]
            part[:] = within_pcm(np.add(part, tick, dtype=np.int32))

    def _tick(self, rate_hz: int, accent: bool) -> Pcm:
        key = rate_hz, accent
        if key not in self._ticks:
            tick = count_in_tick(rate_hz, accent).pcm * self._settings.level
            self._ticks[key] = np.round(tick).astype(np.int16)
        return self._ticks[key]


def within_pcm(samples: NDArray[np.int32]) -> Pcm:
    """Within the range of 16 bits."""
    return np.clip(samples, -_PCM_MAX, _PCM_MAX).astype(np.int16)
