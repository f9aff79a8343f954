"""The journal of a recording: whatever ends the program or the disk, what was recorded is there."""

from __future__ import annotations

import errno
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.errors import CoachError
from coach.pose.observation import Observation, PictureFlags
from coach.pose.pose_frame import PoseFrame
from coach.pose.reference import Audio, ReferenceInfo
from coach.settings.storage import JournalSettings
from coach.storage.recording_journal import (
    JournalHeader,
    JournalWriter,
    RecordingError,
    discard,
    find_unfinished,
    recover,
)
from tests.builders_pose import FRAME_SIZE_PX, make_observation, make_pose_frame

ROOT = Path(__file__).resolve().parent.parent
HEADER = JournalHeader(ReferenceInfo("waltz", "Walzer für zwei", teacher="A. Ä."), FRAME_SIZE_PX, "/music/a b.mp3")
PLENTY = 10**12


def observation(index: int) -> Observation:
    """One of many different moments: with and without person, mask, energy, faults of the picture."""
    time_s = index / 30
    pose = (
        make_pose_frame(time_s, arms_deg=20.0 + index % 90) if index % 11 else PoseFrame.missing(time_s, FRAME_SIZE_PX)
    )
    picture = PictureFlags.DARK | PictureFlags.SECOND_PERSON if index % 7 == 0 else PictureFlags.NONE
    return make_observation(pose, energy=0.1 * (index % 5) if index % 3 else None, mask=index % 4 != 0, picture=picture)


def assert_same(read: Observation, written: Observation) -> None:
    np.testing.assert_array_equal(read.pose.image, written.pose.image)
    np.testing.assert_array_equal(read.pose.world, written.pose.world)
    assert (read.time_s, read.pose.frame_size_px) == (written.time_s, written.pose.frame_size_px)
    assert read.picture == written.picture
    assert (read.energy is None) == (written.energy is None)
    if read.energy is not None and written.energy is not None:
        np.testing.assert_array_equal(read.energy.parts, written.energy.parts)
        assert (read.energy.whole, read.energy.background) == (written.energy.whole, written.energy.background)
    assert (read.mask_bits is None) == (written.mask_bits is None)
    if read.mask_bits is not None and written.mask_bits is not None:
        np.testing.assert_array_equal(read.mask_bits, written.mask_bits)


def write_journal(folder: Path, count: int, *, close: bool = True) -> JournalWriter:
    writer = JournalWriter(folder, HEADER)
    for index in range(count):
        writer.append(observation(index))
    if close:
        writer.close()
    return writer


def test_everything_comes_back(tmp_path: Path) -> None:
    path = write_journal(tmp_path / "new" / "folder", 50).path
    recovered = recover(path)
    assert recovered.header == HEADER
    assert recovered.complete
    assert recovered.audio is None
    assert len(recovered.observations) == 50
    assert recovered.duration_s == pytest.approx(49 / 30)
    for index, read in enumerate(recovered.observations):
        assert_same(read, observation(index))
    assert recovered.observations[1].pose.image.flags.writeable


def test_sound_comes_back_in_order(tmp_path: Path) -> None:
    writer = JournalWriter(tmp_path, HEADER)
    pcm = np.arange(-20_000, 20_000, dtype=np.int16)
    writer.append_audio(Audio(pcm[:15_000], 8000))
    writer.append(observation(1))
    writer.append_audio(Audio(pcm[15_000:], 8000))
    writer.close()
    audio = recover(writer.path).audio
    assert audio is not None
    assert audio.rate_hz == 8000
    np.testing.assert_array_equal(audio.pcm, pcm)


def test_readable_at_every_moment_without_closing(tmp_path: Path) -> None:
    writer = JournalWriter(tmp_path, HEADER)
    for index in range(5):
        writer.append(observation(index))
        recovered = recover(writer.path)
        assert len(recovered.observations) == index + 1
        assert not recovered.complete
    writer.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=st.floats(0.0, 1.0))
