"""The history: every run comes back as it was, and is gone for good when it is deleted."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator
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
from tests.builders_history import FULL_RUN, RUNS, make_run, reread

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "history.sqlite3"


@pytest.fixture
def history(path: Path) -> Iterator[History]:
    kept = History(path)
    yield kept
    kept.close()


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
