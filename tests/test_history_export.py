"""The history as tables for a spreadsheet."""

from __future__ import annotations

import csv
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.errors import CoachError
from coach.practice.run_record import RunRecord
from coach.storage.history import History
from coach.storage.history_csv import FORMULA_SIGNS, phrases_path, write_csv
from tests.builders_history import FULL_RUN, RUNS, make_run


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_row_for_each_run_and_one_for_each_phrase(tmp_path: Path) -> None:
    history = History(tmp_path / "history.sqlite3")
    history.add(make_run(1, score=None, span_s=(8.0, 16.0), phrases=()))
    history.add(FULL_RUN)
    path = tmp_path / "practice.csv"
    assert history.export_csv(path)
    history.close()
    first, second = table(path)
    assert (first["run"], first["started_utc"], first["score"]) == ("1", FULL_RUN.started_utc, "81.25")
    assert first["title"] == "First steps – für alle"
    assert first["worst"] == "Left arm straighter | Später: du bist zu früh"
    assert first["unseen"] == "left_ankle 40% | right_ankle 35%"
    assert first["timing_histogram"] == "0 3 12 40 5 0"
    assert (first["mirrored"], first["span_start_s"]) == ("1", "")
    assert (second["run"], second["score"], second["span_start_s"], second["span_end_s"]) == ("2", "", "8.0", "16.0")
    phrases = table(phrases_path(path))
    assert [(row["run"], row["start_s"], row["score"]) for row in phrases] == [
        ("1", "0.0", "91.0"), ("1", "8.0", ""), ("1", "16.0", "55.5")
    ]  # fmt: skip
    assert phrases_path(path) == path.with_name("practice-phrases.csv")


def test_an_empty_history_gives_headings(tmp_path: Path) -> None:
    history = History(tmp_path / "history.sqlite3")
    assert history.export_csv(tmp_path / "practice.csv")
    history.close()
    assert table(tmp_path / "practice.csv") == []
    assert (tmp_path / "practice.csv").read_text(encoding="utf-8-sig").startswith("run,reference,title,started_utc,")


def test_an_older_table_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    history = History(tmp_path / "history.sqlite3")
    history.add(FULL_RUN)
    path = tmp_path / "practice.csv"
    path.write_text("old")
    phrases_path(path).mkdir()
    assert not history.export_csv(path)
    assert "cannot be written" in history.notices[-1]
    assert path.read_text() == "old"
    phrases_path(path).rmdir()
    assert history.export_csv(path)
    assert len(table(path)) == 1
    history.close()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes are files here")
@pytest.mark.parametrize("name", ["practice.csv", "practice-phrases.csv"])
def test_what_is_no_file_is_not_replaced_by_one(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    with pytest.raises(CoachError, match="no ordinary file"):
        write_csv(tmp_path / "practice.csv", [FULL_RUN])
    assert (tmp_path / name).is_fifo()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_missing_folder_is_told_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(CoachError, match="there is no such folder"):
        write_csv(tmp_path / "new" / "practice.csv", [FULL_RUN])
    assert list(tmp_path.iterdir()) == []


def test_a_text_is_never_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "practice.csv"
    write_csv(path, [replace(FULL_RUN, title="=HYPERLINK(1)", mode="+1", trajectory=-3.5)])
    (row,) = table(path)
    assert (row["title"], row["mode"], row["trajectory"]) == ("'=HYPERLINK(1)", "'+1", "-3.5")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(runs=st.lists(RUNS, max_size=3))
def test_any_runs_make_a_table_that_reads_back(tmp_path: Path, runs: list[RunRecord]) -> None:
    path = tmp_path / "practice.csv"
    write_csv(path, runs)
    rows = table(path)
    for row, run in zip(rows, runs, strict=True):
        mark = "'" if run.title.startswith(FORMULA_SIGNS) else ""
        assert row["title"] == mark + run.title
        assert float(row["danced_s"]) == run.danced_s
        assert row["score"] == ("" if run.score is None else str(run.score))
    assert len(table(phrases_path(path))) == sum(len(run.phrases) for run in runs)
