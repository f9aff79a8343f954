"""Writing a recording: to the disk in time, and what happens when the disk is full."""

from __future__ import annotations

import errno
import time
from pathlib import Path

import pytest

from coach.errors import CoachError
from coach.settings.storage import JournalSettings
from coach.storage.recording_journal import (
    JournalWriter,
    RecordingError,
    discard,
    find_unfinished,
    recover,
)
from tests.builders_journal import HEADER, observation, write_journal

PLENTY = 10**12


def test_forced_to_the_disk_once_a_second_and_not_by_the_caller(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    synced: list[str] = []
    happened = threading.Event()

    def note(_: int) -> None:
        synced.append(threading.current_thread().name)
        if synced[-1] == "journal sync":
            happened.set()

    monkeypatch.setattr("os.fsync", note)
    writer = JournalWriter(tmp_path, HEADER, JournalSettings(sync_interval_s=0.01))
    at_start = 2  # the header, and the folder that it is in
    for index in range(100):
        writer.append(observation(index))
    assert happened.wait(10)
    assert threading.current_thread().name not in synced[at_start:], "appending never waits for the disk"
    running = threading.active_count()
    writer.close()
    assert threading.active_count() == running - 1


class FullDisk:
    """A file that takes ``room`` more bytes."""

    def __init__(self, file: object, room: int) -> None:
        self._file, self.room = file, room

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)

    def __enter__(self) -> FullDisk:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()  # type: ignore[attr-defined]

    def write(self, data: bytes) -> int:
        taken = data[: self.room]
        self.room -= len(taken)
        if not taken:
            raise OSError(errno.ENOSPC, "No space left on device")
        return int(self._file.write(taken))  # type: ignore[attr-defined]


def test_a_full_disk_keeps_what_is_there(tmp_path: Path) -> None:
    writer = write_journal(tmp_path, 5, close=False)
    size = writer.path.stat().st_size
    writer._file = FullDisk(writer._file, 1000)  # type: ignore[assignment]
    with pytest.raises(
        RecordingError, match=r"no space left.*Free some space; what was recorded is kept.*record waltz --recover"
    ):
        writer.append(observation(5))
    assert writer.path.stat().st_size == size, "no torn record"
    writer._file.room = PLENTY  # type: ignore[attr-defined]
    writer.append(observation(6))
    writer.close()
    recovered = recover(writer.path)
    assert [round(item.time_s * 30) for item in recovered.observations] == [0, 1, 2, 3, 4, 6]
    assert recovered.complete


def test_stops_before_the_disk_is_full(tmp_path: Path) -> None:
    free = [PLENTY]
    writer = JournalWriter(tmp_path, HEADER, JournalSettings(sync_interval_s=0.01), free_bytes=lambda _: free[0])
    assert not writer.nearly_full
    free[0] = 100 * 1024 * 1024
    assert writer.nearly_full
    writer.append(observation(0))
    free[0] = 1024

    def go_on() -> None:
        for index in range(1, 20_000):
            writer.append(observation(index))
            time.sleep(0.001)

    with pytest.raises(RecordingError, match="nearly full"):
        go_on()
    writer.close()
    assert recover(writer.path).complete


def test_does_not_start_on_a_full_disk(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="nearly full"):
        JournalWriter(tmp_path, HEADER, free_bytes=lambda _: 0)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").touch()
    with pytest.raises(CoachError):
        JournalWriter(tmp_path / "file", HEADER)


def test_closing_twice_and_appending_after_it(tmp_path: Path) -> None:
    writer = write_journal(tmp_path, 2)
    writer.close()
    with pytest.raises(RecordingError, match="closed"):
        writer.append(observation(3))


def test_a_second_recording_of_the_same_name(tmp_path: Path) -> None:
    first, second = write_journal(tmp_path, 2), write_journal(tmp_path, 3)
    assert first.path != second.path
    assert [item.frame_count for item in find_unfinished(tmp_path)] == [2, 3]
    discard(first.path)
    discard(first.path)
    assert [item.path for item in find_unfinished(tmp_path)] == [second.path]
