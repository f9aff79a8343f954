"""`library history`, `export` and `delete-history`: what was practised, on the command line."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest

from coach.app.history_command import NOTHING_YET, run_history, run_rows
from coach.app.wall_clock import days_since, local_text, utc_now
from coach.storage.folders import user_folders
from coach.storage.history import History
from tests.builders_history import FULL_RUN, make_run
from tests.builders_runs import run


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DANCE_COACH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TZ", "UTC")
    return tmp_path


@pytest.fixture
def practised(home: Path) -> Path:
    history = History(user_folders().history)
    for number, score in enumerate((60.0, 82.4, None)):
        history.add(make_run(number, score=score))
    history.add(make_run(3, reference="waltz", score=99.0, span_s=(8.0, 75.0)))
    history.close()
    return home


class Keyboard(io.StringIO):
    def isatty(self) -> bool:
        return True


def said(action: str, *names: str, yes: bool = False, answer: str | None = None) -> tuple[int, list[str]]:
    out = io.StringIO()
    answers = Keyboard(answer + "\n") if answer is not None else io.StringIO("y\n")
    code = run_history(action, names, yes=yes, out=out, answers=answers)
    return code, out.getvalue().splitlines()


def test_nothing_yet(home: Path) -> None:
    assert said("history") == (0, [NOTHING_YET])
    assert not user_folders().history.exists(), "asking makes no file"


def test_the_table_is_newest_first(practised: Path) -> None:
    code, lines = said("history")
    assert code == 0
    assert lines[0].split() == ["WHEN", "REFERENCE", "SCORE", "JUDGED", "SPEED", "DANCED", "PART"]
    assert [line.split()[2] for line in lines[1:]] == ["waltz", "first-steps", "first-steps", "first-steps"]
    assert lines[1].endswith("99     85%     80 %   1:01    0:08 - 1:15")
    assert lines[2].split()[3] == "-"
    assert lines[3].split()[3] == "82"


def test_some_phrases_are_not_the_whole() -> None:
    first = FULL_RUN.phrases[0]
    unseen = replace(first, score=None, judged_share=0.0, passes_count=0)
    whole, parts = replace(FULL_RUN, phrases=(first,) * 5), replace(FULL_RUN, phrases=(first, *(unseen,) * 4))
    assert [row[-1] for row in run_rows([whole, parts, replace(parts, span_s=(8.0, 75.0))])] == [
        "whole",
        "parts",
        "0:08 - 1:15",
    ]


@pytest.mark.parametrize("name", ["first-steps", "First-Steps", "somewhere/first-steps.h5"])
def test_of_one_reference(practised: Path, name: str) -> None:
    _, lines = said("history", name)
    assert len(lines) == 5
    assert lines[-1] == "Best score of the whole dance: 82"


def test_of_a_reference_that_was_not_practised(practised: Path) -> None:
    assert said("history", "tango") == (0, ["tango: it was not practised yet"])


def test_long_histories_are_cut(home: Path) -> None:
    history = History(user_folders().history)
    for number in range(60):
        history.add(make_run(number))
    history.close()
    _, lines = said("history")
    assert len(lines) == 52
    assert lines[-1] == "... and 10 older ones: library export FILE.csv writes all"


def test_times_are_those_of_the_wall_clock() -> None:
    assert local_text("yesterday") == "yesterday"
    assert local_text("0001-01-01T00:00:00+00:00")
    assert days_since("yesterday", utc_now()) is None
    assert len(local_text("2026-03-01T18:00:00+00:00")) == len("2026-03-01 18:00")


def test_export(practised: Path) -> None:
    path = practised / "practice.csv"
    code, lines = said("export", str(path))
    assert (code, lines) == (0, [f"4 practices written to {path}, the phrases to {practised / 'practice-phrases.csv'}"])
    assert len(path.read_text(encoding="utf-8-sig").splitlines()) == 5


def test_an_export_that_fails_is_a_failure_in_words(practised: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (practised / "file").touch()
    assert run("library", "export", practised / "file" / "practice.csv") == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "there is no such folder" in line


@pytest.mark.parametrize(("answer", "left"), [("y", 0), ("Yes", 0), ("ja", 0), ("", 4), ("n", 4), ("what?", 4)])
def test_deleting_asks_first(practised: Path, answer: str, left: int) -> None:
    code, lines = said("delete-history", answer=answer)
    assert code == (1 if left else 0)
    assert "4 practices" in lines[0]
    assert lines[-1].endswith("Nothing was deleted." if left else "4 practices deleted.")
    history = History(user_folders().history)
    assert history.count() == left
    history.close()


def test_deleting_without_a_question(practised: Path) -> None:
    assert run("library", "delete-history", "--yes") == 0
    assert said("history") == (0, [NOTHING_YET])
    assert said("delete-history", yes=True) == (0, ["0 practices deleted."])


def test_nobody_to_ask_deletes_nothing(
    practised: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert run("library", "delete-history") == 1
    assert "--yes" in capsys.readouterr().err
    history = History(user_folders().history)
    assert history.count() == 4
    history.close()


def test_a_broken_history_is_told(practised: Path, capsys: pytest.CaptureFixture[str]) -> None:
    user_folders().history.write_text("Dear diary")
    assert run("library", "history") == 0
    told = capsys.readouterr()
    assert "history.broken-1.sqlite3" in told.err
    assert told.out == NOTHING_YET + "\n"


@pytest.mark.parametrize("words", ["export", "export a.csv b.csv", "history a b", "delete-history first-steps"])
def test_wrong_usage(practised: Path, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("library", *words.split()) == 2
    assert f"{words.split()[0]} takes" in capsys.readouterr().err


def test_a_run_of_a_reference_with_an_odd_name(home: Path) -> None:
    history = History(user_folders().history)
    history.add(replace(make_run(), reference="Wälzer für zwei"))
    history.close()
    assert "Wälzer für zwei" in said("history", "wälzer für zwei")[1][1]
