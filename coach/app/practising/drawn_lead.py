"""What the drawn student hears of a practice: the stand-in for a camera dances along with it."""

from __future__ import annotations

from dataclasses import replace

from coach.alignment.tracked_position import FollowMode
from coach.app.practising.coach import Coach
from coach.app.practising.practice_parts import Practice
from coach.routine.dance_along import Lead
from coach.session.motion import Motion
from coach.session.transport import Transport


class MusicLead:
    """The music leads: the student has to hear what it does, and is then where it is.

    Parameters
    ----------
    transport : Transport
        Of the practice.
    coach : Coach
    """

    surprising = True

    def __init__(self, transport: Transport, coach: Coach) -> None:
        self._transport, self._coach = transport, coach
        self.start_s, self.end_s = transport.start_s, transport.end_s

    @property
    def shift_s(self) -> float:
        """The music keeps to the sound card's clock."""
        return self._transport.shift_s

    def begin(self, now_s: float) -> Motion:
        """The music begins with the first picture, where nobody has to walk into place."""
        return replace(self._transport.motion, origin_s=now_s + self.shift_s)

    def motion(self, now_s: float) -> Motion | None:
        """That of the music."""
        return self._transport.motion if self._coach.starts_s is not None else None


class SilentLead:
    """Without music the student keeps time alone, and does what is asked: jumps, loops, another speed, a pause.

    Parameters
    ----------
    transport : Transport
        Of the practice; it stands all the time, but knows what was asked.
    coach : Coach
    """

    surprising = False
    shift_s = 0.0

    def __init__(self, transport: Transport, coach: Coach) -> None:
        self._asked_of, self._coach = transport, coach
        self._asked = transport.motion
        self._own = Transport(transport.start_s, transport.end_s, transport.tempo)
        self.start_s, self.end_s = transport.start_s, transport.end_s

    def begin(self, now_s: float) -> Motion:
        """The student begins with the first picture."""
        if self._asked.loop is not None:
            self._own.set_loop(self._asked.loop.span_s, now_s)
        self._own.seek(self._asked.position_s, now_s)
        self._own.play(now_s)
        return self._own.motion

    def motion(self, now_s: float) -> Motion | None:
        """That of the student's own counting."""
        asked, before, own = self._asked_of.motion, self._asked, self._own
        self._asked = asked
        if asked.loop != before.loop:
            own.set_loop(asked.loop.span_s if asked.loop is not None else None, now_s)
        if asked.tempo != before.tempo:
            own.set_tempo(asked.tempo, now_s)
        if asked.jumps_count != before.jumps_count:
            own.seek(asked.position_s, now_s)
        if own.running and self._coach.paused:
            own.pause(now_s)
        elif not own.running and not self._coach.paused:
            own.play(now_s)
        return own.motion


class DrawnLead:
    """Leads the drawn student through one practice after the other; opened before the first of them is made."""

    def __init__(self) -> None:
        self._lead: Lead | None = None

    def show(self, practice: Practice) -> None:
        """This practice is shown from now on."""
        led = MusicLead if practice.mode is FollowMode.ALONG else SilentLead
        self._lead = led(practice.transport, practice.coach)

    def __call__(self) -> Lead:
        """The lead of the practice that is shown."""
        if self._lead is None:
            raise RuntimeError("no practice is shown yet")
        return self._lead
