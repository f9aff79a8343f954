"""The studio's shell: one window, one camera line, and a stack of scenes, of which the topmost is shown."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty

from coach.app.studio.camera_line import CameraLine
from coach.app.studio.scene import Back, Home, Open, Quit, Replace, Scene, Step
from coach.app.studio.show import Show
from coach.clock import Clock
from coach.errors import CoachError, Sentence
from coach.gestures.gesture import GestureAction
from coach.ui.commands import Command, KeyContext
from coach.ui.events import InputEvent
from coach.ui.screenshot import save_screenshot

FAILURE_SHOWN_S = 15.0
"""How long a failure that the studio survived stays among the notices."""

LEFT_OVER_S = 0.5
"""A sleep is never longer: a window has to answer."""


@dataclass(frozen=True)
class ShellHooks:
    """What the shell asks of those around it.

    Attributes
    ----------
    hear : callable
        Lets voice and sound go on, once for every picture.
    problems : callable
        All that does not work at this moment, in sentences.
    notices : list of str
        The same for the scenes, kept up to date.
    tell : callable
        Told of each problem once, in English.
    say : callable
        A problem in the language of the screen.
    translate : callable
        What a gesture commands where keys mean this.
    fired : callable
        Told that a gesture worked, to be heard from afar.
    """

    hear: Callable[[], None]
    problems: Callable[[], Sequence[str]]
    notices: list[str]
    tell: Callable[[str], None]
    say: Callable[[str], str]
    translate: Callable[[GestureAction, KeyContext], Command | None]
    fired: Callable[[], None]


class Studio:
    """Runs scenes until the last one is left.

    Parameters
    ----------
    root : Scene
        The lowest scene.
    line : CameraLine
        Its handler is that of the scene that is shown.
    survives : bool
        Whether ``root`` is a home to go back to: then a failure in a scene or a thread is told there, and the camera
        is opened again. Otherwise a failure ends the program. What happens at a time of the studio, pictures that were
        asked for and its end, goes by the one clock that all its scenes share.
    duration_s : float, optional
        The program ends after so long.
    """

    def __init__(
        self,
        root: Scene,
        line: CameraLine,
        show: Show,
        hooks: ShellHooks,
        clock: Clock,
        *,
        survives: bool = False,
        duration_s: float = math.inf,
    ) -> None:
        self._line, self._show, self._hooks, self._clock = line, show, hooks, clock
        self._survives, self._duration_s = survives, duration_s
        self._started_s = clock.now_s()
        self._scenes: list[Scene] = []
        self._told: set[str] = set()
        self._failure: tuple[str, float] | None = None
        self._take(Open(root), clock.now_s())

    @property
    def scene(self) -> Scene | None:
        """The scene that is shown; None once the program is over."""
        return self._scenes[-1] if self._scenes else None

    def open(self, scene: Scene) -> None:
        """Show ``scene`` on top of what is shown."""
        self._take(Open(scene), self._clock.now_s())

    def run(self) -> None:
        """Run until the last scene is left."""
        try:
            while self._scenes:
                started_s = self._clock.now_s()
                self.tick()
                if self._show.draw_fps is not None:
                    left_s = 1.0 / self._show.draw_fps - (self._clock.now_s() - started_s)
                    self._clock.sleep_s(min(left_s, LEFT_OVER_S))
        finally:
            self._leave_all()

    def tick(self) -> None:
        """One picture: what came is obeyed, time passes, the scene is drawn."""
        try:
            self._line.update()
            self._hooks.hear()
            self._complain()
            step = self._obey() or self._topmost.update(self._clock.now_s())
            if step is not None:
                self._line.update()  # a scene may want to go because a thread failed just now: that is the reason then
            self._take(step, self._clock.now_s())
            if self._scenes:
                self._draw()
            if self._scenes and self._running_s >= self._duration_s:
                self._take(Quit(), self._clock.now_s())
        except Exception as error:
            if not self._survives:
                raise
            self._survive(error)

    @property
    def _running_s(self) -> float:
        return self._clock.now_s() - self._started_s

    @property
    def _topmost(self) -> Scene:
        return self._scenes[-1]

    # -- scenes ----------------------------------------------------------------------------------------------------
    def _take(self, step: Step | None, now_s: float) -> None:
        if step is None:
            return
        if isinstance(step, Home) and not self._survives:
            step = Quit()  # there is no home to go to
        if self._scenes:
            self._topmost.leave()
        if isinstance(step, (Back, Replace)):
            self._scenes.pop()
        elif isinstance(step, Home):
            del self._scenes[1:]
        elif isinstance(step, Quit):
            self._scenes.clear()
        if isinstance(step, (Open, Replace)):
            self._scenes.append(step.scene)
        if self._scenes:
            self._topmost.enter(now_s)
            _forget_gestures(self._topmost)
        self._line.handler = self._topmost.handler if self._scenes else None

    def _leave_all(self) -> None:
        """Whatever happened: the scene that was shown may keep what it has."""
        if self._scenes:
            self._topmost.leave()
            self._scenes.clear()
        self._line.handler = None

    def _survive(self, error: Exception) -> None:
        """Go home and say what happened; where home itself fails, there is nothing to go on with."""
        if not self._scenes or (len(self._scenes) == 1 and not isinstance(error, CoachError)):
            raise error
        words = (
            error.sentence
            if isinstance(error, CoachError)
            else Sentence("Something went wrong ({name}: {error})", name=type(error).__name__, error=str(error))
        )
        self._failure = (words, self._clock.now_s())
        if len(self._scenes) > 1:
            with suppress(CoachError):
                self._topmost.leave()
            del self._scenes[1:]
            self._topmost.enter(self._clock.now_s())
            self._line.handler = self._topmost.handler
        if not self._line.running:
            self._line.start_soon()

    # -- what comes and goes ---------------------------------------------------------------------------------------
    def _obey(self) -> Step | None:
        for event in self._events():
            if event is Command.FULLSCREEN and self._show.window is not None:
                self._show.window.toggle_fullscreen()
                continue
            if event is Command.CLOSE:
                return Quit()
            step = self._topmost.obey(event, self._clock.now_s())
            if step is not None:
                return step  # what else came was meant for the scene that is left
        return None

    def _events(self) -> list[InputEvent]:
        """Keys and mouse, then gestures."""
        scene, window = self._topmost, self._show.window
        events = window.events(scene.keys) if window is not None else []
        while scene.handler is not None:
            try:
                action = scene.handler.actions.get_nowait()
            except Empty:
                break
            command = self._hooks.translate(action, scene.keys)
            if command is not None:
                self._hooks.fired()
                events.append(command)
        return events

    def _complain(self) -> None:
        """Keep the notices up to date, and tell each once."""
        problems = list(self._hooks.problems())
        if self._failure is not None and self._clock.now_s() - self._failure[1] < FAILURE_SHOWN_S:
            problems.insert(0, self._failure[0])
        self._hooks.notices[:] = dict.fromkeys(map(self._hooks.say, problems))
        for problem in problems:
            if problem not in self._told:
                self._told.add(problem)
                self._hooks.tell(problem)

    def _draw(self) -> None:
        show, scene = self._show, self._topmost
        running_s = self._running_s
        due = show.due(running_s if self._survives else getattr(scene, "shown_s", running_s))
        if show.window is None or not (show.visible or due):
            return
        scene.draw(show.window, self._clock.now_s())
        show.window.present()
        for request in due:
            save_screenshot(show.window.surface, request.path)


def _forget_gestures(scene: Scene) -> None:
    """A gesture of long ago was meant for what was shown then."""
    while scene.handler is not None and not scene.handler.actions.empty():
        scene.handler.actions.get_nowait()
