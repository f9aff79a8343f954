"""Key poses: what a choreographer writes down, in the dancer's own terms, and its pose vector on the stage."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from coach.routine.channels import CHANNEL_NAMES, FloatArray
from coach.settings.routine import MovementSettings


@dataclass(frozen=True)
class Arm:
    """Directions of upper arm and forearm, degrees (see ``channels``)."""

    upper_raise: float
    upper_plane: float
    fore_raise: float
    fore_plane: float


@dataclass(frozen=True)
class Foot:
    """A foot relative to the dancer's place and facing: outwards and forwards in metres, toes turned out in degrees."""

    out: float = 0.11
    forward: float = 0.0
    turnout: float = 12.0
    lift: float = 0.0
    heel: float = 0.0


@dataclass(frozen=True)
class KeyPose:
    """The pose to be reached on a beat.

    Attributes
    ----------
    beat : float
        Beats since the music's first.
    hold : float
        Beats for which it is held.
    x, z : float
        Place on the stage, metres; ``facing`` in degrees.
    weight : float
        1: the hips are over the left foot, -1: over the right, 0: in the middle.
    drop, lean, bow, twist, head_turn, head_tilt, head_nod, bounce : float
        See ``channels``.
    """

    beat: float
    hold: float = 0.0
    x: float = 0.0
    z: float = 0.0
    facing: float = 0.0
    weight: float = 0.0
    drop: float = 0.0
    lean: float = 0.0
    bow: float = 0.0
    twist: float = 0.0
    head_turn: float = 0.0
    head_tilt: float = 0.0
    head_nod: float = 0.0
    bounce: float = 1.0
    left_arm: Arm = Arm(14.0, 20.0, 22.0, 60.0)
    right_arm: Arm = Arm(14.0, 20.0, 22.0, 60.0)
    left_foot: Foot = Foot()
    right_foot: Foot = Foot()


def pose_vector(key: KeyPose, settings: MovementSettings) -> FloatArray:
    """The channels of a key pose, with the hips shifted and tilted by the weight, shape (C,)."""
    left_x, left_z = math.cos(math.radians(key.facing)), -math.sin(math.radians(key.facing))
    shift = key.weight * settings.weight_shift_m
    roll = -key.weight * settings.hip_roll_deg
    values: dict[str, float] = {
        "x": key.x + left_x * shift,
        "z": key.z + left_z * shift,
        "drop": key.drop,
        "facing": key.facing,
        "hip_roll": roll,
        "lean": key.lean - settings.counter_lean_share * roll,
        "bow": key.bow,
        "twist": key.twist,
        "head_turn": key.head_turn,
        "head_tilt": key.head_tilt,
        "head_nod": key.head_nod,
        "bounce": key.bounce,
    }
    for side, outwards, arm, foot in (
        ("left", 1.0, key.left_arm, key.left_foot),
        ("right", -1.0, key.right_arm, key.right_foot),
    ):
        out = outwards * foot.out
        values |= {
            f"{side}_upper_raise": arm.upper_raise,
            f"{side}_upper_plane": arm.upper_plane,
            f"{side}_fore_raise": arm.fore_raise,
            f"{side}_fore_plane": arm.fore_plane,
            f"{side}_foot_x": key.x + left_x * out - left_z * foot.forward,
            f"{side}_foot_z": key.z + left_z * out + left_x * foot.forward,
            f"{side}_foot_lift": foot.lift,
            f"{side}_foot_yaw": key.facing + outwards * foot.turnout,
            f"{side}_heel_raise": foot.heel,
        }
    return np.array([values[name] for name in CHANNEL_NAMES])
