"""Writing the journal of a recording: each observation at once, the disk made sure of by a thread of its own."""

from __future__ import annotations

import contextlib
import errno
import os
import shlex
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from coach.errors import CoachError
from coach.pose.observation import Observation
from coach.pose.reference import Audio
from coach.settings.storage import MIB, JournalSettings
from coach.storage.atomic_file import sync_folder
from coach.storage.file_lock import try_lock
from coach.storage.folders import make_folder, os_reason
from coach.storage.journal_records import (
    MAGIC,
    JournalHeader,
    RecordKind,
    frame_record,
    pack_audio,
    pack_header,
    pack_observation,
)

SUFFIX = ".journal"


class RecordingError(CoachError):
    """A recording that cannot go on, or cannot be read."""

    def __init__(self, path: Path, problem: str, advice: str) -> None:
        self.path, self.problem, self.advice = path, problem, advice
        super().__init__(f"{path}: {problem}. {advice}")


def _free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free


class JournalWriter:
    """Writes the journal of one recording; a thread of its own forces it to the disk.

    Parameters
    ----------
    folder : Path
        Where journals live; made if it is missing.
    header : JournalHeader
    settings : JournalSettings, optional
    free_bytes : callable, optional
        Free space below a folder; the disk's own by default.

    Raises
    ------
    RecordingError
        If the journal cannot be started, or the disk is nearly full already.
    """

    def __init__(
        self,
        folder: Path,
        header: JournalHeader,
        settings: JournalSettings | None = None,
        free_bytes: Callable[[Path], int] = _free_bytes,
    ) -> None:
        self._settings = settings or JournalSettings()
        self._free_bytes = free_bytes
        again = f"python run_coach.py record {shlex.quote(header.info.name)} --recover"
        self._advice = f"Free some space; what was recorded is kept and can be saved with: {again}"
        make_folder(folder)
        try:
            self.path, self._file = _create(folder, header.info.name)
        except OSError as error:
            advice = "Free some space or allow writing there, then record again"
            raise RecordingError(folder, f"no recording can be started ({os_reason(error)})", advice) from error
        try_lock(self._file)
        self._good_bytes = 0
        self._failure: RecordingError | None = None
        self._closed = threading.Event()
        self._dirty = threading.Event()
        self._syncer = threading.Thread(target=self._sync_regularly, name="journal sync", daemon=True)
        try:
            self._check_space("no recording can be started", "Free some space, then record again")
            self._write(MAGIC + frame_record(RecordKind.HEADER, pack_header(header)))
            self._sync()
        except BaseException:
            self._file.close()
            discard(self.path)
            raise
        sync_folder(folder)
        self._syncer.start()

    @property
    def nearly_full(self) -> bool:
        """Whether the disk is so full that the recording may have to stop soon."""
        return self._free_bytes(self.path.parent) < self._settings.warn_free_bytes

    def append(self, observation: Observation) -> None:
        """Add one observation; raises `RecordingError` if the disk is full or fails (all before is kept)."""
        self._append(RecordKind.OBSERVATION, pack_observation(observation))

    def append_audio(self, audio: Audio) -> None:
        """Add sound, behind what was added before; raises `RecordingError`."""
        step = max(1, round(audio.rate_hz * self._settings.audio_block_s))
        for start in range(0, len(audio.pcm), step):
            self._append(RecordKind.AUDIO, pack_audio(audio.pcm[start : start + step], audio.rate_hz))

    def close(self) -> None:
        """Finish the journal and force it to the disk; harmless when called again, and never raises."""
        if self._closed.is_set():
            return
        self._closed.set()
        self._dirty.set()
        self._syncer.join(self._settings.stop_timeout_s)
        with self._file, contextlib.suppress(RecordingError, OSError):  # it is readable without its end, too
            self._write(frame_record(RecordKind.END, b""))
            self._sync()

    def _append(self, kind: RecordKind, content: bytes) -> None:
        if self._closed.is_set():
            raise RecordingError(self.path, "the recording is closed", "Start another one")
        if self._failure is not None:
            raise self._failure
        self._write(frame_record(kind, content))
        self._dirty.set()

    def _write(self, data: bytes) -> None:
        """One write to the operating system; of a failed one nothing stays behind."""
        try:
            written = self._file.write(data)
            if written != len(data):
                raise OSError(errno.ENOSPC, "no space left on device")
        except OSError as error:
            with contextlib.suppress(OSError):  # readers stop at a torn record by themselves
                self._file.seek(self._good_bytes)
                self._file.truncate()
            raise self._failed(error) from error
        self._good_bytes += len(data)

    def _sync_regularly(self) -> None:
        """Body of the thread: sync while there is something new, at most once in an interval."""
        while not self._closed.wait(self._settings.sync_interval_s):
            if not self._dirty.is_set():
                continue
            self._dirty.clear()
            try:
                self._sync()
                self._check_space("the recording stops here", self._advice)
            except OSError as error:
                self._failure = self._failed(error)
            except RecordingError as error:
                self._failure = error

    def _sync(self) -> None:
        os.fsync(self._file.fileno())

    def _check_space(self, consequence: str, advice: str) -> None:
        free = self._free_bytes(self.path.parent)
        if free < self._settings.stop_free_bytes:
            problem = f"the disk is nearly full ({free // MIB} MB left): {consequence}"
            raise RecordingError(self.path, problem, advice)

    def _failed(self, error: OSError) -> RecordingError:
        problem = f"the recording cannot go on ({os_reason(error)})"
        return RecordingError(self.path, problem, self._advice)


def discard(path: Path) -> None:
    """Remove a journal whose reference is saved, or that is not wanted; a missing one is no fault."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise RecordingError(path, f"it cannot be removed ({os_reason(error)})", "Delete it by hand") from error


def _create(folder: Path, name: str) -> tuple[Path, BinaryIO]:
    """A new, unbuffered file named after the recording, with a number if there is one of that name."""
    number = 1
    while True:
        path = folder / (f"{name}{SUFFIX}" if number == 1 else f"{name}-{number}{SUFFIX}")
        try:
            return path, path.open("xb", buffering=0)
        except FileExistsError:
            number += 1
