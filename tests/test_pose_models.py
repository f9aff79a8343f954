"""The pose model is found or made, verified, never half there; every failure is one line."""

from __future__ import annotations

import hashlib
import os
import threading
import zipfile
from pathlib import Path

import pytest

from coach.devices.model_source import ModelSource, PoseModelKind, SourceError
from coach.devices.pose_bundle import BundleError, build_bundle, check_bundle
from coach.devices.pose_detector import PoseDetector
from coach.devices.pose_models import ensure_pose_model
from coach.errors import PoseModelError
from coach.settings.sensing import DownloadSettings
from tests.builders_sensing import FakeSource, bundle_bytes, pose_model

FULL, LITE = PoseModelKind.FULL, PoseModelKind.LITE
QUICK = DownloadSettings(connect_timeout_s=2.0, stall_timeout_s=0.5, poll_s=0.05)


class Ask:
    """One call of `ensure_pose_model` with everything it said."""

    def __init__(self, cache: Path, *sources: ModelSource, user_path: Path | None = None) -> None:
        self.lines: list[str] = []
        self.shares: list[float] = []
        self.path = ensure_pose_model(
            FULL,
            cache_dir=cache,
            user_path=user_path,
            report=self.lines.append,
            progress=lambda _what, share: self.shares.append(share),
            sources=sources,
        )


def files_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


# --- order of the sources


def test_first_source_that_works_wins_and_the_next_run_asks_nobody(tmp_path: Path) -> None:
    dead = FakeSource("the store", error=SourceError("not reached"))
    alive = FakeSource("pip", bundle_bytes())
    never = FakeSource("npm", bundle_bytes(b"x"))
    first = Ask(tmp_path / "models", dead, alive, never)
    second = Ask(tmp_path / "models", dead, alive, never)
    assert first.path == second.path == tmp_path / "models" / "pose_landmarker_full.task"
    assert first.lines == ["Pose model: the store: not reached"]
    assert second.lines == []
    assert (dead.calls, alive.calls, never.calls) == (1, 1, 0)
    assert first.shares == [1.0]


def test_all_sources_failing_is_one_sentence_with_file_and_folder(tmp_path: Path) -> None:
    lines: list[str] = []
    with pytest.raises(PoseModelError) as caught:
        ensure_pose_model(
            FULL,
            cache_dir=tmp_path,
            report=lines.append,
            progress=lambda _what, _share: None,
            sources=[FakeSource("a"), FakeSource("b", error=OSError(28, "No space left on device"))],
        )
    assert "pose_landmarker_full.task" in str(caught.value)
    assert str(tmp_path) in str(caught.value)
    assert lines == ["Pose model: a: has nothing", "Pose model: b: no space left on device"]
    assert files_in(tmp_path) == set()


@pytest.mark.parametrize("content", [b"", b"<html>log in to this network</html>", bundle_bytes(metadata=False)])
def test_rubbish_from_a_source_is_never_put_in_place(tmp_path: Path, content: bytes) -> None:
    asked = Ask(tmp_path, FakeSource("store", content), FakeSource("pip", bundle_bytes()))
    assert len(asked.lines) == 1
    assert asked.lines[0].startswith("Pose model: store: ")
    assert asked.path.read_bytes() == bundle_bytes()


def test_an_interrupted_fetch_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        Ask(tmp_path, FakeSource("store", error=KeyboardInterrupt()))  # type: ignore[arg-type]
    assert files_in(tmp_path) == set()


def test_what_a_killed_process_left_is_cleared_away(tmp_path: Path) -> None:
    old, young = tmp_path / ".making-old", tmp_path / ".making-young"
    old.mkdir()
    young.mkdir()
    os.utime(old, (1_000_000, 1_000_000))
    Ask(tmp_path, FakeSource("store", bundle_bytes()))
    assert not old.exists()
    assert young.exists()


def test_several_processes_at_once_all_get_a_whole_model(tmp_path: Path) -> None:
    paths: list[Path] = []
    threads = [
        threading.Thread(target=lambda: paths.append(Ask(tmp_path, FakeSource("store", bundle_bytes())).path))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(paths) == 6
    check_bundle(paths[0])
    assert files_in(tmp_path) == {"pose_landmarker_full.task", "pose_landmarker_full.task.sha256"}


# --- the cache


def test_the_checksum_is_recorded_beside_the_model(tmp_path: Path) -> None:
    path = Ask(tmp_path, FakeSource("store", bundle_bytes())).path
    recorded = path.with_name(path.name + ".sha256").read_text().strip()
    assert recorded == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("damage", ["truncated", "flipped", "empty"])
def test_a_damaged_model_is_set_aside_with_one_line_and_made_anew(tmp_path: Path, damage: str) -> None:
    path = Ask(tmp_path, FakeSource("store", bundle_bytes())).path
    content = bytearray(path.read_bytes())
    content[60_000] ^= 0x10
    path.write_bytes({"truncated": content[:90_000], "flipped": content, "empty": b""}[damage])
    source = FakeSource("store", bundle_bytes())
    again = Ask(tmp_path, source)
    assert source.calls == 1
    assert len(again.lines) == 1
    assert "damaged" in again.lines[0]
    assert again.path.read_bytes() == bundle_bytes()
    assert (tmp_path / "pose_landmarker_full.task.damaged").exists()


def test_a_model_put_there_by_hand_is_taken(tmp_path: Path) -> None:
    (tmp_path / FULL.file_name).write_bytes(bundle_bytes(b"h"))
    assert Ask(tmp_path).path.read_bytes() == bundle_bytes(b"h")
    (tmp_path / FULL.file_name).write_bytes(bundle_bytes(b"i"))
    assert Ask(tmp_path).lines == []


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("not a folder")
    with pytest.raises(PoseModelError, match="models: the folder for the pose model cannot be made"):
        Ask(tmp_path / "models")


# --- the user's own file


def test_the_users_file_is_used_where_it_lies(tmp_path: Path) -> None:
    own = tmp_path / "mein Modell ü.task"
    own.write_bytes(bundle_bytes())
    assert Ask(tmp_path / "models", user_path=own).path == own
    assert not (tmp_path / "models").exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "there is no such file"),
        (b"hello", "is damaged or not a pose model"),
        (bundle_bytes(metadata=False), "lacks the metadata"),
        (bundle_bytes(compressed=True), "compressed"),
        (bundle_bytes()[:-1000], "is damaged or not a pose model"),
    ],
)
def test_a_bad_file_of_the_user_is_named_and_no_other_is_taken(
    tmp_path: Path, content: bytes | None, words: str
) -> None:
    own = tmp_path / "own.task"
    if content is not None:
        own.write_bytes(content)
    source = FakeSource("store", bundle_bytes())
    with pytest.raises(PoseModelError, match=words) as caught:
        Ask(tmp_path, source, user_path=own)
    assert str(own) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert source.calls == 0


def test_a_zip_of_something_else_is_no_bundle(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.task", "w") as archive:
        archive.writestr("holiday.jpg", b"x")
    with pytest.raises(BundleError, match=r"holds no pose_detector\.tflite"):
        check_bundle(tmp_path / "a.task")


# --- the real thing


def test_the_real_model_loads_and_building_it_again_gives_the_same_bytes(tmp_path: Path) -> None:
    path = pose_model()
    check_bundle(path)
    PoseDetector(path).close()
    with zipfile.ZipFile(path) as archive:
        networks = [archive.read("pose_detector.tflite"), archive.read("pose_landmarks_detector.tflite")]
    assert build_bundle(*networks) == build_bundle(*networks)
