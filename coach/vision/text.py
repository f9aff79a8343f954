"""Words as pictures, in the fonts that come inside OpenCV: a variable sans serif that falls back to all scripts."""

from __future__ import annotations

import threading
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from coach.vision.right_to_left import visual_order

CAP_HEIGHT: Final = 0.75
"""Height of a capital letter in font sizes, measured; text is centred on it, as the eye does."""
_ASCENT: Final = 1.05
_DESCENT: Final = 0.32
_PADDING_PX: Final = 2
_CACHED_MEASURES: Final = 2048
_FIRST_PICTURE: Final = 0x1F000
_PICTURE_SELECTORS: Final = "\ufe0e\ufe0f"
ELLIPSIS: Final = "…"


class TextStyle(NamedTuple):
    """Size in pixels, weight (100 thin .. 400 regular .. 900 black), slant."""

    size_px: int
    weight: int = 400
    italic: bool = False


_own = threading.local()
"""Each thread's faces: drawing with one changes it, and OpenCV lets other threads run meanwhile."""


def _face(italic: bool) -> cv2.FontFace:
    name = "italic" if italic else "sans"
    face: cv2.FontFace | None = getattr(_own, name, None)
    if face is None:
        face = cv2.FontFace(name)
        setattr(_own, name, face)
    return face


@lru_cache(maxsize=_CACHED_MEASURES)
def clean(text: str) -> str:
    """``text`` on one line in composed form, without what no font can draw (control characters, lone surrogates,
    emoji)."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(" " if char.isspace() else char for char in composed if char.isspace() or _drawable(char))


def _drawable(char: str) -> bool:
    pictures = ord(char) >= _FIRST_PICTURE or char in _PICTURE_SELECTORS
    return not pictures and unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")


@lru_cache(maxsize=_CACHED_MEASURES)
def width_px(text: str, style: TextStyle) -> int:
    """Width of one line."""
    if not text:
        return 0
    box = cv2.getTextSize((0, 0), text, (0, 0), _face(style.italic), style.size_px, style.weight)
    return int(box[2])


def line_height_px(style: TextStyle) -> int:
    """Distance between the baselines of a paragraph."""
    return round(style.size_px * 1.3)


def render(text: str, style: TextStyle, rgb: tuple[int, int, int]) -> NDArray[np.uint8]:
    """One line as an RGBA picture, straight (not premultiplied) colour; its baseline starts at ``origin_px``."""
    pad_px, baseline_px = origin_px(style)
    height_px = baseline_px + round(style.size_px * _DESCENT) + _PADDING_PX
    coverage = np.zeros((height_px, width_px(text, style) + 2 * pad_px), np.uint8)
    if text:
        seen, face = visual_order(text), _face(style.italic)
        cv2.putText(coverage, seen, (pad_px, baseline_px), 255, face, style.size_px, style.weight)
    rgba = np.empty((*coverage.shape, 4), np.uint8)
    rgba[..., :3] = rgb
    rgba[..., 3] = coverage
    return rgba


def origin_px(style: TextStyle) -> tuple[int, int]:
    """Where the baseline begins inside a rendered line; glyphs may lean out of their own width."""
    return _PADDING_PX + style.size_px // 8, round(style.size_px * _ASCENT) + _PADDING_PX


@lru_cache(maxsize=_CACHED_MEASURES)
def elide(text: str, style: TextStyle, max_width_px: int) -> str:
    """``text``, shortened with an ellipsis until it fits; empty where not even that fits."""
    if width_px(text, style) <= max_width_px:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width_px(text[:middle].rstrip() + ELLIPSIS, style) <= max_width_px:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS if low else ""


@lru_cache(maxsize=_CACHED_MEASURES)
def wrap(text: str, style: TextStyle, max_width_px: int, max_lines_count: int) -> tuple[str, ...]:
    """``text`` in at most ``max_lines_count`` lines; the last one is elided, a word too long is elided too."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width_px(joined, style) <= max_width_px:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) > max_lines_count:
        lines[max_lines_count - 1 :] = [" ".join(lines[max_lines_count - 1 :])]
    return tuple(elide(line, style, max_width_px) for line in lines)
