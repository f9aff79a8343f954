"""The built-in choreography "First Steps": five sections of sixteen counts, written as key poses on beats.

Left and right are the dancer's own; x grows to the dancer's left while facing the camera. No section repeats another,
so that a few seconds of it tell where one is.
"""

from __future__ import annotations

from typing import Any, Final

from coach.routine.key_poses import Arm, Foot, KeyPose

NAME: Final = "first-steps"
TITLE: Final = "First Steps"
BEAT_COUNT: Final = 82
"""Eighty counts and two to hold the last pose."""

SECTION_STARTS: Final[tuple[tuple[str, int], ...]] = (
    ("Side steps", 0),
    ("Strong arms", 16),
    ("Turn around", 32),
    ("Low and high", 48),
    ("Finale", 64),
)
"""Names of the sections and the beats on which they begin."""

RELAXED: Final = Arm(14, 20, 22, 60)
GROOVE: Final = Arm(24, -12, 62, 92)
LOW: Final = Arm(46, 5, 50, 8)
SIDE: Final = Arm(89, 4, 90, 4)
HIGH: Final = Arm(138, 4, 140, 4)
UP: Final = Arm(166, 6, 172, 4)
GOAL: Final = Arm(88, 2, 174, 2)
GOAL_DOWN: Final = Arm(82, 2, 6, 2)
ON_HIP: Final = Arm(42, -25, 50, 165)
CLAP: Final = Arm(40, 65, 110, 142)
CLAP_HIGH: Final = Arm(155, 10, 212, 4)
CROSSED: Final = Arm(36, 58, 100, 152)
FIST: Final = Arm(56, 18, 118, 148)
ACROSS: Final = Arm(40, 104, 48, 124)
PUSH: Final = Arm(86, 72, 90, 80)
OVERHEAD: Final = Arm(150, 8, 196, 6)

TOUCH: Final = 34.0
"""Heel of a foot that only touches the floor, degrees."""


def key_poses() -> tuple[KeyPose, ...]:
    """The whole choreography."""
    return (*_side_steps(), *_strong_arms(), *_turn_around(), *_low_and_high(), *_finale())


def _on(x: float, left: float, right: float, **other: Any) -> dict[str, Any]:
    """Place and feet while facing the camera, the feet as places on the stage (metres, + to the dancer's left).

    ``left_heel``, ``right_heel``, ``left_turnout``, ``right_turnout``, ``left_lift`` and ``right_lift`` go to the feet.
    """
    feet: dict[str, dict[str, float]] = {"left": {"out": left - x}, "right": {"out": x - right}}
    for side, foot in feet.items():
        for name in ("heel", "turnout", "lift", "forward"):
            if f"{side}_{name}" in other:
                foot[name] = other.pop(f"{side}_{name}")
    return {"x": x, "left_foot": Foot(**feet["left"]), "right_foot": Foot(**feet["right"]), **other}


def _arms(both: Arm, right: Arm | None = None) -> dict[str, Any]:
    """The same shape for both arms, or left and right."""
    return {"left_arm": both, "right_arm": right or both}


