"""A run as rows of the tables, and back: columns are named like the fields, so the fields' types lead."""

from __future__ import annotations

import math
import sqlite3
import typing
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import fields
from typing import Any, Final, TypeVar

from coach.practice.run_record import PhraseScore, RunRecord, WorstMoment

T = TypeVar("T")
Row = Sequence[Any]

RUN_PARTS: Final = ("span_s", "phrases", "worst", "timing_histogram", "unseen")
"""Fields of a run that are not columns of their own."""


def columns_of(kind: type, without: Sequence[str] = ()) -> dict[str, Any]:
    """Names and types of the columns that hold the fields of a dataclass."""
    hints = typing.get_type_hints(kind)
    return {item.name: hints[item.name] for item in fields(kind) if item.name not in without}


RUN_COLUMNS: Final = columns_of(RunRecord, RUN_PARTS)
PHRASE_COLUMNS: Final = columns_of(PhraseScore)
WORST_COLUMNS: Final = columns_of(WorstMoment)
RUN_FIELDS: Final = (*RUN_COLUMNS, "span_start_s", "span_end_s")


FAULTS_OF_A_RUN: Final = (AttributeError, TypeError, ValueError, OverflowError, sqlite3.IntegrityError)
"""What `write_run` raises for values that no run has."""


def is_whole(run: RunRecord, whole_share: float) -> bool:
    """Whether a run counts as one of the whole dance: no section, and at least that share of its phrases danced."""
    danced = sum(phrase.passes_count > 0 for phrase in run.phrases)
    return run.span_s is None and danced >= whole_share * len(run.phrases)


def write_run(connection: sqlite3.Connection, run: RunRecord, whole: bool) -> None:
    """Insert all rows of a run, or none; to be called inside a transaction.

    Parameters
    ----------
    connection : sqlite3.Connection
    run : RunRecord
    whole : bool
        Whether it counts as one of the whole dance.
    """
    connection.execute("SAVEPOINT one_run")
    try:
        _write_rows(connection, run, whole)
    except FAULTS_OF_A_RUN:
        connection.execute("ROLLBACK TO one_run")
        raise
    finally:
        with suppress(sqlite3.Error):  # a full disk has ended the whole transaction
            connection.execute("RELEASE one_run")


def _write_rows(connection: sqlite3.Connection, run: RunRecord, whole: bool) -> None:
    bounds = [_plain(bound, float | None) for bound in run.span_s or (None, None)]
    run_id = _insert(connection, "runs", (*RUN_FIELDS, "whole"), [[*_values(run, RUN_COLUMNS), *bounds, int(whole)]])
    _insert_parts(
        connection, "phrases", run_id, PHRASE_COLUMNS, [_values(part, PHRASE_COLUMNS) for part in run.phrases]
    )
    _insert_parts(connection, "worst_moments", run_id, WORST_COLUMNS, [_values(it, WORST_COLUMNS) for it in run.worst])
    _insert_parts(connection, "timing_histogram", run_id, ("frame_count",), [[int(n)] for n in run.timing_histogram])
    unseen = [[str(joint), _plain(share, float)] for joint, share in run.unseen]
    _insert_parts(connection, "unseen_joints", run_id, ("joint", "share"), unseen)


def read_runs(connection: sqlite3.Connection, where: str, values: Row, *, damaged: bool = False) -> list[RunRecord]:
    """The runs that a clause selects, in its order.

    What somebody else wrote into the tables and is no run is passed over.

    Parameters
    ----------
    connection : sqlite3.Connection
    where : str
        ``WHERE ... ORDER BY ... LIMIT ...``
    values : sequence
        For the question marks in it.
    damaged : bool
        Take a run without those of its parts that cannot be read.

    Raises
    ------
    sqlite3.Error
        If the file is damaged, or its place cannot be used.
    """
    rows = connection.execute(f"SELECT id, {', '.join(RUN_FIELDS)} FROM runs {where}", values).fetchall()
    return [run for run in (_run_or_none(connection, row, damaged) for row in rows) if run is not None]


def _run_or_none(connection: sqlite3.Connection, row: Row, damaged: bool) -> RunRecord | None:
    def parts(table: str, columns: Iterable[str]) -> list[Row]:
        try:
            return _parts(connection, table, columns, run_id)
        except sqlite3.DatabaseError:
            if damaged:
                return []
            raise

    run_id, *values, span_start_s, span_end_s = row
    try:
        span_s = None
        if span_start_s is not None and span_end_s is not None:
            span_s = (float(span_start_s), float(span_end_s))
        return _record(
            RunRecord,
            RUN_COLUMNS,
            values,
            span_s=span_s,
            phrases=tuple(_record(PhraseScore, PHRASE_COLUMNS, part) for part in parts("phrases", PHRASE_COLUMNS)),
            worst=tuple(_record(WorstMoment, WORST_COLUMNS, part) for part in parts("worst_moments", WORST_COLUMNS)),
            timing_histogram=tuple(int(count) for (count,) in parts("timing_histogram", ("frame_count",))),
            unseen=tuple((str(name), float(share)) for name, share in parts("unseen_joints", ("joint", "share"))),
        )
    except (TypeError, ValueError, OverflowError):
        return None


def _record(kind: type[T], columns: dict[str, Any], values: Row, **parts: Any) -> T:
    read = {name: _plain(value, columns[name]) for name, value in zip(columns, values, strict=True)}
    return kind(**read, **parts)


def _values(record: Any, columns: dict[str, Any]) -> list[Any]:
    return [_plain(getattr(record, name), kind) for name, kind in columns.items()]


def _plain(value: Any, kind: Any) -> Any:
    """``value`` as a plain one of ``kind``: no numpy scalar, and what is not finite is unknown, or 0 if it must be."""
    options = typing.get_args(kind) or (kind,)
    unknown = None if type(None) in options else 0.0
    if value is None:
        return unknown if float in options else _required(options)
    kind = next(option for option in options if option is not type(None))
    if kind is float:
        number = float(value)
        return number if math.isfinite(number) else unknown
    if kind is str:
        return str(value).encode("utf-8", "replace").decode()  # half a character cannot be stored
    return kind(value)


def _required(options: tuple[Any, ...]) -> None:
    if type(None) not in options:
        raise TypeError("a run lacks a value that it must have")


def _insert(connection: sqlite3.Connection, table: str, columns: Iterable[str], rows: list[list[Any]]) -> int:
    names = tuple(columns)
    marks = ", ".join("?" * len(names))
    cursor = connection.cursor()
    for row in rows:
        cursor.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", row)
    return cursor.lastrowid or 0


def _insert_parts(
    connection: sqlite3.Connection, table: str, run_id: int, columns: Iterable[str], parts: list[list[Any]]
) -> None:
    rows = [[run_id, position, *part] for position, part in enumerate(parts)]
    _insert(connection, table, ("run_id", "position", *columns), rows)


def _parts(connection: sqlite3.Connection, table: str, columns: Iterable[str], run_id: int) -> list[Row]:
    names = ", ".join(columns)
    return connection.execute(f"SELECT {names} FROM {table} WHERE run_id = ? ORDER BY position", (run_id,)).fetchall()
