"""The places in a dance that a dancer may jump to or loop: sections, phrases of eight counts, beats."""

from __future__ import annotations

import numpy as np

from coach.pose.reference import Reference
from coach.session.motion import Span
from coach.settings.session import PracticeSettings


class Places:
    """Where jumps and loops of one practice begin and end.

    Parameters
    ----------
    reference : Reference
    start_s, end_s : float
        The practised span: nothing lies outside.
    settings : PracticeSettings
    """

    def __init__(self, reference: Reference, start_s: float, end_s: float, settings: PracticeSettings) -> None:
        self._start_s, self._end_s, self._settings = start_s, end_s, settings
        self._beats_s = reference.beats_s
        counts = settings.skip_counts
        beats_known = len(self._beats_s) > counts
        self._sections = [section for section in reference.sections if section.end_s > start_s]
        sections_s = [section.start_s for section in reference.sections]
        steps_s = np.arange(start_s, end_s, settings.skip_s).tolist()
        self._back_s = self._within(self._beats_s[::counts].tolist() if beats_known else sections_s or steps_s)
        self._on_s = self._within(sections_s or (self._beats_s[::counts].tolist() if beats_known else steps_s))

    def _within(self, places_s: list[float]) -> list[float]:
        return [self._start_s, *(place_s for place_s in places_s if self._start_s < place_s < self._end_s)]

    def before(self, place_s: float) -> float:
        """Start of this phrase (of the one before, when just begun); of sections where no beats are known."""
        before_s = place_s - self._settings.grace_s
        return next((start_s for start_s in reversed(self._back_s) if start_s < before_s), self._back_s[0])

    def after(self, place_s: float) -> float | None:
        """Start of the next section (phrase, where there are none); None behind the last."""
        return next((start_s for start_s in self._on_s if start_s > place_s + self._settings.grace_s), None)

    def on_beat(self, place_s: float) -> float:
        """The nearest beat, where it is near; hands are never as exact as the music."""
        if len(self._beats_s):
            nearest_s = float(self._beats_s[np.abs(self._beats_s - place_s).argmin()])
            if abs(nearest_s - place_s) <= self._settings.grace_s:
                return nearest_s
        return place_s

    def section_at(self, place_s: float) -> Span:
        """The section around this place; all that is practised, where there are none."""
        for section in self._sections:
            if section.start_s <= place_s < section.end_s:
                return section.start_s, section.end_s
        return self._start_s, self._end_s

    def inside(self, span_s: Span) -> Span | None:
        """The stretch as far as it is practised, its ends in order; None if that is too short to dance."""
        low_s, high_s = max(min(span_s), self._start_s), min(max(span_s), self._end_s)
        return (low_s, high_s) if high_s - low_s >= self._settings.min_loop_s else None
