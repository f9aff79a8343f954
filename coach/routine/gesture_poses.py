"""The drawn dancer asking for something: the key pose of each gesture, standing at ease otherwise."""

from __future__ import annotations

from typing import Final

from coach.gestures.gesture import Gesture
from coach.routine.channels import FloatArray
from coach.routine.key_poses import Arm, KeyPose, pose_vector
from coach.settings.routine import MovementSettings

_HANGING: Final = Arm(12, 15, 16, 50)
_RAISED: Final = Arm(128, 6, 176, 10)
_LEVEL: Final = Arm(89, 6, 90, 6)
_CROSSED: Final = Arm(34, 110, 130, 170)
_ON_HEAD: Final = Arm(112, 6, 235, 18)
_ON_HIP: Final = Arm(46, -5, 36, 160)

_ARMS: Final[dict[Gesture, tuple[Arm, Arm]]] = {
    Gesture.LEFT_HAND_UP: (_RAISED, _HANGING),
    Gesture.RIGHT_HAND_UP: (_HANGING, _RAISED),
    Gesture.BOTH_HANDS_UP: (_RAISED, _RAISED),
    Gesture.LEFT_ARM_OUT: (_LEVEL, _HANGING),
    Gesture.RIGHT_ARM_OUT: (_HANGING, _LEVEL),
    Gesture.ARMS_CROSSED: (_CROSSED, _CROSSED),
    Gesture.HANDS_ON_HEAD: (_ON_HEAD, _ON_HEAD),
    Gesture.HANDS_ON_HIPS: (_ON_HIP, _ON_HIP),
}


def standing_pose(settings: MovementSettings) -> FloatArray:
    """Standing at ease, facing the camera: a pose vector (see ``channels``)."""
    return pose_vector(KeyPose(0.0, left_arm=_HANGING, right_arm=_HANGING, bounce=0.0), settings)


def gesture_pose(gesture: Gesture, settings: MovementSettings) -> FloatArray:
    """The gesture as it is taught: a pose vector (see ``channels``)."""
    left, right = _ARMS[gesture]
    return pose_vector(KeyPose(0.0, left_arm=left, right_arm=right, bounce=0.0), settings)
