"""A choreography divided into phrases for practising: eight counts each, or sections, or pieces of even length."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from coach.judging.phrases import Phrases
from coach.pose.reference import Reference, Section
from coach.session.motion import Span
from coach.settings.cues import CueSettings
from coach.settings.practice import PhraseSettings


@dataclass(frozen=True)
class PhraseMap:
    """Where the phrases lie.

    Attributes
    ----------
    spans : tuple of (float, float)
        In order, without gaps, from 0 to the end of the reference.
    """

    spans: tuple[Span, ...]

    @classmethod
    def of_reference(cls, reference: Reference, cues: CueSettings, settings: PhraseSettings) -> PhraseMap:
        """Phrases of eight counts (the same as those of the cues), of sections without beats, of even pieces else."""
        duration_s = reference.duration_s
        phrases = Phrases(reference.beats_s, duration_s, cues)
        if phrases.has_beats:
            bounds = _beat_bounds(phrases, duration_s)
        elif reference.sections:
            bounds = _section_bounds(reference.sections, duration_s, settings.longest_s)
        else:
            bounds = _even_bounds(0.0, duration_s, max(1, round(duration_s / settings.usual_s)))
        return cls(_joined(bounds, settings.rest_share))

    def index_at(self, place_s: float) -> int:
        """The phrase of a place; places outside belong to the first and the last one."""
        return min(max(bisect_right(self.spans, (place_s, math.inf)) - 1, 0), len(self.spans) - 1)

    def within(self, span_s: Span | None) -> tuple[int, ...]:
        """The phrases of which at least half lies in a stretch; all of them for None."""
        if span_s is None:
            return tuple(range(len(self.spans)))
        start_s, end_s = span_s
        return tuple(
            index
            for index, (first_s, last_s) in enumerate(self.spans)
            if 2.0 * (min(last_s, end_s) - max(first_s, start_s)) >= last_s - first_s
        )


def _beat_bounds(phrases: Phrases, duration_s: float) -> list[float]:
    bounds = [0.0]
    following = phrases.next_boundary_s(-math.inf)
    while following is not None:
        if bounds[-1] < following < duration_s:
            bounds.append(following)
        following = phrases.next_boundary_s(following)
    return [*bounds, duration_s]


def _section_bounds(sections: Sequence[Section], duration_s: float, longest_s: float) -> list[float]:
    edges = {0.0, duration_s}
    edges.update(edge for section in sections for edge in (section.start_s, section.end_s) if 0 < edge < duration_s)
    bounds = [0.0]
    for start_s, end_s in pairwise(sorted(edges)):
        bounds += _even_bounds(start_s, end_s, math.ceil((end_s - start_s) / longest_s))[1:]
    return bounds


def _even_bounds(start_s: float, end_s: float, count: int) -> list[float]:
    return [float(bound) for bound in np.linspace(start_s, end_s, count + 1)]


def _joined(bounds: list[float], rest_share: float) -> tuple[Span, ...]:
    """Spans between the bounds; what is too short for a phrase belongs to the one before, at the start to the next."""
    if len(bounds) < 3:
        return ((bounds[0], bounds[-1]),)
    shortest_s = rest_share * float(np.median(np.diff(bounds)))
    kept = [bounds[0]]
    for start_s, end_s in pairwise(bounds):
        if end_s - start_s >= shortest_s:
            kept.append(end_s)
        elif len(kept) > 1:
            kept[-1] = end_s
    kept[-1] = bounds[-1]
    return tuple(pairwise(kept)) if len(kept) > 1 else ((bounds[0], bounds[-1]),)
