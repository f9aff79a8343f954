"""The history on the screen: dance after dance, with their curves and runs."""

from __future__ import annotations

from coach.app.scenes.history_scene import HistoryScene, when
from coach.app.studio.scene import Back, Open
from coach.ui.commands import Command
from coach.ui.history_view import BACK
from tests.builders_practice import make_run
from tests.builders_result_scenes import Started, context_with
from tests.builders_waiting import wait_until


def history_scene(*runs: object, **chosen: object) -> HistoryScene:
    scene = HistoryScene(context_with(*runs, **chosen), open_practice=Started)  # type: ignore[arg-type]
    scene.enter(0.0)

    def listed() -> bool:
        scene.update(0.0)
        return scene.view().dances is not None

    wait_until(listed)
    return scene


RUNS = (
    make_run(50.0, started_utc="2026-11-01T10:00:00+00:00"),
    make_run(80.0, started_utc="2026-11-03T10:00:00+00:00"),
    make_run(60.0, reference="robot", title="Robot", started_utc="2026-11-02T10:00:00+00:00"),
)


def test_the_history_shows_the_latest_dance_first_with_its_curve_and_runs() -> None:
    view = history_scene(*RUNS).view()
    assert view.dances is not None
    assert [(dance.name, dance.runs_count, dance.best) for dance in view.dances] == [
        ("first-steps", 2, 80.0),
        ("robot", 1, 60.0),
    ]
    assert [point.score for point in view.dances[0].curve] == [50.0, 80.0]
    assert [row.score for row in view.dances[0].runs] == [80.0, 50.0]
    assert view.shown == view.chosen == "first-steps"


def test_up_and_down_go_through_the_dances_and_back() -> None:
    scene = history_scene(*RUNS)
    names = []
    for _ in range(4):
        names.append(scene.chosen)
        scene.obey(Command.DOWN, 0.0)
    assert names == ["first-steps", "robot", BACK, "first-steps"]
    assert scene.view().shown == "robot"
    step = scene.obey(Command.CONFIRM, 0.0)
    assert isinstance(step, Open)
    assert step.scene.request == "robot"  # type: ignore[attr-defined]
    scene.obey(Command.DOWN, 0.0)
    assert isinstance(scene.obey(Command.CONFIRM, 0.0), Back)


def test_an_empty_history_offers_the_way_back() -> None:
    scene = history_scene()
    assert scene.view().dances == ()
    assert scene.chosen == BACK
    assert isinstance(scene.obey(Command.CONFIRM, 0.0), Back)


def test_times_are_those_of_this_computer_and_a_strange_one_stays_as_it_is() -> None:
    assert when("2026-11-03T10:00:00+00:00", "en").startswith("2026-11-0")
    assert when("2026-11-03T10:00:00+00:00", "de")[2] == "."
    assert when("yesterday", "en") == "yesterday"
