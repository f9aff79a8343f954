"""One place at a time: the dancer is where continuity expects until another place has been likelier for long enough.

A choreography repeats itself, and for a moment a dancer may look more like another place than like the own one. Whoever
really restarts or skips keeps looking like the other place. So the probabilities may change over quickly, and what is
told waits for a confirmation.
"""

from __future__ import annotations

from coach.settings.alignment import TrackerSettings


class Continuity:
    """Counts for how long a rival has been likelier than the place that is told."""

    def __init__(self, settings: TrackerSettings, tick_s: float) -> None:
        self._settings = settings
        self._tick_s = tick_s
        self.pending_s = 0.0
        """For how long a rival has been likelier."""

    def reset(self) -> None:
        """Nothing is told yet."""
        self.pending_s = 0.0

    def is_left(self, own: float, rival: float) -> bool:
        """Take in the probabilities of the told place and of its strongest rival; whether the rival is believed now."""
        if rival > self._settings.rival_ratio * own:
            self.pending_s += self._tick_s
        else:
            self.pending_s = max(0.0, self.pending_s - 2.0 * self._tick_s)
        if self.pending_s < self._settings.confirm_s:
            return False
        self.pending_s = 0.0
        return True
