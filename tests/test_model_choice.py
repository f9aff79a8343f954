"""The best model that holds the frame rate, measured once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.clock import SystemClock
from coach.devices.model_choice import ModelChoice, choose_model, load_choice, machine_key, measure_model, save_choice
from coach.devices.model_source import PoseModelKind
from coach.errors import PoseModelError
from coach.settings.sensing import ModelChoiceSettings
from tests.builders_sensing import drawn_person, pose_model

LITE, FULL, HEAVY = PoseModelKind.LITE, PoseModelKind.FULL, PoseModelKind.HEAVY


class Costs:
    """Measures nothing, but knows the costs and who asked for them."""

    def __init__(self, lite: float, full: float, heavy: float | None) -> None:
        self.cost = {LITE: lite, FULL: full, HEAVY: heavy}
        self.asked: list[PoseModelKind] = []

    def __call__(self, kind: PoseModelKind) -> float:
        self.asked.append(kind)
        cost = self.cost[kind]
        if cost is None:
            raise PoseModelError("no network")
        return cost


@pytest.mark.parametrize(
    ("costs", "kind", "holds", "asked"),
    [
        (Costs(13, 17, 53), FULL, True, [FULL]),
        (Costs(5, 8, 21), HEAVY, True, [FULL, HEAVY]),
        (Costs(5, 8, 29), FULL, True, [FULL, HEAVY]),
        (Costs(5, 8, None), FULL, True, [FULL, HEAVY]),
        (Costs(20, 26, 80), LITE, True, [FULL, LITE]),
        (Costs(40, 55, 160), LITE, False, [FULL, LITE]),
    ],
)
def test_best_model_within_the_budget(
    costs: Costs, kind: PoseModelKind, holds: bool, asked: list[PoseModelKind]
) -> None:
    choice = choose_model(costs)
    assert (choice.kind, choice.holds_rate, choice.remembered) == (kind, holds, False)
    assert costs.asked == asked


def test_a_slower_camera_leaves_more_time() -> None:
    assert choose_model(Costs(20, 26, 80), fps=15).kind is FULL
    assert choose_model(Costs(13, 17, 53), fps=60).kind is LITE


def test_without_full_there_is_no_choice() -> None:
    def fail(kind: PoseModelKind) -> float:
        raise PoseModelError(f"no {kind.value}")

    with pytest.raises(PoseModelError, match="no full"):
        choose_model(fail)


def test_the_choice_is_remembered_on_this_computer(tmp_path: Path) -> None:
    place = tmp_path / "config" / "model.json"
    first = choose_model(Costs(5, 8, 21), load_choice(place))
    assert save_choice(place, first)
    costs = Costs(1, 1, 1)
    again = choose_model(costs, load_choice(place))
    assert costs.asked == []
    assert (again.kind, again.remembered) == (HEAVY, True)


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{", '{"kind": "full"}', '{"machine": "another", "measured_ms": {"full": 1.0}}'],
)
def test_what_is_remembered_wrongly_is_measured_again(tmp_path: Path, content: str) -> None:
    place = tmp_path / "model.json"
    place.write_text(content)
    costs = Costs(13, 17, 53)
    assert choose_model(costs, load_choice(place)).kind is FULL
    assert costs.asked == [FULL]


@pytest.mark.parametrize("odd", ["fast", None, -3, True, float("nan")])
def test_odd_figures_of_this_computer_are_ignored(odd: object) -> None:
    costs = Costs(13, 17, 53)
    remembered = json.loads(json.dumps({"machine": machine_key(), "measured_ms": {"full": odd}}))
    assert choose_model(costs, remembered).measured_ms == {FULL: 17}


def test_a_place_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert not save_choice(tmp_path / "file" / "model.json", ModelChoice(FULL, {FULL: 17.0}, holds_rate=True))


def test_measuring_the_real_model() -> None:
    cost_ms = measure_model(
        pose_model(), drawn_person(), SystemClock(), ModelChoiceSettings(measured_frames=3, warm_up_frames=1)
    )
    assert 0.5 < cost_ms < 5000
