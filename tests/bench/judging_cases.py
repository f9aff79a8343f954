"""The cases of the judging benchmark: who dances what, how it is filmed, and what is planted.

Even cases chose the settings, odd ones report (`Case.reports`): each plant, joint and size occurs in both halves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from coach.pose.joint_table import JOINT_NAMES
from tests.bench.judging_plants import LIMBS, Plant

LENGTH_S = {"real": 29.5, "drawn": 46.5}
_FREEZE_S = (36.9, 38.2)
"""The built-in routine's freeze."""
_TRAVEL_S = ((4.6, 9.0), (4.6, 9.0))
SEVERITY_S = 24.0
_JOINT_SEEDS = {"drawn": (11, 21), "real": (12, 22)}
"""Two rounds of all joints and sizes: one alone leaves twenty bends of a size to report."""
_RATE_DANCERS = 8


@dataclass(frozen=True)
class Case:
    """One student.

    Attributes
    ----------
    group : str
        ``joint``, ``late``, ``whole``, ``faithful``, ``innocent``, ``hidden``, ``cut_off``, ``severity``, ``rates``.
    movement : str
        ``drawn`` or ``real``.
    plants : tuple of Plant
    number : int
        Even cases tune, odd ones report.
    body : str
        ``average``, ``small``, ``long_arms`` or ``far``.
    style : tuple of (str, float)
        Constant offsets in degrees.
    music : bool
        Along with music, or followed without.
    """

    group: str
    movement: str
    plants: tuple[Plant, ...]
    number: int
    fps: float = 30.0
    tempo: float = 1.0
    body: str = "average"
    style: tuple[tuple[str, float], ...] = ()
    bagginess: float = 1.15
    music: bool = True
    name: str = ""

    @property
    def reports(self) -> bool:
        """Whether the case reports (it never chose a setting)."""
        return self.number % 2 == 1


def all_cases(real: bool) -> list[Case]:
    """Every case; without the filmed dancer only the drawn one."""
    movements = ("drawn", "real") if real else ("drawn",)
    makers = (_joint, _late, _whole, _faithful, _innocent, _hidden, _severity, _rates)
    return [case for maker in makers for movement in movements for case in maker(movement)]


def _joint(movement: str) -> Iterator[Case]:
    """Each joint by each size both ways, three seconds of rest between two plants, at places drawn by lot."""
    number = 0
    for seed in _JOINT_SEEDS[movement]:
        for case in _joint_round(movement, seed, number):
            yield case
            number = case.number + 1


def _joint_round(movement: str, seed: int, number: int) -> Iterator[Case]:
    wanted = [(joint, sign * size) for joint in JOINT_NAMES for size in (25.0, 35.0, 50.0) for sign in (-1.0, 1.0)]
    rng = np.random.default_rng(seed)
    rng.shuffle(wanted)
    bodies = ("average", "average", "small", "average", "long_arms", "far")
    tempos = (1.0, 1.0, 0.9, 1.0, 1.1)
    while wanted:
        plants, start_s = [], float(rng.uniform(3.5, 6.0))
        while start_s < LENGTH_S[movement] - 4.0 and wanted:
            joint, size = wanted.pop()
            plants.append(Plant("joint", str(joint), float(size), start_s, start_s + float(rng.uniform(0.5, 2.0))))
            start_s += float(rng.uniform(6.0, 7.0))
        yield Case(
            "joint",
            movement,
            tuple(plants),
            number,
            body=bodies[number % 6],
            tempo=tempos[number % 5],
            music=number % 4 < 2,
        )
        number += 1


def _late(movement: str) -> Iterator[Case]:
    number = 0
    for size in (-200.0, -300.0, -400.0, 250.0):
        for limbs in (("left_arm", "right_leg"), ("right_arm", "left_leg")):
            if size > 0 and movement == "drawn":
                continue
            first_s, second_s = (7.0, 18.5) if movement == "real" else (9.0, 26.0)
            plants = (
                Plant("late", limbs[0], size, first_s, first_s + 7.0),
                Plant("late", limbs[1], size, second_s, second_s + 7.0),
            )
            yield Case("late", movement, plants, number, music=number % 4 < 2)
            number += 1


