"""The file of a session's log (what stands in it: `log_entries`)."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

from coach.judging.mistake_spans import MistakeSpan
from coach.judging.verdicts import Cue
from coach.session.session_state import ScoreReading, SessionState
from coach.settings.storage import LogSettings
from coach.storage.folders import os_reason
from coach.storage.log_entries import (
    Entry,
    LatencyMs,
    as_line,
    cue_entry,
    end_entry,
    frame_entry,
    start_entry,
)
from coach.storage.run_logs import RunLogs

__all__ = ["LatencyMs", "SessionLog"]


class SessionLog:
    """Writes a session's log; without a path it does nothing.

    The file reaches the disk with each cue and at least once a second of the student's clock. A disk that fails
    later on is reported once through ``warn``; the session goes on without a log. May be used from several threads.

    Parameters
    ----------
    path : Path or RunLogs or None
        A file, opened at once and replaced if it exists; or the files of a run, of which the next is taken at the
        `start`.
    warn : callable, optional
        Given the one sentence about a failing disk; to standard error by default.

    Raises
    ------
    CoachError
        If the file cannot be opened for writing.
    """

    def __init__(
        self,
        path: Path | RunLogs | None,
        warn: Callable[[str], None] | None = None,
        settings: LogSettings | None = None,
    ) -> None:
        self._warn, self._settings = warn or _warn_on_stderr, settings or LogSettings()
        self._lock = threading.Lock()
        self._flushed_s = 0.0
        self._first_line: Callable[[], Entry] | None = None
        self._path: Path | None = None
        self._file: IO[str] | None = None
        self._logs = path if isinstance(path, RunLogs) else None
        if isinstance(path, Path):
            self._take(RunLogs(path, self._settings))

    def start(
        self, *, reference: str, duration_s: float, sensed_by: Callable[[], tuple[str, str]], software_version: str
    ) -> None:
        """What is practised, with what; written with the first line that follows.

        Parameters
        ----------
        sensed_by : callable
            Names source and model; asked once pictures come, for they may be opened only now.
        """
        logs, self._logs = self._logs, None
        if logs is not None:
            self._take(logs)

        def first_line() -> Entry:
            source, model = sensed_by()
            return start_entry(
                reference=reference,
                duration_s=duration_s,
                source=source,
                model=model,
                software_version=software_version,
                settings=self._settings,
            )

        self._first_line = first_line

    def frame(self, state: SessionState, latency: LatencyMs) -> None:
        """One frame."""
        if self._file is not None:
            due = abs(state.time_s - self._flushed_s) >= self._settings.flush_interval_s
            self._flushed_s = state.time_s if due else self._flushed_s
            self._put(frame_entry(state, latency, self._settings), flush=due)

    def cue(self, cue: Cue, *, spoken: bool) -> None:
        """One cue, behind the frame that brought it."""
        if self._file is not None:
            self._put(cue_entry(cue, spoken, self._settings), flush=True)

    def end(
        self,
        *,
        frames: int,
        dropped: int,
        seen: float | None,
        score: ScoreReading | None,
        worst: Sequence[MistakeSpan] = (),
    ) -> None:
        """The summary; closes the file."""
        if self._file is not None:
            settings = self._settings
            self._put(
                end_entry(frames=frames, dropped=dropped, seen=seen, score=score, worst=worst, settings=settings),
                flush=True,
            )
        self.close()

    def close(self) -> None:
        """Close the file; harmless when called again."""
        with self._lock:
            file, self._file = self._file, None
            if file is not None:
                self._guarded(file.close)

    def _take(self, logs: RunLogs) -> None:
        """Have a file from now on; what hinders a further one is told, and the session goes on without."""
        try:
            taken = logs.take()
        except OSError as error:
            self._warn(f"The log of this practice cannot be written ({os_reason(error)}); the practice goes on.")
            return
        if taken is not None:
            self._path, self._file = taken

    def _put(self, entry: Entry, flush: bool) -> None:
        with self._lock:
            file = self._file
            if file is None:
                return
            first_line, self._first_line = self._first_line, None

            def write() -> None:
                if first_line is not None:
                    file.write(as_line(first_line()))
                file.write(as_line(entry))
                if flush or first_line is not None:
                    file.flush()

            if not self._guarded(write):
                self._file = None
                with contextlib.suppress(OSError):  # closing tries to write once more
                    file.close()

    def _guarded(self, action: Callable[[], object]) -> bool:
        """Do ``action``; a failing disk is told to the user and gives False."""
        try:
            action()
        except OSError as error:
            self._warn(f"{self._path}: the log stops here ({os_reason(error)}); the session goes on.")
            return False
        return True


def _warn_on_stderr(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
