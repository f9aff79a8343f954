"""What is said of faults, in every language: nothing is missing, nothing gets lost on the way to the screen."""

from __future__ import annotations

import ast
import copy
import pickle
import re
import string
from collections.abc import Iterator
from pathlib import Path

import h5py
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.devices import camera_errors
from coach.devices.camera_list import CameraIdentity
from coach.errors import CameraError, CoachError, ReferenceFileError, Sentence, SettingsError, WorkerError
from coach.storage.json_file import JsonFile
from coach.storage.reference_hdf5 import read_reference
from coach.storage.sentence_json import packed, unpacked
from coach.ui.said import SAID, said
from coach.ui.words_said_system import GERMAN as FROM_THE_SYSTEM
from tests.builders_reference_file import intact_file, unsealed

ROOT = Path(__file__).resolve().parent.parent
SPEAKING = (
    "app/studio", "devices/camera", "devices/pose_b", "devices/pose_d", "devices/pose_m", "devices/video_",
    "devices/voice.py", "devices/voice_manager.py", "devices/worker.py", "settings/checks.py", "storage/folders.py",
    "storage/history.py", "storage/history_f", "storage/json_file.py", "storage/latency_store.py",
    "storage/library.py", "storage/preferences.py", "storage/reference_", "storage/set_aside.py", "ui/screenshot.py",
    "ui/sound_device.py",
)  # fmt: skip
"""Modules whose words for the user may stand on a screen."""
NO_WORDS = (
    r"^[A-Z]+ |^(PRAGMA|SELECT|ORDER|NOT INDEXED|WHERE)",  # SQL
    r"^(camera line|save \w+|voice answers|No trace of)$",  # names of threads
    r"^import sys; ",
    r"the source is not open|the pose detector is closed|thread was started before$|there is no choice|is not JSON$",
    r"^the picture must be|did not hold the|set aside, the pose model is made anew$|^Pose model: ",
    r"opens, but gives no picture$|^getting ready$|^no voice$",
)
"""Strings of theirs that nobody reads on a screen: for the machine, the terminal or the programmer."""


def is_for_a_screen(path: Path) -> bool:
    return path.relative_to(ROOT / "coach").as_posix().startswith(SPEAKING)


def strings_of(tree: ast.AST) -> Iterator[str]:
    """All strings of a module but documentation and the pieces of f-strings."""
    skipped = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            skipped |= {id(part) for part in node.values}
            yield "".join(part.value if isinstance(part, ast.Constant) else "…" for part in node.values)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node.value