def _side_steps() -> tuple[KeyPose, ...]:
    """Groove on the spot, step-touch with claps, then a travelling step to each side."""
    return (
        KeyPose(0, **_on(0, 0.11, -0.11), **_arms(RELAXED)),
        KeyPose(1, **_on(0, 0.11, -0.11, weight=0.8), **_arms(GROOVE), head_tilt=6),
        KeyPose(2, **_on(0, 0.11, -0.11, weight=-0.8), **_arms(GROOVE), head_tilt=-6),
        KeyPose(3, **_on(0.16, 0.36, -0.11, weight=0.6, drop=0.03), **_arms(LOW)),
        KeyPose(4, **_on(0.28, 0.36, 0.17, weight=0.9, right_heel=TOUCH), **_arms(CLAP), head_turn=12),
        KeyPose(5, **_on(0.08, 0.36, -0.13, weight=-0.6, drop=0.03), **_arms(LOW)),
        KeyPose(6, **_on(-0.04, 0.08, -0.13, weight=-0.9, left_heel=TOUCH), **_arms(CLAP), head_turn=-12),
        KeyPose(7, **_on(-0.02, 0.11, -0.13), **_arms(GROOVE)),
        KeyPose(8, **_on(-0.22, 0.11, -0.46, weight=-0.5, drop=0.04), **_arms(ON_HIP, SIDE), head_turn=-20),
        KeyPose(9, **_on(-0.35, -0.22, -0.46), **_arms(ON_HIP, HIGH)),
        KeyPose(10, **_on(-0.5, -0.22, -0.74, weight=-0.6, drop=0.04), **_arms(ON_HIP, SIDE), head_turn=-20),
        KeyPose(11, **_on(-0.66, -0.55, -0.74, weight=-0.8, left_heel=TOUCH), **_arms(CLAP_HIGH)),
        KeyPose(12, **_on(-0.4, -0.2, -0.74, weight=0.5, drop=0.05), **_arms(GOAL_DOWN)),
        KeyPose(13, **_on(-0.25, -0.2, -0.43), **_arms(GOAL)),
        KeyPose(14, **_on(-0.02, 0.2, -0.43, weight=0.5, drop=0.05), **_arms(GOAL_DOWN)),
        KeyPose(15, **_on(0.06, 0.2, -0.06, weight=0.6, right_heel=TOUCH), **_arms(FIST)),
    )


def _strong_arms() -> tuple[KeyPose, ...]:
    """Straight arms: side, high, one and one, punches with a lunge, and pointing to the sky."""
    wide = {"left": 0.3, "right": -0.3}
    return (
        KeyPose(16, 0.5, **_on(0, **wide, drop=0.03), **_arms(SIDE)),
        KeyPose(17.5, 0.3, **_on(0, **wide, drop=0.01), **_arms(HIGH), head_nod=-8),
        KeyPose(18.5, 0.4, **_on(0, **wide, drop=0.03), **_arms(SIDE)),
        KeyPose(19.5, **_on(0, **wide, drop=0.08), **_arms(CROSSED), head_nod=10),
        KeyPose(20.5, 0.6, **_on(0.05, **wide, weight=1, right_heel=20), **_arms(UP, SIDE), lean=-4),
        KeyPose(22, 0.6, **_on(-0.05, **wide, weight=-1, left_heel=20), **_arms(SIDE, UP), lean=4),
        KeyPose(23.2, **_on(0, **wide, drop=0.05), **_arms(FIST)),
        KeyPose(24, 0.3, **_on(0.12, **wide, weight=0.9, drop=0.09), **_arms(SIDE, FIST), twist=-8, head_turn=35),
        KeyPose(25, **_on(0, **wide, drop=0.03), **_arms(FIST)),
        KeyPose(26, 0.3, **_on(-0.12, **wide, weight=-0.9, drop=0.09), **_arms(FIST, SIDE), twist=8, head_turn=-35),
        KeyPose(27, **_on(0, **wide, drop=0.03), **_arms(FIST)),
        KeyPose(28, 0.3, **_on(0.06, **wide, weight=1, right_heel=30), **_arms(HIGH, ON_HIP), lean=-6, head_turn=15),
        KeyPose(29, **_on(-0.03, **wide, weight=-0.6, drop=0.05), **_arms(ACROSS, ON_HIP), lean=-4, twist=-12),
        KeyPose(30, 0.4, **_on(0.06, **wide, weight=1, right_heel=30), **_arms(HIGH, ON_HIP), lean=-6, head_turn=15),
        KeyPose(31, **_on(0, 0.3, -0.11), **_arms(LOW, ON_HIP)),
    )


