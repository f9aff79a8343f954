"""What comes from the user at a window: commands of keys and gestures, and the mouse."""

from __future__ import annotations

from dataclasses import dataclass

from coach.ui.commands import Command


@dataclass(frozen=True)
class Pointer:
    """The mouse, in pixels of the window's surface.

    Attributes
    ----------
    pressed : bool
        The left button went down at this event.
    released : bool
        It went up.
    held : bool
        It is down (for dragging).
    """

    at: tuple[int, int]
    pressed: bool = False
    released: bool = False
    held: bool = False


InputEvent = Command | Pointer
