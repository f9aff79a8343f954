"""Where the music is: a clock that starts, pauses, jumps, loops and changes speed, computed from times it is given."""

from __future__ import annotations

from dataclasses import replace

from coach.errors import SettingsError
from coach.session.motion import ROUNDING_S, Loop, Motion, Place, Span


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
        self._motion = Motion(start_s, tempo)
        self.shift_s = 0.0
        """How far the sound card's clock has run ahead of the caller's: the music keeps to the card. Only the player
        of the music changes it, a little at a time."""

    @property
    def running(self) -> bool:
        """Whether the music moves (or will, once its start has come)."""
        return self._motion.origin_s is not None

    @property
    def tempo(self) -> float:
        """Reference seconds per second."""
        return self._motion.tempo

    @property
    def loop(self) -> Span | None:
        """The stretch that is repeated; None without."""
        loop = self._motion.loop
        return None if loop is None else loop.span_s

    @property
    def motion(self) -> Motion:
        """Everything at once, for who needs more than one answer about the same moment."""
        return self._motion

    # -- changes ---------------------------------------------------------------------------------------------------
    def play(self, from_s: float) -> None:
        """Go on from the present place at ``from_s``, which may lie ahead; no change while it runs."""
        if not self.running:
            self._motion = replace(self._motion, origin_s=from_s + self.shift_s)

    def pause(self, now_s: float) -> None:
        """Stop at the present place."""
        self._motion = replace(self._now(now_s), origin_s=None)

    def seek(self, reference_s: float, now_s: float) -> None:
        """Jump to ``reference_s`` (kept inside the practised span), running or not as before.

        In a loop, a place before A leads into it, and B or a place behind it is A: the next round.
        """
        motion = self._now(now_s)
        place_s = min(max(reference_s, self.start_s), self.end_s)
        loop, lead_s, whole = motion.loop, 0.0, True
        if loop is not None:
            if place_s >= loop.end_s - ROUNDING_S:
                place_s, lead_s = loop.start_s, loop.lead_in_s
            whole = place_s <= loop.start_s or (motion.whole and place_s <= motion.position_s)
        origin_s = now_s + self.shift_s if self.running else None
        self._motion = replace(
            motion,
            position_s=place_s,
            lead_s=lead_s,
            origin_s=origin_s,
            whole=whole,
            jumps_count=motion.jumps_count + 1,
        )

    def set_tempo(self, tempo: float, now_s: float) -> None:
        """Change speed without a jump."""
        self._motion = replace(self._now(now_s), tempo=tempo)

    def set_loop(self, span_s: Span | None, now_s: float, lead_in_s: float = 0.0) -> None:
        """Repeat a stretch from now on, or no longer; the place does not jump unless it lies behind the stretch.

        Parameters
        ----------
        span_s : (float, float) or None
            A and B, kept inside the practised span; None ends the loop.
        lead_in_s : float
            Silence (for a count-in) before each round, in seconds of the music.

        Raises
        ------
        SettingsError
            Nothing lies between A and B.
        """
        motion = replace(self._now(now_s), passes_count=0)
        if span_s is None:
            self._motion = replace(motion, loop=None, whole=True)
            return
        start_s, end_s = max(span_s[0], self.start_s), min(span_s[1], self.end_s)
        if not end_s - start_s > ROUNDING_S:
            raise SettingsError("loop", span_s, f"a stretch between {self.start_s:g} and {self.end_s:g} s")
        loop = Loop(start_s, end_s, max(0.0, lead_in_s))
        if motion.position_s >= end_s - ROUNDING_S:
            self._motion = replace(motion, loop=loop, position_s=start_s, lead_s=loop.lead_in_s, whole=True)
        else:
            self._motion = replace(motion, loop=loop, whole=motion.position_s <= start_s)

    # -- questions -------------------------------------------------------------------------------------------------
    def place(self, now_s: float) -> Place:
        """Place and lead-in of one instant together."""
        return self._motion.place(now_s + self.shift_s, self.end_s)

    def position_s(self, now_s: float) -> float:
        """Place in the reference at ``now_s``, held at the end of the practised span and during a lead-in."""
        return self.place(now_s).position_s

    def music_s(self, now_s: float) -> float | None:
        """Place in the music, None when it is silent: before the start, in a lead-in, paused, or over."""
        motion, card_s = self._motion, now_s + self.shift_s
        if motion.origin_s is None or card_s < motion.origin_s:
            return None
        place = motion.place(card_s, self.end_s)
        if place.lead_s > 0.0 or (motion.loop is None and place.position_s >= self.end_s):
            return None
        return place.position_s

    def passes(self, now_s: float) -> int:
        """How often the loop was danced whole, from A to B, since it was set; 0 without a loop."""
        motion = self._motion
        return motion.passes(motion.place(now_s + self.shift_s, self.end_s)) if motion.loop is not None else 0

    def lead_in_left_s(self, now_s: float) -> float:
        """Seconds of the clock until the music begins to move; 0 while it moves, stands or is over."""
        motion, card_s = self._motion, now_s + self.shift_s
        if motion.origin_s is None:
            return 0.0
        return max(0.0, motion.origin_s - card_s) + motion.place(card_s, self.end_s).lead_s / motion.tempo

    def _now(self, now_s: float) -> Motion:
        return self._motion.at(now_s + self.shift_s, self.end_s)
