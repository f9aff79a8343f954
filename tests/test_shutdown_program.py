"""Whatever fails or interrupts the whole program: it still ends, soon, and the reason reaches the user."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coach.devices.frame_source import FrameSource
from coach.errors import VideoFileError
from tests.builders_chain import ENDED_WITHIN_S, ScriptedSource, raiser
from tests.builders_runs import run
from tests.builders_sensing import pose_model
from tests.conftest import ROOT


def failing_demo(monkeypatch: pytest.MonkeyPatch, source: FrameSource) -> None:
    def open_instead(*_: object) -> FrameSource:
        source.open()
        return source

    monkeypatch.setattr("coach.app.practice.open_demo_source", open_instead)


DEMO = ("demo", "--headless", "--no-voice", "--model", "full")


def test_a_source_that_fails_in_the_middle_of_a_practice(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    pose_model()
    failing_demo(monkeypatch, ScriptedSource(5, raiser(VideoFileError("x.mp4", "is damaged", "Copy it again"))))
    log = tmp_path / "log.jsonl"
    assert run(*DEMO, "--log", log) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "x.mp4: is damaged. Copy it again"
    assert len(log.read_text().splitlines()) >= 2, "what was coached until then is kept"


def test_a_judge_that_fails(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    pose_model()
    failing_demo(monkeypatch, ScriptedSource(100))
    monkeypatch.setattr("coach.session.coaching_session.CoachingSession.judge", raiser(ZeroDivisionError("oops")))
    assert run(*DEMO) == 1
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert "ZeroDivisionError: oops" in said.splitlines()[-1]
    assert "--debug" in said.splitlines()[-1]


SCRIPT = """
import sys
sys.setswitchinterval(0.001)
import coach.app.practice as practice
from coach.cli import main
from tests.test_shutdown import ScriptedSource
import threading
source = ScriptedSource(5, threading.Event().wait)
def blocking(*_):
    source.open()
    return source
if sys.argv[1] == "blocked":
    practice.open_demo_source = blocking
sys.exit(main(["demo", "--headless", "--no-voice", "--model", "full", "--log", sys.argv[2]]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no Ctrl-C for one process alone")
@pytest.mark.parametrize("kind", ["running", "blocked"])
def test_ctrl_c_ends_the_program(kind: str, tmp_path: Path) -> None:
    """Also while the camera hangs; 130 is what a shell expects of an interrupted program."""
    pose_model()
    log = tmp_path / "log.jsonl"
    command = [sys.executable, "-c", SCRIPT, kind, str(log)]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    try:
        deadline = time.monotonic() + ENDED_WITHIN_S
        while not log.is_file() or not log.stat().st_size:
            assert process.poll() is None, process.communicate()[1]
            assert time.monotonic() < deadline
            time.sleep(0.05)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=ENDED_WITHIN_S)
    finally:
        process.kill()
    assert process.returncode == 130, said
    assert said.splitlines()[-1] == "Stopped."
    assert "Traceback" not in said
