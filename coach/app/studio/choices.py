"""Choices in a row, gone through by two keys or two gestures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from coach.ui.commands import Command

T = TypeVar("T")


def next_choice(choices: Sequence[T], chosen: T | None, command: Command) -> T:
    """Where a key leads from ``chosen``, around the ends: back for up and left, on for all others.

    From something that is not, or no longer, among ``choices`` it leads to the first one.
    """
    if chosen not in choices:
        return choices[0]
    by = -1 if command in (Command.UP, Command.LEFT) else 1
    return choices[(choices.index(chosen) + by) % len(choices)]
