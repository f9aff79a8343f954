"""The log files of one run of the program: each practice has one of its own."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import IO

from coach.errors import CoachError
from coach.settings.storage import LogSettings
from coach.storage.folders import os_reason


class RunLogs:
    """Hands out a file for each practice that begins: the named one, then ``NAME-2``, ``NAME-3`` and so on.

    An older file of the given name is replaced when the first practice begins; a file with a number, which nobody
    named, is never replaced: the next number that is free is taken. What is no file (a pipe) goes on instead.

    Parameters
    ----------
    path : Path or None
        None for a run without logs.
    settings : LogSettings, optional

    Raises
    ------
    CoachError
        If it cannot be written.
    """

    def __init__(self, path: Path | None, settings: LogSettings | None = None) -> None:
        self._path, self._settings = path, settings or LogSettings()
        self._first: IO[str] | None = None
        self._taken: list[IO[str]] = []
        self._is_ours = path is not None and not path.exists()
        if path is not None:
            try:
                self._first = self._opened(path, "a")
            except OSError as error:
                raise CoachError(
                    f"{path}: the log cannot be written there ({os_reason(error)}). Choose another file with --log"
                ) from error

    def take(self) -> tuple[Path, IO[str]] | None:
        """The file for the practice that begins now; None without logs.

        Raises
        ------
        OSError
            A further file cannot be written.
        """
        if self._path is None:
            return None
        path, file = self._next(self._path)
        self._taken.append(file)
        return path, file

    def close(self) -> None:
        """Close all files; the one that nobody took is deleted if it was not there before."""
        first, self._first = self._first, None
        for file in (*self._taken, first):
            with contextlib.suppress(OSError):
                if file is not None:
                    file.close()
        if first is not None and self._path is not None and self._is_ours:
            with contextlib.suppress(OSError):
                self._path.unlink()

    def _next(self, path: Path) -> tuple[Path, IO[str]]:
        first, self._first = self._first, None
        if first is not None:
            with contextlib.suppress(OSError):  # a pipe has nothing to be emptied
                first.truncate(0)
            return path, first
        if path.exists() and not path.is_file():
            return path, self._opened(path, "a")
        return self._numbered(path)

    def _numbered(self, path: Path) -> tuple[Path, IO[str]]:
        for number in range(2, self._settings.max_files + 1):
            further = path.with_name(f"{path.stem}-{number}{path.suffix}")
            with contextlib.suppress(FileExistsError):
                return further, self._opened(further, "x")
        raise FileExistsError(f"{path.stem}-{self._settings.max_files}{path.suffix} exists already")

    def _opened(self, path: Path, mode: str) -> IO[str]:
        return path.open(mode, self._settings.buffer_bytes, encoding="utf-8", newline="\n")
