"""The layer rules, checked over the imports: a pure core, one library in one place."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
COACH = ROOT / "coach"

LAYERS: list[set[str]] = [
    {"errors", "settings", "clock"},
    {"pose"},
    {"gestures"},
    {"alignment"},
    {"judging"},
    {"session"},
    {"practice"},
    {"comparison"},
    {"routine"},
    {"threads"},
    {"vision"},
    {"storage", "devices", "ui", "report"},
    {"app"},
    {"cli"},
]
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}
CORE = {
    "errors", "settings", "clock", "pose", "gestures", "alignment", "judging", "session", "practice", "comparison",
    "routine",
}  # fmt: skip
MAY_IMPORT_OTHERS_OF_ITS_LAYER = {"settings": {"errors"}}

HOMES = {
    "cv2": ["coach/vision/"],
    "mediapipe": ["coach/devices/pose_"],
    "flatbuffers": ["coach/devices/pose_bundle.py"],
    "av": ["coach/devices/video_decoding.py", "coach/devices/audio_file.py", "coach/devices/side_by_side_video.py"],
    "h5py": ["coach/storage/"],
    "sqlite3": ["coach/storage/"],
    "pygame": ["coach/ui/"],
    "pyttsx3": ["coach/devices/voice"],
    "espeakng_loader": ["coach/devices/voice"],
    "python_stretch": ["coach/devices/time_stretch.py"],
    "numba": ["coach/alignment/kernels/compiling.py"],
    "platformdirs": ["coach/storage/folders.py"],
    "time": ["coach/clock.py"],
}
NOT_IN_THE_CORE = {
    "cv2", "mediapipe", "h5py", "sqlite3", "pygame", "pyttsx3", "av", "threading", "queue", "multiprocessing",
    "subprocess", "socket", "time", "datetime", "os", "io", "shutil", "tempfile", "random",
}  # fmt: skip


def modules() -> list[Path]:
    return sorted(path for path in COACH.rglob("*.py") if path.parent != COACH or path.stem != "__init__")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""


def layer_of(path: Path) -> str:
    first = path.relative_to(COACH).parts[0]
    return first.removesuffix(".py")


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_module_keeps_the_layers(path: Path) -> None:
    own = layer_of(path)
    assert own in RANK, f"{path} stands in no layer"
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "coach" and len(parts) > 1:
            other = parts[1]
            allowed = other == own or RANK[other] < RANK[own]
            allowed = allowed or other in MAY_IMPORT_OTHERS_OF_ITS_LAYER.get(own, set())
            assert allowed, f"{path.relative_to(ROOT)} ({own}) imports {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_each_library_has_one_home(path: Path) -> None:
    relative = path.relative_to(ROOT).as_posix()
    for name in imports(path):
        library = name.split(".")[0]
        if library in HOMES:
            assert any(relative.startswith(home) for home in HOMES[library]), f"{relative} imports {name}"
        if layer_of(path) in CORE and relative != "coach/clock.py":
            assert library not in NOT_IN_THE_CORE, f"the core module {relative} imports {name}"


def test_the_check_sees_a_broken_rule(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text("def later():\n    import cv2.text\n    from coach.ui import window\n")
    assert list(imports(module)) == ["cv2.text", "coach.ui"]
