"""What can be measured at all: the sensor's own ``visibility`` is believed only when it says "unseen".

Evidence against a landmark: it lies on or beyond the picture's edge (there the sensor makes limbs up), its limb is too
short (it points at the camera) or too long for the body, it jumps faster than limbs can, it shakes, it just changed
sides with its counterpart, or it lies outside the body mask. Of a hidden limb the sensor makes up the whole: where hand
or foot should be in the picture and cannot be found for a while, shoulder or hip are not believed either.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.judging.gaps import gap_s
from coach.judging.limb_evidence import JumpEvidence
from coach.judging.reach import torso_size
from coach.judging.running_mean import RunningMean
from coach.pose.joint_angles import LIMB_BONE_LENGTHS, longer_of_each, shown_limbs
from coach.pose.joint_table import JOINT_COUNT, JOINT_INDEX, JOINTS
from coach.pose.landmark_table import LANDMARK_COUNT, LANDMARK_INDEX
from coach.pose.pose_frame import FloatArray, PoseFrame
from coach.settings.judging import VisibilitySettings

BoolArray = NDArray[np.bool_]

_LEAN_LANDMARKS: Final[dict[str, tuple[str, ...]]] = {
    "trunk": ("left_shoulder", "right_shoulder", "left_hip", "right_hip"),
    "neck": ("left_ear", "right_ear", "left_shoulder", "right_shoulder", "left_hip", "right_hip"),
}
"""Landmarks of the joints that are not three-point angles."""

JOINT_LANDMARKS: Final[BoolArray] = np.zeros((JOINT_COUNT, LANDMARK_COUNT), dtype=bool)
"""Which landmarks each joint's angle is made of, shape (14, 33)."""
for _row, _joint in enumerate(JOINTS):
    for _name in _joint.points or _LEAN_LANDMARKS[_joint.name]:
        JOINT_LANDMARKS[_row, LANDMARK_INDEX[_name]] = True


_LIMBS: Final = [
    (f"{side}_{root}", f"{side}_{middle}", f"{side}_{end}")
    for side in ("left", "right")
    for root, middle, end in (("shoulder", "elbow", "wrist"), ("hip", "knee", "ankle"))
]
_ROOTS, _OUTER = (np.array([JOINT_INDEX[limb[place]] for limb in _LIMBS]) for place in (0, 1))
_ENDS: Final = np.array([LANDMARK_INDEX[limb[2]] for limb in _LIMBS])
_FIRST_S: Final = 1.0
"""The first size has to hold for some time to be known at all; how long does not matter, as it is all there is."""


@dataclass(frozen=True)
class JointSeen:
    """What could be measured in one frame.

    Attributes
    ----------
    measurable : ndarray [shape=(14,)], bool
        Whether the joint's angle means anything.
    landmarks_seen : ndarray [shape=(33,)], bool
    visible_share : ndarray [shape=(14,)], float64
        Share of its full length that the limb shows; nan where unseen.
    body_size, torso : float
        Torso length in picture heights, nan while unknown: running, and of this frame alone.
    """

    measurable: BoolArray
    landmarks_seen: BoolArray
    visible_share: FloatArray
    body_size: float
    torso: float = float("nan")


def landmarks_in_picture(image: FloatArray, settings: VisibilitySettings) -> BoolArray:
    """Which landmarks (..., 33, 4) the sensor calls visible and are clear of the picture's edge, shape (..., 33)."""
    seen: BoolArray = _clear_of_the_edge(image, settings) & (image[..., 3] >= settings.min_visibility)
    return seen


def _clear_of_the_edge(image: FloatArray, settings: VisibilitySettings) -> BoolArray:
    low, high = settings.border_ratio, 1.0 - settings.border_ratio
    x, y = image[..., 0], image[..., 1]
    clear: BoolArray = (np.minimum(x, y) >= low) & (np.maximum(x, y) <= high)
    return clear


def measurable_joints(
    xy: FloatArray, landmarks_seen: BoolArray, body_size: FloatArray, settings: VisibilitySettings
) -> tuple[BoolArray, FloatArray]:
    """Joints whose landmarks are seen and whose limbs have a plausible length.

    Parameters
    ----------
    xy : ndarray [shape=(..., 33, 2)], float64
        Positions in picture heights.
    landmarks_seen : ndarray [shape=(..., 33)], bool
    body_size : ndarray [shape=(...,)], float64
        Torso length in picture heights.
    settings : VisibilitySettings

    Returns
    -------
    measurable : ndarray [shape=(..., 14)], bool
    visible_share : ndarray [shape=(..., 14)], float64
    """
    all_seen = ~(~landmarks_seen[..., None, :] & JOINT_LANDMARKS).any(axis=-1)
    share, lengths = shown_limbs(np.where(landmarks_seen[..., None], xy, np.nan))
    longest = longer_of_each(lengths / (LIMB_BONE_LENGTHS * body_size[..., None]))
    measurable: BoolArray = all_seen & (share >= settings.min_length_ratio)
    measurable[..., : longest.shape[-1]] &= ~(longest > settings.max_length_ratio)
    return measurable, share


class VisibilityJudge:
    """Decides frame by frame what can be measured; remembers body size, movement and distrust."""

    def __init__(self, settings: VisibilitySettings) -> None:
        self._settings = settings
        self._jumps = JumpEvidence(settings)
        self._size = RunningMean(settings.size_smoothing_s)
        self._last_s: float | None = None
        self._unseen_since_s = np.full(len(_LIMBS), np.inf)

    def step(self, pose: PoseFrame, mask_support: BoolArray | None = None) -> JointSeen:
        """Judge one frame, best the pose before any smoothing; frames must come in order of time.

        Parameters
        ----------
        pose : PoseFrame
        mask_support : ndarray [shape=(33,)], bool, optional
            Whether each landmark lies in or near the body mask; not given, the mask has no say.
        """
        xy = pose.square_xy()
        seen = landmarks_in_picture(pose.image, self._settings)
        if mask_support is not None:
            seen &= mask_support
        torso = float(torso_size(xy, pose.world, pose.visibility, self._settings.min_visibility))
        size = self._update_size(torso, pose.time_s)
        seen &= self._jumps.step(xy / size, pose.time_s)
        measurable, share = measurable_joints(xy, seen, np.asarray(size), self._settings)
        made_up = self._made_up(pose, share)
        if made_up.any():
            measurable[_ROOTS[made_up]] = False
        return JointSeen(measurable, seen, share, size, torso)

    def _made_up(self, pose: PoseFrame, share: FloatArray) -> BoolArray:
        """Which limbs (4,) are made up.

        Their outer half lies in the picture, and could not be measured for a while.
        """
        settings = self._settings
        inside = _clear_of_the_edge(pose.image.take(_ENDS, axis=0), settings)
        unseen = inside & ~(share.take(_OUTER) >= settings.min_length_ratio)
        self._unseen_since_s = np.where(unseen, np.minimum(self._unseen_since_s, pose.time_s), np.inf)
        return pose.time_s - self._unseen_since_s >= settings.made_up_after_s

    def _update_size(self, torso: float, time_s: float) -> float:
        """Running torso length; the last known one while nothing can be measured."""
        passed_s = _FIRST_S if self._last_s is None else gap_s(self._last_s, time_s)
        self._last_s = time_s
        self._size.step(torso, passed_s)
        return self._size.value
