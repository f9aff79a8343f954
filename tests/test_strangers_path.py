"""From the start to the practice plan without touching the computer: a drawn stranger, and the real studio."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from coach.app.pose_setup import OpenedSensor
from coach.app.scenes.home_scene import HomeScene
from coach.app.scenes.result_scene import ResultScene
from coach.app.studio import studio_parts
from coach.clock import SystemClock
from coach.devices.drawn_actor import DrawnActor
from coach.devices.sensor import Sensor
from coach.gestures.gesture import Gesture
from coach.judging.verdicts import FramingHint
from coach.routine.acts import Stand, feet_cut_off, walk_in
from coach.settings.sensing import SensingSettings
from coach.ui.result_view import ResultItem
from tests.builders_sensing import pose_model
from tests.builders_stranger import LEAST_PICTURES, PATIENCE_S, SHORT, Stranger, TruthDetector, save_the_short_dance
from tests.studio_rig import home_of_its_own, studio_rig

pytestmark = pytest.mark.slow


@pytest.fixture
def home() -> Iterator[Path]:
    with home_of_its_own() as folder:
        save_the_short_dance()
        yield folder


@pytest.fixture
def actors(monkeypatch: pytest.MonkeyPatch) -> list[DrawnActor]:
    """Everybody who entered the room, seen by the real pose model, or exactly as they are where there is none."""
    entered: list[DrawnActor] = []
    with suppress(pytest.skip.Exception):
        pose_model()
        return entered

    @contextmanager
    def exact_sensor(*_: object) -> Iterator[OpenedSensor]:
        with Sensor(TruthDetector(lambda: entered[-1]), SystemClock(), SensingSettings.live()) as sensor:
            yield OpenedSensor(sensor, "exact landmarks")

    monkeypatch.setattr(studio_parts, "open_sensor", exact_sensor)
    return entered


@pytest.mark.timeout(400)
def test_a_stranger_gets_from_the_start_to_the_plan_by_gestures_alone(home: Path, actors: list[DrawnActor]) -> None:

    def enter_the_room() -> DrawnActor:
        actors.append(DrawnActor())
        return actors[-1]

    with studio_rig(open_source=enter_the_room) as rig:
        assert rig.run_until(lambda: bool(actors) and actors[-1].now_s > 1.0, PATIENCE_S)
        stranger = Stranger(rig, actors[-1])
        stranger.actor.do(walk_in())
        stranger.rest(2.5)
        leave_the_first_check(stranger)
        choose_the_short_dance(stranger)
        find_a_place(stranger)
        pause_and_go_on(stranger)
        stranger.dance()
        stranger.expect(lambda: rig.scene_name == "ResultScene")
        stranger.stand()
        begin_the_plan(stranger)


def leave_the_first_check(stranger: Stranger) -> None:
    """It comes at the first start only; crossed arms leave it."""
    if stranger.rig.scene_name == "CheckScene":
        stranger.rest(2.0)
        stranger.ask(Gesture.ARMS_CROSSED, lambda: stranger.rig.scene_name == "HomeScene")
        stranger.rest()


def choose_the_short_dance(stranger: Stranger) -> None:
    """An arm points to the next one until it is chosen, a raised hand opens it."""
    home = stranger.rig.scene
    assert isinstance(home, HomeScene)
    stranger.expect(lambda: home.chosen is not None)
    stranger.rest(3.0)
    first = home.chosen
    stranger.ask(Gesture.RIGHT_ARM_OUT, lambda: home.chosen != first)
    stranger.rest()
    stranger.ask(Gesture.LEFT_ARM_OUT, lambda: home.chosen == first)
    stranger.rest()
    for _ in range(4):
        before = home.chosen
        if before == SHORT:
            break
        stranger.ask(Gesture.RIGHT_ARM_OUT, lambda was=before: home.chosen != was)
        stranger.rest()
    assert home.chosen == SHORT
    stranger.ask(Gesture.RIGHT_HAND_UP, lambda: stranger.rig.scene is not home)


def find_a_place(stranger: Stranger) -> None:
    """Nothing starts while the feet are out of the picture; standing well is enough."""
    stranger.actor.do(Stand(z=feet_cut_off().z, blend_s=0.5))
    stranger.expect(lambda: stranger.rig.scene_name == "PracticeScene")
    practice = stranger.practice.practice

    def told() -> bool:
        newest = stranger.practice._newest
        guide = newest.guide if newest is not None else None
        return guide is not None and guide.instruction in (FramingHint.FEET_CUT_OFF, FramingHint.TOO_NEAR)

    stranger.expect(told, 20.0)
    assert not practice.transport.running
    stranger.stand()
    stranger.expect(lambda: practice.transport.running, 30.0)


def pause_and_go_on(stranger: Stranger) -> None:
    """A raised hand pauses, another one chooses the pause's first entry."""
    coach = stranger.practice.practice.coach
    stranger.ask(Gesture.RIGHT_HAND_UP, lambda: coach.paused)
    stranger.rest()
    stranger.ask(Gesture.RIGHT_HAND_UP, lambda: not coach.paused)


def begin_the_plan(stranger: Stranger) -> None:
    """It is what the result offers first, and a raised hand begins it: slower, and a part only."""
    result = stranger.rig.scene
    assert isinstance(result, ResultScene)
    stranger.expect(lambda: result.ready, 30.0)
    if result.chosen.item is not ResultItem.PLAN and stranger.pictures_a_second < LEAST_PICTURES:
        pytest.skip(f"this computer is busy: {stranger.pictures_a_second:.0f} pictures a second were coached")
    assert result.chosen.item is ResultItem.PLAN
    stranger.rest(2.0)
    stranger.ask(Gesture.RIGHT_HAND_UP, lambda: stranger.rig.scene is not result)
    stranger.expect(lambda: stranger.rig.scene_name == "PracticeScene")
    practice = stranger.practice.practice
    assert practice.request.plan is not None
    stranger.expect(lambda: practice.transport.running, 30.0)
    assert practice.transport.tempo == pytest.approx(practice.plan.steps[0].tempo_percent / 100.0)
