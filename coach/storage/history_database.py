"""The history's connection: reads and whole transactions that never raise, and a new file in place of a damaged one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeVar

from coach.settings.storage import HistorySettings
from coach.storage.background import InBackground
from coach.storage.history_file import FAILURES, is_damage, open_history, trouble_words
from coach.storage.notices import Notices

T = TypeVar("T")
Job = Callable[[sqlite3.Connection], None]


class HistoryDatabase:
    """One open history file; to be used by one thread at a time.

    Parameters
    ----------
    path : Path
    settings : HistorySettings
    steps : sequence of str
        The versions of the tables.
    notices : Notices
        Where troubles are told.

    Attributes
    ----------
    writable : bool
        Whether runs reach the disk.
    """

    def __init__(self, path: Path, settings: HistorySettings, steps: Sequence[str], notices: Notices) -> None:
        self.path, self.writable = path, False
        self._settings, self._steps, self._notices = settings, steps, notices
        self._connection: sqlite3.Connection | None = None
        self._background = InBackground("force the history to the disk")
        self._open()

    def read(self, query: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """The answer to ``query``, or ``otherwise`` if there is none."""
        for _ in range(2):
            if self._connection is None:
                return otherwise
            try:
                return query(self._connection)
            except FAILURES as error:
                self._fail(error)
                if not is_damage(error):
                    return otherwise
        return otherwise

    def write(self, job: Job) -> bool:
        """Carry out ``job`` whole or not at all; returns whether that worked."""
        return self._try(lambda connection: _in_one(connection, job))

    def rewrite(self, job: Job) -> bool:
        """Carry out ``job`` and leave no trace on the disk of what it deleted; returns whether that worked."""

        def delete(connection: sqlite3.Connection) -> None:
            _in_one(connection, job)
            connection.execute("VACUUM")
            busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if busy:  # SQLite only says so in the answer
                raise sqlite3.OperationalError("the file is locked, so traces of what was deleted are left")

        # While another checkpoint runs, the one that empties the log does nothing, however long it may wait.
        self._background.wait(self._settings.close_timeout_s)
        return self._try(delete)

    def close(self) -> None:
        """Close the file."""
        self._background.wait(self._settings.close_timeout_s)
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection, self.writable = None, False

    def _try(self, job: Job) -> bool:
        """Do it, in a new file if this one turns out to be damaged."""
        for _ in range(2):
            if not self.writable:
                self._open()
            if self._connection is None or not self.writable:
                return False
            try:
                job(self._connection)
            except FAILURES as error:
                self._fail(error)
                if not is_damage(error):
                    return False
            else:
                self._notices.tell_trouble(None)
                self._background.submit(self._force_to_disk)
                return True
        return False

    def _open(self, *, thorough: bool = False) -> None:
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
        opened = open_history(self.path, self._settings, self._steps, thorough=thorough)
        self._connection, self.writable = opened.connection, opened.writable
        if opened.writable and opened.notice is not None:
            self._notices.note(opened.notice)
        self._notices.tell_trouble(None if opened.writable else opened.notice)

    def _fail(self, error: Exception) -> None:
        """Tell what failed; a damaged file is set aside by opening it anew."""
        if is_damage(error):
            self._open(thorough=True)
        else:
            self._notices.tell_trouble(trouble_words(self.path, error))

    def _force_to_disk(self) -> None:
        """In the background: copy what was committed from the log into the file, which waits for the disk."""
        with suppress(sqlite3.Error):
            uri = f"{self.path.absolute().as_uri()}?mode=rw"
            with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)")


def _in_one(connection: sqlite3.Connection, job: Job) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        job(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
