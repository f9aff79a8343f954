"""Where dancers are found, and where those who jump land: anywhere, and rather in three zones."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from coach.settings.transitions import TransitionSettings

_START, _RESTART, _NEAR = 0, 1, 2
"""Rows of the zones: the first moment, the first phrase, and where the dancer was last followed."""
_TINY = 1e-280


class Entries:
    """What enters in a tick, as `filter_columns.advance_columns` takes it.

    Parameters
    ----------
    length : int
        Ticks of the reference.
    images : int
        Mirror images that are followed side by side.
    tick_s : float
    settings : TransitionSettings

    Attributes
    ----------
    find_rate : float
        How often a second somebody who does something else begins to follow the choreography.
    anywhere : ndarray [shape=(I,)], float64
        What enters each frame of each image.
    zones : ndarray [shape=(3, 2)], int64
        First frame and the one after the last.
    in_zones : ndarray [shape=(I, 3)], float64
        What enters each frame of each zone besides.
    """

    def __init__(self, length: int, images: int, tick_s: float, settings: TransitionSettings) -> None:
        self._settings, self._length = settings, length
        self._near_ticks = max(1, round(settings.near_s / tick_s))
        self.anywhere, self.in_zones = np.zeros(images), np.zeros((images, 3))
        self.zones: NDArray[np.int64] = np.zeros((3, 2), dtype=np.int64)
        for zone, time_s in ((_START, settings.start_s), (_RESTART, settings.restart_s)):
            self.zones[zone, 1] = min(length, max(1, round(time_s / tick_s)))
        self.reset()

    def reset(self) -> None:
        """Somebody who was not followed yet: people begin at the beginning."""
        self._known = False
        self.find_rate = self._settings.first_find_rate
        self._count_frames()

    def expect_near(self, index: float) -> None:
        """The dancer is (about to be) followed at ``index``, and found around there again."""
        self._known = True
        self.find_rate = self._settings.find_rate
        low = min(max(0, round(index) - self._near_ticks), self._length - 1)
        self.zones[_NEAR] = low, min(max(low + 1, round(index) + self._near_ticks), self._length)
        self._count_frames()

    def fill(self, found: float, jumped: float, beliefs: Sequence[float]) -> None:
        """Spread the probability of being found and of jumping; ``beliefs`` in each image sum to about 1."""
        rates = self._settings
        near = rates.near_share * found if self._known else 0.0
        start_share = rates.start_share if self._known else rates.first_start_share
        start, restart = start_share * (found - near), rates.restart_share * jumped
        anywhere = (found + jumped - near - start - restart) / self._length
        in_zones = [mass / frames for mass, frames in zip((start, restart, near), self._frames, strict=True)]
        powers = [belief**rates.mirror_sharpness for belief in beliefs]
        total = max(_TINY, sum(powers))
        shares = [max(rates.min_mirror_belief, power / total) for power in powers]
        self.anywhere[:] = [share * anywhere for share in shares]
        self.in_zones[:] = [[share * mass for mass in in_zones] for share in shares]

    def _count_frames(self) -> None:
        """At least one in each zone."""
        self._frames: list[int] = [max(1, after - first) for first, after in self.zones.tolist()]
