"""What the dancer asks of the practice: pause, start again, jump, speed, loop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from coach.app.practising.coach import Coach
from coach.app.practising.places import Places
from coach.pose.reference import Reference
from coach.session.coaching_session import CoachingSession
from coach.session.motion import Span
from coach.session.transport import Transport
from coach.settings.session import PracticeSettings
from coach.ui.commands import Command


class TakesCommands(Protocol):
    """Whoever carries out calls between two frames."""

    def command(self, call: Callable[[], None]) -> None:
        """Carry out ``call`` in the thread of the session."""


class Controls:
    """Carries out commands between two frames, in the thread of the session.

    Parameters
    ----------
    chain : TakesCommands
    coach : Coach
    session : CoachingSession
    transport : Transport
    reference : Reference
    settings : PracticeSettings
    count_in_s : callable
        Time to get into place after a jump, a new start and a pause.
    lead_in_s : float
        Silence before each round of a loop, in seconds of the music.
    """

    def __init__(
        self,
        chain: TakesCommands,
        coach: Coach,
        session: CoachingSession,
        transport: Transport,
        reference: Reference,
        settings: PracticeSettings,
        count_in_s: Callable[[], float] = lambda: 0.0,
        lead_in_s: float = 0.0,
    ) -> None:
        self._chain, self._coach, self._session, self._transport = chain, coach, session, transport
        self._settings, self._count_in_s, self._lead_in_s = settings, count_in_s, lead_in_s
        self._places = Places(reference, transport.start_s, transport.end_s, settings)
        self._played = False
        """Whether there was music before the pause."""
        self._last_loop: Span | None = None
        self.mark_s: float | None = None
        """A, while B is still to come."""
        self.on_own_way: Callable[[], None] = lambda: None
        """Told when the dancer chooses another place, stretch or speed than a plan would."""

    # -- from the main thread --------------------------------------------------------------------------------------
    def __call__(self, command: Command) -> None:
        """Carry out ``command``; what is none of ours is ignored."""
        self._chain.command(lambda: self._obey(command))

    def seek(self, reference_s: float) -> None:
        """Go on from there."""
        self._chain.command(lambda: self._own(lambda: self.jump(reference_s)))

    def loop(self, span_s: Span | None) -> None:
        """Dance this stretch again and again, or go on without a loop."""
        self._chain.command(lambda: self._own(lambda: self.set_loop(span_s)))

    # -- in the thread of the session ------------------------------------------------------------------------------
    @property
    def _now_s(self) -> float:
        """Nothing begins before the countdown is over."""
        return max(self._coach.last_now_s, self._coach.starts_s or 0.0)

    def jump(self, reference_s: float) -> None:
        """Go on from there, after a count-in where there is one."""
        self._session.seek(reference_s)
        self._move_music(reference_s, played=self._transport.running)

    def set_loop(self, span_s: Span | None) -> None:
        """Set or end the loop; a stretch too short to dance is left alone."""
        self.mark_s = None
        if span_s is not None:
            span_s = self._places.inside(span_s)
            if span_s is None:
                return
            self._last_loop = span_s
        now_s = self._now_s
        self._coach.rounds.set(span_s, now_s, self._lead_in_s)
        place_s = self._transport.position_s(now_s) if self._transport.running else self._coach.place_s
        if span_s is not None and not span_s[0] - self._settings.led_into_s <= place_s < span_s[1]:
            self.jump(span_s[0])

    def set_tempo(self, percent: float) -> None:
        """Change the speed of the music, within its limits."""
        low, high = self._settings.min_tempo_percent, self._settings.max_tempo_percent
        self._transport.set_tempo(min(max(percent, low), high) / 100, self._now_s)

    def _own(self, call: Callable[[], None]) -> None:
        self.on_own_way()
        call()

    def _obey(self, command: Command) -> None:
        if command is Command.PAUSE:
            self._pause()
        elif command is Command.RESTART:
            self._restart()
        elif command in (Command.SKIP_BACK, Command.SKIP_FORWARD):
            find = self._places.before if command is Command.SKIP_BACK else self._places.after
            target_s = find(self._coach.place_s)
            if target_s is not None:
                self.jump(target_s)
        elif command in (Command.TEMPO_DOWN, Command.TEMPO_UP):
            step = self._settings.tempo_step_percent * (1 if command is Command.TEMPO_UP else -1)
            self._own(lambda: self.set_tempo(self._transport.tempo * 100 + step))
        elif command in (Command.LOOP, Command.LOOP_START, Command.LOOP_END):
            self._own(lambda: self._loop(command))

    def _loop(self, command: Command) -> None:
        place_s = self._places.on_beat(self._place_s)
        loop = self._transport.loop
        if command is Command.LOOP:
            if loop is not None or self.mark_s is not None:
                self.set_loop(None)
            else:
                self.set_loop(self._last_loop or self._places.section_at(place_s))
        elif command is Command.LOOP_START:
            if loop is not None and place_s < loop[1]:
                self.set_loop((place_s, loop[1]))
            else:
                self.mark_s = place_s
        else:
            start_s = self.mark_s if self.mark_s is not None else (loop or self._places.section_at(place_s))[0]
            self.set_loop((start_s, place_s))

    @property
    def _place_s(self) -> float:
        """Where the music is, or else the dancer."""
        music_s = self._transport.music_s(self._coach.last_now_s)
        return self._coach.place_s if music_s is None else music_s

    def _restart(self) -> None:
        """From the beginning; whoever asks for that in a pause wants to dance."""
        played = self._transport.running or (self._coach.paused and self._played)
        self._coach.paused = False
        self._session.restart()
        self._move_music(self._transport.start_s, played=played)

    def _pause(self) -> None:
        if self._coach.paused:
            self._unpause()
            return
        self._coach.paused = True
        self._played = self._transport.running
        self._transport.pause(self._now_s)

    def _unpause(self) -> None:
        if self._coach.paused:
            self._coach.paused = False
            if self._played:
                self._transport.play(self._count_in())
            # Nobody saw what the dancer did meanwhile; whoever goes on where the pause began was not lost.
            self._session.go_on(self._transport.position_s(self._now_s) if self._played else self._coach.place_s)

    def _count_in(self) -> float:
        """When it goes on: now, or after a count-in (whoever pauses or has not begun will get that later)."""
        coach, count_in_s = self._coach, self._count_in_s()
        if count_in_s > 0 and not coach.paused and coach.starts_s is not None:
            coach.starts_s = max(coach.starts_s, coach.last_now_s + count_in_s)
        return self._now_s

    def _move_music(self, reference_s: float, *, played: bool) -> None:
        """The music goes on from there, if it played."""
        self._coach.rounds.moved()
        begins_s = self._count_in()
        if begins_s > self._coach.last_now_s:
            self._transport.pause(self._coach.last_now_s)
        self._transport.seek(reference_s, begins_s)
        self._coach.place_s = self._transport.position_s(begins_s)  # the next jump counts from there, seen or not
        if played:
            self._transport.play(begins_s)
