"""Hands that come together and feet that land: the moments of contact in a stream of poses, finer than its frames."""

from __future__ import annotations

from collections import deque

import numpy as np

from coach.pose.landmark_table import LANDMARK_INDEX as _INDEX
from coach.pose.pose_frame import FloatArray, PoseFrame
from coach.settings.latency import BeatCheckSettings

_BEFORE_S, _BEHIND_S = 0.12, 0.24
"""The lowest place is lowest among its neighbours so far away; by then it is known whether it opens again."""
_CLOSING_SHARE = 0.4
"""Of the time in which hands are as good as together, this lies before the contact: they close faster than they
open. Measured on the drawn dancer seen by the pose model."""
_MIN_POINTS = 2
_KEPT_TORSO = 0.95
"""Share of the torso's length so far in each new one."""
_ROUNDING_S = 1e-6


class ContactFinder:
    """Finds the contacts in one distance that closes again and again.

    What bounces off (hands that clap) is close for a moment only, and the contact lies within that moment. It is taken
    from both its sides, since pose models draw hands together before they meet and let them go late. What stays
    (feet that land) arrives with speed: the line of its way, drawn on to the level at which it stays, gives the moment
    between two frames.

    Parameters
    ----------
    min_way : float
        Shorter ways are no contacts.
    settings : BeatCheckSettings
    """

    def __init__(self, min_way: float, settings: BeatCheckSettings) -> None:
        self._min_way, self._settings = min_way, settings
        self._past: deque[tuple[float, float]] = deque()
        self._last_s = -np.inf

    def step(self, time_s: float, distance: float) -> float | None:
        """Take in one distance (nan where it was not seen); the time of a contact that became certain, if any."""
        if not np.isfinite(distance) or (self._past and time_s <= self._past[-1][0]):
            return None
        self._past.append((time_s, distance))
        while self._past[0][0] < time_s - self._settings.stroke_s - _BEFORE_S - _BEHIND_S:
            self._past.popleft()
        times_s, way = (np.array(column) for column in zip(*self._past, strict=True))
        lowest = self._lowest(times_s, way)
        return self._contact(times_s, way, lowest) if lowest is not None else None

    def _lowest(self, times_s: FloatArray, way: FloatArray) -> int | None:
        """Index of the frame that has just proved to be a lowest place; None if there is none."""
        ripe = np.flatnonzero(times_s <= times_s[-1] - _BEHIND_S + _ROUNDING_S)
        if not len(ripe):
            return None
        around = times_s >= times_s[-1] - _BEFORE_S - _BEHIND_S
        lowest = int(np.flatnonzero(around)[way[around].argmin()])
        return lowest if lowest <= ripe[-1] and times_s[lowest] > self._last_s + self._settings.apart_s else None

    def _contact(self, times_s: FloatArray, way: FloatArray, lowest: int) -> float | None:
        first = int(np.searchsorted(times_s, times_s[lowest] - self._settings.stroke_s))
        if lowest - first < _MIN_POINTS:
            return None
        top = first + int(way[first : lowest + 1].argmax())
        bottom = float(way[lowest])
        length = float(way[top]) - bottom
        if length < self._min_way:
            return None
        contact_s = self._bounce(times_s[top:], (way[top:] - bottom) / length, lowest - top)
        if contact_s is None:
            contact_s = self._landing(times_s[top : lowest + 1], (way[top : lowest + 1] - bottom) / length)
        if contact_s < self._last_s + self._settings.apart_s:
            return None  # hands that stay together, feet that stay on the floor
        self._last_s = contact_s
        return contact_s

    def _bounce(self, times_s: FloatArray, share: FloatArray, lowest: int) -> float | None:
        """Contact of what opens again: from both sides of the time in which it is close; None where it stays."""
        close = self._settings.close_share
        opened = np.flatnonzero(share[lowest:] > close) + lowest
        if not len(opened) or times_s[opened[0]] > times_s[lowest] + _BEHIND_S:
            return None
        closed = int(np.flatnonzero(share[: lowest + 1] > close)[-1]) + 1
        begin_s = _crossing(times_s, share, closed, close)
        end_s = _crossing(times_s, share, int(opened[0]), close)
        return begin_s + _CLOSING_SHARE * (end_s - begin_s)

    def _landing(self, times_s: FloatArray, share: FloatArray) -> float:
        """Contact of what stays."""
        low, high = self._settings.low_share, self._settings.high_share
        steep = np.flatnonzero((share <= high) & (share >= low))
        if len(steep) >= _MIN_POINTS:
            slope, start = np.polyfit(times_s[steep], share[steep], 1)
            if slope < 0:
                return min(float(-start / slope), float(times_s[-1]))
        # So fast that hardly a frame saw it: from the last above to the first below.
        below = int(np.flatnonzero(share < low)[0])
        return float(times_s[below - 1] + times_s[below]) / 2


