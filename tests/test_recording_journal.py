"""What was recorded comes back, however the recording ended."""

from __future__ import annotations

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

from coach.pose.observation import Observation
from coach.pose.reference import Audio
from coach.storage.recording_journal import (
    JournalWriter,
    RecordingError,
    find_unfinished,
    recover,
)
from tests.builders_journal import HEADER, observation, write_journal
from tests.builders_pose import FRAME_SIZE_PX

ROOT = Path(__file__).resolve().parent.parent


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
from tests.builders_journal import HEADER, observation
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