def test_cut_anywhere_gives_all_whole_records(tmp_path: Path, share: float) -> None:
    source = tmp_path / "waltz.journal"
    if not source.exists():
        write_journal(tmp_path, 20)
    content = source.read_bytes()
    cut = tmp_path / "cut"
    cut.write_bytes(content[: int(share * len(content))])
    try:
        recovered = recover(cut)
    except RecordingError:
        assert share < 0.05, "only without its header"
        return
    for index, read in enumerate(recovered.observations):
        assert_same(read, observation(index))
    assert len(recovered.observations) >= int(share * len(content)) // (len(content) // 18) - 2


def test_flipped_bytes_never_surprise(tmp_path: Path) -> None:
    content = bytearray(write_journal(tmp_path, 12).path.read_bytes())
    chance = random.Random(3)
    damaged = tmp_path / "damaged"
    for _ in range(300):
        copy = bytearray(content)
        copy[chance.randrange(len(copy))] ^= 1 << chance.randrange(8)
        damaged.write_bytes(copy)
        try:
            recovered = recover(damaged)
        except RecordingError:
            continue
        for index, read in enumerate(recovered.observations):
            assert_same(read, observation(index))


def test_zeros_after_a_power_cut(tmp_path: Path) -> None:
    writer = write_journal(tmp_path, 6, close=False)
    with writer.path.open("ab") as file:
        file.write(bytes(10_000))
    recovered = recover(writer.path)
    writer.close()
    assert len(recovered.observations) == 6
    assert not recovered.complete


@pytest.mark.parametrize("content", [b"", b"hello", b"dance journal 1\n", b"dance journal 1\n" + b"\xff" * 50])
def test_what_is_no_journal(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.journal"
    path.write_bytes(content)
    with pytest.raises(RecordingError):
        recover(path)
    assert find_unfinished(tmp_path) == []


def test_a_missing_journal(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="cannot be read"):
        recover(tmp_path / "none.journal")


CHILD = """
import sys, time
from pathlib import Path
from coach.storage.recording_journal import JournalWriter
from tests.test_recording_journal import HEADER, observation
writer = JournalWriter(Path(sys.argv[1]), HEADER)
index = 0
while True:
    writer.append(observation(index))
    print(index, flush=True)
    index += 1
    time.sleep(0.002)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_killed_at_any_moment(tmp_path: Path) -> None:
    """Everything that the child says it has appended is there after SIGKILL, however young."""
    chance = random.Random(5)
    for run in range(4):
        folder = tmp_path / str(run)
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.3))
        assert find_unfinished(folder) == [], "it is being written"
        child.send_signal(signal.SIGKILL)
        rest = [line for line in child.stdout.read().split("\n")[:-1] if line]
        child.wait(10)
        said = int(rest[-1]) + 1 if rest else 1
        (found,) = find_unfinished(folder)
        recovered = recover(found.path)
        assert found.frame_count == len(recovered.observations) >= said
        assert found.header == HEADER
        assert not recovered.complete
        for index, read in enumerate(recovered.observations):
            assert_same(read, observation(index))


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


def test_nothing_unfinished(tmp_path: Path) -> None:
    assert find_unfinished(tmp_path / "none") == []
    writer = JournalWriter(tmp_path, HEADER)
    writer.close()
    assert find_unfinished(tmp_path) == [], "without any observation there is nothing to save"


def test_times_that_go_back_are_left_out(tmp_path: Path) -> None:
    writer = JournalWriter(tmp_path, HEADER)
    for index in (1, 2, 2, 1, 3):
        writer.append(observation(index))
    writer.close()
    assert [round(item.time_s * 30) for item in recover(writer.path).observations] == [1, 2, 3]


def test_a_header_of_a_later_version(tmp_path: Path) -> None:
    """Unknown facts are left out, unknown flags too."""
    from coach.storage import journal_records

    info = SimpleNamespace(**vars(HEADER.info))
    assert info.name == "waltz"
    content = journal_records.pack_header(HEADER).replace(b'"title"', b'"shoe_size": 43, "title"')
    assert journal_records.unpack_header(content) == HEADER
    odd = replace(observation(7))
    packed = bytearray(journal_records.pack_observation(odd))
    packed[8] |= 0x80
    assert journal_records.unpack_observation(bytes(packed), FRAME_SIZE_PX).picture == odd.picture
