"""The demo end to end, drawn dancer to log: each planted mistake is named soon, and nobody is blamed without one."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from statistics import median

import pytest

from coach.routine.mistakes import MISTAKE_NAMES, MISTAKES, planned_mistake
from coach.routine.student_script import StudentScript, student_with
from tests.builders_routine import routine
from tests.builders_runs import Entry, RunLog, run
from tests.builders_sensing import pose_model
from tests.conftest import OUTPUT

pytestmark = pytest.mark.slow

BLAME = ("joint", "timing", "energy", "path")
NAMED_WITHIN_S = 4.0
WATCHED_S = {"mirrored": 12.0, "restarts": 8.0}
"""How long a mistake is watched where it takes longer than its name until all is as it should be."""
NAMED = [name for name in MISTAKE_NAMES if MISTAKES[name].expected.kinds]


def blaming(cues: list[Entry]) -> list[Entry]:
    return [cue for cue in cues if cue["kind"] in BLAME]


def names_it(cue: Entry, mistake: str) -> bool:
    expected = MISTAKES[mistake].expected
    return cue["kind"] in expected.kinds and (
        cue["kind"] != "joint" or not expected.joints or cue["joint"] in expected.joints
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory):
    """Log of a demo with one mistake (or none), run once and ended soon after the mistake has to be named."""
    pose_model()
    folder = tmp_path_factory.mktemp("demo")

    @cache
    def run_demo(mistake: str | None) -> RunLog:
        if mistake is None:
            duration_s = StudentScript().duration_s + 1.5
        else:
            duration_s = start_s(mistake) + WATCHED_S.get(mistake, NAMED_WITHIN_S + 0.2)
        log = folder / f"{mistake}.jsonl"
        options = ["--fast", "--headless", "--no-voice", "--model", "full", "--log", log, "--duration", duration_s]
        options += ["--screenshot", f"{OUTPUT / f'demo-{mistake}.png'}@{duration_s - 1:.1f}"]
        assert run("demo", *options, *(("--mistake", mistake) if mistake else ())) == 0
        return RunLog.read(log)

    return run_demo


def start_s(mistake: str) -> float:
    return planned_mistake(mistake, routine()).start_s


def place_error_s(frames: list[Entry], script: StudentScript) -> float:
    """Median distance from the true place; infinite where it is unknown in half of the frames."""
    errors = [
        float("inf")
        if frame["reference_s"] is None
        else abs(frame["reference_s"] - script.reference_s(frame["time_s"]))
        for frame in frames
    ]
    return median(errors)


@pytest.mark.parametrize("mistake", NAMED)
def test_a_mistake_is_named_soon_and_nobody_blamed_before(demo, mistake: str) -> None:
    start = start_s(mistake)
    cues = demo(mistake).cues
    assert blaming([cue for cue in cues if cue["time_s"] < start]) == []
    in_time = [cue for cue in cues if start <= cue["time_s"] <= start + NAMED_WITHIN_S]
    assert [cue for cue in in_time if names_it(cue, mistake)], in_time


def test_without_a_mistake_nobody_is_blamed(demo) -> None:
    log = demo(None)
    assert blaming(log.cues) == []
    assert [cue for cue in log.cues if cue["kind"] == "praise"]
    states = [frame["state"] for frame in log.frames]
    assert states.count("following") > 0.9 * len(states)
    assert "lost" not in states
    assert states[-1] == "finished"
    assert log.end["score"] > 90
    assert log.end["dropped"] == 0
    assert place_error_s([frame for frame in log.frames if frame["state"] == "following"], StudentScript()) < 0.1


def test_a_mirrored_student_is_followed_without_blame(demo) -> None:
    log = demo("mirrored")
    assert blaming(log.cues) == []
    last = [frame for frame in log.frames if frame["time_s"] > 6.0]
    assert all(frame["mirrored"] and frame["state"] == "following" for frame in last)
    assert place_error_s(last, student_with(["mirrored"])) < 0.15


def test_a_student_who_starts_over_is_found_at_the_start(demo) -> None:
    start = start_s("restarts")
    log = demo("restarts")
    assert blaming([cue for cue in log.cues if cue["time_s"] < start]) == []
    last = [frame for frame in log.frames if frame["time_s"] > start + 6.0]
    assert place_error_s(last, student_with(["restarts"])) < 0.5


def test_the_screen_of_a_headless_run_can_be_saved(demo) -> None:
    demo("mirrored")
    picture: Path = OUTPUT / "demo-mirrored.png"
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size > 50_000
