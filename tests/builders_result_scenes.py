"""The scene of a result with everything around it."""

from __future__ import annotations

from dataclasses import replace

from coach.app.practising.practice_request import PracticeRequest
from coach.app.result.replay_tape import ReplayTape
from coach.app.result.result_model import ResultModel
from coach.app.scenes.replay_scene import ReplayScene
from coach.app.scenes.result_scene import ResultScene
from coach.app.studio.studio_context import StudioContext
from coach.devices.frame_source import Frame
from coach.settings.practice import PracticeToolSettings
from coach.ui.commands import Command, KeyContext
from coach.ui.result_view import ResultChoice, ResultItem
from tests.builders_menus import Memory, make_context
from tests.builders_practice import make_moment
from tests.builders_ui import camera_picture, make_state, student_pose
from tests.builders_waiting import add_to, wait_until

TOOLS = PracticeToolSettings()
SCORES = (90.0, 88.0, 40.0, 95.0, 70.0)
WORST = (make_moment(start_s=9.0), make_moment("You are late", start_s=17.0, joint=None, error_deg=None))


class Started:
    """Stands in for the scene of a practice."""

    keys = KeyContext.PRACTICE
    handler = None

    def __init__(self, request: PracticeRequest) -> None:
        self.request = request


def danced_tape() -> ReplayTape:
    """25 s of a dance whose place is known after the first second."""
    tape = ReplayTape(TOOLS.tape)
    for index in range(150):
        pose = replace(student_pose(), time_s=index / 6.0)
        place_s = index / 6.0 if index >= 6 else None
        state = make_state(pose=pose, reference_s=place_s or 0.0)
        if place_s is None:
            state = replace(state, position=replace(state.position, reference_s=None))
        add_to(tape, Frame(index, index / 6.0, camera_picture(), 50.0 + index / 6.0), state)
    return tape


def context_with(*runs: object, **chosen: object) -> StudioContext:
    context = make_context(**chosen)
    context.history = Memory(runs)  # type: ignore[arg-type]
    return context


def scene_of(model: ResultModel, *runs: object, **kwargs: object) -> ResultScene:
    context = context_with(*runs)
    kwargs.setdefault("open_replay", lambda model: ReplayScene(context, model))
    scene = ResultScene(context, model, Started, **kwargs)  # type: ignore[arg-type]
    scene.enter(0.0)
    wait_until(lambda: scene.ready)
    return scene


def choose(scene: ResultScene, wanted: ResultItem, index: int = 0) -> None:
    for _ in range(30):
        if scene.chosen == ResultChoice(wanted, index):
            return
        assert scene.obey(Command.DOWN, 0.0) is None
    raise AssertionError(f"{wanted} cannot be reached with one key")
