"""Reference files that are meant to harm, or say impossible things: each is refused in one sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import h5py
import numpy as np
import pytest

from coach.errors import ReferenceFileError
from coach.settings.storage import ReferenceFileSettings
from coach.storage.reference_hdf5 import read_info, read_reference, write_reference
from tests.builders_pose import make_reference
from tests.builders_reference_file import intact_file, problem_of, unsealed


@pytest.fixture(scope="module")
def intact(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return intact_file(tmp_path_factory.mktemp("intact"))


def test_a_path_with_a_nul() -> None:
    assert "cannot be read" in problem_of(Path("a\0b.h5"))


@pytest.fixture
def change(
    tmp_path: Path, intact: bytes, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Callable[[h5py.File], None]], Path]:
    """Apply a change to an intact file; it is then read without the trial in another process, to keep this quick."""
    monkeypatch.setattr("coach.storage.reference_hdf5.vet", lambda *_: None)

    def apply(how: Callable[[h5py.File], None]) -> Path:
        path = tmp_path / "changed.h5"
        path.write_bytes(unsealed(intact))
        with h5py.File(path, "r+") as file:
            how(file)
        return path

    return apply


Change = Callable[[Callable[[h5py.File], None]], Path]


def test_a_newer_version(change: Change) -> None:
    def newer(file: h5py.File) -> None:
        file.attrs["schema_version"] = 2
        del file["masks"]

    path = change(newer)
    for read in (read_reference, read_info):
        with pytest.raises(ReferenceFileError, match=r"newer version.*Update"):
            read(path)


def put(file: h5py.File, name: str, **how: object) -> None:
    """Replace a dataset."""
    del file[name]
    file.create_dataset(name, **how)


def external_link(file: h5py.File) -> None:
    del file["masks"]
    file["masks"] = h5py.ExternalLink("/etc/passwd", "/x")


def soft_link(file: h5py.File) -> None:
    del file["audio"]
    file["audio"] = h5py.SoftLink("/time_s")


def stray_link(file: h5py.File) -> None:
    file["innocent"] = h5py.ExternalLink("/etc/passwd", "/x")


def link_in_takes(file: h5py.File) -> None:
    file["takes/001"] = h5py.SoftLink("/takes/000")


def external_storage(file: h5py.File) -> None:
    put(file, "time_s", shape=(4,), dtype="<f8", external=[("/etc/passwd", 0, 32)])


def virtual_storage(file: h5py.File) -> None:
    layout = h5py.VirtualLayout((4,), "<f8")
    layout[:] = h5py.VirtualSource("/etc/passwd", "x", (4,))
    del file["time_s"]
    file.create_virtual_dataset("time_s", layout)


def terabytes(file: h5py.File) -> None:
    file.attrs["frame_count"] = 10**9
    put(file, "time_s", shape=(10**9,), dtype="<f8", chunks=(1000,))


def unwritten(file: h5py.File) -> None:
    put(file, "masks", shape=(4, 256, 32), dtype="u1", chunks=(1, 256, 32), compression="gzip")


def unwritten_contiguous(file: h5py.File) -> None:
    put(file, "masks", shape=(4, 256, 32), dtype="u1")


def giant_chunk(file: h5py.File) -> None:
    put(file, "audio", shape=(400,), maxshape=(None,), dtype="<i2", chunks=(2**28,), compression="gzip")


def inflating_chunk(file: h5py.File) -> None:
    import zlib

    put(file, "audio", shape=(400,), dtype="<i2", chunks=(400,), compression="gzip")
    file["audio"].id.write_direct_chunk((0,), zlib.compress(bytes(10**6), 9))
    file["audio"].attrs["rate_hz"] = 8000


def odd_filter(file: h5py.File) -> None:
    put(file, "audio", data=np.zeros(400, "<i2"), compression="lzf")


def objects(file: h5py.File) -> None:
    put(file, "sections", data=["verse"], dtype=h5py.string_dtype())


def references(file: h5py.File) -> None:
    put(file, "beats_s", data=np.array([file["time_s"].ref], dtype=h5py.ref_dtype))


def text_attribute(file: h5py.File) -> None:
    file.attrs["title"] = "variable length"


def huge_attribute(file: h5py.File) -> None:
    file.attrs.create("title", np.array(b"x" * 60_000, "S60000"))


def array_attribute(file: h5py.File) -> None:
    file.attrs["fps"] = np.ones(1000)


def escape_codes(file: h5py.File) -> None:
    file.attrs.create("title", np.array(b"\x1b]0;owned\x07", "S20"))


def no_text(file: h5py.File) -> None:
    file.attrs.create("title", np.array(b"\xff\xfe\xfd", "S3"))


def group_for_dataset(file: h5py.File) -> None:
    del file["masks"]
    file.create_group("masks")


def dataset_for_takes(file: h5py.File) -> None:
    put(file, "takes", data=np.zeros(3))


def endless_takes(file: h5py.File) -> None:
    file["takes/000/takes"] = file["takes"]


def many_members(file: h5py.File) -> None:
    for index in range(100):
        file[f"extra{index}"] = 1


HARMFUL: list[tuple[Callable[[h5py.File], None], str]] = [
    (external_link, "points to data outside"),
    (soft_link, "points to data outside"),
    (stray_link, "points to data outside"),
    (link_in_takes, "points to data outside"),
    (external_storage, "from another file"),
    (virtual_storage, "from another file"),
    (terabytes, "frame count is impossible|incomplete|more memory"),
    (unwritten, "masks is incomplete"),
    (unwritten_contiguous, "masks is incomplete"),
    (giant_chunk, "too large"),
    (inflating_chunk, "audio is damaged|audio is incomplete"),
    (odd_filter, "packed in a way"),
    (objects, "holds numbers of the type"),
    (references, "holds numbers of the type"),
    (text_attribute, "not text of fixed length"),
    (huge_attribute, "longer than 4096 bytes"),
    (array_attribute, "fps is of the wrong type"),
    (escape_codes, "control characters"),
    (no_text, "title is not text"),
    (group_for_dataset, "not a table of numbers"),
    (dataset_for_takes, "not stored as they should be"),
    (endless_takes, "not stored as they should be"),
    (many_members, "far more parts"),
]


@pytest.mark.parametrize(("harm", "problem"), HARMFUL, ids=[harm.__name__ for harm, _ in HARMFUL])
def test_meant_to_harm(change: Change, harm: Callable[[h5py.File], None], problem: str) -> None:
    assert re.search(problem, problem_of(change(harm)))


def test_the_budget_counts_all_takes(tmp_path: Path) -> None:
    write_reference(tmp_path / "x.h5", replace(make_reference(4), takes=(make_reference(4), make_reference(4))))
    with pytest.raises(ReferenceFileError, match="more memory"):
        read_reference(tmp_path / "x.h5", ReferenceFileSettings(max_content_bytes=100_000))


def numbers(name: str, place: tuple[int, ...], value: float) -> Callable[[h5py.File], None]:
    def spoil(file: h5py.File) -> None:
        data = file[name][()]
        data[place] = value
        attributes = dict(file[name].attrs)
        put(file, name, data=data)
        for key, content in attributes.items():
            file[name].attrs.create(key, content)

    return spoil


def attribute(name: str, value: object) -> Callable[[h5py.File], None]:
    def spoil(file: h5py.File) -> None:
        file.attrs[name] = value

    return spoil


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (numbers("time_s", (2,), np.nan), "times are not all numbers"),
        (numbers("time_s", (2,), 0.0), "do not increase"),
        (numbers("time_s", (0,), -1.0), "not at time 0"),
        (numbers("time_s", (3,), 1e9), "longer than|differ"),
        (numbers("landmarks_image", (1, 1, 0), np.inf), "far away"),
        (numbers("landmarks_image", (1, 1, 0), np.nan), "half missing"),
        (numbers("landmarks_world", (1, 1, 3), 2.0), "visibility"),
        (numbers("landmarks_world", (1, 1, 3), np.nan), "visibility"),
        (numbers("trajectory", (1, 1), np.inf), "infinite"),
        (numbers("beats_s", (0,), np.nan), "outside"),
        (attribute("fps", 0.0), "frame rate"),
        (attribute("fps", np.nan), "frame rate"),
        (attribute("frame_size_px", np.array([640, -1])), "picture size"),
        (attribute("frame_count", 5), "shape"),
        (attribute("frame_count", -1), "shape|impossible"),
        (attribute("duration_s", 99.0), "differ"),
        (attribute("schema_version", 0), "impossible format version"),
    ],
)
def test_impossible_numbers(change: Change, spoil: Callable[[h5py.File], None], problem: str) -> None:
    assert re.search(problem, problem_of(change(spoil)))


def test_a_change_by_another_program_is_read(change: Change) -> None:
    def rename(file: h5py.File) -> None:
        file.attrs.create("title", np.array(b"Neuer Titel", "S11"))

    path = change(rename)
    assert read_reference(path).info.title == read_info(path).info.title == "Neuer Titel"
