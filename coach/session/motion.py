"""How the music moves: on, in rounds, after a lead-in; pure arithmetic on a known place."""

from __future__ import annotations

from dataclasses import dataclass, replace

Span = tuple[float, float]
ROUNDING_S = 1e-9
"""Places nearer than this are the same: a round that ends at B must not end again because of the last digit."""


@dataclass(frozen=True)
class Loop:
    """A stretch that is danced again and again.

    Attributes
    ----------
    start_s, end_s : float
        A and B, in the reference.
    lead_in_s : float
        Silence before each round, in seconds of the music: at half the speed it takes twice as long, as the beats
        that are counted in it do.
    """

    start_s: float
    end_s: float
    lead_in_s: float

    @property
    def span_s(self) -> Span:
        """A and B."""
        return self.start_s, self.end_s

    @property
    def round_s(self) -> float:
        """Music seconds from one A to the next, the lead-in included."""
        return self.lead_in_s + self.end_s - self.start_s


@dataclass(frozen=True)
class Place:
    """Where the music is at one instant.

    Attributes
    ----------
    position_s : float
        In the reference.
    lead_s : float
        Music seconds of lead-in still to come before it moves on from there; 0 while it moves.
    reached_count : int
        How often B was reached since the clock left its last known place.
    """

    position_s: float
    lead_s: float
    reached_count: int = 0


@dataclass(frozen=True)
class Motion:
    """A known place and how the clock moves on from it; replaced as a whole, so that nobody sees half a change.

    Attributes
    ----------
    origin_s : float or None
        When the clock leaves ``position_s`` (which may lie ahead); None while it stands.
    lead_s : float
        Lead-in before that, in music seconds.
    passes_count : int
        Whole rounds danced before.
    whole : bool
        Whether nothing of the present round was left out so far.
    jumps_count : int
        How often somebody jumped: two jumps to one place are two.
    """

    position_s: float
    tempo: float
    origin_s: float | None = None
    lead_s: float = 0.0
    loop: Loop | None = None
    passes_count: int = 0
    whole: bool = True
    jumps_count: int = 0

    def place(self, now_s: float, end_s: float) -> Place:
        """Where it is at ``now_s``."""
        if self.origin_s is None:
            return Place(self.position_s, self.lead_s)
        travelled_s = max(0.0, now_s - self.origin_s) * self.tempo - self.lead_s
        if travelled_s < 0.0:
            return Place(self.position_s, -travelled_s)
        loop = self.loop
        if loop is None:
            return Place(min(self.position_s + travelled_s, end_s), 0.0)
        beyond_s = self.position_s + travelled_s - loop.end_s
        if beyond_s < -ROUNDING_S:
            return Place(self.position_s + travelled_s, 0.0)
        return _in_a_later_round(max(0.0, beyond_s), loop)

    def passes(self, place: Place) -> int:
        """Whole rounds danced by then."""
        return self.passes_count + place.reached_count - (1 if place.reached_count and not self.whole else 0)

    def at(self, now_s: float, end_s: float) -> Motion:
        """The same motion with the place of ``now_s`` as the known one."""
        place = self.place(now_s, end_s)
        return replace(
            self,
            position_s=place.position_s,
            lead_s=place.lead_s,
            origin_s=None if self.origin_s is None else max(self.origin_s, now_s),
            passes_count=self.passes(place),
            whole=self.whole or place.reached_count > 0,
        )


def _in_a_later_round(beyond_s: float, loop: Loop) -> Place:
    rounds, within_s = divmod(beyond_s, loop.round_s)
    if loop.round_s - within_s < ROUNDING_S:
        rounds, within_s = rounds + 1, 0.0
    reached_count = 1 + int(rounds)
    if within_s < loop.lead_in_s:
        return Place(loop.start_s, loop.lead_in_s - within_s, reached_count)
    return Place(loop.start_s + within_s - loop.lead_in_s, 0.0, reached_count)
