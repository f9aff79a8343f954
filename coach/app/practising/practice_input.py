"""Keys, gestures and the mouse while practising, and the menu of a pause."""

from __future__ import annotations

from collections.abc import Callable

from coach.app.practising.practice_parts import Practice
from coach.app.studio.choices import next_choice
from coach.session.motion import Span
from coach.ui.commands import Command, KeyContext
from coach.ui.events import InputEvent, Pointer
from coach.ui.practice_screen import PracticeScreen
from coach.ui.practice_tools import PauseChoice

_PAUSED_COMMANDS = {
    PauseChoice.GO_ON: Command.PAUSE,
    PauseChoice.LOOP: Command.LOOP,
    PauseChoice.SLOWER: Command.TEMPO_DOWN,
    PauseChoice.FASTER: Command.TEMPO_UP,
    PauseChoice.START_AGAIN: Command.RESTART,
}
_STAYING = (PauseChoice.SLOWER, PauseChoice.FASTER)


class PracticeInput:
    """What the user asks of one practice, in the main thread.

    Parameters
    ----------
    practice : Practice
    screen : PracticeScreen
        Knows what lies where.
    finish : callable
        Ends the practice; told whether the dancer wants to see the result.
    """

    def __init__(self, practice: Practice, screen: PracticeScreen, finish: Callable[[bool], object]) -> None:
        self._practice, self._screen, self._finish = practice, screen, finish
        self._choice = PauseChoice.GO_ON
        self._drag_from_s: float | None = None
        self.drag_s: Span | None = None
        """What the mouse is marking at this moment."""

    @property
    def keys(self) -> KeyContext:
        """A pause has a menu."""
        return KeyContext.MENU if self._practice.coach.paused else KeyContext.PRACTICE

    @property
    def chosen(self) -> PauseChoice | None:
        """What is chosen in the pause; None while there is none."""
        return self._choice if self._practice.coach.paused else None

    def obey(self, event: InputEvent) -> None:
        """Carry out what was asked for."""
        if isinstance(event, Pointer):
            self._point(event)
        elif event is Command.BACK and self._practice.coach.paused:
            self._choose(PauseChoice.GO_ON)  # back from the menu is back to the dance
        elif event in (Command.QUIT, Command.BACK):
            self._finish(False)
        elif self._practice.coach.paused and event in (Command.UP, Command.DOWN, Command.CONFIRM):
            self._menu(event)
        else:
            self._carry_out(event)

    def _carry_out(self, command: Command) -> None:
        practice = self._practice
        speaker = practice.world.speaker
        if command is Command.VOICE:
            if speaker is not None:
                speaker.switch()
        elif command is Command.CONFIRM:
            practice.skip_guide()
        elif command is Command.PLAN:
            practice.world.line.questions.command(practice.plan.skip)
        elif not practice.viewer.switches.obey(command):
            self._choice = PauseChoice.GO_ON
            practice.controls(command)

    def _menu(self, command: Command) -> None:
        if command is Command.CONFIRM:
            self._choose(self._choice)
        else:
            self._choice = next_choice(tuple(PauseChoice), self._choice, command)

    def _choose(self, choice: PauseChoice) -> None:
        if choice is PauseChoice.FINISH:
            self._finish(True)
            return
        practice = self._practice
        practice.controls(_PAUSED_COMMANDS[choice])
        if choice is PauseChoice.LOOP:
            practice.controls(Command.PAUSE)
        self._choice = choice if choice in _STAYING else PauseChoice.GO_ON

    def _point(self, event: Pointer) -> None:
        choice = self._screen.choice_at(event.at)
        if self._practice.coach.paused and choice is not None:
            self._choice = choice
            if event.pressed:
                self._choose(choice)
            return
        duration_s = self._practice.choreography.reference.duration_s
        if event.pressed and self._screen.on_progress(event.at):
            self._drag_from_s = self._screen.seconds_at(event.at[0], duration_s)
        if self._drag_from_s is None:
            return
        to_s = self._screen.seconds_at(event.at[0], duration_s)
        low_s, high_s = min(self._drag_from_s, to_s), max(self._drag_from_s, to_s)
        marked = high_s - low_s >= self._practice.settings.practice.drag_s
        self.drag_s = (low_s, high_s) if marked else None
        if event.released:
            if marked:
                self._practice.controls.loop((low_s, high_s))
            else:
                self._practice.controls.seek(to_s)
            self._drag_from_s = self.drag_s = None
