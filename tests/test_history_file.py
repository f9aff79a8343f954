"""Whatever state the history file is in: no run is lost that could be kept, and the user is told."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.settings.storage import HistorySettings
from coach.storage.history import History
from tests.builders_history import FULL_RUN, make_run, reread

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "history.sqlite3"


BROKEN = {
    "empty name": b"SQLite format 3\x00" + b"\xff" * 4000,
    "letter": b"Dear diary, " * 500,
    "zeros": b"\0" * 8192,
    "one letter": b"{",
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_set_aside(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    history = History(path)
    (notice,) = history.notices
    assert "is kept as history.broken-1.sqlite3; a new one begins without the old runs" in notice
    assert path.with_name("history.broken-1.sqlite3").read_bytes() == content
    history.add(FULL_RUN)
    history.close()
    assert reread(path) == (FULL_RUN,)


def test_an_empty_file_is_a_beginning(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    history = History(path)
    history.add(FULL_RUN)
    history.close()
    assert reread(path) == (FULL_RUN,)


def test_a_database_of_another_program_is_set_aside(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE recipes (name TEXT)")
        other.execute("INSERT INTO recipes VALUES ('soup')")
    history = History(path)
    history.close()
    assert len(history.notices) == 1
    with closing(sqlite3.connect(path.with_name("history.broken-1.sqlite3"))) as other:
        assert other.execute("SELECT name FROM recipes").fetchall() == [("soup",)]


@pytest.mark.parametrize(("page", "runs_left"), [(4, 60), (9, 20), (5, 60), (2, 0)], ids=str)
def test_what_can_still_be_read_of_a_damaged_file_is_taken_over(path: Path, page: int, runs_left: int) -> None:
    """Page 2 is the beginning of all runs, 4 an index, 5 the beginning of all phrases, 9 some of the runs."""
    history = History(path)
    runs = [make_run(number) for number in range(60)]
    for run in runs:
        history.add(run)
    history.close()
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xa5" * 4096
    path.write_bytes(content)
    history = History(path)
    rescued = history.runs()
    history.add(make_run(100))
    history.close()
    assert "kept as history.broken-1.sqlite3" in history.notices[0]
    assert {replace(run, phrases=()) for run in rescued} <= {replace(run, phrases=()) for run in runs}
    assert len(rescued) >= runs_left
    assert reread(path) == (make_run(100), *rescued)


@QUICK
@given(data=st.data())
def test_any_damage_is_survived(path: Path, data: st.DataObject) -> None:
    for old in path.parent.glob("*"):
        old.unlink()
    history = History(path)
    for number in range(20):
        history.add(make_run(number))
    history.close()
    content = bytearray(path.read_bytes())
    if data.draw(st.booleans()):
        content = content[: data.draw(st.integers(0, len(content)))]
    for _ in range(data.draw(st.integers(0, 5)) if content else 0):
        place = data.draw(st.integers(0, len(content) - 1))
        patch = data.draw(st.binary(min_size=1, max_size=300))
        content[place : place + len(patch)] = patch
    path.write_bytes(content)
    history = History(path)
    history.runs()
    history.best_score("first-steps")
    history.add(make_run(50))
    assert make_run(50).started_utc in {run.started_utc for run in history.runs()}
    history.close()
    again = History(path)
    again.runs()
    again.close()


def test_damage_that_shows_while_writing_costs_no_run(path: Path) -> None:
    history = History(path)
    history.add(make_run(0))
    history.close()
    history = History(path)
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = path.stat().st_size
    path.write_bytes(path.read_bytes()[:100] + os.urandom(size - 100))
    history.add(make_run(1))
    assert make_run(1) in history.runs()
    history.close()
    assert make_run(1) in reread(path)


def test_a_second_program_that_writes_is_waited_for_and_then_worked_round(path: Path) -> None:
    history = History(path, HistorySettings(busy_timeout_s=0.01))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    history.add(make_run(0))
    assert "locked" in history.notices[0]
    history.add(make_run(1))
    assert len(history.notices) == 1
    assert history.runs() == (make_run(1), make_run(0)), "in memory for now"
    assert history.count() == 2
    assert history.best_score("first-steps") == FULL_RUN.score
    other.execute("ROLLBACK")
    other.close()
    history.close()
    assert history.notices == []
    assert reread(path) == (make_run(1), make_run(0))


def test_two_programs_add_to_one_history(path: Path) -> None:
    one, other = History(path), History(path)
    one.add(make_run(0))
    other.add(make_run(1))
    one.add(make_run(2))
    assert one.runs() == other.runs() == tuple(make_run(number) for number in (2, 1, 0))
    one.close()
    other.close()
    assert len(reread(path)) == 3


def test_a_full_disk_is_told_and_the_run_is_kept_in_memory(path: Path) -> None:
    history = History(path)
    history.add(make_run(0))
    connection = history._database._connection
    assert connection is not None
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    numbers = range(1, 60)
    for number in numbers:
        history.add(make_run(number))
    assert "full" in history.notices[0]
    assert len(history.runs()) == 60
    connection.execute("PRAGMA max_page_count = 100000")
    history.add(make_run(60))
    assert history.notices == []
    history.close()
    assert len(reread(path)) == 61


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="this user may write everywhere")
def test_a_folder_without_the_right_to_write(path: Path) -> None:
    check_read_only(path)


def check_read_only(path: Path) -> None:
    history = History(path)
    history.add(FULL_RUN)
    history.close()
    path.parent.chmod(stat.S_IRUSR | stat.S_IXUSR)
    path.chmod(stat.S_IRUSR)
    try:
        history = History(path)
        history.add(make_run(1))
        assert history.runs() == (make_run(1), FULL_RUN), "what is there can be seen, what is new is kept in memory"
        assert not history.writable
        assert len(history.notices) == 1
        history.close()
    finally:
        path.parent.chmod(stat.S_IRWXU)
    assert path.exists()


def test_a_place_that_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    history = History(tmp_path / "data" / "history.sqlite3")
    history.add(FULL_RUN)
    assert history.runs() == (FULL_RUN,)
    assert len(history.notices) == 1
    assert not history.delete_all()
    history.close()


def test_a_directory_in_its_place(path: Path) -> None:
    path.mkdir(parents=True)
    history = History(path)
    history.add(FULL_RUN)
    assert history.runs() == (FULL_RUN,)
    assert history.notices
    history.close()
    assert path.is_dir()
