"""From the words of a command line to the options of a run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from coach.alignment.tracked_position import FollowMode, MirrorMode
from coach.app.options import ExtractOptions, PracticeOptions, RecordOptions, ScreenshotRequest
from coach.app.runners import DEFAULT_REFERENCE
from coach.errors import CoachError
from tests.builders_runs import run

WHERE = {
    "run_start": "coach.app.practice.run_start",
    "run_practice": "coach.app.practice.run_practice",
    "run_demo": "coach.app.practice.run_demo",
    "run_record": "coach.app.recording.record.run_record",
    "run_extract": "coach.app.recording.extract.run_extract",
    "run_library": "coach.app.library_command.run_library",
    "run_doctor": "coach.app.doctor.run_doctor",
}


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch):
    """Runs a command line; gives the function that would have run, and its arguments."""
    calls: list[tuple[str, tuple[Any, ...]]] = []

    def stand_in(name: str):
        def record(*arguments: Any) -> int:
            calls.append((name, arguments))
            return 0

        return record

    for name, place in WHERE.items():
        monkeypatch.setattr(place, stand_in(name))

    def choose(*words: object) -> tuple[str, Any]:
        assert run(*words) == 0
        name, arguments = calls.pop()
        return name, arguments[0] if len(arguments) == 1 else arguments

    return choose


def test_without_a_command_the_first_dance_is_practised(chosen) -> None:
    name, options = chosen()
    assert name == "run_start"
    assert options == PracticeOptions(DEFAULT_REFERENCE)


def test_a_plain_practice_has_the_defaults(chosen) -> None:
    assert chosen("practice", "salsa") == ("run_practice", PracticeOptions("salsa"))


def test_all_options_of_a_practice_arrive(chosen) -> None:
    words = (
        "practice salsa --camera film.mp4 --fast --headless --log log.jsonl --mode along --section Chorus --tempo 80 "
    )
    words += "--mirror on --model heavy --model-file own.task --strictness strict --feedback little --language de "
    words += "--no-voice --no-music --duration 12.5 --window 800x600 --fullscreen "
    words += "--screenshot a@b.png@3 --screenshot c.png@4.5"
    _, options = chosen(*words.split())
    assert options.live.camera == "film.mp4"
    assert options.live.fast
    assert options.live.headless
    assert options.live.fullscreen
    assert options.live.window_px == (800, 600)
    assert (options.live.model, options.live.model_path) == ("heavy", Path("own.task"))
    assert (options.live.voice, options.live.music) == (False, False)
    assert options.live.duration_s == 12.5
    assert options.live.screenshots == (ScreenshotRequest(Path("a@b.png"), 3.0), ScreenshotRequest(Path("c.png"), 4.5))
    assert (options.log, options.mode, options.section) == (Path("log.jsonl"), FollowMode.ALONG, "Chorus")
    assert (options.tempo_percent, options.mirror, options.strictness) == (80.0, MirrorMode.ON, 0.7)
    assert (options.feedback, options.language) == ("little", "de")


@pytest.mark.parametrize(("word", "factor"), [("gentle", 1.5), ("normal", 1.0), ("strict", 0.7), ("2.5", 2.5)])
def test_strictness_in_words_or_as_a_factor(chosen, word: str, factor: float) -> None:
    assert chosen("demo", "--strictness", word)[1].strictness == factor


def test_tempo_with_a_percent_sign(chosen) -> None:
    assert chosen("demo", "--tempo", "75%")[1].tempo_percent == 75.0


def test_the_demo_dances_the_first_dance_with_mistakes(chosen) -> None:
    name, options = chosen("demo", "--mistake", "late", "--mistake", "bent-arm")
    assert name == "run_demo"
    assert options.reference == DEFAULT_REFERENCE
    assert options.mistakes == ("late", "bent-arm")


def test_record_and_extract(chosen) -> None:
    name, options = chosen("record", "salsa", "--camera", "1", "--music", "song.mp3", "--duration", "30", "--replace")
    assert name == "run_record"
    assert isinstance(options, RecordOptions)
    assert (options.name, options.live.camera, options.music_file) == ("salsa", "1", Path("song.mp3"))
    assert (options.live.duration_s, options.replace, options.recover) == (30.0, True, False)
    name, options = chosen("extract", "dance.mp4", "--name", "salsa", "--mirrored", "--out", "x.h5", "--teacher", "Ana")
    assert name == "run_extract"
    assert options == ExtractOptions(Path("dance.mp4"), "salsa", teacher="Ana", out=Path("x.h5"), mirrored=True)
    name, options = chosen("extract", "again.mp4", "--take-of", "salsa")
    assert (name, options) == ("run_extract", ExtractOptions(Path("again.mp4"), "salsa", is_take=True))


def test_library_and_doctor(chosen) -> None:
    assert chosen("library") == ("run_library", ("list", []))
    assert chosen("library", "show", "a", "b") == ("run_library", ("show", ["a", "b"]))
    assert chosen("doctor") == ("run_doctor", ())


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (CoachError("Two\nlines. Try again"), 1, "Two lines. Try again"),
        (KeyboardInterrupt(), 130, "Stopped."),
        (RuntimeError("odd"), 1, "Something inside the coach went wrong (RuntimeError: odd)."),
    ],
)
def test_every_failure_is_one_line_and_an_exit_code(
    error: BaseException, code: int, line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> int:
        raise error

    monkeypatch.setattr("coach.app.doctor.run_doctor", fail)
    assert run("doctor") == code
    (said,) = capsys.readouterr().err.splitlines()
    assert said.startswith(line)
