"""The program itself, run as people run it: `run_coach.py` in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.conftest import FOOTAGE, ROOT

WITHOUT_SCREEN = {"SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}
"""A window that is drawn and shown to nobody, music that nobody hears."""

TIMEOUT_S = 1800.0


def coach_command(*arguments: str) -> list[str]:
    """The command line of ``run_coach.py`` with ``arguments``."""
    return [sys.executable, str(ROOT / "run_coach.py"), *arguments]


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Ours, less what pytest or this bench set for themselves."""
    mine = {key: value for key, value in os.environ.items() if not key.startswith(("SDL_", "OPENBLAS_"))}
    return {**mine, **(more or {})}


def run(command: Sequence[str], more: Mapping[str, str] | None = None) -> str:
    """Run to the end and give what it wrote to stdout; raises RuntimeError with its last words if it fails."""
    result = subprocess.run(
        command, cwd=ROOT, env=environment(more), capture_output=True, text=True, timeout=TIMEOUT_S, check=False
    )
    if result.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {result.returncode}: {result.stderr.strip()[-500:]}")
    return result.stdout


def log_entries(path: Path) -> list[dict[str, Any]]:
    """All whole lines of a session's log."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.endswith("\n")]


def footage_file(name: str) -> Path | None:
    """One of the two test videos, None where they are missing."""
    path = FOOTAGE / name
    return path if path.is_file() else None
