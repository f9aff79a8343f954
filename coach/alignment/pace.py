"""The tempo that a dancer keeps to, against which the quick changes of tempo are followed.

A filter that expects everybody at the teacher's tempo runs ahead of whoever dances steadily slower, by about 0.3 s for
each 100 % of tempo, and soon gives up on whoever dances at half of it. What is expected is therefore learnt: slowly,
and with so much doubt that a dancer at the teacher's tempo is not led astray by a place that was told wrong for a
moment. With music there is nothing to learn, because its rate is known.
"""

from __future__ import annotations

from coach.alignment.tempo import TempoEstimate
from coach.settings.transitions import PaceSettings


class Pace:
    """How fast one dancer goes in the long run.

    Parameters
    ----------
    settings : PaceSettings
    tick_s : float

    Attributes
    ----------
    value : float
        Reference seconds per student second that are expected, 1 before anything is known.
    """

    def __init__(self, settings: PaceSettings, tick_s: float) -> None:
        self._settings, self._tick_s = settings, tick_s
        self._own = TempoEstimate(settings.memory_s, settings.slowest, settings.fastest)
        self._music = TempoEstimate(settings.music_memory_s, settings.slowest, settings.fastest)
        self.reset()

    def reset(self) -> None:
        """Somebody new."""
        self._own.reset()
        self._music.reset()
        self._danced_s = self._gone_s = 0.0
        self._heard: tuple[float, float] | None = None
        self._moved: tuple[float, float] | None = None
        self.value = 1.0

    def follow(self, advance_s: float) -> None:
        """Learn from a tick in which a dancer was followed by ``advance_s`` through the reference.

        Only such ticks count, one after the other: neither a pause nor a jump to another place says anything about the
        pace. Where music was heard, it goes on by that, though it be silent for a while.
        """
        if self._heard is not None:
            return
        settings = self._settings
        self._danced_s += self._tick_s
        self._gone_s += advance_s
        tempo = self._own.add(self._danced_s, self._gone_s)
        variance = self._own.variance(settings.error_s, settings.correlated_s / self._tick_s)
        off = (tempo - 1.0) * settings.spread**2 / (settings.spread**2 + variance)
        self.value = 1.0 + _garrote(off, settings.dead_zone)

    def heed(self, music_s: float, time_s: float) -> None:
        """Take the music's rate from its place in the reference at ``time_s``; where it stands or jumps, as it was."""
        self._heard = music_s, time_s
        if self._moved is not None:
            gone_s, elapsed_s = music_s - self._moved[0], time_s - self._moved[1]
            if gone_s == 0.0 and elapsed_s >= 0.0:
                return
            if elapsed_s < 0.0 or abs(gone_s - self.value * elapsed_s) > self._settings.music_jump_s:
                self._music.reset()
        self._moved = self._heard
        rate = self._music.add(time_s, music_s)
        if self._music.known:
            self.value = rate

    def music_at(self, time_s: float) -> float | None:
        """Where the music was shortly before it was last heard, or will be soon after; None without any."""
        return None if self._heard is None else self._heard[0] + self.value * (time_s - self._heard[1])


def _garrote(off: float, threshold: float) -> float:
    """Nothing up to the threshold, and far beyond it nearly all (non-negative garrote; Breiman, Technometrics 1995)."""
    return off * (1.0 - (threshold / off) ** 2) if abs(off) > threshold else 0.0
