"""Opening the history's database, whatever state its file and its disk are in."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from coach.errors import CoachError, Sentence
from coach.practice.run_record import RunRecord
from coach.settings.storage import HistorySettings
from coach.storage.folders import make_folder
from coach.storage.history_rows import is_whole, read_runs, write_run
from coach.storage.history_schema import STEPS, MigrationError, NewerVersionError, is_trouble_of_the_place, migrate
from coach.storage.set_aside import set_aside

COMPANIONS: Final = ("-wal", "-shm", "-journal")
HEADER: Final = b"SQLite format 3\0"
FAILURES: Final = (sqlite3.Error, OverflowError, ValueError, TypeError)
"""What reading and writing may raise; the last three for values that nobody would expect."""


@dataclass(frozen=True)
class OpenedHistory:
    """A database, or why there is none.

    Attributes
    ----------
    connection : sqlite3.Connection or None
    writable : bool
    notice : str or None
        What to tell the user.
    """

    connection: sqlite3.Connection | None
    writable: bool
    notice: str | None = None


def open_history(
    path: Path, settings: HistorySettings, steps: Sequence[str] = STEPS, *, thorough: bool = False
) -> OpenedHistory:
    """Open the file, making, migrating or setting it aside as is needed; never raises.

    Where nothing can be written it is opened for reading, if that is possible.

    Parameters
    ----------
    path : Path
    settings : HistorySettings
    steps : sequence of str
        The versions of the tables.
    thorough : bool
        Whether it is looked through to the last entry, after damage was met with.
    """
    aside = None
    for _ in range(2):
        try:
            make_folder(path.parent)
            connection = _open(path, settings, steps, thorough)
            return OpenedHistory(connection, True, _rescue_words(path, aside, connection, settings))
        except NewerVersionError:
            return OpenedHistory(
                None,
                False,
                Sentence(
                    "{path}: your history was kept by a newer version of the coach, so what you practise now will "
                    "not be kept. Use that version again",
                    path=path,
                ),
            )
        except MigrationError as error:
            return OpenedHistory(
                _open_to_read(path),
                False,
                Sentence(
                    "{path}: your history cannot be brought to this version of the coach ({error}), so what you "
                    "practise now will not be kept. Report this line",
                    path=path,
                    error=str(error),
                ),
            )
        except CoachError as error:
            return OpenedHistory(_open_to_read(path), False, error.sentence)
        except FAILURES as error:
            if is_trouble_of_the_place(error):
                return OpenedHistory(_open_to_read(path), False, trouble_words(path, error))
        try:
            aside = set_aside(path, settings.max_broken_copies, COMPANIONS)
        except CoachError as error:
            return OpenedHistory(None, False, error.sentence)
    return OpenedHistory(
        None, False, Sentence("{path}: no new history can be begun there. Look after that disk", path=path)
    )


def _rescue_words(
    path: Path, aside: Path | None, connection: sqlite3.Connection, settings: HistorySettings
) -> str | None:
    """Take over what can still be read of a file that was set aside; what to tell the user."""
    if aside is None:
        return None
    runs = rescued_runs(aside)
    for run in runs:
        with suppress(*FAILURES):
            write_run(connection, run, is_whole(run, settings.whole_share))
    saved = (
        Sentence("with the {count} runs that could still be read", count=len(runs)) if runs else "without the old runs"
    )
    return Sentence(
        "{path}: your history was broken and is kept as {name}; a new one begins {saved}",
        path=path,
        name=aside.name,
        saved=saved,
    )


def rescued_runs(path: Path) -> list[RunRecord]:
    """Those runs of a damaged file that can be read, from its beginning and from its end on."""
    connection = _connected(path, "mode=ro")
    if connection is None:
        return []
    with closing(connection):
        run_ids: set[int] = set()
        for order in ("ASC", "DESC"):
            with suppress(*FAILURES):
                run_ids.update(row[0] for row in connection.execute(f"SELECT id FROM runs ORDER BY id {order}"))
        runs = []
        for run_id in sorted(run_ids):
            with suppress(*FAILURES):
                runs += read_runs(connection, "NOT INDEXED WHERE id = ?", (run_id,), damaged=True)
        return runs


def is_damage(error: Exception) -> bool:
    """Whether an error while reading or writing says that the file is broken."""
    return isinstance(error, sqlite3.DatabaseError) and not isinstance(
        error, sqlite3.OperationalError | sqlite3.IntegrityError | sqlite3.ProgrammingError | sqlite3.DataError
    )


def trouble_words(path: Path, error: Exception) -> str:
    """The sentence for what is in the way."""
    return Sentence(
        "{path}: your history cannot be written ({error}); what you practise now is kept in memory. Free some space, "
        "allow writing there or close the other program",
        path=path,
        error=str(error),
    )


def _check_header(path: Path) -> None:
    """SQLite takes a file of a few bytes for a new one and overwrites it."""
    try:
        with path.open("rb") as file:
            begin = file.read(len(HEADER))
    except OSError:
        return  # SQLite finds its own words for what cannot be read
    if begin not in (b"", HEADER):
        raise sqlite3.DatabaseError("it is not a database")


def _open(path: Path, settings: HistorySettings, steps: Sequence[str], thorough: bool) -> sqlite3.Connection:
    _check_header(path)
    connection = sqlite3.connect(
        path, timeout=settings.busy_timeout_s, isolation_level=None, check_same_thread=False, cached_statements=64
    )
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.text_factory = _text
        _write_ahead(connection)
        found = connection.execute(f"PRAGMA {'integrity' if thorough else 'quick'}_check(1)").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(found)
        migrate(connection, path, steps)
        read_runs(connection, "LIMIT 1", ())  # a table that is missing shows now
    except BaseException:
        connection.close()
        raise
    return connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    """What was committed survives the end of the program at any moment; where the file system does not know shared
    memory, in SQLite's older and slower way."""
    connection.execute("PRAGMA secure_delete = ON")
    mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    connection.execute(f"PRAGMA synchronous = {'NORMAL' if mode == 'wal' else 'FULL'}")


def _open_to_read(path: Path) -> sqlite3.Connection | None:
    """A connection for reading where nothing can be written, or None."""
    for rights in ("mode=ro", "mode=ro&immutable=1"):
        connection = _connected(path, rights)
        if connection is not None and _is_readable(connection):
            return connection
    return None


def _connected(path: Path, rights: str) -> sqlite3.Connection | None:
    uri = f"{path.absolute().as_uri()}?{rights}"
    try:
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    except sqlite3.Error:
        return None
    connection.text_factory = _text
    return connection


def _text(content: bytes) -> str:
    """A text of the file; damage to a letter costs only that letter."""
    return content.decode("utf-8", "replace")


def _is_readable(connection: sqlite3.Connection) -> bool:
    try:
        read_runs(connection, "LIMIT 1", ())
    except FAILURES:
        connection.close()
        return False
    return True
