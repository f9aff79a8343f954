"""What keys do: one table for each kind of screen, for the window, the help and the tests."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

import pygame


class Command(Enum):
    """What the dancer asks for."""

    PAUSE = "pause"
    RESTART = "restart"
    SKIP_BACK = "skip back"
    SKIP_FORWARD = "skip forward"
    TEMPO_DOWN = "tempo down"
    TEMPO_UP = "tempo up"
    TEACHER_VIEW = "teacher view"
    MIRROR = "mirror"
    VOICE = "voice"
    FULLSCREEN = "fullscreen"
    HELP = "help"
    CONFIRM = "confirm"
    QUIT = "quit"
    LOOP_START = "loop start"
    LOOP_END = "loop end"
    LOOP = "loop"
    METRONOME = "metronome"
    TEACHER_SIDE = "teacher side"
    DELAYED_MIRROR = "delayed mirror"
    NEXT_POSE = "next pose"
    STAGE = "stage"
    PLAN = "plan"
    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"
    BACK = "back"
    CLOSE = "close"
    """The window's own button, whatever the screen."""


class KeyContext(Enum):
    """What kind of screen the keys are pressed on."""

    PRACTICE = "practice"
    MENU = "menu"


@dataclass(frozen=True)
class KeyBinding:
    """The keys of one command.

    Attributes
    ----------
    keys : tuple of int
        pygame key codes.
    label : str
        The key as printed on it.
    """

    command: Command
    keys: tuple[int, ...]
    label: str


KEY_BINDINGS: Final[tuple[KeyBinding, ...]] = (
    KeyBinding(Command.PAUSE, (pygame.K_SPACE,), "Space"),
    KeyBinding(Command.RESTART, (pygame.K_r,), "R"),
    KeyBinding(Command.SKIP_BACK, (pygame.K_LEFT,), "←"),
    KeyBinding(Command.SKIP_FORWARD, (pygame.K_RIGHT,), "→"),
    KeyBinding(Command.TEMPO_DOWN, (pygame.K_MINUS, pygame.K_KP_MINUS), "−"),
    KeyBinding(Command.TEMPO_UP, (pygame.K_PLUS, pygame.K_EQUALS, pygame.K_KP_PLUS), "+"),
    KeyBinding(Command.TEACHER_VIEW, (pygame.K_g,), "G"),
    KeyBinding(Command.MIRROR, (pygame.K_m,), "M"),
    KeyBinding(Command.VOICE, (pygame.K_v,), "V"),
    KeyBinding(Command.FULLSCREEN, (pygame.K_f, pygame.K_F11), "F"),
    KeyBinding(Command.HELP, (pygame.K_h, pygame.K_F1), "H"),
    KeyBinding(Command.LOOP_START, (pygame.K_a,), "A"),
    KeyBinding(Command.LOOP_END, (pygame.K_b,), "B"),
    KeyBinding(Command.LOOP, (pygame.K_l,), "L"),
    KeyBinding(Command.METRONOME, (pygame.K_k,), "K"),
    KeyBinding(Command.TEACHER_SIDE, (pygame.K_t,), "T"),
    KeyBinding(Command.DELAYED_MIRROR, (pygame.K_y,), "Y"),
    KeyBinding(Command.NEXT_POSE, (pygame.K_n,), "N"),
    KeyBinding(Command.STAGE, (pygame.K_s,), "S"),
    KeyBinding(Command.PLAN, (pygame.K_p,), "P"),
    KeyBinding(Command.CONFIRM, (pygame.K_RETURN, pygame.K_KP_ENTER), "Enter"),
    KeyBinding(Command.QUIT, (pygame.K_ESCAPE, pygame.K_q), "Esc"),
)

MENU_BINDINGS: Final[tuple[KeyBinding, ...]] = (
    KeyBinding(Command.UP, (pygame.K_UP,), "↑"),
    KeyBinding(Command.DOWN, (pygame.K_DOWN,), "↓"),
    KeyBinding(Command.LEFT, (pygame.K_LEFT,), "←"),
    KeyBinding(Command.RIGHT, (pygame.K_RIGHT,), "→"),
    KeyBinding(Command.CONFIRM, (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE), "Enter"),
    KeyBinding(Command.BACK, (pygame.K_ESCAPE, pygame.K_BACKSPACE), "Esc"),
    KeyBinding(Command.PLAN, (pygame.K_p,), "P"),
    KeyBinding(Command.RESTART, (pygame.K_r,), "R"),
    KeyBinding(Command.FULLSCREEN, (pygame.K_f, pygame.K_F11), "F"),
    KeyBinding(Command.HELP, (pygame.K_h, pygame.K_F1), "H"),
    KeyBinding(Command.QUIT, (pygame.K_q,), "Q"),
)

BINDINGS: Final = {KeyContext.PRACTICE: KEY_BINDINGS, KeyContext.MENU: MENU_BINDINGS}

_BY_KEY: Final[dict[KeyContext, dict[int, Command]]] = {
    context: {key: binding.command for binding in bindings for key in binding.keys}
    for context, bindings in BINDINGS.items()
}
_BY_CHARACTER: Final[dict[str, Command]] = {"+": Command.TEMPO_UP, "-": Command.TEMPO_DOWN}


def command_for(key: int, character: str = "", context: KeyContext = KeyContext.PRACTICE) -> Command | None:
    """The command of a key press; what is printed on the key wins (``+`` sits elsewhere on each keyboard)."""
    return _BY_CHARACTER.get(character) or _BY_KEY[context].get(key)


def label_of(command: Command) -> str:
    """The key of a command, as printed on it."""
    return next(binding.label for bindings in BINDINGS.values() for binding in bindings if binding.command is command)
