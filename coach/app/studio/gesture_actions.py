"""What a gesture asks for as the command of the screen that is shown."""

from __future__ import annotations

from typing import Final

from coach.gestures.gesture import GestureAction
from coach.ui.commands import Command, KeyContext

_COMMANDS: Final[dict[KeyContext, dict[GestureAction, Command]]] = {
    KeyContext.PRACTICE: {
        GestureAction.PAUSE: Command.PAUSE,
        GestureAction.RESTART: Command.RESTART,
        GestureAction.BACK: Command.SKIP_BACK,
        GestureAction.NEXT: Command.SKIP_FORWARD,
    },
    KeyContext.MENU: {
        GestureAction.UP: Command.UP,
        GestureAction.DOWN: Command.DOWN,
        GestureAction.SELECT: Command.CONFIRM,
        GestureAction.BACK: Command.BACK,
        GestureAction.RESTART: Command.RESTART,
        GestureAction.NEXT: Command.RIGHT,
    },
}


def command_of(action: GestureAction, context: KeyContext) -> Command | None:
    """The command for ``action`` on a screen of this kind; None where it means nothing there."""
    return _COMMANDS[context].get(action)
