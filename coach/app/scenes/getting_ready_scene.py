"""A calm page while something slow gets ready in the background."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future

from coach.app.getting_ready import Tell
from coach.app.studio.scene import Back, FrameHandler, Quit, Replace, Scene, Step
from coach.settings.ui import UiSettings
from coach.ui.commands import Command, KeyContext
from coach.ui.events import InputEvent
from coach.ui.look import Look
from coach.ui.said import said
from coach.ui.splash_screen import SplashScreen
from coach.ui.view import SplashView
from coach.ui.window import Window


class GettingReadyScene:
    """Gives its place to the scene that is made in the background, as soon as that is there.

    Parameters
    ----------
    executor : Executor
        Runs ``make``.
    make : callable
        Makes the scene, telling its steps; what it raises is raised here.
    """

    keys = KeyContext.MENU

    def __init__(self, executor: Executor, make: Callable[[Tell], Scene], settings: UiSettings, look: Look) -> None:
        self.handler: FrameHandler | None = None
        self._executor, self._make = executor, make
        self._screen = SplashScreen(settings, look)
        self._language = look.language
        self._steps = [""]
        self._future: Future[Scene] | None = None

    def enter(self, now_s: float) -> None:
        """Begin, unless it began before."""
        if self._future is None:
            self._future = self._executor.submit(self._make, self._steps.append)

    def leave(self) -> None:
        """What was begun ends by itself; nobody takes it."""
        if self._future is not None:
            self._future.cancel()

    def obey(self, event: InputEvent, now_s: float) -> Step | None:
        """Only to go back."""
        if event is Command.BACK:
            return Back()
        return Quit() if event is Command.QUIT else None

    def update(self, now_s: float) -> Step | None:
        """See whether it is ready."""
        if self._future is None or not self._future.done():
            return None
        return Replace(self._future.result())

    def draw(self, window: Window, now_s: float) -> None:
        """The product's name and what is being done."""
        self._screen.draw(window.surface, SplashView(said(self._steps[-1], self._language)), now_s)
