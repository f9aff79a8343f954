"""Reference files that are damaged, or no reference files: each is refused in one sentence."""

from __future__ import annotations

import os
import random
from pathlib import Path

import h5py
import numpy as np
import pytest

from coach.errors import ReferenceFileError
from coach.settings.storage import ReferenceFileSettings
from coach.storage import reference_seal
from coach.storage.reference_guards import fletcher32
from coach.storage.reference_hdf5 import read_info, read_reference
from coach.storage.reference_layout import digest, pack
from tests.builders_reference_file import intact_file, problem_of, small_reference, unsealed


@pytest.fixture(scope="module")
def intact(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return intact_file(tmp_path_factory.mktemp("intact"))


# --- damage
def test_truncated_anywhere(tmp_path: Path, intact: bytes) -> None:
    path = tmp_path / "cut.h5"
    for length in [*range(0, len(intact), max(1, len(intact) // 100)), len(intact) - 1]:
        path.write_bytes(intact[:length])
        problem_of(path)
        problem_of(path, read_info)


def test_truncated_by_exactly_the_seal_is_intact(tmp_path: Path, intact: bytes) -> None:
    path = tmp_path / "unsealed.h5"
    path.write_bytes(unsealed(intact))
    assert digest(pack(read_reference(path))) == digest(pack(small_reference()))


def test_any_flipped_byte_is_found(tmp_path: Path, intact: bytes) -> None:
    path = tmp_path / "flipped.h5"
    chance = random.Random(1)
    for _ in range(300):
        damaged = bytearray(intact)
        for _ in range(chance.choice([1, 1, 2, 16])):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        problem_of(path)


def test_damage_that_the_seal_does_not_cover(tmp_path: Path, intact: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a seal, the guards are on their own: numbers are checksummed, the rest gives an error or is harmless.

    The offsets lie in the data; damaged bookkeeping can crash HDF5 itself, which `vet` is there for.
    """
    monkeypatch.setattr(reference_seal, "vet", lambda *_: None)
    monkeypatch.setattr("coach.storage.reference_hdf5.vet", lambda *_: None)
    path = tmp_path / "flipped.h5"
    content = unsealed(intact)
    path.write_bytes(content)
    spans = []
    with h5py.File(path) as file:
        for name in ("time_s", "landmarks_image", "masks", "audio", "sections"):
            chunk = file[name].id.get_chunk_info(0)
            spans.append((name, chunk.byte_offset, chunk.size))
    chance = random.Random(2)
    for name, start, size in spans:
        for _ in range(20):
            damaged = bytearray(content)
            damaged[start + chance.randrange(size)] ^= 1 << chance.randrange(8)
            path.write_bytes(damaged)
            assert problem_of(path) in (f"{name} is damaged", "it is damaged or cut short")


def test_a_file_that_crashes_or_hangs_the_reader(
    tmp_path: Path, intact: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "evil.h5"
    path.write_bytes(unsealed(intact))
    for code in ("import os; os.abort()", "import time; time.sleep(60)", "x = bytearray(2 ** 40)"):
        monkeypatch.setattr(reference_seal, "VET_CODE", code)
        with pytest.raises(ReferenceFileError, match="damaged so badly"):
            read_reference(path, ReferenceFileSettings(vetting_timeout_s=1.0))


def test_checksums_agree_with_hdf5(tmp_path: Path) -> None:
    for size in (1, 2, 7, 360, 720, 721, 5000):
        data = np.random.default_rng(size).integers(0, 256, size).astype(np.uint8)
        for content in (data, np.zeros_like(data), np.full_like(data, 255)):
            with h5py.File(tmp_path / "sum.h5", "w") as file:
                dataset = file.create_dataset("x", data=content, chunks=(size,), fletcher32=True)
                _, raw = dataset.id.read_direct_chunk((0,))
            assert fletcher32(raw[:-4]) == int.from_bytes(raw[-4:], "little")


# --- foreign things
def test_no_such_file(tmp_path: Path) -> None:
    assert problem_of(tmp_path / "none.h5") == "there is no such file"


def test_a_folder(tmp_path: Path) -> None:
    assert problem_of(tmp_path) == "it is not a file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.h5")
    assert problem_of(tmp_path / "pipe.h5") == "it is not a file"


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "x.h5").touch()
    assert problem_of(tmp_path / "x.h5") == "it is empty"


def test_a_text_file(tmp_path: Path) -> None:
    (tmp_path / "x.h5").write_text("Dear diary, today I danced.")
    assert "not an HDF5 file" in problem_of(tmp_path / "x.h5")


def test_hdf5_of_something_else(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "x.h5", "w") as file:
        file["weights"] = np.zeros(10)
    assert "not a dance reference" in problem_of(tmp_path / "x.h5")
    with h5py.File(tmp_path / "x.h5", "w") as file:
        file.attrs["format"] = 7
    assert "not a dance reference" in problem_of(tmp_path / "x.h5", read_info)
