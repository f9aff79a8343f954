"""Wrong input on the command line: one clear line, exit code 1 (2 for wrong usage), never a traceback."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pytest

from coach import __version__
from coach.storage.folders import BUILT_IN_REFERENCES
from tests.builders_routine import routine
from tests.builders_runs import run
from tests.builders_sensing import pose_model
from tests.builders_video import tone, write_sound, write_video
from tests.conftest import ROOT

DANCE = "first-steps"
FULL = ("--model", "full")


@pytest.fixture
def failure(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Runs a command that has to fail in words; gives the line on stderr that says why."""

    def fail(*arguments: object, code: int = 1) -> str:
        assert run(*arguments) == code
        said = capsys.readouterr()
        assert said.out == ""
        assert "Traceback" not in said.err
        assert "inside the coach" not in said.err, "a failure that nobody had thought of"
        lines = [line for line in said.err.splitlines() if line.strip()]
        # What was going on before may be said too (a bar, which source of the model failed); the reason comes last.
        assert sum(line == lines[-1] for line in lines) == 1
        return lines[-1]

    return fail


@pytest.fixture
def empty_room(tmp_path: Path) -> Path:
    """A video in which nobody is."""

    def wall(_index: int, size_px: tuple[int, int]) -> np.ndarray:
        picture = np.full((size_px[1], size_px[0], 3), 160, np.uint8)
        picture[size_px[1] * 3 // 4 :] = (90, 110, 120)
        return picture

    return write_video(tmp_path / "room.mp4", [index / 15 for index in range(20)], size_px=(320, 240), picture=wall)


@pytest.fixture
def song_as_video(tmp_path: Path) -> Path:
    """A file called .mp4 that has sound and no picture."""
    return write_sound(tmp_path / "song.mp4", tone(1.0, 44100), 44100, "aac")


@pytest.fixture
def text_as_video(tmp_path: Path) -> Path:
    path = tmp_path / "notes.mp4"
    path.write_text("step, step, turn\n" * 200)
    return path


# --- references


def test_an_unknown_reference_is_named_and_a_near_one_offered(failure: Callable[..., str]) -> None:
    line = failure("practice", "frist-steps", "--headless", *FULL)
    assert "frist-steps: there is no reference of this name" in line
    assert "Did you mean first-steps?" in line


def test_a_missing_reference_file(failure: Callable[..., str], tmp_path: Path) -> None:
    line = failure("practice", tmp_path / "away.h5", "--headless", *FULL)
    assert "away.h5: there is no such file" in line


def test_a_reference_that_is_not_hdf5(failure: Callable[..., str], tmp_path: Path) -> None:
    path = tmp_path / "letter.h5"
    path.write_text("Dear teacher, " * 100)
    assert "letter.h5" in failure("practice", path, "--headless", *FULL)
    assert run("library", "check", path) == 1


def test_an_hdf5_file_of_something_else(failure: Callable[..., str], tmp_path: Path) -> None:
    path = tmp_path / "weather.h5"
    with h5py.File(path, "w") as file:
        file["temperature"] = np.arange(100.0)
    assert "weather.h5" in failure("practice", path, "--headless", *FULL)


def test_show_of_an_unknown_reference(failure: Callable[..., str]) -> None:
    assert "nothing-like-this" in failure("library", "show", "nothing-like-this")


def test_check_finds_a_damaged_reference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = (BUILT_IN_REFERENCES / f"{DANCE}.h5").read_bytes()
    path = tmp_path / "cut.h5"
    path.write_bytes(whole[: len(whole) // 2])
    assert run("library", "check", BUILT_IN_REFERENCES / f"{DANCE}.h5", path) == 1
    good, bad = capsys.readouterr().out.splitlines()
    assert good.startswith("ok")
    assert bad.startswith("BAD")
    assert "cut.h5" in bad


def test_an_unknown_section_lists_those_there_are(failure: Callable[..., str]) -> None:
    pose_model()
    line = failure("demo", "--section", "Macarena", "--headless", *FULL)
    assert "no section 'Macarena'" in line
    assert f"It has: {', '.join(section.name for section in routine().sections)}" in line


def test_a_section_outside_the_dance(failure: Callable[..., str]) -> None:
    pose_model()
    assert "Give a longer stretch" in failure("demo", "--section", "300-320", "--headless", *FULL)


# --- videos


@pytest.mark.parametrize("command", [("extract",), ("practice", DANCE, "--headless", "--camera")])
def test_files_that_are_no_videos(
    command: tuple[str, ...], failure: Callable[..., str], tmp_path: Path, text_as_video: Path, song_as_video: Path
) -> None:
    empty = tmp_path / "empty.mp4"
    empty.touch()
    name = ("--name", "x") if command[0] == "extract" else ()
    for path, problem in (
        (text_as_video, "notes.mp4: this is not a video"),
        (song_as_video, "song.mp4: this file has no pictures"),
        (empty, "empty.mp4"),
        (tmp_path / "away.mp4", "away.mp4"),
        (tmp_path, str(tmp_path)),
    ):
        assert problem in failure(*command, path, *name, *FULL)


def test_a_video_without_a_person(failure: Callable[..., str], empty_room: Path, coach_home: Path) -> None:
    pose_model()
    line = failure("extract", empty_room, "--name", "nobody", *FULL)
    assert "room.mp4" in line
    assert not (coach_home / "data" / "references" / "nobody.h5").exists()


def test_recording_an_empty_room(failure: Callable[..., str], empty_room: Path, coach_home: Path) -> None:
    pose_model()
    line = failure("record", "nobody", "--camera", empty_room, "--fast", "--headless", "--no-voice", *FULL)
    assert line.startswith("nobody: no person was found")
    assert not (coach_home / "data" / "references" / "nobody.h5").exists()
    assert not list((coach_home / "data" / "recordings").glob("nobody*")), "nothing that could be recovered"


# --- cameras, files to write, models


@pytest.mark.parametrize("command", [("practice", DANCE), (), ("record", "x")])
def test_camera_99(command: tuple[str, ...], failure: Callable[..., str]) -> None:
    assert "camera 99" in failure(*command, "--camera", "99", "--headless", "--no-voice", *FULL)


def test_full_speed_needs_a_file(failure: Callable[..., str]) -> None:
    assert "--fast needs a video file" in failure("practice", DANCE, "--fast", "--headless", *FULL)


def test_a_log_that_cannot_be_written(failure: Callable[..., str], tmp_path: Path) -> None:
    pose_model()
    log = tmp_path / "no" / "such" / "folder" / "log.jsonl"
    assert "--log" in failure("demo", "--headless", "--no-voice", *FULL, "--log", log)
    assert "--log" in failure("demo", "--headless", "--no-voice", *FULL, "--log", tmp_path)


def test_a_screenshot_that_cannot_be_written(failure: Callable[..., str], tmp_path: Path) -> None:
    pose_model()
    (tmp_path / "file").touch()
    place = f"{tmp_path / 'file' / 'shot.png'}@0.2"
    line = failure("demo", "--headless", "--fast", "--no-voice", *FULL, "--duration", "1", "--screenshot", place)
    assert "shot.png: the picture cannot be saved" in line


@pytest.mark.parametrize("command", [("demo",), ("extract", "VIDEO", "--name", "x")])
def test_a_bad_model_file(command: tuple[str, ...], failure: Callable[..., str], tmp_path: Path) -> None:
    bad = tmp_path / "bad.task"
    bad.write_bytes(b"not a model at all")
    film = write_video(tmp_path / "film.mp4", [0.0, 0.1])
    words = [film if word == "VIDEO" else word for word in command]
    headless = () if command[0] == "extract" else ("--headless",)
    assert "bad.task" in failure(*words, "--model-file", bad, *headless)
    assert "gone.task" in failure(*words, "--model-file", tmp_path / "gone.task", *headless)


def test_nothing_is_overwritten_unasked(failure: Callable[..., str], tmp_path: Path) -> None:
    kept = tmp_path / "mine.h5"
    kept.write_bytes(b"precious")
    film = write_video(tmp_path / "film.mp4", [0.0, 0.1])
    for command in (
        ("extract", film, "--name", "mine"),
        ("record", "mine", "--camera", film, "--fast", "--headless"),
    ):
        assert "add --replace" in failure(*command, "--out", kept, *FULL)
    assert kept.read_bytes() == b"precious"


def test_a_place_that_is_none_is_told_before_any_work(failure: Callable[..., str], tmp_path: Path) -> None:
    """Even with --replace: a pipe or a device is not the user's to lose; a folder of a mistyped name is not made."""
    film, folder = write_video(tmp_path / "film.mp4", [0.0, 0.1]), tmp_path / "folder"
    folder.mkdir()
    for out, reason in ((folder, "no ordinary file"), (tmp_path / "new" / "mine.h5", "there is no such folder")):
        for command in (
            ("extract", film, "--name", "mine"),
            ("record", "mine", "--camera", film, "--fast", "--headless"),
        ):
            assert reason in failure(*command, "--out", out, "--replace", *FULL)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["film.mp4", "folder"]


@pytest.mark.parametrize("name", ["../escape", "con", "", "a/b", "-x-"])
def test_names_that_cannot_be_files(name: str, failure: Callable[..., str], tmp_path: Path) -> None:
    film = write_video(tmp_path / "film.mp4", [0.0, 0.1])
    assert failure("extract", film, f"--name={name}", *FULL)
    assert not list(tmp_path.rglob("*.h5"))


def test_music_without_sound(failure: Callable[..., str], tmp_path: Path) -> None:
    film = write_video(tmp_path / "silent.mp4", [0.0, 0.1])
    assert "no sound" in failure("record", "x", "--camera", film, "--fast", "--headless", "--music", film, *FULL)


def test_nothing_to_recover(failure: Callable[..., str]) -> None:
    assert "no unfinished recording" in failure("record", "never-recorded", "--recover")


# --- usage

WRONG_USAGE = {
    "no reference": ("practice",),
    "no name": ("extract", "dance.mp4"),
    "nowhere to write": ("compare", "first-steps", "first-steps"),
    "unknown style": ("compare", "first-steps", "first-steps", "--out", "x", "--style", "polka"),
    "unknown command": ("teleport",),
    "unknown option": ("demo", "--loudness", "11"),
    "unknown model": ("demo", "--model", "gigantic"),
    "unknown mistake": ("demo", "--mistake", "yawns"),
    "tempo in words": ("demo", "--tempo", "allegro"),
    "tempo too slow": ("demo", "--tempo", "10"),
    "tempo not a number": ("demo", "--tempo", "nan"),
    "section backwards": ("demo", "--section", "10-5"),
    "negative duration": ("demo", "--duration", "-3"),
    "duration in words": ("demo", "--duration", "long"),
    "endless duration": ("demo", "--duration", "inf"),
    "window": ("demo", "--window", "big"),
    "window without end": ("demo", "--window", "99999x99999"),
    "screenshot without time": ("demo", "--screenshot", "shot.png"),
    "screenshot without file": ("demo", "--screenshot", "@3"),
    "screenshot never": ("demo", "--screenshot", "shot.png@nan"),
    "mode": ("demo", "--mode", "sideways"),
    "mirror": ("demo", "--mirror", "broken"),
    "strictness": ("demo", "--strictness", "cruel"),
    "library action": ("library", "burn"),
}


@pytest.mark.parametrize("arguments", WRONG_USAGE.values(), ids=WRONG_USAGE)
def test_wrong_usage(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    live = ("--headless", "--fast", "--duration", "0.1") if arguments[0] == "demo" else ()
    assert run(arguments[0], *live, *arguments[1:]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    (line,) = said.err.splitlines()
    assert line.startswith("run_coach.py")
    assert not re.search(r"_|[a-z][A-Z]", line.replace("run_coach.py", "")), "a name from the code, not a word"


def test_an_option_before_the_command_is_not_forgotten(capsys: pytest.CaptureFixture[str]) -> None:
    """`run_coach.py --camera 99 practice ...` is obeyed or refused; the default camera is not used instead."""
    code = run("--camera", "99", "--headless", "practice", DANCE, *FULL)
    assert code in (1, 2)
    assert code == 2 or "camera 99" in capsys.readouterr().err


# --- the real thing


def coach_process(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "run_coach.py"), *(str(argument) for argument in arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=ROOT)


def test_one_clear_line_from_a_real_process() -> None:
    done = coach_process("practice", "nothing-like-this", "--headless")
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("nothing-like-this: there is no reference of this name.")


def test_debug_shows_where(text_as_video: Path) -> None:
    done = coach_process("extract", text_as_video, "--name", "x", "--debug")
    assert done.returncode == 1
    assert "Traceback" in done.stderr
    assert done.stderr.splitlines()[-1].startswith(str(text_as_video))


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version") == 0
    assert capsys.readouterr().out.strip() == f"dance coach {__version__}"
    for command in ("demo", "practice", "record", "extract", "compare", "library", "doctor"):
        assert run(command, "--help") == 0
        assert capsys.readouterr().out.startswith(f"usage: run_coach.py {command}")
