"""A result that is shown only until the pictures of it that were asked for are taken."""

from __future__ import annotations

import math

from coach.app.scenes.result_scene import ResultScene
from coach.app.studio.scene import FrameHandler, Quit, Step
from coach.ui.commands import KeyContext
from coach.ui.events import InputEvent
from coach.ui.window import Window


class LastPicture:
    """The result of a practice without a window, or with a fixed duration."""

    keys = KeyContext.MENU

    def __init__(self, scene: ResultScene) -> None:
        self.handler: FrameHandler | None = None
        self._scene = scene
        self._drawn = False

    @property
    def shown_s(self) -> float | None:
        """After everything, as soon as it is complete."""
        return math.inf if self._scene.ready else None

    def enter(self, now_s: float) -> None:
        """Let it get ready."""
        self._scene.enter(now_s)

    def leave(self) -> None:
        """It is over."""
        self._scene.leave()

    def obey(self, event: InputEvent, now_s: float) -> Step | None:
        """Nobody asks for anything."""
        return None

    def update(self, now_s: float) -> Step | None:
        """Go on until it was drawn."""
        return Quit() if self._drawn else self._scene.update(now_s)

    def draw(self, window: Window, now_s: float) -> None:
        """Draw it; once it is complete, that is enough."""
        complete = self._scene.ready
        self._scene.draw(window, now_s, at_once=True)
        self._drawn = complete
