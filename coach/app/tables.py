"""Tables and sizes as plain text for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from coach.settings.storage import MIB


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines with the cells of all rows under one another; every row has the same number of cells."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def size_words(byte_count: int) -> str:
    """A number of bytes for people."""
    if byte_count >= 1024 * MIB:
        return f"{byte_count / (1024 * MIB):.1f} GB"
    return f"{byte_count / MIB:.1f} MB" if byte_count >= MIB / 10 else f"{max(1, byte_count // 1024)} kB"
