"""How far hands and feet are from the body, in torso lengths."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.pose.body_size import BODY_HEIGHT_M, body_height
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.pose_frame import FloatArray

REACH_PARTS: Final = ("left_hand", "right_hand", "feet_apart")
MIRROR_REACH_INDEX: Final = (1, 0, 2)

_TRUNK = [LANDMARK_INDEX[name] for name in ("left_shoulder", "right_shoulder", "left_hip", "right_hip")]
_ENDS = np.array([LANDMARK_INDEX[name] for name in ("left_wrist", "right_wrist", "left_ankle")])
_LEG_FROM = np.array([LANDMARK_INDEX[f"{side}_{name}"] for side in ("left", "right") for name in ("hip", "knee")])
_LEG_TO = np.array([LANDMARK_INDEX[f"{side}_{name}"] for side in ("left", "right") for name in ("knee", "ankle")])
_TORSO_OF_COLUMN: Final = 0.37
"""Torso over torso and one leg (two filmed dancers: 0.37 and 0.37)."""
_RIGHT_ANKLE = LANDMARK_INDEX["right_ankle"]


def reach_parts(square_xy: FloatArray, landmarks_seen: NDArray[np.bool_], body_size: FloatArray | float) -> FloatArray:
    """Distance of each wrist from the middle of the hips, and of the ankles from each other.

    Parameters
    ----------
    square_xy : ndarray [shape=(..., 33, 2)], float64
    landmarks_seen : ndarray [shape=(..., 33)], bool
    body_size : ndarray [shape=(...,)], float64, or float
        Torso length that the distances are divided by, same unit as ``square_xy``.

    Returns
    -------
    ndarray [shape=(..., 3)], float64
        In the order of `REACH_PARTS`; nan where unseen.
    """
    points = np.where(landmarks_seen[..., None], square_xy, np.nan)
    away = points.take(_ENDS, axis=-2)
    away[..., :2, :] -= 0.5 * (points[..., _TRUNK[2], :] + points[..., _TRUNK[3], :])[..., None, :]
    away[..., 2, :] -= points[..., _RIGHT_ANKLE, :]
    reach: FloatArray = np.hypot(away[..., 0], away[..., 1]) / np.asarray(body_size, dtype=np.float64)[..., None]
    return reach


def torso_size(square_xy: FloatArray, world: FloatArray, visibility: FloatArray, min_visibility: float) -> FloatArray:
    """Length that the torso would have seen square-on, in the unit of ``square_xy``, shape (...,).

    From the whole body, so that a bow does not shrink it: the scale of the body model in the picture, times the
    model's own length of trunk and legs (the pose model draws all people about equally tall, other sources do not).
    """
    scale = body_height(square_xy, world, visibility, min_visibility) / BODY_HEIGHT_M
    left_shoulder, right_shoulder, left_hip, right_hip = (world[..., index, :3] for index in _TRUNK)
    trunk = 0.5 * (left_shoulder + right_shoulder - left_hip - right_hip)
    legs = (world.take(_LEG_FROM, axis=-2) - world.take(_LEG_TO, axis=-2))[..., :3]
    leg_lengths = np.sqrt((legs * legs).sum(axis=-1))
    column = np.sqrt((trunk * trunk).sum(axis=-1)) + leg_lengths.sum(axis=-1) / 2.0
    size: FloatArray = _TORSO_OF_COLUMN * column * scale
    return size