def templates_of(tree: ast.AST) -> Iterator[str]:
    """What `Sentence` is given anywhere."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Sentence", "_require"):
            yield from (a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str))


MODULES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "coach").rglob("*.py"))}
WORDS = re.compile(r"[A-Za-z]{2,}[,;:]? [a-z]{2,}")


@pytest.mark.parametrize("language", SAID)
def test_every_sentence_for_a_screen_is_there_in_every_language(language: str) -> None:
    missing = []
    for path, tree in MODULES.items():
        wanted = set(templates_of(tree))
        if is_for_a_screen(path):
            wanted |= {text for text in strings_of(tree) if not any(re.search(rule, text) for rule in NO_WORDS)}
        spoken = {text for text in wanted if WORDS.search(re.sub(r"\{.*?\}", "", text))}
        missing += [f"{path.name}: {text}" for text in sorted(spoken - SAID[language].keys())]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("language", SAID)
def test_no_language_says_what_nobody_says(language: str) -> None:
    used = {
        text
        for path, tree in MODULES.items()
        if not path.stem.startswith("words_said")
        for text in (*strings_of(tree), *templates_of(tree))
    }
    unused = SAID[language].keys() - used - FROM_THE_SYSTEM.keys()
    assert not unused


@pytest.mark.parametrize("language", SAID)
def test_the_same_is_put_into_each(language: str) -> None:
    def fields(template: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}

    for english, other in SAID[language].items():
        assert fields(english) == fields(other), english


# -- sentences
def test_a_sentence_is_a_text_that_knows_what_it_is_made_of() -> None:
    sentence = Sentence("{what} is {size:g} m long", what="it", size=2.5)
    assert sentence == "it is 2.5 m long"
    assert sentence.fields == {"what": "it", "size": 2.5}
    for twin in (copy.deepcopy(sentence), pickle.loads(pickle.dumps(sentence))):
        assert (twin, twin.template, twin.fields) == (sentence, sentence.template, sentence.fields)


@given(st.text(), st.integers(), st.floats(allow_nan=False))
def test_a_sentence_survives_another_process(text: str, count: int, size: float) -> None:
    sentence = Sentence("{a}, {b}, {c:g}: {d}", a=text, b=count, c=size, d=Sentence("{x} {y}", x=text, y=(1, 2)))
    arrived = unpacked(packed(sentence))
    assert arrived == sentence
    assert said(arrived, "de") == said(sentence, "de")
    assert unpacked(packed(text)) == text


@pytest.mark.parametrize("raw", [None, 3, [], {}, {"template": "{x}", "fields": {}}, {"template": 3, "fields": {}}])
def test_what_is_no_sentence_is_refused(raw: object) -> None:
    with pytest.raises(ValueError, match="no words"):
        unpacked(raw)


@pytest.mark.parametrize("language", ["en", "xx"])
def test_where_there_is_no_other_language_it_stays_english(language: str) -> None:
    assert said(Sentence("{name} is damaged", name="x"), language) == "x is damaged"
    assert said("nobody translated this", "de") == "nobody translated this"
    assert said(Sentence("{name} was {what}", name="x", what="it was unplugged"), "de") == "x was sie wurde abgezogen"


# -- from the fault to the screen
def test_camera_faults_are_said_with_all_that_is_in_them() -> None:
    present = (CameraIdentity(1, "Logi", "usb-1"),)
    no_camera = camera_errors.no_camera(0, present).sentence
    assert said(no_camera, "de") == "Kamera 0: Diese Kamera gibt es nicht. Nimm eine von diesen: --camera 1 (Logi)"
    busy = said(camera_errors.camera_busy("camera 0", certain=False).sentence, "de")
    assert "nicht angeschlossen, oder ein anderes Programm benutzt sie" in busy
    for error in (
        camera_errors.no_camera(0, ()),
        camera_errors.camera_busy("x", certain=True),
        camera_errors.camera_slow("x", 20.0),
        camera_errors.camera_stopped("x"),
        camera_errors.camera_frozen("x"),
        camera_errors.camera_gone("x"),
    ):
        assert isinstance(error, CameraError)
        assert not re.search(r"\b(it|the|and|again|close|is)\b", said(error.sentence, "de")), error


def test_a_damaged_reference_is_said_whoever_found_out(tmp_path: Path) -> None:
    """A file without a seal is tried out in another process."""
    path = tmp_path / "x.h5"
    path.write_bytes(unsealed(intact_file(tmp_path)))
    with h5py.File(path, "r+") as file:
        file.attrs["fps"] = -1.0
    with pytest.raises(ReferenceFileError) as found:
        read_reference(path)
    assert found.value.problem == "its frame rate is -1 frames a second"
    assert said(found.value.problem, "de") == "sie hat -1 Bilder in der Sekunde"
    with pytest.raises(ReferenceFileError) as missing:
        read_reference(tmp_path / "none.h5")
    assert "die Datei gibt es nicht" not in str(missing.value)
    assert ": die Datei gibt es nicht. Prüf den Pfad" in said(missing.value.sentence, "de")


def test_a_file_that_cannot_be_saved_is_said_with_the_systems_reason(tmp_path: Path) -> None:
    (tmp_path / "choices.json").mkdir()
    with pytest.raises(CoachError) as failed:
        JsonFile(tmp_path / "choices.json", "your choices").read([])
    german = said(failed.value.sentence, "de")
    assert "deine Einstellungen lassen sich nicht lesen (das ist ein Ordner)" in german


def test_every_error_gives_its_sentence() -> None:
    assert said(SettingsError("tempo", 3, "a number").sentence, "de").startswith("tempo ist 3, muss aber eine Zahl")
    assert WorkerError("as it is").sentence == "as it is"
    assert CoachError().sentence == ""
