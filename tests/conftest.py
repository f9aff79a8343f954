"""Fixtures that every test may use."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.storage.folders import HOME_VARIABLE, user_folders

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Compiled once for all runs of the tests, in this process and in those that they start.
os.environ.setdefault("NUMBA_CACHE_DIR", str(user_folders().kernels))

ROOT = Path(__file__).resolve().parent.parent
FOOTAGE = ROOT.parent / "shared" / "footage"
OUTPUT = ROOT / "tests" / "output"
"""Pictures that tests leave to be looked at."""


@pytest.fixture(scope="session")
def footage() -> Path:
    """Folder of the two test videos; skips where it is missing."""
    if not (FOOTAGE / "teacher.mp4").is_file() or not (FOOTAGE / "student.mp4").is_file():
        pytest.skip(f"the test videos are not in {FOOTAGE}")
    return FOOTAGE


@pytest.fixture(scope="session", autouse=True)
def coach_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The coach's folders of this test run: empty, but for the pose models, which are those of the user's cache.

    So nothing that a test records, extracts or remembers gets among the user's own things, and a model that has to
    be fetched is fetched only once on each computer.
    """
    models = user_folders().models
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME_VARIABLE, str(home))
        _share(models, user_folders().models)
        yield home


def _share(folder: Path, link: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    link.parent.mkdir(parents=True, exist_ok=True)
    try:
        link.symlink_to(folder, target_is_directory=True)
    except OSError:  # Windows asks for a right that few users have
        shutil.copytree(folder, link)
