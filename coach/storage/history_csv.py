"""The history as tables for a spreadsheet: a row for each run, and in a second file a row for each phrase of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from coach.errors import CoachError
from coach.practice.run_record import RunRecord
from coach.storage.atomic_file import check_place, write_atomically
from coach.storage.folders import os_reason
from coach.storage.history_rows import PHRASE_COLUMNS, RUN_COLUMNS

RUN_HEADINGS: Final = ("run", *RUN_COLUMNS, "span_start_s", "span_end_s", "worst", "unseen", "timing_histogram")
PHRASE_HEADINGS: Final = ("run", "reference", "started_utc", *PHRASE_COLUMNS)
FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet would take a text that begins like this for a formula and carry it out."""


def phrases_path(path: Path) -> Path:
    """Name of the second file: ``practice.csv`` gets ``practice-phrases.csv`` beside it."""
    return path.with_name(f"{path.stem}-phrases{path.suffix or '.csv'}")


def write_csv(path: Path, runs: Sequence[RunRecord]) -> None:
    """Write both tables, numbering the runs from 1; older files of these names are replaced.

    Raises
    ------
    CoachError
        If a file cannot be written.
    """
    numbered = list(enumerate(runs, start=1))
    for place in (path, phrases_path(path)):  # both, before one of them is replaced
        with _told(place):
            check_place(place)
    _write(path, RUN_HEADINGS, (_run_cells(number, run) for number, run in numbered))
    phrases = (
        [number, run.reference, run.started_utc, *(getattr(phrase, name) for name in PHRASE_COLUMNS)]
        for number, run in numbered
        for phrase in run.phrases
    )
    _write(phrases_path(path), PHRASE_HEADINGS, phrases)


def _run_cells(number: int, run: RunRecord) -> list[Any]:
    return [
        number,
        *(getattr(run, name) for name in RUN_COLUMNS),
        *(run.span_s or (None, None)),
        " | ".join(moment.text for moment in run.worst),
        " | ".join(f"{joint} {share:.0%}" for joint, share in run.unseen),
        " ".join(str(count) for count in run.timing_histogram),
    ]


def _write(path: Path, headings: Sequence[str], rows: Iterable[list[Any]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([_cell(value) for value in row] for row in rows)
    with _told(path):
        # Spreadsheets need the mark at the beginning to read anything but English letters.
        write_atomically(path, text.getvalue().encode("utf-8-sig", "replace"))


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the system has against the place, in words."""
    try:
        yield
    except OSError as error:
        before = {FileNotFoundError: "Make it first, or name", FileExistsError: "Name"}
        advice = f"{before.get(type(error), 'Free some space, or name')} another place"
        raise CoachError(f"{path}: the table cannot be written ({os_reason(error)}). {advice}") from error


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_SIGNS) else value
    return value
