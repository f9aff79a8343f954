"""How late a real-time practice is, read from its log: the test video as the camera, or the drawn dancer."""

from __future__ import annotations

import hashlib
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from coach.errors import ReferenceFileError
from coach.storage.library import resolve
from coach.storage.reference_hdf5 import read_reference
from tests.bench.figures import Row, Samples
from tests.bench.program import WITHOUT_SCREEN, coach_command, footage_file, log_entries, run

PARTS = ("pose", "flow", "track", "judge", "total")
DURATION_S = 30.0


def measure_latency(model: str) -> list[Row]:
    """A practice at real-time pace, without a window and with one that is drawn sixty times a second."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        what, arguments = _command(folder, model)
        for title, options, more in (
            (f"Real-time {what}, {model}, headless", ("--headless", "--no-voice", "--no-music"), {}),
            (f"Real-time {what}, {model}, window, voice and music", (), WITHOUT_SCREEN),
        ):
            log = folder / "bench.jsonl"
            run(coach_command(*arguments, *options, "--log", str(log)), more)
            rows += latency_rows(title, log_entries(log))
    return rows


def latency_rows(title: str, entries: Sequence[dict[str, Any]]) -> list[Row]:
    """The rows of one log."""
    frames = [entry for entry in entries if entry["event"] == "frame"]
    end = next((entry for entry in entries if entry["event"] == "end"), None)
    rows = []
    for part in PARTS:
        samples = Samples([frame["latency_ms"][part] for frame in frames])
        rows.append(samples.row(title, part, "budget: p95 33 ms" if part == "total" else ""))
    if end is not None and frames:
        share = 100.0 * end["frames"] / max(1, end["frames"] + end["dropped"])
        rows.append(Row(title, "frames processed", "%", share, count=len(frames), note="budget: 95 %"))
        following = sum(frame["state"] == "following" for frame in frames)
        rows.append(Row(title, "following", "%", 100.0 * following / len(frames), count=len(frames)))
    return rows


def _command(folder: Path, model: str) -> tuple[str, tuple[str, ...]]:
    """What is practised, in words and as arguments."""
    teacher, student = footage_file("teacher.mp4"), footage_file("student.mp4")
    if teacher is None or student is None:
        return "demo", ("demo", "--model", model, "--duration", str(DURATION_S))
    options = ("--camera", str(student), "--model", model, "--duration", str(DURATION_S))
    return "practice of the test videos", ("practice", _reference(teacher, folder, model), *options)


def _reference(teacher: Path, folder: Path, model: str) -> str:
    """The teacher's video as a reference: the library's, if it is there, or made now."""
    try:
        path = resolve(teacher.stem)
        if read_reference(path).info.source_sha256 == hashlib.sha256(teacher.read_bytes()).hexdigest():
            return str(path)
    except ReferenceFileError:
        pass
    print(f"Taking a reference from {teacher.name} ...", file=sys.stderr)
    out = folder / f"{teacher.stem}.h5"
    run(coach_command("extract", str(teacher), "--name", teacher.stem, "--model", model, "--out", str(out)))
    return str(out)
