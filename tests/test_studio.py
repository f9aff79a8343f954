"""The studio's shell: scenes one above the other, gestures as keys, troubles survived, one camera for all."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

import pytest

from coach.app.options import ScreenshotRequest
from coach.app.pose_setup import OpenedSensor
from coach.app.studio.camera_line import CameraLine
from coach.app.studio.scene import Back, Home, Open, Quit, Replace
from coach.clock import ManualClock, SystemClock
from coach.devices.frame_source import Frame, FrameSource, SourceInfo
from coach.errors import CameraError, VideoFileError, WorkerError
from coach.gestures.gesture import GestureAction
from coach.settings.devices import CameraSettings
from coach.ui.commands import Command, KeyContext
from coach.ui.events import Pointer
from tests.builders_studio import ScriptedScene, Shell, Watcher
from tests.test_shutdown import PICTURE, ScriptedSensor

WAIT_S = 20.0
"""Far above what it takes."""

GONE = CameraError("camera 0", "it was unplugged", "Plug it in again")


# -- scenes one above the other


def test_a_scene_opens_on_top_and_leads_back() -> None:
    upper = ScriptedScene("upper", {Command.BACK: Back()})
    root = ScriptedScene("root", {Command.CONFIRM: Open(upper)})
    shell = Shell(root)
    assert root.calls == ["enter"]
    assert shell.press(Command.CONFIRM) is upper
    assert (root.calls, upper.calls) == (["enter", "leave"], ["enter"])
    assert shell.press(Command.BACK) is root
    assert (root.calls, upper.calls) == (["enter", "leave", "enter"], ["enter", "leave"])


def test_a_scene_takes_the_place_of_another() -> None:
    result = ScriptedScene("result", {Command.BACK: Back()})
    practice = ScriptedScene("practice", {Command.CONFIRM: Replace(result)})
    root = ScriptedScene("root", {Command.CONFIRM: Open(practice)})
    shell = Shell(root)
    shell.press(Command.CONFIRM)
    assert shell.press(Command.CONFIRM) is result
    assert shell.press(Command.BACK) is root


def test_home_is_the_lowest_scene_from_anywhere() -> None:
    third = ScriptedScene("third", {Command.BACK: Home()})
    second = ScriptedScene("second", {Command.CONFIRM: Open(third)})
    root = ScriptedScene("root", {Command.CONFIRM: Open(second)})
    shell = Shell(root)
    shell.press(Command.CONFIRM)
    shell.press(Command.CONFIRM)
    assert shell.press(Command.BACK) is root
    assert second.calls == ["enter", "leave"], "left once, when the third was opened"


def test_without_a_home_that_way_leads_out() -> None:
    shell = Shell(ScriptedScene("practice", {Command.CONFIRM: Home()}), survives=False)
    assert shell.press(Command.CONFIRM) is None


@pytest.mark.parametrize("step", [Quit(), Back()])
def test_the_last_scene_ends_the_program(step: Quit | Back) -> None:
    root = ScriptedScene("root", {Command.QUIT: step})
    shell = Shell(root)
    shell.keys.append(Command.QUIT)
    shell.studio.run()
    assert shell.studio.scene is None
    assert root.calls == ["enter", "leave"]
    assert shell.line.handler is None


def test_the_windows_own_button_closes_everything() -> None:
    upper = ScriptedScene("upper")
    root = ScriptedScene("root", {Command.CONFIRM: Open(upper)})
    shell = Shell(root)
    shell.press(Command.CONFIRM)
    assert shell.press(Command.CLOSE) is None
    assert upper.calls == ["enter", "leave"]
    assert upper.obeyed == [], "whatever the scene thinks of it"


def test_a_scene_goes_on_by_itself() -> None:
    upper = ScriptedScene("upper")
    root = ScriptedScene("root", update=lambda now_s: Open(upper) if now_s >= 102.0 else None)
    shell = Shell(root)
    assert shell.tick(2.0) is root
    assert shell.tick() is upper


def test_what_came_with_the_command_that_leaves_is_not_for_the_next_scene() -> None:
    upper = ScriptedScene("upper")
    root = ScriptedScene("root", {Command.CONFIRM: Open(upper)})
    shell = Shell(root)
    shell.press(Command.CONFIRM, Command.CONFIRM, Command.DOWN)
    shell.tick()
    assert upper.obeyed == []


def test_an_interrupted_program_still_leaves_its_scene() -> None:
    def interrupt(_now_s: float) -> None:
        raise KeyboardInterrupt

    root = ScriptedScene("root", update=interrupt)
    with pytest.raises(KeyboardInterrupt):
        Shell(root).studio.run()
    assert root.calls == ["enter", "leave"]


# -- what comes in


def test_keys_mean_what_they_mean_on_the_scene_that_is_shown() -> None:
    practice = ScriptedScene("practice", keys=KeyContext.PRACTICE)
    shell = Shell(ScriptedScene("root", {Command.CONFIRM: Open(practice)}))
    shell.press(Command.CONFIRM)
    shell.tick()
    assert shell.contexts == [KeyContext.MENU, KeyContext.PRACTICE]


def test_the_mouse_reaches_the_scene() -> None:
    root = ScriptedScene("root")
    Shell(root).press(Pointer((3, 4), pressed=True))
    assert root.obeyed == [Pointer((3, 4), pressed=True)]


@pytest.mark.parametrize(
    ("keys", "command"), [(KeyContext.MENU, Command.BACK), (KeyContext.PRACTICE, Command.SKIP_BACK)]
)
def test_a_gesture_is_a_command_of_that_scene(keys: KeyContext, command: Command) -> None:
    root = ScriptedScene("root", keys=keys)
    shell = Shell(root)
    assert root.handler is not None
    root.handler.actions.put(GestureAction.BACK)
    shell.tick()
    assert root.obeyed == [command]
    assert shell.fired == [True], "it is heard, too"


def test_a_gesture_of_long_ago_is_forgotten() -> None:
    upper = ScriptedScene("upper")
    assert upper.handler is not None
    upper.handler.actions.put(GestureAction.SELECT)
    shell = Shell(ScriptedScene("root", {Command.CONFIRM: Open(upper)}))
    shell.press(Command.CONFIRM)
    shell.tick()
    assert upper.obeyed == []


# -- drawing


def test_sixty_pictures_a_second_and_no_more() -> None:
    root = ScriptedScene("root", update=lambda now_s: Quit() if now_s >= 102.0 else None)
    shell = Shell(root)
    shell.studio.run()
    assert root.draws == pytest.approx(120, abs=2)


def test_without_anybody_to_see_it_only_what_is_asked_for_is_drawn(tmp_path: Path) -> None:
    root = ScriptedScene("root")
    root.shown_s = None  # type: ignore[attr-defined]
    picture = tmp_path / "one.png"
    shell = Shell(root, visible=False, screenshots=(ScreenshotRequest(picture, 3.0),))
    for shown_s in (1.0, 2.9, 3.1, 3.2):
        root.shown_s = shown_s  # type: ignore[attr-defined]
        shell.tick()
    assert root.draws == 1
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_scene_without_a_students_clock_is_pictured_by_that_of_the_room(tmp_path: Path) -> None:
    picture = tmp_path / "home.png"
    shell = Shell(ScriptedScene("root"), screenshots=(ScreenshotRequest(picture, 2.0),))
    shell.tick(1.9)
    shell.tick(0.2)
    assert not picture.exists()
    shell.tick()
    assert picture.exists()


# -- troubles


def test_a_failing_scene_leads_home_with_a_notice_that_passes() -> None:
    def fail(_now_s: float) -> None:
        raise VideoFileError("x.h5", "is damaged", "Copy it again")

    upper = ScriptedScene("upper", update=fail)
    root = ScriptedScene("root", {Command.CONFIRM: Open(upper)})
    shell = Shell(root)
    shell.press(Command.CONFIRM)
    assert shell.tick() is root
    assert upper.calls == ["enter", "leave"]
    shell.tick()
    assert shell.notices == shell.told == ["x.h5: is damaged. Copy it again"]
    shell.tick(60.0)
    shell.tick()
    assert shell.notices == []


def test_a_failing_home_is_the_end() -> None:
    def fail(_now_s: float) -> None:
        raise ZeroDivisionError("oops")

    with pytest.raises(ZeroDivisionError):
        Shell(ScriptedScene("root", update=fail)).tick()


def test_a_failure_ends_a_program_without_a_home() -> None:
    shell = Shell(ScriptedScene("practice"), survives=False)
    shell.line.error = WorkerError("The coach thread failed")
    with pytest.raises(WorkerError):
        shell.tick()


def test_a_failing_thread_leads_home_and_the_camera_is_opened_again() -> None:
    upper = ScriptedScene("upper")
    root = ScriptedScene("root", {Command.CONFIRM: Open(upper)})
    shell = Shell(root)
    shell.press(Command.CONFIRM)
    shell.line.error = WorkerError("The coach thread failed")
    assert shell.tick() is root
    assert shell.line.starts == 1
    assert shell.line.handler is root.handler


def test_camera_trouble_is_a_notice_as_long_as_it_lasts_and_told_once() -> None:
    shell = Shell(ScriptedScene("root"))
    shell.line.trouble = str(GONE)
    shell.tick()
    shell.tick()
    assert shell.notices == [str(GONE)]
    shell.line.trouble = None
    shell.tick()
    assert shell.notices == []
    assert shell.told == [str(GONE)]


# -- one camera line


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
