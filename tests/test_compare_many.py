"""Several students: ranked, each in a process of its own, nothing done twice, nobody's failure another's."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from coach.app.comparing import student_job
from coach.app.comparing.compare import Dancer
from coach.app.comparing.compare_many import named
from coach.app.comparing.student_job import StudentJob
from coach.app.comparing.student_pool import NamedLines, Shared, carry_out_all
from coach.app.options import CompareOptions
from coach.clock import Clock, SystemClock
from coach.report.ranking_page import RankedStudent
from coach.settings.phrasing import PhrasingSettings
from coach.storage.reference_hdf5 import write_reference
from tests.builders_comparison import bent, dance
from tests.builders_pose import make_reference
from tests.builders_runs import run

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_S = 60.0


def wait_until(path: Path) -> bool:
    """Whether the file is there before patience ends."""
    tick = threading.Event()
    for _ in range(round(PATIENCE_S / 0.02)):
        if path.exists():
            return True
        tick.wait(0.02)
    return False


class MeetingJob(StudentJob):
    """Is done only once the other of two has begun."""

    def carry_out(self, teacher: Dancer, options: CompareOptions, clock: Clock) -> RankedStudent:
        (self.folder / self.name).write_text(str(os.getpid()))
        other = self.folder / ("b" if self.name == "a" else "a")
        return RankedStudent(self.name, problem=None if wait_until(other) else "alone")


class DyingJob(StudentJob):
    def carry_out(self, teacher: Dancer, options: CompareOptions, clock: Clock) -> RankedStudent:
        os._exit(9)


class QuickJob(StudentJob):
    def carry_out(self, teacher: Dancer, options: CompareOptions, clock: Clock) -> RankedStudent:
        print("half\nof it", end="", file=sys.stderr)
        title = teacher.reference.info.title
        return RankedStudent(self.name, work_on=f"{title}, {options.style}, {os.environ['HTTPS_PROXY']}")


def shared(tmp_path: Path) -> Shared:
    options = CompareOptions("teacher", ("a", "b"), tmp_path, style="ballet")
    return Shared(Dancer(make_reference(10), None), options, {**os.environ, "HTTPS_PROXY": "http://of.the.user:1"})


def test_two_at_once_in_processes_of_their_own(tmp_path: Path) -> None:
    jobs = [MeetingJob(name, tmp_path, tmp_path, {}) for name in ("a", "b")]
    rows = [row for _, row in carry_out_all(jobs, shared(tmp_path), 2)]
    assert [row.problem for row in rows] == [None, None]
    processes = {(tmp_path / name).read_text() for name in ("a", "b")}
    assert len(processes | {str(os.getpid())}) == 3


def test_a_process_that_dies_takes_no_other_with_it(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    given = shared(tmp_path)
    jobs = [
        DyingJob("eve", tmp_path / "eve.mp4", tmp_path, {}),
        *(QuickJob(name, tmp_path, tmp_path, {}) for name in ("ada", "bob")),
    ]
    rows = {job.name: row for job, row in carry_out_all(jobs, given, 2)}
    assert rows.keys() == {"ada", "bob", "eve"}
    assert "eve.mp4: the comparison was ended from outside" in (rows["eve"].problem or "")
    title = given.teacher.reference.info.title
    assert rows["ada"].work_on == rows["bob"].work_on == f"{title}, ballet, http://of.the.user:1"
    assert "bob: half\n" in capfd.readouterr().err


def test_lines_bear_the_students_name() -> None:
    screen = StringIO()
    lines = NamedLines("ada", screen)
    print("one\ntw", end="", file=lines)
    print("o", file=lines)
    assert screen.getvalue() == "ada: one\nada: two\n"
    assert not lines.isatty()


def test_a_mistake_of_ours_is_a_row_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("by\nzero")

    monkeypatch.setattr(student_job, "load_dancer", broken)
    given = shared(tmp_path)
    row = StudentJob("ada", tmp_path, tmp_path / "ada", {}).carry_out(given.teacher, given.options, SystemClock())
    assert row.problem == "Something inside the coach went wrong (ZeroDivisionError: by zero)."
    assert not list((tmp_path / "ada").iterdir())


def test_every_student_has_a_folder_of_its_own() -> None:
    students = ("x/ada.mp4", "y/Ada.mov", "ada-2.mp4", "ranking.html.mp4", "..", "bob")
    assert [name for name, _ in named(students)] == ["ada", "Ada-2", "ada-2-2", "ranking.html-2", "student", "bob"]


def test_what_the_result_depends_on_is_compared_anew(tmp_path: Path) -> None:
    write_reference(tmp_path / "ada.h5", make_reference(10))
    options = CompareOptions("teacher", (), tmp_path)
    first = StudentJob.of("ada", str(tmp_path / "ada.h5"), "0", options).inputs
    others = [
        StudentJob.of("ada", str(tmp_path / "ada.h5"), checksum, changed).inputs
        for checksum, changed in (
            ("1", options),
            ("0", replace(options, strictness=0.7)),
            ("0", replace(options, style="ballet")),
            ("0", replace(options, video=False)),
            ("0", replace(options, phrasing=PhrasingSettings("http://127.0.0.1:1"))),
        )
    ]
    assert first not in others
    assert json.loads(json.dumps(others)) == others


def prepared(tmp_path: Path) -> list[object]:
    """Teacher, two students, a file that is no film and one that is missing, as a command."""
    for name, clip in (
        ("teacher", dance(2.0, 8.0)),
        ("ada <3", dance(2.0, 8.0)),
        ("bob", bent(dance(2.0, 8.0), 80.0, ((1.0, 5.0),))),
    ):
        write_reference(tmp_path / f"{name}.h5", clip)
    students = [tmp_path / name for name in ("bob.h5", "ada <3.h5", "away.h5")]
    return ["compare", tmp_path / "teacher.h5", *students, "--out", tmp_path / "out", "--no-video"]


def test_several_students_are_ranked_and_not_compared_twice(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out, command = tmp_path / "out", prepared(tmp_path)
    assert run(*command) == 0
    said = capfd.readouterr()
    lines = said.out.splitlines()
    assert [line.split()[1] for line in lines] == ["ada", "bob", "away"]
    assert "there is no such file" in lines[2]
    assert "2 of 2 done" in said.err
    page = (out / "ranking.html").read_text(encoding="utf-8")
    assert "ada &lt;3</a>" in page
    assert "ada%20%3C3/report.html" in page
    data = json.loads((out / "ranking.json").read_text(encoding="utf-8"))
    assert [row["name"] for row in data["students"]] == ["ada <3", "bob", "away"]
    assert data["students"][0]["total"] > data["students"][1]["total"]
    (out / "bob" / "inputs.json").unlink()
    assert run(*command) == 0
    said = capfd.readouterr()
    assert "bob: Comparing" in said.err
    assert "ada <3: Comparing" not in said.err
    assert run(*command) == 0
    assert "Comparing" not in capfd.readouterr().err
    assert (out / "ranking.html").read_text(encoding="utf-8") == page


def test_nobody_could_be_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("compare", "first-steps", tmp_path / "a.h5", tmp_path / "b.mp4", "--out", tmp_path) == 1
    assert "Traceback" not in capsys.readouterr().err
    assert run("compare", tmp_path / "away.mp4", "first-steps", "first-steps", "--out", tmp_path) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals and process groups are POSIX")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_when_it_is_stopped_everything_stops(tmp_path: Path, how: signal.Signals) -> None:
    begun, alive = tmp_path / "begun", tmp_path / "alive"
    script = f"""
