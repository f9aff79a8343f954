"""The tables of the history, version by version, and how an older file becomes one of today."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Final

APPLICATION_ID: Final = 0x44414E43
"""Says in the file's header that it is ours ("DANC")."""

VERSION_1: Final = """
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    reference TEXT NOT NULL,
    title TEXT NOT NULL,
    started_utc TEXT NOT NULL,
    danced_s REAL NOT NULL,
    tempo_percent REAL NOT NULL,
    mode TEXT NOT NULL,
    mirrored INTEGER NOT NULL,
    span_start_s REAL,
    span_end_s REAL,
    score REAL,
    angles REAL,
    trajectory REAL,
    extension REAL,
    timing REAL,
    judged_share REAL NOT NULL,
    seen_share REAL NOT NULL,
    upper_body_only INTEGER NOT NULL,
    constant_delay_ms REAL,
    whole INTEGER NOT NULL
);
CREATE INDEX runs_of_reference ON runs (reference, started_utc);
CREATE INDEX runs_by_time ON runs (started_utc);
CREATE TABLE phrases (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    start_s REAL NOT NULL,
    end_s REAL NOT NULL,
    score REAL,
    judged_share REAL NOT NULL,
    passes_count INTEGER NOT NULL,
    timing_ms REAL,
    PRIMARY KEY (run_id, position)
) WITHOUT ROWID;
CREATE TABLE worst_moments (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    start_s REAL NOT NULL,
    end_s REAL NOT NULL,
    joint TEXT,
    error_deg REAL,
    tolerance_deg REAL,
    student_s REAL NOT NULL,
    reference_s REAL NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (run_id, position)
) WITHOUT ROWID;
CREATE TABLE timing_histogram (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    frame_count INTEGER NOT NULL,
    PRIMARY KEY (run_id, position)
) WITHOUT ROWID;
CREATE TABLE unseen_joints (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    joint TEXT NOT NULL,
    share REAL NOT NULL,
    PRIMARY KEY (run_id, position)
) WITHOUT ROWID;
"""

TROUBLE_OF_THE_PLACE: Final = (
    "locked", "busy", "readonly", "read-only", "full", "unable to open", "disk i/o", "access"
)  # fmt: skip
"""What SQLite says when the disk, the rights or another program are in the way."""

STEPS: Final[tuple[str, ...]] = (VERSION_1,)
"""SQL that leads from each version to the next, beginning with an empty file. Steps are only ever added: those that
stand here made the files of the users."""


class NewerVersionError(Exception):
    """The file was made by a later version of the program."""


class MigrationError(Exception):
    """A step does not work on this file, which is as it was."""


class ForeignFileError(sqlite3.DatabaseError):
    """A database, but not one of ours."""


def version_of(connection: sqlite3.Connection) -> int:
    """The file's version; 0 for an empty one.

    Raises
    ------
    ForeignFileError
        If it belongs to another program.
    sqlite3.DatabaseError
        If it is no database.
    """
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    owner = int(connection.execute("PRAGMA application_id").fetchone()[0])
    empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if not (version == 0 and empty) and owner != APPLICATION_ID:
        raise ForeignFileError("it belongs to another program")
    return version


def migrate(connection: sqlite3.Connection, path: Path, steps: Sequence[str] = STEPS) -> None:
    """Bring the file to the version that ``steps`` lead to, each step whole or not at all.

    Before an older file is changed it is copied to ``NAME.version-N.EXT`` beside it.

    Parameters
    ----------
    connection : sqlite3.Connection
        In autocommit mode.
    path : Path
        Of the file.
    steps : sequence of str

    Raises
    ------
    NewerVersionError
        If the file is ahead of ``steps``; it is left as it is.
    MigrationError
        If a step fails; the file has the version before that step.
    sqlite3.Error
        If the file is damaged or its place cannot be used.
    """
    version = version_of(connection)
    if version > len(steps):
        raise NewerVersionError(f"version {version}")
    if 0 < version < len(steps):
        _copy(connection, path.with_name(f"{path.stem}.version-{version}{path.suffix}"))
    while version < len(steps):
        version = _step(connection, steps)


def _step(connection: sqlite3.Connection, steps: Sequence[str]) -> int:
    """One step, unless another program just did it; returns the version that the file has then."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = version_of(connection)
        if version < len(steps):
            for statement in _statements(steps[version]):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            version += 1
            connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("COMMIT")
    except BaseException as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if isinstance(error, sqlite3.OperationalError | sqlite3.IntegrityError) and not is_trouble_of_the_place(error):
            raise MigrationError(str(error)) from error
        raise
    return version


def is_trouble_of_the_place(error: Exception) -> bool:
    """Whether not the file is broken, but the place where it is cannot be used as it should."""
    text = str(error).lower()
    return isinstance(error, sqlite3.OperationalError) and any(words in text for words in TROUBLE_OF_THE_PLACE)


def _statements(script: str) -> list[str]:
    """One by one: ``executescript`` would end the transaction."""
    return [statement.strip() for statement in script.split(";\n") if statement.strip(" \n;")]


def _copy(connection: sqlite3.Connection, place: Path) -> None:
    copy = sqlite3.connect(place)
    try:
        connection.backup(copy)
    finally:
        copy.close()
