"""What the dancer's keys do to the practice: pause, start again, jump, speed."""

from __future__ import annotations

from coach.app.coach import Coach
from coach.app.live import LiveChain
from coach.pose.reference import Reference
from coach.session.coaching_session import CoachingSession
from coach.session.transport import Transport
from coach.settings.session import PracticeSettings
from coach.ui.commands import Command


class Controls:
    """Carries out commands between two frames, in the thread of the session.

    Parameters
    ----------
    chain : LiveChain
    coach : Coach
    session : CoachingSession
    transport : Transport
    reference : Reference
    settings : PracticeSettings
    """

    def __init__(
        self,
        chain: LiveChain,
        coach: Coach,
        session: CoachingSession,
        transport: Transport,
        reference: Reference,
        settings: PracticeSettings,
    ) -> None:
        self._chain, self._coach, self._session, self._transport = chain, coach, session, transport
        self._settings = settings
        self._played = False
        """Whether there was music before the pause."""
        starts = [section.start_s for section in reference.sections if section.start_s > transport.start_s]
        if not starts:
            count = int((transport.end_s - transport.start_s) / settings.skip_s)
            starts = [transport.start_s + settings.skip_s * step for step in range(1, count + 1)]
        self._starts_s = [transport.start_s, *(start_s for start_s in starts if start_s < transport.end_s)]

    def __call__(self, command: Command) -> None:
        """Carry out ``command``; what is none of ours is ignored."""
        self._chain.command(lambda: self._obey(command))

    def _obey(self, command: Command) -> None:
        # Nothing begins before the countdown is over.
        now_s, transport = max(self._coach.last_now_s, self._coach.starts_s or 0.0), self._transport
        if command is Command.PAUSE:
            self._coach.paused = not self._coach.paused
            if self._coach.paused:
                self._played = transport.running
                transport.pause(now_s)
            elif self._played:
                transport.play(now_s)
        elif command is Command.RESTART:
            self._session.restart()
            transport.seek(transport.start_s, now_s)
        elif command in (Command.SKIP_BACK, Command.SKIP_FORWARD):
            self._jump(command, now_s)
        elif command in (Command.TEMPO_DOWN, Command.TEMPO_UP):
            step = self._settings.tempo_step_percent * (1 if command is Command.TEMPO_UP else -1)
            low, high = self._settings.min_tempo_percent, self._settings.max_tempo_percent
            transport.set_tempo(min(max(transport.tempo * 100 + step, low), high) / 100, now_s)

    def _jump(self, command: Command, now_s: float) -> None:
        """To the start of this section (or of the one before, when just begun), or to the next."""
        place_s, first_s = self._coach.place_s, self._starts_s[0]
        if command is Command.SKIP_FORWARD:
            target_s = next((start_s for start_s in self._starts_s if start_s > place_s + GRACE_S), None)
        else:
            target_s = next((start_s for start_s in reversed(self._starts_s) if start_s < place_s - GRACE_S), first_s)
        if target_s is not None:
            self._session.seek(target_s)
            self._transport.seek(target_s, now_s)


GRACE_S = 1.0
"""Pressed so shortly after a section began, the key means the one before."""
