"""The screens of the studio as scenes: one is shown at a time, over one camera that never stops."""

from __future__ import annotations

from dataclasses import dataclass
from queue import SimpleQueue
from typing import Protocol

from coach.app.live import SensedFrame
from coach.gestures.gesture import GestureAction
from coach.ui.commands import KeyContext
from coach.ui.events import InputEvent
from coach.ui.window import Window


class FrameHandler(Protocol):
    """What looks at the camera's pictures while a scene is shown.

    `handle` runs in the thread of the sensor and hands on what the scene draws through a newest-only slot of its
    own; `actions` carries the gestures that fired.
    """

    actions: SimpleQueue[GestureAction]

    def handle(self, sensed: SensedFrame) -> None:
        """Take in one frame."""


@dataclass(frozen=True)
class Open:
    """Show ``scene`` on top of this one."""

    scene: Scene


@dataclass(frozen=True)
class Replace:
    """Show ``scene`` in place of this one."""

    scene: Scene


@dataclass(frozen=True)
class Back:
    """Go back to the scene below; from the last one that means to quit."""


@dataclass(frozen=True)
class Home:
    """Go back to the lowest scene."""


@dataclass(frozen=True)
class Quit:
    """Close the program."""


Step = Open | Replace | Back | Home | Quit


class Scene(Protocol):
    """One screen and what it does, all in the main thread but for its handler.

    The studio calls, for every picture of the window: `obey` for each key, click and gesture that came, `update`,
    and `draw`. None of them may take longer than a few milliseconds: what is slow is prepared in the background.

    Attributes
    ----------
    keys : KeyContext
        What keys mean here. A gesture arrives as the command that ``coach.app.studio.studio`` translates it to for this
        context.
    handler : FrameHandler or None
        None: nothing looks at the pictures.
    shown_s : float or None, optional
        Time of what is shown, for pictures that were asked for by time; without it, and in the studio, that of the
        program counts.
    """

    @property
    def keys(self) -> KeyContext:
        """What keys mean."""

    @property
    def handler(self) -> FrameHandler | None:
        """Who looks at the pictures."""

    def enter(self, now_s: float) -> None:
        """It is shown from now on, for the first time or again."""

    def leave(self) -> None:
        """It is not shown any more; it may be entered again."""

    def obey(self, event: InputEvent, now_s: float) -> Step | None:
        """Carry out what the user asked for."""

    def update(self, now_s: float) -> Step | None:
        """Let time pass: take what the handler found, and go on by itself where that is due."""

    def draw(self, window: Window, now_s: float) -> None:
        """Draw one picture on the window's surface; the studio presents it."""
