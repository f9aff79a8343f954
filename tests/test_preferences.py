"""Remembered choices: typed, validated, never lost, never overwritten unread."""

from __future__ import annotations

import errno
import json
import os
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.errors import SettingsError
from coach.settings.preferences import Preferences
from coach.settings.storage import JsonFileSettings
from coach.storage.preferences import KIND_WORDS, KINDS, PreferenceStore, fault

NAMES = [item.name for item in fields(Preferences)]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
BROKEN = (b"", b"{", b"[1]", b"null", b'"x"', b'{"strictness": NaN}', b'{"strictness": 1e999}', b"\xff\xfe")
TOO_MUCH = (b"[" * 100_000, b" " * 2_000_000, b'{"a": ' * 50_000)


def saved(path: Path, **changes: Any) -> PreferenceStore:
    """A store of that file with ``changes`` made and saved."""
    store = PreferenceStore(path)
    store.change(**changes)
    store.close()
    return store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "preferences.json"


def test_every_choice_is_of_a_kind_that_can_be_kept_and_its_default_fits() -> None:
    assert set(KINDS.values()) <= set(KIND_WORDS)
    for name, value in asdict(Preferences()).items():
        assert fault(name, value) is None, name


def test_remembers(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "preferences.json"
    assert PreferenceStore(path).current == Preferences()
    assert not path.exists(), "asking changes nothing"
    saved(path, voice=False, strictness=1.5, camera="Kamera für Tänzer")
    again = PreferenceStore(path)
    assert again.current == Preferences(voice=False, strictness=1.5, camera="Kamera für Tänzer")
    assert again.notices == []


def test_a_change_holds_at_once(path: Path) -> None:
    store = PreferenceStore(path)
    store.change(theme="light")
    assert store.current.theme == "light"
    store.change(language="de")
    store.close()
    assert json.loads(path.read_text()) == {"theme": "light", "language": "de"}, "what was not chosen is not written"


def test_choices_of_the_command_line_hold_unsaved_until_they_are_changed(path: Path) -> None:
    store = PreferenceStore(path)
    store.hold(strictness=2.0, language="de")
    store.change(theme="light", strictness=0.5)
    store.close()
    assert (store.current.strictness, store.current.language) == (0.5, "de")
    assert json.loads(path.read_text()) == {"theme": "light", "strictness": 0.5}


def test_a_whole_number_is_a_number(path: Path) -> None:
    path.write_text('{"strictness": 2}')
    store = PreferenceStore(path)
    store.change(text_size_percent=90)
    assert [type(value) for value in (store.current.strictness, store.current.text_size_percent)] == [float, float]
    store.close()


def test_unknown_keys_survive(path: Path) -> None:
    path.write_text('{"of_the_future": {"a": [1, 2]}, "half": "\\ud800", "voice": false}')
    saved(path, music=False)
    content = json.loads(path.read_text())
    assert content == {"of_the_future": {"a": [1, 2]}, "half": "\ud800", "voice": False, "music": False}


def test_one_bad_value_costs_only_itself(path: Path) -> None:
    path.write_text('{"strictness": "very", "theme": "pink", "voice": false}')
    store = PreferenceStore(path)
    assert store.current == Preferences(voice=False)
    assert sorted(notice.split(": ", 1)[1] for notice in store.notices) == [
        "strictness must be a number; using 1.0",
        'theme must be one of dark, light, high-contrast; using "dark"',
    ]
    store.change(music=False, theme="light")
    store.close()
    content = {"strictness": "very", "theme": "light", "voice": False, "music": False}
    assert json.loads(path.read_text()) == content, "kept until it is changed"


@pytest.mark.parametrize("content", [*BROKEN, *TOO_MUCH], ids=lambda content: repr(content[:12]))
def test_a_broken_file_is_set_aside(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    store = PreferenceStore(path)
    (notice,) = store.notices
    assert "kept as preferences.broken-1.json" in notice
    assert path.with_name("preferences.broken-1.json").read_bytes() == content
    saved(path, voice=False)
    assert PreferenceStore(path).current.voice is False
    path.write_bytes(b"{")
    assert "broken-2" in PreferenceStore(path).notices[0]
    assert path.with_name("preferences.broken-1.json").read_bytes() == content


def test_what_breaks_while_the_program_runs_is_set_aside_too(path: Path) -> None:
    store = saved(path, voice=False)
    path.write_bytes(b"{")
    store.change(theme="light")
    store.close()
    assert json.loads(path.read_text()) == {"voice": False, "theme": "light"}
    assert path.with_name("preferences.broken-1.json").read_bytes() == b"{"


def test_what_could_not_be_read_is_not_saved_over(path: Path) -> None:
    path.mkdir()
    store = saved(path, voice=False)
    assert store.current.voice is False, "for this run the choice holds"
    (notice,) = store.notices
    assert "cannot be read" in notice
    assert "will not be saved" in notice
    assert path.is_dir()
    path.rmdir()
    path.write_text('{"theme": "light"}')
    store.change(music=False)
    store.close()
    assert json.loads(path.read_text()) == {"theme": "light", "voice": False, "music": False}
    assert store.notices == [], "the trouble has passed"


def test_a_full_disk_keeps_the_old_choices(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = saved(path, voice=False)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    for voice in (True, False, True):
        store.change(voice=voice)
        store.close()
    assert len(store.notices) == 1
    assert "cannot be saved (no space left on device)" in store.notices[0]
    assert store.current.voice is True
    monkeypatch.undo()
    assert PreferenceStore(path).current.voice is False
    assert os.listdir(path.parent) == [path.name]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = saved(tmp_path / "file" / "preferences.json", voice=False)
    assert store.current.voice is False
    assert store.notices


def test_two_programs_do_not_undo_each_others_choices(path: Path) -> None:
    one, other = PreferenceStore(path), PreferenceStore(path)
    one.change(theme="light")
    one.close()
    other.change(language="de")
    other.close()
    assert PreferenceStore(path).current == Preferences(theme="light", language="de")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("strictness", 9.0),
        ("strictness", True),
        ("strictness", float("nan")),
        ("strictness", 10**400),
        ("voice", 1),
        ("theme", "left"),
        ("camera", 0),
        ("camera", "half a character \ud800"),
    ],
)
def test_bad_choices_are_refused(path: Path, name: str, value: object) -> None:
    store = PreferenceStore(path)
    for choose in (store.change, store.hold):
        with pytest.raises(SettingsError, match=name):
            choose(**{name: value})
    store.close()
    assert store.current == Preferences()
    assert list(path.parent.iterdir()) == []


def test_unknown_names_are_a_mistake_of_the_program(path: Path) -> None:
    with pytest.raises(TypeError, match="shoe size"):
        PreferenceStore(path).change(**{"shoe size": 43})


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.dictionaries(st.sampled_from([*NAMES, "other"]), JSON))
def test_any_json_object_gives_usable_choices(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content))
    store = PreferenceStore(path)
    for name, value in asdict(store.current).items():
        assert fault(name, value) is None
        if name in content and fault(name, content[name]) is None:
            assert value == content[name]
    store.change(voice=False)
    store.close()
    assert json.loads(path.read_text()) == {**content, "voice": False}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_any_bytes_are_survived(path: Path, content: bytes) -> None:
    for old in path.parent.iterdir():
        old.unlink()
    path.write_bytes(content)
    saved(path, language="de")
    assert PreferenceStore(path, JsonFileSettings()).current.language == "de"