def _crossing(times_s: FloatArray, share: FloatArray, index: int, level: float) -> float:
    """When ``level`` was crossed between the frame before ``index`` and that one."""
    before, after = share[index - 1], share[index]
    return float(times_s[index - 1] + (level - before) / (after - before) * (times_s[index] - times_s[index - 1]))


class ClapListener:
    """Contacts of the hands with each other, and of the feet with the floor, in a stream of poses.

    Attributes
    ----------
    claps_s, landings_s : list of float
        Times on the clock of `step`.
    """

    def __init__(self, settings: BeatCheckSettings) -> None:
        self._settings = settings
        self._hands = ContactFinder(settings.clap_torsos, settings)
        self._feet = ContactFinder(settings.jump_torsos, settings)
        self._floor: deque[tuple[float, float]] = deque()
        self._torso = float("nan")
        self.claps_s: list[float] = []
        self.landings_s: list[float] = []

    @property
    def events_s(self) -> list[float]:
        """The kind of which more was seen."""
        return self.claps_s if len(self.claps_s) >= len(self.landings_s) else self.landings_s

    def step(self, pose: PoseFrame, time_s: float) -> bool:
        """Take in one pose as it was sensed (not smoothed: that would be late); whether a contact was found."""
        xy = pose.square_xy()
        self._measure(xy)
        clap_s = self._hands.step(time_s, self._way_of_hands(xy))
        landing_s = self._feet.step(time_s, self._way_of_feet(xy, time_s))
        if clap_s is not None:
            self.claps_s.append(clap_s)
        if landing_s is not None:
            self.landings_s.append(landing_s)
        return clap_s is not None or landing_s is not None

    def _measure(self, xy: FloatArray) -> None:
        """Follow the torso's length slowly: it is the unit, and must not shake."""
        shoulders = (xy[_INDEX["left_shoulder"]] + xy[_INDEX["right_shoulder"]]) / 2
        hips = (xy[_INDEX["left_hip"]] + xy[_INDEX["right_hip"]]) / 2
        torso = float(np.hypot(*(shoulders - hips)))
        if np.isfinite(torso) and torso > 0:
            before = self._torso if np.isfinite(self._torso) else torso
            self._torso = _KEPT_TORSO * before + (1.0 - _KEPT_TORSO) * torso

    def _way_of_hands(self, xy: FloatArray) -> float:
        between = xy[_INDEX["left_wrist"]] - xy[_INDEX["right_wrist"]]
        return float(np.hypot(*between)) / self._torso

    def _way_of_feet(self, xy: FloatArray, time_s: float) -> float:
        height = float((xy[_INDEX["left_ankle"], 1] + xy[_INDEX["right_ankle"], 1]) / 2)
        if not np.isfinite(height):
            return float("nan")
        self._floor.append((time_s, height))
        while self._floor[0][0] < time_s - self._settings.floor_s:
            self._floor.popleft()
        floor = float(np.median([each for _, each in self._floor]))
        return max(0.0, floor - height) / self._torso
