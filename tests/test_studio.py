"""The studio's shell: scenes one above the other, gestures as keys, troubles survived."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.app.options import ScreenshotRequest
from coach.app.studio.scene import Back, Home, Open, Quit, Replace
from coach.errors import CameraError, VideoFileError, WorkerError
from coach.gestures.gesture import GestureAction
from coach.ui.commands import Command, KeyContext
from coach.ui.events import Pointer
from tests.builders_studio import ScriptedScene, Shell

GONE = CameraError("camera 0", "it was unplugged", "Plug it in again; it is used again once it is back")


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
    shell = Shell(root, survives=False, visible=False, screenshots=(ScreenshotRequest(picture, 3.0),))
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


def test_in_the_studio_one_clock_runs_through_all_scenes(tmp_path: Path) -> None:
    """Each practice has a clock of its own that begins at 0: pictures asked for by time must not wait for it."""
    practice = ScriptedScene("practice")
    practice.shown_s = 0.0  # type: ignore[attr-defined]
    root = ScriptedScene("root", {Command.CONFIRM: Open(practice)})
    early, late = (ScreenshotRequest(tmp_path / name, second) for name, second in (("a.png", 3.0), ("b.png", 5.0)))
    shell = Shell(root, screenshots=(early, late))
    shell.press(Command.CONFIRM)
    taken_s = {}
    for _ in range(60):
        before_s = shell.clock.now_s() - 100.0
        shell.tick(0.1)
        for request in (early, late):
            if request.path.exists():
                taken_s.setdefault(request.second, before_s)
    assert taken_s == pytest.approx({3.0: 3.0, 5.0: 5.0}, abs=0.11)


def test_the_studio_ends_after_its_time_whatever_is_shown(tmp_path: Path) -> None:
    picture = tmp_path / "last.png"
    practice = ScriptedScene("practice")
    root = ScriptedScene("root", {Command.CONFIRM: Open(practice)})
    shell = Shell(root, screenshots=(ScreenshotRequest(picture, 4.0),), duration_s=4.0)
    shell.press(Command.CONFIRM)
    shell.studio.run()
    assert shell.clock.now_s() == pytest.approx(104.0, abs=0.05)
    assert practice.calls == ["enter", "leave"], "what was danced is kept by whoever is left"
    assert picture.exists(), "at the very end is not too late"


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
    shell.line.trouble = GONE.sentence
    shell.tick()
    shell.tick()
    assert shell.notices == [str(GONE)]
    shell.language = "de"
    shell.tick()
    assert shell.notices == ["camera 0: sie wurde abgezogen. Steck sie wieder an; sobald sie da ist, geht es weiter"]
    assert shell.told == [str(GONE)], "the terminal speaks English"
    shell.line.trouble = None
    shell.tick()
    assert shell.notices == []
    assert shell.told == [str(GONE)]
