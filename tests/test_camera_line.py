"""One camera line for all scenes: sources come and go, handlers change, failures are told once."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from queue import SimpleQueue

import pytest

from coach.app.pose_setup import OpenedSensor
from coach.app.studio.camera_line import CameraLine
from coach.clock import ManualClock, SystemClock
from coach.devices.frame_source import Frame, FrameSource, SourceInfo
from coach.errors import CameraError, WorkerError
from coach.gestures.gesture import GestureAction
from coach.settings.devices import CameraSettings
from tests.builders_chain import PICTURE, ScriptedSensor
from tests.builders_studio import Watcher

WAIT_S = 20.0
"""Far above what it takes."""
GONE = CameraError("camera 0", "it was unplugged", "Plug it in again")


class EndlessSource(FrameSource):
    """Pictures numbered from ``first``, a thousand a second, until it is closed."""

    def __init__(self, first: int = 0, count: int | None = None) -> None:
        super().__init__()
        self._next, self._left = first, count

    def _open(self) -> SourceInfo:
        return SourceInfo("endless", (64, 48), 1000.0, None, live=True)

    def _read(self, timeout_s: float) -> Frame | None:
        if self._left == 0:
            return None
        self._left = None if self._left is None else self._left - 1
        time.sleep(0.001)
        self._next += 1
        return Frame(self._next - 1, self._next / 1000, PICTURE, 0.0)

    def _close(self) -> None:
        """Nothing to release."""


class CountedSensor(ScriptedSensor):
    """Counts how often it is told to forget the past."""

    resets = 0

    def reset(self) -> None:
        self.resets += 1


@pytest.fixture(autouse=True)
def no_kernels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.app.studio.camera_line.warm_up", lambda: None)


def line_of(
    open_frames: Callable[[], FrameSource], clock: ManualClock | None = None
) -> tuple[CameraLine, CountedSensor]:
    sensor = CountedSensor()

    @contextmanager
    def open_sensor():  # type: ignore[no-untyped-def]
        yield OpenedSensor(sensor, "full")  # type: ignore[arg-type]

    line = CameraLine(open_frames, open_sensor, CameraSettings(), clock or SystemClock(), every_frame=True)  # type: ignore[arg-type]
    return line, sensor


def opened(source: FrameSource) -> FrameSource:
    source.open()
    return source


def wait_for(line: CameraLine, true: Callable[[], bool]) -> None:
    deadline_s = time.monotonic() + WAIT_S
    while not true():
        line.update()
        assert time.monotonic() < deadline_s
        time.sleep(0.002)


def test_what_is_loaded_once_is_kept_from_the_collector(monkeypatch: pytest.MonkeyPatch) -> None:
    """A collection while the model loads, or one that goes through it later, holds up several pictures."""
    while_loading = []
    monkeypatch.setattr("coach.app.studio.camera_line.warm_up", lambda: while_loading.append(gc.isenabled()))
    line, _ = line_of(lambda: opened(EndlessSource()))
    before = gc.get_freeze_count()
    with line:
        line.prepare().close()
        assert gc.get_freeze_count() > before
    assert while_loading == [False]
    assert gc.isenabled()


def test_handlers_change_between_two_frames() -> None:
    """Each picture goes to one handler, none is lost, and a picture under way is finished by the old one."""
    line, _ = line_of(lambda: opened(EndlessSource()))
    first, second = Watcher(), Watcher()
    with line:
        line.handler = first
        line.start(line.prepare())
        wait_for(line, lambda: len(first.seen) > 20)
        line.handler = second
        wait_for(line, lambda: len(second.seen) > 20)
        line.handler = first
        wait_for(line, lambda: len(first.seen) > 60)
    assert not set(first.seen) & set(second.seen)
    assert sorted(first.seen + second.seen) == list(range(len(first.seen) + len(second.seen)))


def test_another_source_takes_over_and_the_old_one_is_heard_no_more() -> None:
    line, sensor = line_of(lambda: opened(EndlessSource()))
    watcher = Watcher()
    with line:
        line.start(line.prepare())
        wait_for(line, lambda: line.running)
        line.handler = watcher
        line.start_soon(lambda: opened(EndlessSource(first=10_000)))
        count = len(watcher.seen)
        wait_for(line, lambda: bool(watcher.seen) and watcher.seen[-1] > 10_020)
    after = watcher.seen[count:]
    new = [index for index in after if index >= 10_000]
    assert new == list(range(10_000, 10_000 + len(new)))
    assert len(after) - len(new) <= 1, "only the picture that was under way"
    assert sensor.resets == 1


def test_a_missing_camera_is_told_and_used_as_soon_as_it_is_there() -> None:
    clock, plugged_in = ManualClock(), threading.Event()

    def open_camera() -> FrameSource:
        if not plugged_in.is_set():
            raise GONE
        return opened(EndlessSource())

    line, _ = line_of(open_camera, clock)
    watcher = Watcher()
    line.handler = watcher
    with line:
        line.start_soon()
        wait_for(line, lambda: line.trouble is not None)
        assert line.trouble == "camera 0: it was unplugged. It is used as soon as it answers"
        assert not line.opening
        plugged_in.set()
        line.update()
        assert not line.opening, "not before it is time"
        clock.advance(CameraSettings().reopen_interval_s)
        wait_for(line, lambda: len(watcher.seen) > 3)
        assert line.trouble is None


def test_an_ended_source_still_answers() -> None:
    line, _ = line_of(lambda: opened(EndlessSource(count=5)))
    watcher = Watcher()
    line.handler = watcher
    with line:
        line.start(line.prepare())
        wait_for(line, lambda: not line.running)
        assert watcher.seen == [0, 1, 2, 3, 4]
        assert line.questions.ask(lambda: "here").result(0.0) == "here"
        line.start_soon()
        wait_for(line, lambda: len(watcher.seen) == 10)


def test_questions_are_answered_between_two_frames_and_failures_come_back() -> None:
    line, _ = line_of(lambda: opened(EndlessSource()))
    with line:
        line.start(line.prepare())
        assert line.questions.ask(lambda: threading.current_thread().name).result(WAIT_S) == "coach"
        assert isinstance(line.questions.ask(lambda: 1 / 0).exception(WAIT_S), ZeroDivisionError)
        line.update()


def test_a_failing_handler_is_told_once_and_the_line_can_start_again() -> None:
    class Failing(Watcher):
        actions: SimpleQueue[GestureAction] = SimpleQueue()

        def handle(self, sensed: object) -> None:
            raise ZeroDivisionError("oops")

    line, _ = line_of(lambda: opened(EndlessSource()))
    line.handler = Failing()
    watcher = Watcher()
    with line:
        line.start(line.prepare())
        with pytest.raises(WorkerError, match="ZeroDivisionError"):
            wait_for(line, lambda: False)
        line.update()
        line.handler = watcher
        line.start_soon()
        wait_for(line, lambda: len(watcher.seen) > 3)


def test_closing_while_a_source_is_being_opened_leaves_nothing_behind() -> None:
    line, _ = line_of(lambda: opened(EndlessSource()))
    with line:
        line.start_soon()
    assert not {"camera", "coach"} & {thread.name for thread in threading.enumerate()}
