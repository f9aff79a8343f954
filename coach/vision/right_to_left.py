"""Hebrew and Arabic in the order in which they are seen: OpenCV draws letters strictly from left to right."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import groupby

_CACHED_LINES = 1024
_BRACKETS = str.maketrans("()[]{}<>«»", ")(][}{><»«")


@lru_cache(maxsize=_CACHED_LINES)
def visual_order(text: str) -> str:
    """``text`` (one line) reordered for drawing; text without right-to-left letters stays as it is.

    A short form of the Unicode bidirectional algorithm (UAX 9): no explicit embeddings, which `text.clean` removes
    anyway. The first letter gives the direction of the line; spaces and signs go with what stands on both sides of
    them, otherwise with the line; numbers keep their own order.
    """
    kinds = [_kind(char) for char in text]
    if "R" not in kinds:
        return text
    base = next(kind for kind in kinds if kind in ("L", "R"))
    resolved = _resolve(kinds, base)
    runs = [(kind, "".join(char for char, _ in run)) for kind, run in _runs(text, resolved)]
    if base == "R":
        runs.reverse()
        return "".join(_reversed(part) if kind == "R" else part for kind, part in runs)
    return "".join(part if kind == "L" else _reversed_with_numbers(part) for kind, part in runs)


def _kind(char: str) -> str:
    """L, R, N (number) or empty for what has no direction of its own."""
    direction = unicodedata.bidirectional(char)
    if direction in ("R", "AL"):
        return "R"
    if direction in ("EN", "AN"):
        return "N"
    return "L" if direction == "L" else ""


def _resolve(kinds: list[str], base: str) -> list[str]:
    """Every character gets L or R; numbers run apart in a right-to-left line, else go with the last word."""
    strong = []
    last = base
    for kind in kinds:
        last = kind if kind in ("L", "R") else last
        strong.append(("L" if base == "R" else last) if kind == "N" else kind)
    resolved = list(strong)
    index = 0
    while index < len(strong):
        if strong[index]:
            index += 1
            continue
        end = index
        while end < len(strong) and not strong[end]:
            end += 1
        before = resolved[index - 1] if index else base
        after = strong[end] if end < len(strong) else base
        resolved[index:end] = [before if before == after else base] * (end - index)
        index = end
    return resolved


def _runs(text: str, kinds: list[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(kind, list(run)) for kind, run in groupby(zip(text, kinds, strict=True), key=lambda pair: pair[1])]


def _reversed(part: str) -> str:
    """Letters turned round, each with the marks that stand on it; brackets turn too."""
    clusters: list[str] = []
    for char in part:
        if unicodedata.combining(char) and clusters:
            clusters[-1] += char
        else:
            clusters.append(char)
    return "".join(reversed(clusters)).translate(_BRACKETS)


def _reversed_with_numbers(part: str) -> str:
    """As `_reversed`, but digits inside keep their order."""
    pieces = ["".join(run) for _, run in groupby(part, key=lambda char: _kind(char) == "N")]
    return "".join(piece if _kind(piece[0]) == "N" else _reversed(piece) for piece in reversed(pieces))
