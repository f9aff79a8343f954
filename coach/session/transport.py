"""Where the music is: a clock that starts, pauses, jumps and changes speed, computed from times it is given."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class _Motion:
    """Replaced as a whole, so that another thread never sees half a change."""

    position_s: float
    tempo: float
    origin_s: float | None = None
    """When the clock left ``position_s``; None while it stands."""


class Transport:
    """Maps the program's (or the film's) clock to a place in the reference's music.

    Pure arithmetic: the sound output and the follower are both driven from it, so that they cannot drift apart.
    All times are seconds of one clock chosen by the caller. One thread changes it, any may ask.

    Parameters
    ----------
    start_s, end_s : float
        The practised span of the reference.
    tempo : float
        Reference seconds per second.
    """

    def __init__(self, start_s: float, end_s: float, tempo: float = 1.0) -> None:
        self.start_s, self.end_s = start_s, end_s
        self._motion = _Motion(start_s, tempo)

    @property
    def running(self) -> bool:
        """Whether the music moves (or will, once its start has come)."""
        return self._motion.origin_s is not None

    @property
    def tempo(self) -> float:
        """Reference seconds per second."""
        return self._motion.tempo

    def play(self, from_s: float) -> None:
        """Go on from the present place at ``from_s``, which may lie ahead; no change while it runs."""
        if not self.running:
            self._motion = replace(self._motion, origin_s=from_s)

    def pause(self, now_s: float) -> None:
        """Stop at the present place."""
        self._motion = replace(self._motion, position_s=self.position_s(now_s), origin_s=None)

    def seek(self, reference_s: float, now_s: float) -> None:
        """Jump to ``reference_s`` (kept inside the practised span), running or not as before."""
        place_s = min(max(reference_s, self.start_s), self.end_s)
        self._motion = replace(self._motion, position_s=place_s, origin_s=now_s if self.running else None)

    def set_tempo(self, tempo: float, now_s: float) -> None:
        """Change speed without a jump."""
        origin_s = self._motion.origin_s
        if origin_s is not None:
            origin_s = max(origin_s, now_s)
        self._motion = _Motion(self.position_s(now_s), tempo, origin_s)

    def position_s(self, now_s: float) -> float:
        """Place in the reference at ``now_s``, held at the end of the practised span."""
        motion = self._motion
        if motion.origin_s is None:
            return motion.position_s
        return min(motion.position_s + max(0.0, now_s - motion.origin_s) * motion.tempo, self.end_s)

    def music_s(self, now_s: float) -> float | None:
        """Place in the music, None when it is silent: before the start, paused, or over."""
        origin_s = self._motion.origin_s
        if origin_s is None or now_s < origin_s:
            return None
        position_s = self.position_s(now_s)
        return position_s if position_s < self.end_s else None
