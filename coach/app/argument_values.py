"""Values on the command line: read and checked, with a sentence of our own for what cannot be meant."""

from __future__ import annotations

import argparse
import math
import re
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import TypeVar

from coach.app.options import ScreenshotRequest
from coach.app.practising.sections import stretch_s
from coach.errors import SettingsError
from coach.settings.phrasing import PhrasingSettings

STRICTNESS = {"gentle": 1.5, "normal": 1.0, "strict": 0.7}
LONGEST_S = 1e6
LARGEST_WINDOW_PX = 16384

E = TypeVar("E", bound=Enum)


def one_of(kind: type[E]) -> Callable[[str], E]:
    """Reads the name of a member of ``kind``."""

    def parse(text: str) -> E:
        try:
            return kind(text)
        except ValueError:
            raise argparse.ArgumentTypeError(
                f"{text} is none of {', '.join(str(choice.value) for choice in kind)}"
            ) from None

    return parse


def _number(text: str) -> float:
    """nan where ``text`` is no number: no range contains that."""
    try:
        return float(text)
    except ValueError:
        return math.nan


def seconds(text: str) -> float:
    """Reads a length of time above 0."""
    value = _number(text)
    if not 0 < value < LONGEST_S:
        raise argparse.ArgumentTypeError(f"{text} is not a number of seconds above 0")
    return value


def seconds_or_zero(text: str) -> float:
    """Reads a length of time that may be 0."""
    value = _number(text)
    if not 0 <= value < LONGEST_S:
        raise argparse.ArgumentTypeError(f"{text} is not a number of seconds")
    return value


def tempo(text: str) -> float:
    """Reads a speed in percent, with or without the sign."""
    value = _number(text.rstrip("%"))
    if not 50 <= value <= 120:
        raise argparse.ArgumentTypeError(f"{text} is not between 50 and 120 percent")
    return value


def section(text: str) -> str:
    """Reads the name of a section or START-END; only the dance knows its names, and how long it is."""
    stretch = stretch_s(text)
    if stretch is not None and stretch[1] < stretch[0]:
        raise argparse.ArgumentTypeError(f"{text}: the end is before the start")
    return text


def strictness(text: str) -> float:
    """Reads a factor on the tolerances, or a word for one."""
    value = STRICTNESS[text] if text in STRICTNESS else _number(text)
    if not 0.25 <= value <= 4:
        raise argparse.ArgumentTypeError(f"{text} is neither {', '.join(STRICTNESS)} nor a factor between 0.25 and 4")
    return value


def size(text: str) -> tuple[int, int]:
    """Reads the width and height of a window."""
    match = re.fullmatch(r"(\d{3,5})x(\d{3,5})", text)
    size_px = (int(match[1]), int(match[2])) if match is not None else (0, 0)
    if not 100 <= min(size_px) <= max(size_px) <= LARGEST_WINDOW_PX:
        raise argparse.ArgumentTypeError(f"{text} is not a size such as 1280x720 (at most {LARGEST_WINDOW_PX} a side)")
    return size_px


def screenshot(text: str) -> ScreenshotRequest:
    """Reads where to save the screen, and when."""
    path, _, second = text.rpartition("@")
    if not path or not 0 <= _number(second) < LONGEST_S:
        raise argparse.ArgumentTypeError(f"{text} is not of the form FILE.png@SECOND")
    return ScreenshotRequest(Path(path), float(second))


def address(text: str) -> PhrasingSettings:
    """Reads the address of a language model's endpoint."""
    try:
        return PhrasingSettings(text)
    except SettingsError:
        raise argparse.ArgumentTypeError(f"{text} is not an address such as http://127.0.0.1:8080/v1") from None
