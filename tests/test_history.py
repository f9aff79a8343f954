"""The history: every run comes back as it was, and no state of the disk takes it away or raises."""

from __future__ import annotations

import math
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.practice.run_record import PhraseScore, RunRecord
from coach.settings.storage import HistorySettings
from coach.storage.history import History
from coach.storage.history_rows import PHRASE_COLUMNS, RUN_COLUMNS, RUN_PARTS, WORST_COLUMNS
from coach.storage.history_schema import STEPS
from tests.builders_history import FULL_RUN, RUNS, make_run

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "history.sqlite3"


@pytest.fixture
def history(path: Path) -> Iterator[History]:
    kept = History(path)
    yield kept
    kept.close()


def opened(path: Path) -> History:
    return History(path)


def reread(path: Path) -> tuple[RunRecord, ...]:
    """All runs of the file, read by a history of its own; nothing must be amiss with it."""
    again = History(path)
    runs = again.runs()
    again.close()
    assert again.notices == []
    return runs


def test_every_field_of_a_run_has_its_place(history: History) -> None:
    assert {*RUN_COLUMNS, *RUN_PARTS} == {item.name for item in fields(RunRecord)}
    connection = history._database._connection
    assert connection is not None
    for table, columns in (("runs", RUN_COLUMNS), ("phrases", PHRASE_COLUMNS), ("worst_moments", WORST_COLUMNS)):
        there = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
        assert set(columns) <= there, f"a new field of {table} needs a new step in STEPS"


def test_a_run_comes_back_as_it_was(path: Path) -> None:
    history = History(path)
    history.add(FULL_RUN)
    history.add(replace(make_run(1), span_s=(8.0, 16.0), score=None, phrases=(), worst=(), unseen=()))
    history.close()
    assert reread(path) == (
        replace(make_run(1), span_s=(8.0, 16.0), score=None, phrases=(), worst=(), unseen=()),
        FULL_RUN,
    )


@QUICK
@given(runs=st.lists(RUNS, max_size=4))
def test_any_runs_come_back(path: Path, runs: list[RunRecord]) -> None:
    for old in path.parent.glob("*"):
        old.unlink()
    history = History(path)
    for run in runs:
        history.add(run)
    order = sorted(range(len(runs)), key=lambda index: (runs[index].started_utc, index), reverse=True)
    newest_first = tuple(runs[index] for index in order)
    assert history.runs() == newest_first
    history.close()
    assert reread(path) == newest_first


def test_numbers_of_numpy_and_unknown_numbers(history: History) -> None:
    phrase = PhraseScore(np.float32(0.5), np.float64(2.0), float("nan"), np.float32(0.25), np.int64(2), np.nan)  # type: ignore[arg-type]
    history.add(replace(FULL_RUN, score=np.float32(50.5), mirrored=np.bool_(True), judged_share=math.nan,
                        constant_delay_ms=math.inf, phrases=(phrase,),
                        timing_histogram=tuple(np.arange(3))))  # fmt: skip  # type: ignore[arg-type]
    (run,) = history.runs()
    assert (run.score, run.mirrored, run.judged_share, run.constant_delay_ms) == (50.5, True, 0.0, None)
    assert run.phrases == (PhraseScore(0.5, 2.0, None, 0.25, 2, None),)
    assert run.timing_histogram == (0, 1, 2)


def test_a_run_that_is_none_costs_only_itself(history: History) -> None:
    history.add(replace(FULL_RUN, title=None))  # type: ignore[arg-type]
    history.add(replace(make_run(1), timing_histogram=(2**70,)))
    history.add(make_run(2))
    assert history.runs() == (make_run(2),)
    assert len(history.notices) == 2


def test_runs_of_one_reference_newest_first(history: History) -> None:
    for number in (2, 0, 1):
        history.add(make_run(number))
        history.add(make_run(number, reference="waltz"))
    assert history.runs("waltz") == tuple(make_run(number, reference="waltz") for number in (2, 1, 0))
    assert len(history.runs(limit_count=4)) == 4
    assert history.runs("waltz", 1) == (make_run(2, reference="waltz"),)
    assert history.runs("tango") == ()
    assert history.runs(limit_count=-1) == ()
    assert (history.count(), history.count("waltz")) == (6, 3)


