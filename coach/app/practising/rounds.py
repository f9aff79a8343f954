"""The loop from A to B while it is danced: each round that ends is told, and the dancer expected at A again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from coach.alignment.tracked_position import TrackState
from coach.session.coaching_session import CoachingSession
from coach.session.motion import Span
from coach.session.session_state import SessionState
from coach.session.transport import Transport

JUMP_S = 0.2
"""The music jumped where it is so far before where it was."""

NEAR_END_S = 0.25
"""Without music a round is over where the dancer is so near to B."""


@dataclass(frozen=True)
class RoundEnd:
    """A round that was danced to its end, before anything of it is forgotten."""

    span_s: Span
    whole: bool


class Rounds:
    """Watches one loop, in the thread of the session.

    Parameters
    ----------
    along : bool
        The music leads: the round is over when the music jumps back. Otherwise when the dancer has come to B.
    on_end : callable, optional
        Told of each round that ended, before the dancer is sent back to A.
    """

    def __init__(
        self,
        session: CoachingSession,
        transport: Transport,
        *,
        along: bool,
        on_end: Callable[[RoundEnd], None] = lambda _end: None,
    ) -> None:
        self._session, self._transport, self._along = session, transport, along
        self.on_end = on_end
        self.count = 0
        """Rounds danced whole since the loop was set."""
        self._last_place_s: float | None = None
        self._whole = False

    @property
    def span_s(self) -> Span | None:
        """A and B."""
        return self._transport.loop

    def set(self, span_s: Span | None, now_s: float, lead_in_s: float) -> None:
        """Dance this stretch again and again from now on; None goes on without a loop."""
        self._transport.set_loop(span_s, now_s, lead_in_s if self._along else 0.0)
        self._session.set_span(self._transport.loop)
        self.count = 0
        self._whole = False
        self.moved()

    def moved(self) -> None:
        """The dancer asked for another place: that is no end of a round."""
        self._last_place_s = None

    def counting_in(self, now_s: float) -> bool:
        """Whether the music waits before the next round."""
        return self._along and self._transport.loop is not None and self._transport.lead_in_left_s(now_s) > 0

    def silent_yet(self, done_s: float) -> bool:
        """Whether the music that leads had not begun yet when a movement was made: at a start, after a jump, before a
        round."""
        return self._along and self._transport.lead_in_left_s(done_s) > 0

    def watch_music(self, done_s: float) -> None:
        """Notice that the music went back to A, when the dancer had heard it: their last steps before B still count."""
        if not self._along or self._transport.loop is None:
            return
        place_s = self._transport.position_s(done_s)
        if self._last_place_s is not None and place_s < self._last_place_s - JUMP_S:
            self._end(self._transport.passes(done_s) > self.count)
        self._last_place_s = place_s

    def watch_dancer(self, state: SessionState) -> None:
        """Notice that a dancer without music came to B."""
        span_s, place_s = self._transport.loop, state.position.reference_s
        if self._along or span_s is None or place_s is None:
            return
        if place_s < (span_s[0] + span_s[1]) / 2:
            self._whole = True
        if state.position.state is TrackState.FINISHED or place_s >= span_s[1] - NEAR_END_S:
            self._end(self._whole)

    def _end(self, whole: bool) -> None:
        span_s = self._transport.loop
        assert span_s is not None
        self.count += int(whole)
        self._whole = False
        self.on_end(RoundEnd(span_s, whole))
        if self._transport.loop == span_s:  # whoever was told may have chosen another
            self._session.seek(span_s[0])