def _whole(movement: str) -> Iterator[Case]:
    specs = [("low", 0.45), ("low", 0.35), ("small", 0.5), ("small", 0.6)]
    for number, (kind, size) in enumerate(specs):
        yield Case("whole", movement, (Plant(kind, "", size, 8.0, 20.0),), number)
    for number, size in enumerate((0.5, 0.6, 0.6, 0.5)):
        start_s = (8.0, 10.0, 14.0, 12.0)[number]
        yield Case("whole", movement, (Plant("soft", "", size, start_s, start_s + 12.0),), number, music=number < 2)
    if movement == "drawn":
        for number, size in enumerate((0.12, 0.16, 0.2, 0.14)):
            yield Case("whole", movement, (Plant("moves", "", size, *_FREEZE_S),), number)
        for number in range(2):
            yield Case("whole", movement, (Plant("direction", "", 1.0, *_TRAVEL_S[number]),), number)


def _faithful(movement: str) -> Iterator[Case]:
    for number in range(6):
        yield Case("faithful", movement, (), 20 + number, music=number < 4)


def _innocent(movement: str) -> Iterator[Case]:
    styles = (
        (("left_elbow", 13.0), ("right_elbow", 13.0)),
        (("left_shoulder", -12.0), ("right_shoulder", -12.0)),
        (("right_shoulder", 14.0), ("left_knee", -11.0)),
        (("trunk", 10.0), ("right_elbow", -15.0)),
    )
    for number, style in enumerate(styles):
        yield Case("innocent", movement, (), number, style=style, name="style 10-15 degrees")
    for number in range(2):
        yield Case("innocent", movement, (), number, bagginess=1.9, name="baggy clothes (mask)")
        yield Case("innocent", movement, (), number, body="small", name="smaller body")
        yield Case("innocent", movement, (), number, body="far", name="further away")
        yield Case("innocent", movement, (), number, body="long_arms", name="longer arms")
        yield Case("innocent", movement, (), number, fps=(15.0, 60.0)[number], name="other frame rate")
        yield Case("innocent", movement, (), number, tempo=(0.9, 1.1)[number], name="tempo -/+ 10 %")
        yield Case("cut_off", movement, (), number, name="legs cut off")


def _hidden(movement: str) -> Iterator[Case]:
    for number, limb in enumerate((*LIMBS, *reversed(LIMBS))):
        yield Case("hidden", movement, (Plant("hidden", limb, 1.0, 8.0, 16.0),), number, music=number % 4 < 2)


def _severity(movement: str) -> Iterator[Case]:
    """Ever more, ever larger bends: the score must fall with them."""
    rng = np.random.default_rng(5)
    main = [name for name in JOINT_NAMES if not name.endswith(("wrist", "ankle", "neck"))]
    for number in range(20):
        severity = number / 19.0
        plants, start_s = [], 2.0
        while severity > 0 and start_s < SEVERITY_S - 3.0:
            for joint in rng.choice(main, 3, replace=False):
                size = float(rng.choice([-1.0, 1.0])) * (20.0 + 40.0 * severity)
                plants.append(Plant("joint", str(joint), size, start_s, start_s + 0.3 + 2.2 * severity))
            start_s += 3.0
        yield Case("severity", movement, tuple(plants), number, name=f"{severity:.3f}")


def _rates(movement: str) -> Iterator[Case]:
    start_s = {"real": 7.0, "drawn": 9.4}[movement]  # where the elbow does not swing
    plants = (
        Plant("joint", "left_elbow", -40.0, start_s, start_s + 1.5),
        Plant("joint", "right_shoulder", -40.0, 15.0, 16.5),
        Plant("joint", "left_knee", -40.0, 23.0, 24.5),
    )
    for number in range(_RATE_DANCERS):
        for fps in (15.0, 30.0, 60.0):
            yield Case("rates", movement, plants, number, fps=fps)
