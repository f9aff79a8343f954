"""Remembered choices: validated, never lost, never overwritten unread."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.errors import CoachError
from coach.storage.preferences import PREFERENCES, PreferenceStore

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def test_defaults_fit_themselves() -> None:
    for name, preference in PREFERENCES.items():
        assert preference.fits(preference.default), name


def test_remembers(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "preferences.json"
    store = PreferenceStore(path)
    assert store["voice"] is True
    assert not path.exists(), "asking changes nothing"
    store.update({"voice": False, "strictness": 1.5, "last_reference": "Walzer für zwei"})
    again = PreferenceStore(path)
    assert (again["voice"], again["strictness"], again["last_reference"]) == (False, 1.5, "Walzer für zwei")
    assert again["mirror"] == "auto"
    assert again.notes == []


def test_unknown_keys_survive(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    path.write_text('{"of_the_future": {"a": [1, 2]}, "voice": false}')
    PreferenceStore(path).update({"music": False})
    assert json.loads(path.read_text()) == {"of_the_future": {"a": [1, 2]}, "voice": False, "music": False}


def test_one_bad_value_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    path.write_text('{"strictness": "very", "voice": false}')
    store = PreferenceStore(path)
    assert (store["strictness"], store["voice"]) == (1.0, False)
    (note,) = store.notes
    assert "strictness must be a number from 0.25 to 4; using 1.0" in note
    store.update({"music": False})
    assert json.loads(path.read_text())["strictness"] == "very", "kept until it is changed"


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[1]", b"null", b'"x"', b'{"strictness": NaN}', b"\xff\xfe", b"[" * 100_000, b" " * 2_000_000],
    ids=lambda content: repr(content[:12]),
)
def test_a_broken_file_is_set_aside(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "preferences.json"
    path.write_bytes(content)
    store = PreferenceStore(path)
    (note,) = store.notes
    assert "kept as preferences.broken-1.json" in note
    assert (tmp_path / "preferences.broken-1.json").read_bytes() == content
    store.update({"voice": False})
    assert PreferenceStore(path)["voice"] is False
    path.write_bytes(b"{")
    assert "broken-2" in PreferenceStore(path).notes[0]
    assert (tmp_path / "preferences.broken-1.json").read_bytes() == content


def test_what_could_not_be_read_is_not_saved_over(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    path.mkdir()
    store = PreferenceStore(path)
    assert store["voice"] is True
    assert "cannot be read" in store.notes[0]
    with pytest.raises(CoachError, match="not saved"):
        store.update({"voice": False})
    assert store["voice"] is False, "for this run the choice holds"
    assert path.is_dir()


def test_a_full_disk_keeps_the_old_choices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "preferences.json"
    store = PreferenceStore(path)
    store.update({"voice": False})

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CoachError, match="cannot be saved"):
        store.update({"voice": True})
    monkeypatch.undo()
    assert PreferenceStore(path)["voice"] is False
    assert os.listdir(tmp_path) == ["preferences.json"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("strictness", 9.0), ("strictness", True), ("strictness", float("nan")), ("voice", 1), ("mirror", "left")],
)
def test_bad_choices_are_refused(tmp_path: Path, name: str, value: object) -> None:
    store = PreferenceStore(tmp_path / "preferences.json")
    with pytest.raises(CoachError, match=f"{name} cannot be"):
        store.update({name: value})
    assert store[name] == PREFERENCES[name].default
    assert list(tmp_path.iterdir()) == []


def test_unknown_names_are_a_mistake_of_the_program(tmp_path: Path) -> None:
    store = PreferenceStore(tmp_path / "preferences.json")
    with pytest.raises(KeyError):
        store["shoe size"]
    with pytest.raises(KeyError):
        store.update({"shoe size": 43})


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.dictionaries(st.sampled_from([*PREFERENCES, "other"]), JSON))
def test_any_json_object_gives_usable_choices(tmp_path: Path, content: dict[str, Any]) -> None:
    path = tmp_path / "preferences.json"
    path.write_text(json.dumps(content))
    store = PreferenceStore(path)
    for name, preference in PREFERENCES.items():
        assert preference.fits(store[name])
    store.update({"voice": False})
    assert json.loads(path.read_text()) == {**content, "voice": False}
