"""Changes of a pose vector: mirroring, mixing, smaller movement, a bent elbow. Each gives a new vector (C,)."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from coach.pose.landmark_table import mirrored_name
from coach.pose.pose_frame import PoseFrame
from coach.routine.body import AVERAGE_BODY
from coach.routine.camera import photograph
from coach.routine.channels import CHANNEL_INDEX, CHANNEL_NAMES, LEFT_ARM, FloatArray
from coach.routine.key_poses import Arm, Foot, KeyPose, pose_vector
from coach.routine.skeleton import stage_landmarks
from coach.settings.routine import MovementSettings, StageCamera

_SIDED: Final = ("x", "facing", "hip_roll", "lean", "twist", "head_turn", "head_tilt")
_SIGNS: Final = np.array(
    [-1.0 if name in _SIDED or name.endswith(("foot_x", "foot_yaw")) else 1.0 for name in CHANNEL_NAMES]
)
_MIRROR_INDEX: Final = np.array([CHANNEL_INDEX[mirrored_name(name)] for name in CHANNEL_NAMES])
_PLACE: Final = tuple(
    index
    for name, index in CHANNEL_INDEX.items()
    if name in ("x", "z", "facing") or name.endswith(("foot_x", "foot_z", "foot_yaw", "foot_lift", "heel_raise"))
)
_LIFTS: Final = tuple(CHANNEL_INDEX[f"{side}_foot_lift"] for side in ("left", "right"))
_BEND_FORWARDS: Final = 0.3
_SWING_FORWARDS: Final = 2.0
_SAMPLE_SIZE_PX: Final = (960, 540)


def mirrored_pose(values: FloatArray) -> FloatArray:
    """The mirror image: left and right swapped, the other way round on the stage."""
    result: FloatArray = (values * _SIGNS)[_MIRROR_INDEX]
    return result


def mixed_pose(before: FloatArray, after: FloatArray, share: float) -> FloatArray:
    """From ``before`` (share 0) to ``after`` (share 1); a turn takes the short way."""
    difference = after - before
    for name in ("facing", "left_foot_yaw", "right_foot_yaw"):
        index = CHANNEL_INDEX[name]
        difference[index] = (difference[index] + 180.0) % 360.0 - 180.0
    result: FloatArray = before + share * difference
    return result


def smaller_pose(values: FloatArray, amplitude: float, settings: MovementSettings) -> FloatArray:
    """``amplitude`` of the way from standing at ease to the pose; steps and turns are made, but small.

    Feet keep their place (a follower still sees which step it is); arms, trunk, level and lifted feet shrink.
    """
    rest = _rest(settings)
    result: FloatArray = rest + amplitude * (values - rest)
    result[list(_PLACE)] = values[list(_PLACE)]
    result[list(_LIFTS)] = amplitude * values[list(_LIFTS)]
    return result


def lower_knees(values: FloatArray, share: float) -> FloatArray:
    """Feet lifted to ``share`` of their height."""
    result: FloatArray = values.copy()
    result[list(_LIFTS)] *= share
    return result


def bent_left_elbow(values: FloatArray, bend_deg: float, share: float = 1.0) -> FloatArray:
    """A left elbow that never gets straighter than ``bend_deg`` (0 = straight), set in by ``share``.

    The forearm turns on the way it already bends; that of a straight arm turns up, nearly in the plane of the
    chest, so that a camera in front sees it.
    """
    upper_raise, upper_plane, fore_raise, fore_plane = values[LEFT_ARM].tolist()
    upper, fore = _direction(upper_raise, upper_plane), _direction(fore_raise, fore_plane)
    flexion = math.degrees(math.acos(float(np.clip(upper @ fore, -1.0, 1.0))))
    if flexion >= bend_deg:
        return values
    wanted = flexion + share * (bend_deg - flexion)
    own = fore - upper * float(upper @ fore)
    own /= max(float(np.linalg.norm(own)), 1e-9)
    upwards = _direction(upper_raise + 90.0, upper_plane)
    weight = min(1.0, flexion / bend_deg) ** 2
    # A forearm that swings from up to down cannot pass through the straight arm: it goes round in front.
    forwards = _BEND_FORWARDS + _SWING_FORWARDS * weight * max(0.0, -float(own @ upwards))
    sideways = weight * own + (1.0 - weight) * (upwards + np.array([0.0, 0.0, forwards]))
    sideways = sideways - upper * float(upper @ sideways)
    length = float(np.linalg.norm(sideways))
    if wanted <= flexion or length < 1e-6:
        return values
    bent: FloatArray = math.cos(math.radians(wanted)) * upper + math.sin(math.radians(wanted)) * sideways / length
    result: FloatArray = values.copy()
    result[LEFT_ARM] = (upper_raise, upper_plane, *_raise_and_plane(bent))
    return result


def sample_pose() -> PoseFrame:
    """A person with both arms up, square to the camera: a picture to try a pose model on."""
    arm = Arm(120.0, 4.0, 160.0, 4.0)
    key = KeyPose(0.0, left_arm=arm, right_arm=arm, left_foot=Foot(0.2), right_foot=Foot(0.2))
    stage = stage_landmarks(pose_vector(key, MovementSettings()), AVERAGE_BODY)
    return photograph(stage, StageCamera(), _SAMPLE_SIZE_PX, 0.0)


def _direction(raise_deg: float, plane_deg: float) -> FloatArray:
    """Outwards, up, forwards of an arm segment (see ``channels``)."""
    raised, plane = math.radians(raise_deg), math.radians(plane_deg)
    return np.array([math.sin(raised) * math.cos(plane), -math.cos(raised), math.sin(raised) * math.sin(plane)])


def _raise_and_plane(direction: FloatArray) -> tuple[float, float]:
    outwards, up, forwards = direction.tolist()
    return math.degrees(math.acos(max(-1.0, min(1.0, -up)))), math.degrees(math.atan2(forwards, outwards))


def _rest(settings: MovementSettings) -> FloatArray:
    return pose_vector(KeyPose(0.0, bounce=0.0), settings)
