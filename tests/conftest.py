"""Fixtures that every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parent.parent
FOOTAGE = ROOT.parent / "shared" / "footage"


@pytest.fixture(scope="session")
def footage() -> Path:
    """Folder of the two test videos; skips where it is missing."""
    if not (FOOTAGE / "teacher.mp4").is_file() or not (FOOTAGE / "student.mp4").is_file():
        pytest.skip(f"the test videos are not in {FOOTAGE}")
    return FOOTAGE
