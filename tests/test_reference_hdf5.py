"""Reference files: what is written comes back, in the promised layout, whole or not at all."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import h5py
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.errors import ReferenceFileError
from coach.pose.landmark_table import BODY_PART_NAMES
from coach.pose.reference import Audio, Reference, ReferenceInfo, Section
from coach.storage.reference_hdf5 import read_info, read_reference, write_reference
from tests.builders_pose import make_reference

ROOT = Path(__file__).resolve().parent.parent
RNG = np.random.default_rng(7)


def full_reference(n: int = 40) -> Reference:
    """A reference with everything in it, missing landmarks too."""
    reference = make_reference(n)
    image = reference.track.image.copy()
    image[3] = (np.nan, np.nan, np.nan, 0.0)
    image[5, 10] = (np.nan, np.nan, np.nan, 0.0)
    energy = reference.flow_energy.copy()
    energy[0] = np.nan
    return replace(
        reference,
        info=replace(reference.info, title="Grüße aus 東京", mirrored=True),
        track=replace(reference.track, image=image),
        flow_energy=energy,
        audio=Audio(RNG.integers(-3000, 3000, 11_025).astype(np.int16), 22_050),
        takes=(make_reference(25), make_reference(12)),
    )


def assert_same(read: Reference, written: Reference) -> None:
    """Equal but for what float32 rounds away."""
    assert read.info == written.info
    assert read.fps == written.fps
    assert read.sections == written.sections
    np.testing.assert_array_equal(read.track.time_s, written.track.time_s)
    assert read.track.frame_size_px == written.track.frame_size_px
    for name in ("trajectory", "flow_energy", "flow_energy_parts"):
        expected = getattr(written, name).astype(np.float32).astype(np.float64)
        np.testing.assert_array_equal(getattr(read, name), expected)
    for name in ("image", "world"):
        expected = getattr(written.track, name).astype(np.float32).astype(np.float64)
        np.testing.assert_array_equal(getattr(read.track, name), expected)
    np.testing.assert_array_equal(read.masks, written.masks)
    np.testing.assert_array_equal(read.key_moments_s, written.key_moments_s)
    np.testing.assert_array_equal(read.beats_s, written.beats_s)
    assert (read.audio is None) == (written.audio is None)
    if read.audio is not None and written.audio is not None:
        assert read.audio.rate_hz == written.audio.rate_hz
        np.testing.assert_array_equal(read.audio.pcm, written.audio.pcm)
    assert len(read.takes) == len(written.takes)
    for read_take, written_take in zip(read.takes, written.takes, strict=True):
        assert_same(read_take, written_take)


def test_round_trip(tmp_path: Path) -> None:
    path, reference = tmp_path / "dance.h5", full_reference()
    write_reference(path, reference)
    read = read_reference(path)
    assert_same(read, reference)
    assert read.track.image.dtype == read.flow_energy.dtype == np.float64
    assert os.listdir(tmp_path) == ["dance.h5"]


def test_without_the_optional_parts(tmp_path: Path) -> None:
    bare = replace(make_reference(2), sections=(), key_moments_s=np.zeros(0), beats_s=np.zeros(0))
    write_reference(tmp_path / "bare.h5", bare)
    assert_same(read_reference(tmp_path / "bare.h5"), bare)


def test_a_single_frame(tmp_path: Path) -> None:
    one = replace(make_reference(1), sections=(), beats_s=np.zeros(0))
    write_reference(tmp_path / "one.h5", one)
    assert_same(read_reference(tmp_path / "one.h5"), one)


TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=40)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=TEXTS, teacher=TEXTS, section=TEXTS, fps=st.floats(0.5, 240.0), mirrored=st.booleans())
def test_any_text_comes_back(
    tmp_path: Path, title: str, teacher: str, section: str, fps: float, mirrored: bool
) -> None:
    info = ReferenceInfo(name="x", title=title, teacher=teacher, mirrored=mirrored)
    reference = replace(make_reference(4), info=info, fps=fps, sections=(Section(section, 0.0, 0.05),))
    write_reference(tmp_path / "x.h5", reference, replace=True)
    assert_same(read_reference(tmp_path / "x.h5"), reference)


def test_the_layout_is_the_promised_one(tmp_path: Path) -> None:
    reference = full_reference()
    write_reference(tmp_path / "dance.h5", reference)
    count = reference.frame_count
    with h5py.File(tmp_path / "dance.h5") as file:
        shapes = {
            name: (item.shape, item.dtype.str) for name, item in file.items() if name not in ("takes", "sections")
        }
        assert shapes == {
            "time_s": ((count,), "<f8"),
            "landmarks_image": ((count, 33, 4), "<f4"),
            "landmarks_world": ((count, 33, 4), "<f4"),
            "masks": ((count, 256, 32), "|u1"),
            "trajectory": ((count, 2), "<f4"),
            "flow_energy": ((count,), "<f4"),
            "flow_energy_parts": ((count, len(BODY_PART_NAMES)), "<f4"),
            "audio": ((11_025,), "<i2"),
            "key_moments": (reference.key_moments_s.shape, "<f8"),
            "beats_s": (reference.beats_s.shape, "<f8"),
        }
        assert file["sections"].dtype.names == ("name", "start_s", "end_s")
        assert file["audio"].attrs["rate_hz"] == 22_050
        assert file["flow_energy_parts"].attrs["part_names"].decode().split(",") == list(BODY_PART_NAMES)
        assert set(file.attrs) == {
            "format", "schema_version", "name", "title", "teacher", "created_utc", "source_kind", "source_sha256",
            "fps", "frame_count", "duration_s", "frame_size_px", "mirrored", "pose_model", "pose_library_version",
            "software_version",
        }  # fmt: skip
        assert file.attrs["format"] == b"dance-reference"
        assert file.attrs["schema_version"] == 1
        assert file.attrs["title"].decode() == "Grüße aus 東京"
        for name in ("masks", "landmarks_image", "landmarks_world", "time_s"):
            dataset = file[name]
            assert dataset.chunks[0] == 30, "about a second"
            assert (dataset.compression, dataset.shuffle, dataset.fletcher32) == ("gzip", True, True)
        np.testing.assert_array_equal(file["masks"][7], reference.masks[7])
        assert list(file["takes"]) == ["000", "001"]
        assert set(file["takes/000"]) == set(file) - {"takes", "audio"}


def test_the_same_reference_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.h5", "b.h5"):
        write_reference(tmp_path / name, make_reference(5))
    assert (tmp_path / "a.h5").read_bytes() == (tmp_path / "b.h5").read_bytes()


def test_info_without_reading_the_numbers(tmp_path: Path) -> None:
    reference = full_reference()
    write_reference(tmp_path / "dance.h5", reference)
    summary = read_info(tmp_path / "dance.h5")
    assert summary.info == reference.info
    assert (summary.frame_count, summary.fps) == (40, 30.0)
    assert summary.duration_s == reference.duration_s
    assert summary.frame_size_px == reference.track.frame_size_px
    assert (summary.has_audio, summary.section_count, summary.take_count) == (True, 2, 2)


def test_half_missing_landmarks_are_stored_as_missing(tmp_path: Path) -> None:
    reference = make_reference(3)
    image = reference.track.image.copy()
    image[1, 4, 0] = np.nan
    image[2, 5, 3] = 1.02
    write_reference(tmp_path / "x.h5", replace(reference, track=replace(reference.track, image=image)))
    read = read_reference(tmp_path / "x.h5").track.image
    assert np.isnan(read[1, 4, :3]).all()
    assert read[1, 4, 3] == 0.0
    assert read[2, 5, 3] == 1.0


def test_never_overwrites_unasked(tmp_path: Path) -> None:
    path = tmp_path / "dance.h5"
    write_reference(path, make_reference(3))
    before = path.read_bytes()
    with pytest.raises(ReferenceFileError, match="--replace"):
        write_reference(path, make_reference(4))
    assert path.read_bytes() == before
    write_reference(path, make_reference(4), replace=True)
    assert read_info(path).frame_count == 4


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"fps": float("nan")}, "frame rate"),
        ({"trajectory": np.zeros((2, 2))}, "shape"),
        ({"flow_energy": np.full(3, np.inf)}, "infinite"),
        ({"beats_s": np.array([1.0, 0.5])}, "do not increase"),
        ({"beats_s": np.array([5000.0])}, "outside"),
        ({"sections": (Section("late", 900.0, 901.0),)}, "section"),
        ({"sections": (Section("backwards", 0.05, 0.01),)}, "section"),
        ({"sections": (Section("x" * 300, 0.0, 0.05),)}, "longer than"),
        ({"info": ReferenceInfo("a", "two\nlines")}, "line breaks"),
        ({"info": ReferenceInfo("a", "\x1b[2J")}, "control"),
        ({"audio": Audio(np.zeros(10, np.float32), 8000)}, "16 bit"),  # type: ignore[arg-type]
        ({"audio": Audio(np.zeros(10, np.int16), 0)}, "samples a second"),
    ],
)
def test_refuses_to_write_nonsense(tmp_path: Path, change: dict[str, object], problem: str) -> None:
    with pytest.raises(ReferenceFileError, match=problem):
        write_reference(tmp_path / "x.h5", replace(make_reference(3), **change))  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("step", ["os.fsync", "os.replace", "open"])
@pytest.mark.parametrize("old", [True, False])
def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, old: bool) -> None:
    path = tmp_path / "dance.h5"
    if old:
        write_reference(path, make_reference(3))
    before = path.read_bytes() if old else None

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        if step == "open":
            patch.setattr(Path, "open", full)
        else:
            patch.setattr(step, full)
        with pytest.raises(ReferenceFileError, match=r"no space left on device.*Free some space"):
            write_reference(path, make_reference(4), replace=True)
    assert [item.name for item in tmp_path.iterdir()] == (["dance.h5"] if old else [])
    assert not old or path.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are a POSIX matter")
def test_a_disk_that_fills_up_half_way(tmp_path: Path) -> None:
    """A real refusal by the system in the middle of the file, in a process of its own."""
    path = tmp_path / "dance.h5"
    write_reference(path, make_reference(3))
    before = path.read_bytes()
    code = (
        "import resource, signal, sys\nfrom pathlib import Path\n"
        "from coach.errors import ReferenceFileError\nfrom coach.storage.reference_hdf5 import write_reference\n"
        "from tests.builders_pose import make_reference\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "try:\n    write_reference(Path(sys.argv[1]), make_reference(30), replace=True)\n"
        "except ReferenceFileError as error:\n    sys.exit(0 if 'cannot be written' in str(error) else 3)\n"
        "sys.exit(4)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], cwd=ROOT, timeout=60, check=False)
    assert done.returncode == 0
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.iterdir()] == ["dance.h5"]


def test_what_reads_back_differently_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that loses data without a word: the file is read before it replaces the old one."""
    path = tmp_path / "dance.h5"
    write_reference(path, make_reference(3))
    before = path.read_bytes()

    def swallow(descriptor: int) -> None:
        os.ftruncate(descriptor, 30_000)

    monkeypatch.setattr(os, "fsync", swallow)
    with pytest.raises(ReferenceFileError, match=r"dance\.h5: what was written cannot be read"):
        write_reference(path, make_reference(9), replace=True)
    monkeypatch.undo()
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.iterdir()] == ["dance.h5"]


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    from coach.errors import CoachError

    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CoachError, match="cannot be made"):
        write_reference(tmp_path / "file" / "sub" / "x.h5", make_reference(3))


def test_reading_takes_little_more_than_the_content(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    path = tmp_path / "long.h5"
    write_reference(path, make_reference(600))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    content = 600 * (256 * 32 + 2 * 33 * 4 * 8)
    read_reference(path)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert grown < 4 * content