def _turn_around() -> tuple[KeyPose, ...]:
    """March forwards, turn half about, wave to the back, turn on to the front and march back."""
    behind: dict[str, Any] = {"facing": 180.0, "z": 0.22}
    return (
        KeyPose(32, **_on(0, 0.13, -0.11, left_forward=0.16, z=0.1, weight=0.4), **_arms(GROOVE, FIST), twist=8),
        KeyPose(33, **_on(0, 0.13, -0.11, right_forward=0.12, z=0.22, weight=-0.4), **_arms(FIST, GROOVE), twist=-8),
        KeyPose(
            34,
            **_on(0, 0.12, -0.11, left_lift=0.34, left_turnout=50, left_heel=25, z=0.22, weight=-1),
            **_arms(HIGH, LOW),
        ),
        KeyPose(35, **_on(0, 0.13, -0.11, z=0.22), **_arms(LOW)),
        KeyPose(36, x=0.02, z=0.22, facing=90, left_foot=Foot(0.12), right_foot=Foot(0.1), **_arms(LOW), drop=0.03),
        KeyPose(37, x=0.0, **behind, **_arms(SIDE), drop=0.02),
        KeyPose(38, 0.2, x=0.0, **behind, weight=0.9, **_arms(HIGH), left_foot=Foot(0.16), right_foot=Foot(0.16)),
        KeyPose(39, 0.2, x=0.0, **behind, weight=-0.9, **_arms(GOAL), left_foot=Foot(0.16), right_foot=Foot(0.16)),
        KeyPose(40, x=0.0, z=0.2, facing=270, **_arms(LOW), left_foot=Foot(0.1), right_foot=Foot(0.12), drop=0.03),
        KeyPose(41, **_on(0, 0.14, -0.14, facing=360, z=0.18), **_arms(SIDE)),
        KeyPose(42, **_on(0, 0.14, -0.14, facing=360, z=0.05, right_forward=-0.15), **_arms(GOAL, LOW), weight=0.4),
        KeyPose(43, **_on(0, 0.14, -0.14, facing=360, z=-0.1, left_forward=-0.05), **_arms(LOW, GOAL), weight=-0.4),
        KeyPose(44, 0.2, **_on(0, 0.16, -0.14, facing=360, z=-0.1), **_arms(GOAL, GOAL_DOWN), weight=0.7, head_tilt=8),
        KeyPose(
            45, 0.2, **_on(0, 0.16, -0.14, facing=360, z=-0.1), **_arms(GOAL_DOWN, GOAL), weight=-0.7, head_tilt=-8
        ),
        KeyPose(46, **_on(0, 0.16, -0.14, facing=360, z=-0.1, drop=0.06), **_arms(CROSSED), head_nod=12),
        KeyPose(47, **_on(0, 0.11, -0.11, facing=360, z=-0.05), **_arms(LOW)),
    )


def _low_and_high() -> tuple[KeyPose, ...]:
    """A deep plié, up on the toes, arm waves, side lunges with a reach, and knees to the side."""
    low = {"left": 0.4, "right": -0.4, "left_turnout": 48.0, "right_turnout": 48.0, "facing": 360.0}
    wide = {"left": 0.36, "right": -0.36, "left_turnout": 25.0, "right_turnout": 25.0, "facing": 360.0}
    feet = {"left": 0.12, "right": -0.12, "facing": 360.0}
    left_knee = {"left_lift": 0.36, "left_turnout": 70.0, "left_heel": 30.0}
    right_knee = {"right_lift": 0.36, "right_turnout": 70.0, "right_heel": 30.0}
    return (
        KeyPose(48, **_on(0, **low, drop=0.08), **_arms(ON_HIP)),
        KeyPose(49, 0.3, **_on(0, **low, drop=0.2, bow=6), **_arms(ON_HIP), bounce=0.3),
        KeyPose(50, 0.4, **_on(0, **low, drop=0.25, bow=4), **_arms(SIDE), bounce=0.2),
        KeyPose(51.5, 0.4, **_on(0, **feet, left_heel=28, right_heel=28), **_arms(UP), bounce=0, head_nod=-8),
        KeyPose(52.5, **_on(0, **feet, drop=0.03), **_arms(Arm(100, 2, 70, 2), Arm(60, 2, 66, 2)), weight=0.5),
        KeyPose(53, **_on(0, **feet, drop=0.03), **_arms(Arm(76, 2, 112, 2), Arm(88, 2, 60, 2)), weight=0.2),
        KeyPose(53.5, **_on(0, **feet, drop=0.03), **_arms(Arm(64, 2, 70, 2), Arm(100, 2, 80, 2)), weight=-0.3),
        KeyPose(54, **_on(0, **feet, drop=0.03), **_arms(Arm(86, 2, 58, 2), Arm(78, 2, 114, 2)), weight=-0.6),
        KeyPose(55, **_on(0, **feet, drop=0.02), **_arms(FIST)),
        KeyPose(56, 0.3, **_on(0.14, **wide, weight=1, drop=0.13), **_arms(HIGH, LOW), lean=10, head_turn=20),
        KeyPose(57, **_on(0, **wide, drop=0.03), **_arms(FIST)),
        KeyPose(58, 0.3, **_on(-0.14, **wide, weight=-1, drop=0.13), **_arms(LOW, HIGH), lean=-10, head_turn=-20),
        KeyPose(59, **_on(0, 0.14, -0.36, facing=360.0, drop=0.02), **_arms(GOAL)),
        KeyPose(60, **_on(-0.08, 0.14, -0.14, **left_knee, facing=360.0), **_arms(GOAL_DOWN, GOAL), weight=-1, lean=6),
        KeyPose(61, **_on(-0.02, 0.14, -0.14, facing=360.0, drop=0.03), **_arms(GOAL)),
        KeyPose(62, **_on(0.08, 0.14, -0.14, **right_knee, facing=360.0), **_arms(GOAL, GOAL_DOWN), weight=1, lean=-6),
        KeyPose(63, **_on(0, 0.14, -0.14, facing=360.0, drop=0.04), **_arms(CROSSED)),
    )