def test_the_best_score_is_that_of_whole_runs(history: History) -> None:
    assert history.best_score("first-steps") is None
    left_out = tuple(replace(phrase, passes_count=0) for phrase in FULL_RUN.phrases)
    history.add(make_run(0, score=None))
    assert history.best_score("first-steps") is None
    history.add(make_run(1, score=70.0))
    history.add(make_run(2, score=60.0))
    history.add(make_run(3, score=99.0, span_s=(0.0, 8.0)))
    history.add(make_run(4, score=98.0, phrases=left_out))
    history.add(make_run(5, score=97.0, reference="waltz"))
    assert history.best_score("first-steps") == 70.0


# --- states of the file


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


# --- versions

LATER = (*STEPS, "ALTER TABLE runs ADD COLUMN mood TEXT;\nCREATE TABLE moods (name TEXT);\n")


def mood_of(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT mood FROM runs").fetchall()


def version_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_an_older_file_is_migrated_and_a_copy_of_it_stays(path: Path) -> None:
    history = History(path)
    history.add(FULL_RUN)
    history.close()
    assert version_of(path) == len(STEPS)
    later = History(path, steps=LATER)
    assert later.runs() == (FULL_RUN,)
    later.add(make_run(1))
    later.close()
    assert later.notices == []
    assert version_of(path) == len(STEPS) + 1
    assert mood_of(path) == [(None,), (None,)]
    copy = path.with_name(f"history.version-{len(STEPS)}.sqlite3")
    assert reread(copy) == (FULL_RUN,)


def test_several_steps_at_once(path: Path) -> None:
    History(path).close()
    three = (*LATER, "ALTER TABLE runs ADD COLUMN shoes TEXT;\n")
    later = History(path, steps=three)
    later.add(FULL_RUN)
    later.close()
    assert version_of(path) == len(three)


def test_a_step_that_fails_leaves_the_file_as_it_was(path: Path) -> None:
    history = History(path)
    history.add(FULL_RUN)
    history.close()
    failing = (*STEPS, "ALTER TABLE runs ADD COLUMN mood TEXT;\nINSERT INTO nowhere VALUES (1);\n")
    later = History(path, steps=failing)
    later.add(make_run(1))
    assert later.runs() == (make_run(1), FULL_RUN)
    later.close()
    assert len(later.notices) == 1
    assert version_of(path) == len(STEPS)
    assert reread(path) == (FULL_RUN,)


def test_a_file_of_a_newer_version_is_left_alone(path: Path) -> None:
    later = History(path, steps=LATER)
    later.add(FULL_RUN)
    later.close()
    before = path.read_bytes()
    history = History(path)
    history.add(make_run(1))
    assert "newer version" in history.notices[0]
    assert history.runs()[0] == make_run(1)
    history.close()
    assert path.read_bytes() == before
    assert list(path.parent.glob("*broken*")) == []


# --- export and deletion


def test_all_runs_are_deleted_and_leave_no_trace(path: Path) -> None:
    path.parent.mkdir()
    path.with_name("history.broken-1.sqlite3").write_bytes(b"old")
    path.with_name("history.version-1.sqlite3").write_bytes(b"old")
    path.with_name("history-of-mine.txt").write_bytes(b"of the user")
    history = History(path)
    history.add(make_run(0, title="Secret Samba"))
    history.add(make_run(1))
    assert history.delete_all()
    assert history.runs() == ()
    assert b"Secret Samba" not in b"".join(file.read_bytes() for file in path.parent.iterdir())
    history.add(make_run(2))
    history.close()
    assert reread(path) == (make_run(2),)
    assert sorted(file.name for file in path.parent.iterdir()) == ["history-of-mine.txt", "history.sqlite3"]


def test_a_deletion_that_fails_is_told(path: Path) -> None:
    history = History(path, HistorySettings(busy_timeout_s=0.01))
    history.add(FULL_RUN)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert not history.delete_all()
    assert history.notices
    other.close()
    history.close()
    assert reread(path) == (FULL_RUN,)


def test_traces_that_cannot_be_deleted_are_told(path: Path) -> None:
    """Another program that still reads keeps the log, with what was deleted, from being emptied."""
    history = History(path, HistorySettings(busy_timeout_s=0.01))
    history.add(FULL_RUN)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM runs").fetchone()
    assert not history.delete_all()
    assert history.notices
    other.close()
    assert history.delete_all()
    history.close()
    assert reread(path) == ()
