"""How far a sound card has run ahead of our clock: from noisy answers to one steady number."""

from __future__ import annotations

from collections import deque
from statistics import median

from coach.settings.music import CardClockSettings


class CardDrift:
    """Compares two clocks from the moment a sound started.

    A sound card plays 44100 samples in what it takes for a second; that is up to a tenth of a per mille off, and
    30 ms after five minutes. The card's answers jump by a buffer's length, so the median of a while counts.

    Parameters
    ----------
    settings : CardClockSettings
    """

    def __init__(self, settings: CardClockSettings) -> None:
        self._settings = settings
        self._ahead_s: deque[tuple[float, float]] = deque()
        self._origin_s = 0.0

    def start(self, now_s: float) -> None:
        """A sound started."""
        self._origin_s = now_s
        self._ahead_s.clear()

    def step(self, now_s: float, played_s: float) -> float | None:
        """Take in one answer.

        Parameters
        ----------
        now_s : float
            Our clock.
        played_s : float
            What the card has played of the sound.

        Returns
        -------
        float or None
            Seconds that the card is ahead of our clock since the start; None while that is not known, and where the
            card's clock is no clock.
        """
        elapsed_s = now_s - self._origin_s
        answers = self._ahead_s
        answers.append((now_s, played_s - elapsed_s))
        while answers[0][0] < now_s - self._settings.window_s:
            answers.popleft()
        if elapsed_s < self._settings.settle_s:
            return None
        ahead_s = median(each for _, each in answers)
        believable_s = self._settings.slack_s + self._settings.max_rate_error * elapsed_s
        return ahead_s if abs(ahead_s) <= believable_s else None
