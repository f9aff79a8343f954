"""Searching, following, lost, finished: from what is likely to what is told."""

from __future__ import annotations

import numpy as np

from coach.alignment.estimate import Estimate
from coach.alignment.tracked_position import TrackState
from coach.settings.tracker import TrackerSettings


class TrackStates:
    """The state of one dancer, and what it rests on besides the probability of the place.

    Parameters
    ----------
    tracker : TrackerSettings
    tick_s : float

    Attributes
    ----------
    now : TrackState
    fit : float
        Running mean of the mismatch at the told place, as a share of the mean over all places.
    placed : bool
        Whether there is a place to go on from, told or (of somebody who is not trusted) not.
    """

    def __init__(self, tracker: TrackerSettings, tick_s: float) -> None:
        self._settings, self._tick_s = tracker, tick_s
        self._fit_gain = 1.0 - np.exp(-tick_s / tracker.fit_memory_s)
        self.forget_dancer()

    def forget_dancer(self) -> None:
        """Somebody new, who has not been watched yet."""
        self._watched_s = 0.0
        self.forget_place()

    def forget_place(self) -> None:
        """The dancer is expected elsewhere."""
        self.now = TrackState.SEARCHING
        self.fit, self.placed = self._settings.first_fit, False
        self._followed_s, self._followed_left = 0.0, np.inf

    def learn_fit(self, fit: float) -> None:
        """Take in the mismatch ratio of one tick, nan if there is none."""
        if np.isfinite(fit):
            self._watched_s += self._tick_s
            self.fit += self._fit_gain * (min(1.0, fit) - self.fit)

    def step(self, estimate: Estimate, *, trusted: bool, ticks_left: float, halted: bool) -> TrackState:
        """Judge one tick.

        Parameters
        ----------
        estimate : Estimate
        trusted : bool
            Whether the dancer is taken for one of this choreography.
        ticks_left : float
            From the told place to the last frame of the reference.
        halted : bool
            Whether the dancer stands still where nobody should.
        """
        tracker, was = self._settings, self.now
        self.placed = not halted and self._is_followed(estimate)
        near_end = ticks_left <= tracker.finish_s / self._tick_s
        past_end = estimate.finished + (estimate.around if near_end else 0.0)
        if trusted and past_end >= tracker.min_confidence_found and self._came_near_the_end():
            self.now = TrackState.FINISHED
        elif was is TrackState.FINISHED and ticks_left <= tracker.end_held_s / self._tick_s:
            pass  # who holds the last pose has still finished
        elif trusted and self.placed:
            self.now = TrackState.FOLLOWING
        elif was is not TrackState.SEARCHING and not (was is TrackState.FINISHED and self._followed_s > 0):
            self.now = TrackState.LOST
        if self.now is TrackState.FOLLOWING:
            self._followed_s += self._tick_s
            self._followed_left = ticks_left
        elif self.now is TrackState.LOST:
            self._followed_s = max(0.0, self._followed_s - self._tick_s)
        return self.now

    def _came_near_the_end(self) -> bool:
        """Who has finished was followed long enough, and until shortly before the end."""
        tracker = self._settings
        return self._followed_s >= tracker.min_followed_s and self._followed_left <= tracker.end_reach_s / self._tick_s

    def _is_followed(self, estimate: Estimate) -> bool:
        tracker, known = self._settings, self.placed
        if self._watched_s < tracker.min_watched_s:
            return False
        if self.fit > (tracker.max_fit_kept if known else tracker.max_fit_found):
            return False
        needed = tracker.min_confidence_kept if known else tracker.min_confidence_found
        torn = known and estimate.around + estimate.rival_confidence >= needed and estimate.lost < tracker.max_lost_kept
        return estimate.around >= needed or torn