import sys, threading
from pathlib import Path
from coach import cli
from coach.app import runners
from tests import test_compare_many as tests
runners.RUNNERS["library"] = lambda _: list(
    tests.carry_out_all([tests.EndlessJob("a", Path(), Path({str(tmp_path)!r}), {{}})], tests.shared(Path()), 1)
)
if __name__ == "__main__":
    sys.exit(cli.main(["library"]))
"""
    place = tmp_path / "program.py"
    place.write_text(script)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    program = subprocess.Popen(
        [sys.executable, str(place)], env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        assert wait_until(begun)
        # As a terminal does: Ctrl-C reaches the workers as well. Nobody can catch the other.
        os.killpg(program.pid, how) if how is signal.SIGINT else program.kill()
        # Ends only when the workers, which hold the same stream, have ended too.
        _, said = program.communicate(timeout=PATIENCE_S)
    finally:
        if program.poll() is None:
            os.killpg(program.pid, signal.SIGKILL)
    assert not alive.exists()
    if how is signal.SIGINT:
        assert program.returncode == 130
        assert said == "Stopped.\n"


class EndlessJob(StudentJob):
    def carry_out(self, teacher: Dancer, options: CompareOptions, clock: Clock) -> RankedStudent:
        (self.folder / "begun").touch()
        threading.Event().wait(2 * PATIENCE_S)
        (self.folder / "alive").touch()
        return RankedStudent(self.name)
