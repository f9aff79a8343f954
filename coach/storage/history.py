"""What was practised so far: a small database that no crash, full disk or second program takes away."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path

from coach.errors import CoachError, Sentence
from coach.practice.run_record import RunRecord
from coach.settings.storage import HistorySettings
from coach.storage.history_csv import write_csv
from coach.storage.history_database import HistoryDatabase
from coach.storage.history_rows import FAULTS_OF_A_RUN, is_whole, read_runs, write_run
from coach.storage.history_schema import STEPS
from coach.storage.notices import Notices


class History:
    """The runs of all references (``KeepsHistory``).

    No method raises: what fails is told in `notices`, and runs that cannot be written are kept in memory and tried
    again. A broken file is set aside and a new one begun. May be used from several threads.

    A run is safe from the end of this program as soon as `add` returns, and from a power cut a moment later, when
    it has been forced to the disk in the background.

    Parameters
    ----------
    path : Path
    settings : HistorySettings, optional
    steps : sequence of str, optional
        The versions of the tables (see ``history_schema``).

    Attributes
    ----------
    notices : list of str
        What the user should know; empty while all is well.
    """

    def __init__(self, path: Path, settings: HistorySettings | None = None, steps: Sequence[str] = STEPS) -> None:
        self.notices = Notices()
        self._settings = settings or HistorySettings()
        self._lock = threading.RLock()
        self._waiting: list[RunRecord] = []
        self._database = HistoryDatabase(path, self._settings, steps, self.notices)

    @property
    def writable(self) -> bool:
        """Whether runs reach the disk."""
        return self._database.writable

    def add(self, run: RunRecord) -> None:
        """Keep a run."""
        with self._lock:
            self._waiting = [*self._waiting, run][-self._settings.max_waiting_runs :]
            self._write_waiting()

    def runs(self, reference: str | None = None, limit_count: int = 100) -> tuple[RunRecord, ...]:
        """Runs of one reference or of all, newest first."""
        limit_count = max(0, limit_count)
        clause = "ORDER BY started_utc DESC, id DESC LIMIT ?"
        values: tuple[object, ...] = (limit_count,)
        if reference is not None:
            clause, values = f"WHERE reference = ? {clause}", (reference, limit_count)
        nothing: list[RunRecord] = []
        with self._lock:
            kept = self._database.read(lambda connection: read_runs(connection, clause, values), nothing)
            waiting = [run for run in reversed(self._waiting) if reference in (None, run.reference)]
        return tuple(sorted([*waiting, *kept], key=lambda run: run.started_utc, reverse=True)[:limit_count])

    def best_score(self, reference: str) -> float | None:
        """Of whole runs of this reference."""
        with self._lock:
            kept = self._value("SELECT max(score) FROM runs WHERE reference = ? AND whole", reference)
            waiting = [run for run in self._waiting if run.reference == reference]
        scores = [run.score for run in waiting if run.score is not None and is_whole(run, self._settings.whole_share)]
        return max([*scores, *([kept] if isinstance(kept, float) else [])], default=None)

    def count(self, reference: str | None = None) -> int:
        """How many runs there are, of one reference or of all."""
        with self._lock:
            query = "SELECT count(*) FROM runs WHERE ?1 IS NULL OR reference = ?1"
            kept = self._value(query, reference)
            waiting = sum(reference in (None, run.reference) for run in self._waiting)
        return waiting + (kept if isinstance(kept, int) else 0)

    def export_csv(self, path: Path) -> bool:
        """Write all runs, oldest first, as a table, and their phrases as a second one beside it.

        Returns
        -------
        bool
            Whether that worked; why not stands last in the notices.
        """
        runs = self.runs(limit_count=self.count())
        try:
            write_csv(path, tuple(reversed(runs)))
        except CoachError as error:
            self.notices.append(error.sentence)
            return False
        return True

    def delete_all(self) -> bool:
        """Forget all runs, also those in files that were set aside or copied before a migration.

        Returns
        -------
        bool
            Whether that worked; why not stands last in the notices.
        """
        with self._lock:
            self._waiting = []
            deleted = self._database.rewrite(_delete_runs)
            return self._delete_copies() and deleted

    def close(self) -> None:
        """Try once more to write what waits, and close the file."""
        with self._lock:
            self._write_waiting()
            self._database.close()

    def _write_waiting(self) -> None:
        """Write the runs that wait, all of them or none."""
        if self._waiting and self._database.write(self._insert_waiting):
            self._waiting = []

    def _insert_waiting(self, connection: sqlite3.Connection) -> None:
        for run in self._waiting:
            self._insert(connection, run)

    def _insert(self, connection: sqlite3.Connection, run: RunRecord) -> None:
        try:
            write_run(connection, run, is_whole(run, self._settings.whole_share))
        except FAULTS_OF_A_RUN as error:
            self.notices.note(
                Sentence(
                    "The run of {started_utc} cannot be kept ({error}). Report this line",
                    started_utc=run.started_utc,
                    error=str(error),
                )
            )

    def _value(self, query: str, reference: str | None) -> object:
        return self._database.read(lambda connection: connection.execute(query, (reference,)).fetchone()[0], None)

    def _delete_copies(self) -> bool:
        path = self._database.path
        try:
            for kind in ("broken", "version"):
                for copy in path.parent.glob(f"{path.stem}.{kind}-*"):
                    copy.unlink()
        except OSError as error:
            self.notices.append(
                Sentence(
                    "Older copies of your history cannot be deleted ({error}). Delete them yourself", error=str(error)
                )
            )
            return False
        return True


def _delete_runs(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM runs")