def _finale() -> tuple[KeyPose, ...]:
    """A freeze, a quarter turn with a push, sways overhead, and the last pose."""
    freeze: dict[str, Any] = {"weight": 1.0, "drop": 0.1, "lean": 5.0, "head_turn": -20.0, "bounce": 0.0}
    side: dict[str, Any] = {"x": 0.2, "facing": 300.0}
    front: dict[str, Any] = {"facing": 360.0}
    return (
        KeyPose(64, 2.0, **_on(0.12, 0.36, -0.34, **front, **freeze, left_turnout=35), **_arms(LOW, HIGH)),
        KeyPose(67, **_on(0.24, 0.36, 0.12, **front, weight=0.4), **_arms(CLAP)),
        KeyPose(68, **side, **_arms(FIST), drop=0.05, left_foot=Foot(0.13), right_foot=Foot(0.13, 0.1), head_turn=20),
        KeyPose(
            69, 0.3, **side, **_arms(PUSH), drop=0.03, left_foot=Foot(0.13), right_foot=Foot(0.13, 0.1), head_turn=20
        ),
        KeyPose(70, **_on(0.2, 0.34, 0.04, **front), **_arms(LOW)),
        KeyPose(71, **_on(0.2, 0.34, 0.04, **front, drop=0.03), **_arms(CLAP_HIGH)),
        KeyPose(72, **_on(0.3, 0.52, 0.04, **front, weight=0.8), **_arms(UP, OVERHEAD), lean=9, head_tilt=6),
        KeyPose(73, **_on(0.1, 0.52, -0.1, **front, weight=-0.8), **_arms(OVERHEAD, UP), lean=-9, head_tilt=-6),
        KeyPose(74, **_on(0.02, 0.14, -0.1, **front, left_heel=TOUCH, weight=-0.9), **_arms(GOAL_DOWN, SIDE)),
        KeyPose(75, **_on(0.05, 0.3, -0.1, **front, weight=0.5, drop=0.06), **_arms(SIDE, GOAL_DOWN)),
        KeyPose(76, 0.4, **_on(0.02, 0.3, -0.26, **front, drop=0.02), **_arms(SIDE, ON_HIP), head_turn=25),
        KeyPose(77.2, **_on(0.02, 0.3, -0.26, **front, drop=0.16, bow=10), **_arms(CROSSED), head_nod=16),
        KeyPose(78.5, 3.5, **_on(0.02, 0.3, -0.26, **front, weight=0.5), **_arms(HIGH), bounce=0.0, head_nod=-10),
    )
