"""Scripted scenes, a line without camera and a window in memory, for tests of the studio's shell."""

from __future__ import annotations

import math
from collections.abc import Callable
from queue import SimpleQueue

from coach.app.live import SensedFrame
from coach.app.options import ScreenshotRequest
from coach.app.studio.gesture_actions import command_of
from coach.app.studio.scene import FrameHandler, Scene, Step
from coach.app.studio.show import Show
from coach.app.studio.studio import ShellHooks, Studio
from coach.clock import ManualClock
from coach.gestures.gesture import GestureAction
from coach.settings.ui import WindowSettings
from coach.ui.commands import Command, KeyContext
from coach.ui.events import InputEvent
from coach.ui.said import said
from coach.ui.window import Window

DRAW_FPS = 60.0


class Watcher:
    """A handler that remembers which pictures it was given."""

    def __init__(self) -> None:
        self.actions: SimpleQueue[GestureAction] = SimpleQueue()
        self.seen: list[int] = []

    def handle(self, sensed: SensedFrame) -> None:
        self.seen.append(sensed.frame.index)


class ScriptedScene:
    """Remembers what happens to it, and answers commands and time as the test says."""

    def __init__(
        self,
        name: str,
        answers: dict[Command, Step] | None = None,
        *,
        keys: KeyContext = KeyContext.MENU,
        update: Callable[[float], Step | None] = lambda _now_s: None,
    ) -> None:
        self.name, self.answers, self.keys = name, answers or {}, keys
        self._update = update
        self.handler: FrameHandler | None = Watcher()
        self.calls: list[str] = []
        self.obeyed: list[InputEvent] = []
        self.draws = 0

    def enter(self, now_s: float) -> None:
        self.calls.append("enter")

    def leave(self) -> None:
        self.calls.append("leave")

    def obey(self, event: InputEvent, now_s: float) -> Step | None:
        self.obeyed.append(event)
        return self.answers.get(event) if isinstance(event, Command) else None

    def update(self, now_s: float) -> Step | None:
        return self._update(now_s)

    def draw(self, window: Window, now_s: float) -> None:
        self.draws += 1


class FakeLine:
    """A camera line whose troubles the test makes."""

    def __init__(self) -> None:
        self.handler: FrameHandler | None = None
        self.running = True
        self.trouble: str | None = None
        self.error: Exception | None = None
        self.starts = 0

    def update(self) -> None:
        error, self.error = self.error, None
        if error is not None:
            self.running = False
            raise error

    def start_soon(self) -> None:
        self.starts += 1
        self.running = True


class Shell:
    """A studio with everything around it."""

    def __init__(
        self,
        root: Scene,
        *,
        survives: bool = True,
        visible: bool = True,
        screenshots: tuple[ScreenshotRequest, ...] = (),
        duration_s: float = math.inf,
    ) -> None:
        self.clock = ManualClock(100.0)
        self.line = FakeLine()
        self.window = Window(WindowSettings(), (640, 480), headless=True)
        self.keys: list[InputEvent] = []
        self.window.events = self._events  # type: ignore[method-assign]
        self.contexts: list[KeyContext] = []
        self.notices: list[str] = []
        self.told: list[str] = []
        self.fired: list[bool] = []
        self.language = "en"
        show = Show(self.window, visible, DRAW_FPS if visible else None, screenshots)
        around = ShellHooks(
            lambda: None,
            self._problems,
            self.notices,
            self.told.append,
            lambda problem: said(problem, self.language),
            command_of,
            lambda: self.fired.append(True),
        )
        self.studio = Studio(
            root,
            self.line,  # type: ignore[arg-type]
            show,
            around,
            self.clock,
            survives=survives,
            duration_s=duration_s,
        )

    def _events(self, context: KeyContext) -> list[InputEvent]:
        self.contexts.append(context)
        pressed, self.keys = self.keys, []
        return pressed

    def _problems(self) -> list[str]:
        return [self.line.trouble] if self.line.trouble else []

    def press(self, *events: InputEvent) -> Scene | None:
        """Press, let one picture pass, and give the scene that is shown then."""
        self.keys += events
        return self.tick()

    def tick(self, duration_s: float = 1 / DRAW_FPS) -> Scene | None:
        self.studio.tick()
        self.clock.advance(duration_s)
        return self.studio.scene
