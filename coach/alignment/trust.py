"""Whether the dancer dances this choreography at all: a sequential test over what was followed.

Poses of somebody who does something else are found in the choreography too, here and there. Two things tell them from a
dancer's: how well the movement agrees with the teacher's (`agreement`), and whether the place that explains them walks
on by itself, as a dancer's does, instead of standing or leaping from one lucky place to the next. Every tick speaks for
or against, and the sum decides (Wald, "Sequential tests of statistical hypotheses", 1945) between two bounds (Page,
"Continuous inspection schemes", 1954): who has danced well for a minute is not believed any longer than who has danced
well for some seconds.
"""

from __future__ import annotations

import math

from coach.settings.tracker import TrustSettings


class Trust:
    """The sum of what speaks for a dancer of this choreography.

    Parameters
    ----------
    settings : TrustSettings
    tick_s : float

    Attributes
    ----------
    trusted : bool
        Whether the dancer is taken for one of this choreography; who was found out has to convince again.
    """

    def __init__(self, settings: TrustSettings, tick_s: float) -> None:
        self._settings, self._tick_s = settings, tick_s
        walk_ticks = max(1, round(settings.walk_s / tick_s))
        self._range = settings.slowest_walk * walk_ticks, settings.fastest_walk * walk_ticks
        self._places = [math.nan] * walk_ticks
        self.reset()

    def reset(self) -> None:
        """Somebody new, who is trusted for a moment."""
        self._places = [math.nan] * len(self._places)
        self._tick = 0
        self._sum = self._settings.first
        self.trusted = True

    def step(self, agreement: float, index: float, weight: float, *, pace: float, placed: bool) -> None:
        """Take in one tick.

        Parameters
        ----------
        agreement : float
            See `coach.alignment.agreement`.
        index : float
            The followed place, in ticks.
        weight : float
            How much this tick counts, 0..1.
        pace : float
            Reference seconds per student second that are expected of this dancer.
        placed : bool
            Whether there was a place to go on from.
        """
        settings, now = self._settings, self._tick % len(self._places)
        walked = index - self._places[now]
        self._places[now] = index
        self._tick += 1
        evidence = agreement - settings.neutral_agreement
        if walked < self._range[0] * min(1.0, pace) or walked > self._range[1] * max(1.0, pace):
            evidence -= settings.stray_price
        lowest = -settings.least if placed else min(self._sum, settings.unfollowed)
        self._sum = min(settings.most, max(lowest, self._sum + weight * self._tick_s * evidence))
        self.trusted = self._sum > (0.0 if self.trusted else settings.regained)
