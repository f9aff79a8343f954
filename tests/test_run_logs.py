"""The log files of one run: a second practice never costs the first one's, and nobody's file is replaced unasked."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from coach.errors import CoachError
from coach.settings.storage import LogSettings
from coach.storage.run_logs import RunLogs
from coach.storage.session_log import SessionLog


def practise(logs: RunLogs, reference: str) -> SessionLog:
    log = SessionLog(logs)
    log.start(reference=reference, duration_s=30.0, sensed_by=lambda: ("camera 0", "full"), software_version="0.1.0")
    log.end(frames=0, dropped=0, seen=None, score=None)
    return log


def danced(path: Path) -> list[str]:
    """The references of all whole sessions of a log."""
    entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [entry["event"] for entry in entries] == ["start", "end"] * (len(entries) // 2)
    return [entry["reference"] for entry in entries[::2]]


def test_each_practice_has_a_file_of_its_own(tmp_path: Path) -> None:
    logs = RunLogs(tmp_path / "day.jsonl")
    for name in ("waltz", "salsa", "tango"):
        practise(logs, name)
    logs.close()
    found = {path.name: danced(path) for path in tmp_path.iterdir()}
    assert found == {"day.jsonl": ["waltz"], "day-2.jsonl": ["salsa"], "day-3.jsonl": ["tango"]}


def test_a_practice_that_never_began_takes_no_file(tmp_path: Path) -> None:
    logs = RunLogs(tmp_path / "day.jsonl")
    SessionLog(logs).close()
    practise(logs, "waltz")
    SessionLog(logs).close()
    practise(logs, "salsa")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["day-2.jsonl", "day.jsonl"]


def test_the_named_file_is_replaced_once_there_is_something_to_put_there(tmp_path: Path) -> None:
    path = tmp_path / "day.jsonl"
    path.write_text("an older log\n")
    RunLogs(path).close()
    assert path.read_text() == "an older log\n"
    logs = RunLogs(path)
    assert path.read_text() == "an older log\n"
    practise(logs, "waltz")
    assert danced(path) == ["waltz"]


def test_a_numbered_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "day-2.jsonl").write_text("somebody's\n")
    logs = RunLogs(tmp_path / "day.jsonl")
    practise(logs, "waltz")
    practise(logs, "salsa")
    assert (tmp_path / "day-2.jsonl").read_text() == "somebody's\n"
    assert danced(tmp_path / "day-3.jsonl") == ["salsa"]


def test_nothing_is_left_where_nothing_was_practised(tmp_path: Path) -> None:
    RunLogs(tmp_path / "day.jsonl").close()
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_file_goes_on(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    logs = RunLogs(pipe)
    practise(logs, "waltz")
    practise(logs, "salsa")
    lines = os.read(reader, 10_000).decode().splitlines()
    os.close(reader)
    assert [json.loads(line).get("reference") for line in lines] == ["waltz", None, "salsa", None]
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_further_file_that_cannot_be_written_is_told_and_the_practice_goes_on(tmp_path: Path) -> None:
    warnings: list[str] = []
    logs = RunLogs(tmp_path / "day.jsonl", LogSettings(max_files=1))
    practise(logs, "waltz")
    log = SessionLog(logs, warn=warnings.append)
    log.start(reference="salsa", duration_s=30.0, sensed_by=lambda: ("camera 0", "full"), software_version="0.1.0")
    log.end(frames=0, dropped=0, seen=None, score=None)
    (warning,) = warnings
    assert "cannot be written" in warning
    assert "goes on" in warning
    assert danced(tmp_path / "day.jsonl") == ["waltz"]


def test_a_place_that_cannot_be_written_is_told_before_anything_is_danced(tmp_path: Path) -> None:
    with pytest.raises(CoachError, match=r"cannot be written there.*--log"):
        RunLogs(tmp_path / "none" / "day.jsonl")


def test_without_a_file_nothing_happens() -> None:
    logs = RunLogs(None)
    practise(logs, "waltz")
    logs.close()


def test_closing_closes_what_is_still_open(tmp_path: Path) -> None:
    """A program that fails in the middle keeps what was logged."""
    logs = RunLogs(tmp_path / "day.jsonl")
    log = SessionLog(logs)
    log.start(reference="waltz", duration_s=30.0, sensed_by=lambda: ("camera 0", "full"), software_version="0.1.0")
    taken = logs._taken[0]
    logs.close()
    logs.close()
    assert taken.closed
    log.close()
