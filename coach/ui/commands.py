"""What keys do: one table for the window, the help and the tests."""

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
    DEMO = "demo"
    CONFIRM = "confirm"
    QUIT = "quit"


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
    KeyBinding(Command.DEMO, (pygame.K_d,), "D"),
    KeyBinding(Command.CONFIRM, (pygame.K_RETURN, pygame.K_KP_ENTER), "Enter"),
    KeyBinding(Command.QUIT, (pygame.K_ESCAPE, pygame.K_q), "Esc"),
)

_BY_KEY: Final[dict[int, Command]] = {key: binding.command for binding in KEY_BINDINGS for key in binding.keys}
_BY_CHARACTER: Final[dict[str, Command]] = {"+": Command.TEMPO_UP, "-": Command.TEMPO_DOWN}


def command_for(key: int, character: str = "") -> Command | None:
    """The command of a key press; what is printed on the key wins (``+`` sits elsewhere on each keyboard)."""
    return _BY_CHARACTER.get(character) or _BY_KEY.get(key)


def label_of(command: Command) -> str:
    """The key of a command, as printed on it."""
    return next(binding.label for binding in KEY_BINDINGS if binding.command is command)
