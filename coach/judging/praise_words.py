"""Good, Great, Perfect: a word now and then for the last moments."""

from __future__ import annotations

import math

from coach.judging.running_mean import RunningMean
from coach.settings.judging_score import ScoreSettings


class PraiseWords:
    """Words for a running mean of credits, never closer together than the settings allow."""

    def __init__(self, settings: ScoreSettings) -> None:
        self._settings = settings
        self._mean = RunningMean(settings.word_window_s)
        self._last_s = -math.inf
        self.last: str | None = None

    def step(self, credit: float, gap_s: float, time_s: float) -> None:
        """Take in one frame's credit (nan where nothing was judged); `last` is the word it earned, mostly None."""
        settings = self._settings
        self._mean.step(credit, gap_s)
        self.last = None
        if time_s - self._last_s < settings.word_interval_s or self._mean.seen_s < settings.word_window_s:
            return
        levels = (
            (settings.perfect_credit, "word.perfect"),
            (settings.great_credit, "word.great"),
            (settings.good_credit, "word.good"),
        )
        self.last = next((word for least, word in levels if self._mean.value >= least), None)
        if self.last is not None:
            self._last_s = time_s
