"""From a case of the judging benchmark to what the sensor sees of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from coach.pose.joint_table import JOINT_INDEX
from coach.routine.body import AVERAGE_BODY
from coach.settings.routine import StageCamera
from tests.bench.drawn_pictures import detected
from tests.bench.judging_cases import SEVERITY_S, Case
from tests.bench.judging_dances import Dance, danced, drawn_movement, real_movement, sensed
from tests.bench.judging_plants import (
    Plant,
    bent,
    cut_off,
    hidden_limb,
    late_limb,
    moving,
    other_proportions,
    scaled,
    weakened,
    with_style,
    without_stops,
    wrong_way,
)

_SWING_DEG = 50.0
_RATE_SEED = 77
"""Each dancer has errors of the sensor of their own, which are the same at every frame rate."""


@dataclass(frozen=True)
class Performance:
    """A case made real: the dance without plants and sensor, with plants, and as the sensor sees it."""

    case: Case
    clean: Dance
    truth: Dance
    seen: Dance


def perform(case: Case, video: Path | None, *, pictures: bool = False) -> Performance:
    """Dance ``case``; with ``pictures`` it is drawn and seen by the real pose model instead of a simulated one."""
    if case.movement == "real":
        assert video is not None
        movement = real_movement(video)
    else:
        body = AVERAGE_BODY.scaled(0.75) if case.body == "small" else AVERAGE_BODY
        body = body.varied(1.12, 0.96, 1.0) if case.body == "long_arms" else body
        movement = drawn_movement(body, StageCamera(view_height_m=3.6) if case.body == "far" else None)
    length_s = SEVERITY_S if case.group == "severity" else np.inf
    clean = danced(movement, fps=case.fps, tempo=case.tempo, length_s=length_s)
    if case.movement == "real" and case.body != "average":
        if case.body == "long_arms":
            clean = other_proportions(clean, 1.12, 0.96)
        else:
            clean = scaled(clean, {"small": 0.75, "far": 0.7}[case.body])
    clean = with_style(clean, case.style)
    truth = clean
    if case.group in ("joint", "rates"):
        case = replace(case, plants=tuple(_where_it_shows(clean, plant) for plant in case.plants))
    for plant in case.plants:
        if plant.kind == "joint":
            truth = bent(truth, plant)
        elif plant.kind == "late":
            truth = late_limb(truth, plant, movement)
        elif plant.kind in ("low", "small"):
            truth = weakened(truth, plant)
        elif plant.kind == "soft":
            truth = without_stops(truth, plant, movement)
        elif plant.kind == "moves":
            truth = moving(truth, plant)
        elif plant.kind == "direction":
            truth = wrong_way(truth, plant)
    seed = _RATE_SEED + case.number if case.group == "rates" else hash_of(case)
    seen = replace(truth, track=detected(truth.track)) if pictures else sensed(truth, case.fps, seed)
    for plant in case.plants:
        if plant.kind == "hidden":
            seen = hidden_limb(seen, plant, np.random.default_rng(seed + 1))
    if case.group == "cut_off":
        seen = cut_off(seen, 0.03 * case.number)
    return Performance(case, clean, truth, seen)


def _where_it_shows(dance: Dance, plant: Plant) -> Plant:
    """The plant moved a little, or turned round, so that the picture shows it and the joint does not swing.

    A straight elbow cannot be straightened, and a limb that points at the camera has no angle. Where nothing helps the
    plant stays, and does not count later.
    """
    column = JOINT_INDEX[plant.part]
    for shift_s in (0.0, 0.6, -0.6, 1.2, -1.2, 1.8, -1.8):
        moved = replace(plant, start_s=plant.start_s + shift_s, end_s=plant.end_s + shift_s)
        during = (dance.track.time_s >= moved.start_s) & (dance.track.time_s <= moved.end_s)
        for turned in (moved, replace(moved, size=-moved.size)):
            angle = dance.angles_deg[during, column]
            change = bent(dance, turned).angles_deg[during, column] - angle
            if np.ptp(angle) < _SWING_DEG and np.mean(change) * np.sign(turned.size) > 0.8 * abs(turned.size):
                return turned
    return plant


def hash_of(case: Case) -> int:
    """A seed that is the same in every run."""
    text = f"{case.group}{case.movement}{case.number}{case.name}{case.plants}"
    return sum((index + 1) * ord(letter) for index, letter in enumerate(text)) % 1_000_003
