"""The replay of a dance: running, slow, from one thing to work on to the next."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from coach.app.result.replay_tape import ReplayTape
from coach.app.result.result_model import ResultModel
from coach.app.scenes.replay_scene import ReplayScene, danced
from coach.app.studio.scene import Back, Home, Open
from coach.devices.frame_source import Frame
from coach.settings.ui import WindowSettings
from coach.ui.commands import Command
from coach.ui.events import Pointer
from coach.ui.replay_screen import GROUPS_COUNT
from coach.ui.result_view import ResultItem
from coach.ui.window import Window
from tests.builders_menus import make_context
from tests.builders_practice import make_run
from tests.builders_result_scenes import SCORES, TOOLS, WORST, choose, danced_tape, scene_of
from tests.builders_session import choreography
from tests.builders_ui import camera_picture, make_state
from tests.builders_waiting import add_to, wait_until


@pytest.fixture(scope="module")
def tape() -> Iterator[ReplayTape]:
    tape = danced_tape()
    yield tape
    tape.close()


@pytest.fixture
def model(tape: ReplayTape) -> ResultModel:
    return ResultModel(make_run(*SCORES, worst=WORST), choreography(), tape)


@pytest.fixture
def replay(model: ResultModel) -> ReplayScene:
    scene = ReplayScene(make_context(), model)
    scene.enter(10.0)
    return scene


def test_the_replay_begins_where_the_dance_was_found_and_runs_with_the_clock(replay: ReplayScene) -> None:
    assert replay.time_s == pytest.approx(1.0)
    replay.update(12.0)
    assert replay.time_s == pytest.approx(3.0)
    wait_until(lambda: replay.view(12.0).teacher is not None)
    view = replay.view(12.0)
    assert view.bgr is not None
    assert view.teacher_framing is not None
    assert view.reference_s == pytest.approx(3.0, abs=0.1)
    assert view.teacher is not None
    assert replay.view(12.0).bgr is view.bgr


def test_the_replay_stops_at_its_end_and_begins_again(replay: ReplayScene) -> None:
    replay.update(500.0)
    assert replay.time_s == pytest.approx(149 / 6.0)
    assert not replay.view(500.0).playing
    replay.obey(Command.CONFIRM, 500.0)
    assert replay.time_s == pytest.approx(1.0)
    assert replay.view(500.0).playing


def test_slow_motion_and_pause(replay: ReplayScene) -> None:
    replay.obey(Command.DOWN, 10.0)
    replay.obey(Command.CONFIRM, 10.0)
    assert replay.view(10.0).speed_percent == 50.0
    replay.update(12.0)
    assert replay.time_s == pytest.approx(2.0)
    replay.obey(Command.UP, 12.0)
    replay.obey(Command.CONFIRM, 12.0)
    replay.update(20.0)
    assert replay.time_s == pytest.approx(2.0)


def test_jumping_goes_from_one_thing_to_work_on_to_the_next(replay: ReplayScene) -> None:
    before_s = TOOLS.replay.before_s
    for _ in range(2):
        replay.obey(Command.DOWN, 10.0)
    times = []
    for _ in range(3):
        replay.obey(Command.CONFIRM, 10.0)
        times.append(replay.time_s)
    first, second = WORST[0].student_s - before_s, WORST[1].student_s - before_s
    assert times == [pytest.approx(first), pytest.approx(second), pytest.approx(first)]
    replay.seek(WORST[1].student_s)
    view = replay.view(10.0)
    assert view.moment is not None
    assert view.moments[view.moment].text == "You are late"


def test_keys_and_mouse_move_through_the_replay(replay: ReplayScene) -> None:
    replay.obey(Command.RIGHT, 10.0)
    assert replay.time_s == pytest.approx(1.0 + TOOLS.replay.skip_s)
    replay.obey(Command.LEFT, 10.0)
    replay.obey(Command.LEFT, 10.0)
    assert replay.time_s == pytest.approx(1.0)
    window = Window(WindowSettings(), (1280, 720), headless=True)
    for _ in range(GROUPS_COUNT):
        replay.draw(window, 10.0)
    bar = replay._screen._bar
    replay.obey(Pointer(bar.center, held=True), 10.0)
    assert replay.time_s == pytest.approx((1.0 + 149 / 6.0) / 2, abs=0.2)
    assert isinstance(replay.obey(Command.BACK, 10.0), Back)


def test_a_result_opens_its_replay(model: ResultModel) -> None:
    scene = scene_of(model)
    choose(scene, ResultItem.REPLAY)
    step = scene.obey(Command.CONFIRM, 0.0)
    assert isinstance(step, Open)
    assert isinstance(step.scene, ReplayScene)


def test_whoever_leaves_for_good_leaves_no_pictures_behind() -> None:
    own = ReplayTape(TOOLS.tape)
    for index in range(3):
        add_to(own, Frame(index, index / 6.0, camera_picture(), index / 6.0), make_state())
    assert len(own) == 3
    scene = scene_of(ResultModel(make_run(*SCORES), choreography(), own))
    choose(scene, ResultItem.REPLAY)
    assert isinstance(scene.obey(Command.CONFIRM, 0.0), Open)
    scene.leave()
    assert len(own) > 1
    scene.enter(0.0)
    assert isinstance(scene.obey(Command.BACK, 0.0), Home)
    scene.leave()
    assert len(own) == 0


def test_a_tape_without_a_dance_is_shown_whole(tape: ReplayTape) -> None:
    frames = tape.frames()
    assert len(danced(frames)) == len(frames) - 6
    assert danced(frames[:4]) == frames[:4]
