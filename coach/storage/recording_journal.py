"""A recording that survives: every observation reaches the operating system at once and the disk within a second.

If the program is killed, nothing that was appended is lost; after a power cut, at most the last second or so. A journal
is removed once the reference made from it is saved: one that is still there and not being written is unfinished.
"""

from __future__ import annotations

import contextlib
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from coach.pose.observation import Observation
from coach.pose.reference import Audio
from coach.settings.storage import JournalSettings
from coach.storage.file_lock import try_lock
from coach.storage.folders import os_reason
from coach.storage.journal_records import (
    MAGIC,
    JournalHeader,
    RecordKind,
    read_record,
    unpack_audio,
    unpack_header,
    unpack_observation,
)
from coach.storage.journal_writer import SUFFIX, JournalWriter, RecordingError, discard

__all__ = [
    "JournalHeader",
    "JournalWriter",
    "RecordingError",
    "RecoveredRecording",
    "UnfinishedRecording",
    "discard",
    "find_unfinished",
    "recover",
]


@dataclass(frozen=True)
class RecoveredRecording:
    """What a journal holds, up to its last whole record.

    Attributes
    ----------
    header : JournalHeader
    observations : list of Observation
    audio : Audio or None
    complete : bool
        Whether the journal was closed in order.
    """

    header: JournalHeader
    observations: list[Observation]
    audio: Audio | None
    complete: bool

    @property
    def duration_s(self) -> float:
        """Time from the first to the last observation."""
        return self.observations[-1].time_s - self.observations[0].time_s if self.observations else 0.0


@dataclass(frozen=True)
class UnfinishedRecording:
    """A journal that nobody is writing, with the facts to decide about it."""

    path: Path
    header: JournalHeader
    frame_count: int
    duration_s: float


def recover(path: Path, settings: JournalSettings | None = None) -> RecoveredRecording:
    """Read a journal up to its last whole record; raises `RecordingError` if not even its header is whole."""
    limit = (settings or JournalSettings()).max_record_bytes
    observations: list[Observation] = []
    sound: list[bytes] = []
    complete = False
    try:
        with path.open("rb") as file:
            header = _read_header(path, file, limit)
            while (record := read_record(file, limit)) is not None:
                kind, content = record
                if kind is RecordKind.OBSERVATION:
                    observation = unpack_observation(content, header.frame_size_px)
                    if not observations or observation.time_s > observations[-1].time_s:
                        observations.append(observation)
                elif kind is RecordKind.AUDIO:
                    sound.append(content)
                complete = kind is RecordKind.END
    except OSError as error:
        raise RecordingError(path, f"it cannot be read ({os_reason(error)})", "Check its permissions") from error
    except (ValueError, struct.error, zlib.error) as error:
        if not observations:
            raise RecordingError(path, "it is damaged from the start", "Record again") from error
        complete = False
    return RecoveredRecording(header, observations, unpack_audio(sound), complete)


def find_unfinished(folder: Path, settings: JournalSettings | None = None) -> list[UnfinishedRecording]:
    """Recordings that were cut short and hold at least one observation, oldest first; none that is being written."""
    if not folder.is_dir():
        return []
    found: list[tuple[float, UnfinishedRecording]] = []
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        with contextlib.suppress(RecordingError, OSError):
            with path.open("rb+") as file:
                if not try_lock(file):
                    continue
            recovered = recover(path, settings)
            count = len(recovered.observations)
            entry = UnfinishedRecording(path, recovered.header, count, recovered.duration_s)
            if count:
                found.append((path.stat().st_mtime, entry))
    return [entry for _, entry in sorted(found, key=lambda item: item[0])]


def _read_header(path: Path, file: BinaryIO, limit: int) -> JournalHeader:
    advice = "Recordings are found in the user's data folder and end in .journal"
    if file.read(len(MAGIC)) != MAGIC:
        raise RecordingError(path, "it is not a recording", advice)
    record = read_record(file, limit)
    if record is None or record[0] is not RecordKind.HEADER:
        raise RecordingError(path, "it is damaged from the start", "Record again")
    try:
        return unpack_header(record[1])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RecordingError(path, "it is damaged from the start", "Record again") from error
