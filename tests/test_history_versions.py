"""A history file of an older or newer version."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from coach.storage.history import History
from coach.storage.history_schema import STEPS
from tests.builders_history import FULL_RUN, make_run, reread


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "history.sqlite3"


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
