"""One place at a time: the dancer is where continuity expects until another place has been likelier for long enough.

A choreography repeats itself, and for a moment a dancer may look more like another place than like the own one. Whoever
really restarts or skips keeps looking like the other place. So the probabilities may change over quickly, and what is
told waits for a confirmation.
"""

from __future__ import annotations

from math import exp, log

from coach.settings.tracker import TrackerSettings

_MAX_NATS = 5.0
_TINY = 1e-12


class Continuity:
    """Gathers for how long, and by how much, a rival has been likelier than the place that is told.

    Attributes
    ----------
    ambiguous : bool
        Whether a rival has lately been about as likely as the told place for most of the time.
    """

    def __init__(self, settings: TrackerSettings, tick_s: float) -> None:
        self._settings = settings
        self._tick_s = tick_s
        self._learnt = 1.0 - exp(-tick_s / settings.ambiguous_s)
        self.reset()

    def reset(self) -> None:
        """Nothing is told yet."""
        self._doubt = self._torn = 0.0
        self.ambiguous = False

    def is_left(self, own: float, rival: float) -> bool:
        """Take in the probabilities of the told place and of its strongest rival; whether the rival is believed now."""
        torn = rival >= self._settings.ambiguous_share * own
        self._torn += self._learnt * (torn - self._torn)
        self.ambiguous = self._torn > 0.5
        nats = log(max(_TINY, rival) / max(_TINY, own)) - log(self._settings.rival_ratio)
        self._doubt = max(0.0, self._doubt + self._tick_s * min(_MAX_NATS, max(-_MAX_NATS, nats)))
        if self._doubt < self._settings.confirm_nat_s:
            return False
        self._doubt = 0.0
        return True
