"""Kept choices and the command line: the command line wins, what it does not say is as chosen once."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from coach.app.options import PracticeOptions, RecordOptions
from coach.app.preferred import given_choices, open_preferences, preferred, preferred_live, settings_of
from coach.devices.camera_list import CameraIdentity
from coach.settings.cues import FeedbackLevel
from coach.settings.preferences import Preferences
from tests.builders_runs import run

CHOSEN = Preferences(
    language="de", strictness=1.5, feedback="little", voice=False, music=False, upper_body_only=True, camera="HD Webcam"
)
CAMERAS = (CameraIdentity(0, "Integrated Camera"), CameraIdentity(2, "HD Webcam"))


def merged(options: PracticeOptions, path: Path, kept: Preferences = CHOSEN) -> PracticeOptions:
    """The options after the choices of a file were read."""
    path.write_text(json.dumps(asdict(kept)))
    return preferred(options, open_preferences(options, path).current, present)


def present() -> tuple[CameraIdentity, ...]:
    return CAMERAS


@pytest.fixture
def options_of(monkeypatch: pytest.MonkeyPatch):
    """The options that a command line leads to."""
    taken: list[Any] = []
    for place in ("practice.run_start", "practice.run_practice", "practice.run_demo", "recording.record.run_record"):
        monkeypatch.setattr(f"coach.app.{place}", lambda options: taken.append(options) or 0)

    def parse(*words: str) -> Any:
        assert run(*words) == 0
        return taken.pop()

    return parse


@pytest.mark.parametrize("words", [(), ("practice", "salsa"), ("demo",)], ids=str)
def test_what_the_command_line_does_not_say_is_as_chosen(options_of, words: tuple[str, ...]) -> None:
    options = options_of(*words)
    assert given_choices(options) == {}
    chosen = preferred(options, CHOSEN, present)
    assert (chosen.language, chosen.strictness, chosen.feedback) == ("de", 1.5, "little")
    assert (chosen.live.voice, chosen.live.music, chosen.live.camera) == (False, False, "2")
    assert preferred(options, Preferences(), present) == options, "nothing changes without choices"


def test_the_command_line_wins(options_of, tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    path.write_text(json.dumps({"language": "de", "strictness": 1.5, "feedback": "little", "voice": False}))
    words = "practice salsa --language en --strictness strict --feedback full --voice"
    options = options_of(*words.split())
    store = open_preferences(options, path)
    chosen = preferred(options, store.current, present)
    assert (chosen.language, chosen.strictness, chosen.feedback, chosen.live.voice) == ("en", 0.7, "full", True)
    assert settings_of(chosen, store.current).coach.judging.strictness == 0.7
    store.close()
    assert json.loads(path.read_text())["strictness"] == 1.5, "for this run only"


def test_a_choice_made_in_the_studio_wins_over_the_command_line(options_of, tmp_path: Path) -> None:
    options = options_of("--language", "de", "--no-music")
    store = open_preferences(options, tmp_path / "preferences.json")
    assert (store.current.language, store.current.music) == ("de", False)
    store.change(language="en", music=True)
    chosen = preferred(options, store.current, present)
    assert (chosen.language, chosen.live.music) == ("en", True)
    store.close()


def test_a_camera_chosen_in_the_studio_wins_over_the_command_line(options_of, tmp_path: Path) -> None:
    options = options_of("--camera", "7")
    store = open_preferences(options, tmp_path / "preferences.json")
    assert preferred(options, store.current, present).live.camera == "7"
    store.change(camera="HD Webcam")
    assert preferred(options, store.current, present).live.camera == "2"
    store.close()


@pytest.mark.parametrize(("words", "voice"), [((), False), (("--voice",), True), (("--no-voice",), False)], ids=str)
def test_a_switch_can_be_turned_both_ways(options_of, tmp_path: Path, words: tuple[str, ...], voice: bool) -> None:
    options = options_of("demo", *words)
    assert merged(options, tmp_path / "preferences.json", Preferences(voice=False)).live.voice is voice
    assert given_choices(options) == ({"voice": voice} if words else {})


def test_recording_uses_the_chosen_camera(options_of) -> None:
    options = options_of("record", "salsa", "--music", "song.mp3")
    assert isinstance(options, RecordOptions)
    assert options.live.given == frozenset()
    assert preferred_live(options.live, CHOSEN, present).camera == "2"


@pytest.mark.parametrize(
    ("words", "camera"),
    [
        (("--camera", "1"), "1"),
        (("--camera", "0"), "0"),
        (("--camera", "film.mp4"), "film.mp4"),
        (("--camera", "integrated camera"), "0"),
        (("--camera", "HD Webcam"), "2"),
        ((), "2"),
    ],
    ids=str,
)
def test_cameras_by_number_name_or_film(options_of, tmp_path: Path, words: tuple[str, ...], camera: str) -> None:
    options = options_of("practice", "salsa", *words)
    assert merged(options, tmp_path / "preferences.json").live.camera == camera
    assert preferred_live(options.live, CHOSEN, present).camera == camera, "as recording takes it"


def test_a_film_called_like_a_camera_is_a_film(options_of, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("HD Webcam").touch()
    options = options_of("practice", "salsa", "--camera", "HD Webcam")
    assert merged(options, tmp_path / "preferences.json").live.camera == "HD Webcam"


@pytest.mark.parametrize("cameras", [lambda: None, lambda: (), lambda: CAMERAS[:1]])
def test_a_chosen_camera_that_is_not_there_leaves_the_first(cameras) -> None:
    assert preferred(PracticeOptions("salsa"), CHOSEN, cameras).live.camera == "0"


def test_the_choices_reach_the_settings() -> None:
    chosen = settings_of(preferred(PracticeOptions("salsa"), CHOSEN, present), CHOSEN)
    assert chosen.coach.judging.strictness == 1.5
    assert chosen.coach.cues.feedback is FeedbackLevel.LITTLE
    assert chosen.coach.cues.framing.upper_body_only


@pytest.mark.parametrize("word", ["0.2", "5", "tight"])
def test_a_strictness_that_nobody_can_choose_is_wrong_usage(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("demo", "--strictness", word) == 2
    assert "between 0.25 and 4" in capsys.readouterr().err
