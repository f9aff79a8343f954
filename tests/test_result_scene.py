"""The result of a dance: what can be chosen, by gesture, key and mouse, and where it leads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from coach.app.practising.practice_request import PracticeRequest
from coach.app.result.replay_tape import ReplayTape
from coach.app.result.result_model import ResultModel, curve_points, result_page, subtitle
from coach.app.result.result_stills import body_window, still_of, work_card
from coach.app.scenes.result_scene import ResultScene
from coach.app.studio.gesture_actions import command_of
from coach.app.studio.scene import Home, Replace
from coach.gestures.gesture import GestureAction
from coach.judging.verdicts import JointVerdict
from coach.practice.plan import PlanKind
from coach.settings.ui import WindowSettings
from coach.ui.commands import Command
from coach.ui.events import Pointer
from coach.ui.result_view import ResultChoice, ResultItem
from coach.ui.window import Window
from tests.builders_practice import PHRASE_S, make_phrase, make_run
from tests.builders_result_scenes import SCORES, TOOLS, WORST, Started, choose, context_with, danced_tape, scene_of
from tests.builders_session import choreography
from tests.builders_ui import camera_picture, student_pose


@pytest.fixture(scope="module")
def tape() -> Iterator[ReplayTape]:
    tape = danced_tape()
    yield tape
    tape.close()


@pytest.fixture
def model(tape: ReplayTape) -> ResultModel:
    return ResultModel(make_run(*SCORES, worst=WORST), choreography(), tape)


def request_of(step: object) -> PracticeRequest:
    assert isinstance(step, Replace)
    assert isinstance(step.scene, Started)
    return step.scene.request


def test_the_plan_is_chosen_first_and_one_gesture_starts_it(model: ResultModel) -> None:
    scene = scene_of(model)
    command = command_of(GestureAction.SELECT, scene.keys)
    assert command is not None
    request = request_of(scene.obey(command, 0.0))
    assert request.reference == "first-steps"
    assert request.plan is not None
    assert [step.kind for step in request.plan.steps][-1] is PlanKind.WHOLE
    begun_s = [step.span_s[0] for step in request.plan.steps if step.kind is PlanKind.PHRASE]
    assert 2 * PHRASE_S in begun_s


def test_gestures_alone_reach_everything(model: ResultModel) -> None:
    scene = scene_of(model)
    seen = []
    for _ in range(20):
        seen.append(scene.chosen)
        command = command_of(GestureAction.DOWN, scene.keys)
        assert command is not None
        scene.obey(command, 0.0)
    assert {choice.item for choice in seen} == set(ResultItem)
    assert ResultChoice(ResultItem.CARD, 1) in seen


def test_again_dances_the_same_at_the_same_speed(model: ResultModel) -> None:
    record = replace(model.record, span_s=(4.0, 12.0), tempo_percent=80.0)
    scene = scene_of(replace(model, record=record))
    choose(scene, ResultItem.AGAIN)
    request = request_of(scene.obey(Command.CONFIRM, 0.0))
    assert (request.span_s, request.tempo_percent, request.plan) == ((4.0, 12.0), 80.0, None)
    assert request_of(scene.obey(Command.RESTART, 0.0)) == request


def test_the_bar_is_entered_walked_through_and_left(model: ResultModel) -> None:
    scene = scene_of(model)
    choose(scene, ResultItem.PHRASE)
    assert scene.view(0.0).phrase == 2  # the weakest
    assert scene.obey(Command.CONFIRM, 0.0) is None
    assert scene.view(0.0).in_bar
    scene.obey(Command.DOWN, 0.0)
    scene.obey(Command.DOWN, 0.0)
    assert scene.view(0.0).phrase == 4
    request = request_of(scene.obey(Command.CONFIRM, 0.0))
    assert request.plan is not None
    assert [step.span_s for step in request.plan.steps] == [(4 * PHRASE_S, 5 * PHRASE_S)]
    assert scene.obey(Command.BACK, 0.0) is None
    assert not scene.view(0.0).in_bar
    assert isinstance(scene.obey(Command.BACK, 0.0), Home)


def test_left_and_right_go_along_what_lies_in_a_row(model: ResultModel) -> None:
    scene = scene_of(model)
    scene.obey(Command.RIGHT, 0.0)
    assert scene.chosen == ResultChoice(ResultItem.AGAIN)
    scene.obey(Command.LEFT, 0.0)
    assert scene.chosen == ResultChoice(ResultItem.PLAN)
    choose(scene, ResultItem.PHRASE)
    scene.obey(Command.LEFT, 0.0)
    assert scene.chosen.item is ResultItem.PHRASE
    assert scene.view(0.0).phrase == 1


def test_a_card_leads_to_its_phrase(model: ResultModel) -> None:
    scene = scene_of(model)
    choose(scene, ResultItem.CARD, 0)
    request = request_of(scene.obey(Command.CONFIRM, 0.0))
    assert request.plan is not None
    assert request.plan.steps[0].span_s == (2 * PHRASE_S, 3 * PHRASE_S)


def test_the_mouse_chooses_and_clicks(model: ResultModel) -> None:
    scene, window = scene_of(model), Window(WindowSettings(), (1280, 720), headless=True)
    scene.draw(window, 0.0, at_once=True)
    places = dict(scene._screen.places)
    home = places[ResultChoice(ResultItem.HOME)].center
    assert scene.obey(Pointer(home), 0.0) is None
    assert scene.chosen == ResultChoice(ResultItem.HOME)
    assert isinstance(scene.obey(Pointer(home, pressed=True), 0.0), Home)
    phrase = places[ResultChoice(ResultItem.PHRASE, 4)].center
    request = request_of(scene.obey(Pointer(phrase, pressed=True), 0.0))
    assert request.plan is not None
    assert request.plan.steps[0].span_s[0] == 4 * PHRASE_S
    assert scene.obey(Pointer((1, 1), pressed=True), 0.0) is None


def test_pictures_and_earlier_results_come_from_the_background(model: ResultModel) -> None:
    earlier = [
        make_run(50.0, started_utc="2026-11-01T10:00:00+00:00"),
        make_run(60.0, started_utc="2026-11-02T10:00:00+00:00"),
    ]
    context = context_with(*earlier, model.record)
    scene = ResultScene(context, model, Started)  # type: ignore[arg-type]
    assert [card.still for card in scene.view(0.0).page.cards] == [None, None]
    scene = scene_of(model, *earlier, model.record)
    page = scene.view(0.0).page
    assert all(card.still is not None and card.teacher is not None for card in page.cards)
    assert [point.score for point in page.curve] == [50.0, 60.0, pytest.approx(sum(SCORES) / 5)]
    assert [point.current for point in page.curve] == [False, False, True]
    assert page.best == 60.0
    assert scene.view(1.0).page is page  # nothing is made twice


def test_a_still_shows_the_body_with_the_joint_that_was_wrong(model: ResultModel) -> None:
    card = work_card(WORST[0], choreography(), model.tape, mirrored=False)
    assert card.still is not None
    height, width = card.still.bgr.shape[:2]
    assert height > width
    assert width < camera_picture().shape[1]
    assert [(reading.joint, reading.verdict) for reading in card.still.joints] == [("left_elbow", JointVerdict.MISTAKE)]
    points = card.still.pose.image[:, :2]
    assert ((points > 0) & (points < 1)).all()
    assert card.teacher is not None
    assert card.teacher.parts == ("left_arm",)
    assert card.teacher.flipped
    mirrored = work_card(WORST[0], choreography(), None, mirrored=True)
    assert mirrored.teacher is not None
    assert (mirrored.teacher.parts, mirrored.teacher.flipped, mirrored.still) == (("right_arm",), False, None)


def test_a_body_at_the_edge_is_cut_out_without_leaving_the_picture() -> None:
    pose = student_pose()
    image = pose.image.copy()
    image[:, 0] += 0.45
    still = still_of(camera_picture(), replace(pose, image=image), ())
    assert min(still.bgr.shape[:2]) > 20
    centre_x, half_width, top, bottom = body_window(pose)
    assert bottom - top == pytest.approx(2 * half_width / 0.72)
    assert 0 < centre_x < 2


def test_without_pictures_no_replay_is_offered() -> None:
    scene = scene_of(ResultModel(make_run(*SCORES, worst=WORST)))
    assert ResultItem.REPLAY not in scene.view(0.0).items
    assert [card.still for card in scene.view(0.0).page.cards] == [None, None]


def test_where_nothing_was_judged_there_is_no_plan() -> None:
    scene = scene_of(ResultModel(make_run(None, None)))
    assert scene.view(0.0).items == (ResultItem.AGAIN, ResultItem.HOME)
    assert scene.obey(Command.PLAN, 0.0) is None
    assert scene.chosen == ResultChoice(ResultItem.AGAIN)


def test_the_subtitle_says_what_was_danced() -> None:
    assert subtitle(make_run(80.0), "en") == "the whole dance"
    some = make_run(80.0, 90.0, None, None, phrases=(make_phrase(0, 80.0), make_phrase(1, None, passes_count=0)))
    assert subtitle(some, "en") == "parts of the dance"
    part = make_run(80.0, span_s=(4.0, 12.5), tempo_percent=70.0)
    assert subtitle(part, "en") == "0:04 to 0:12, at 70%"
    assert subtitle(part, "de") == "0:04 bis 0:12, mit 70 %"


def test_parts_are_not_joined_into_the_curve_and_unscored_runs_are_left_out() -> None:
    runs = [make_run(50.0), make_run(None), make_run(70.0, span_s=(0.0, 4.0)), make_run(60.0)]
    assert [(point.score, point.whole) for point in curve_points(runs, runs[-1])] == [
        (50.0, True),
        (70.0, False),
        (60.0, True),
    ]
    page = result_page(ResultModel(runs[-1]), (), runs[:-1], "en", TOOLS)
    assert page.best == 50.0
    assert [point.current for point in page.curve] == [False, False, True]
    film = result_page(ResultModel(runs[-1], kept=False), (), runs[:-1], "en", TOOLS)
    assert [(point.score, point.current) for point in film.curve] == [(50.0, False), (70.0, False)]
