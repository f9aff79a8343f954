"""Phrases of eight counts: where they end, and which of them have been danced cleanly how often."""

from __future__ import annotations

from bisect import bisect_right

import numpy as np

from coach.pose.pose_frame import FloatArray
from coach.settings.cues import CueSettings


class Phrases:
    """The phrases of one choreography.

    Parameters
    ----------
    beats_s : ndarray [shape=(B,)], float64
        Empty where the beats are not known: then there are no boundaries to wait for, and phrases of a fixed length
        for the counting of clean passes.
    duration_s : float
    settings : CueSettings
    """

    def __init__(self, beats_s: FloatArray, duration_s: float, settings: CueSettings) -> None:
        self.has_beats = len(beats_s) > settings.phrase_counts
        if self.has_beats:
            self._bounds_s: list[float] = beats_s[:: settings.phrase_counts].tolist()
            self.beat_s = float(np.median(np.diff(beats_s)))
        else:
            self._bounds_s = np.arange(0.0, duration_s, settings.phrase_without_beats_s, dtype=np.float64).tolist()
            self.beat_s = float("nan")
        self._clean_passes = np.zeros(len(self._bounds_s) + 1, dtype=np.int64)

    def index_at(self, reference_s: float) -> int:
        """Which phrase ``reference_s`` belongs to; 0 is what comes before the first beat."""
        return bisect_right(self._bounds_s, reference_s)

    def next_boundary_s(self, reference_s: float) -> float | None:
        """Where the phrase at ``reference_s`` ends; None where no beats are known or no phrase follows."""
        index = self.index_at(reference_s)
        return self._bounds_s[index] if self.has_beats and index < len(self._bounds_s) else None

    def finish(self, index: int, clean: bool) -> None:
        """Phrase ``index`` was danced once more."""
        self._clean_passes[index] = self._clean_passes[index] + 1 if clean else 0

    def clean_passes(self, index: int) -> int:
        """How often phrase ``index`` was clean without a break."""
        return int(self._clean_passes[index])
