"""Joint angles from landmarks, and whether the picture shows enough of a limb to speak of an angle at all.

All functions are vectorised over leading axes and give the joints in the order of ``joint_table.JOINTS``.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.pose.joint_table import JOINT_COUNT, JOINT_INDEX, JOINTS
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.normalise import seen_points
from coach.settings.pose import AngleSettings

FloatArray = NDArray[np.float64]

DEFAULT_SETTINGS = AngleSettings()

FULL_BONE_LENGTHS: Final[dict[frozenset[str], float]] = {
    frozenset(("shoulder", "elbow")): 0.56,
    frozenset(("elbow", "wrist")): 0.50,
    frozenset(("wrist", "index")): 0.18,
    frozenset(("hip", "shoulder")): 1.00,
    frozenset(("hip", "knee")): 0.85,
    frozenset(("knee", "ankle")): 0.80,
    frozenset(("ankle", "foot_index")): 0.34,
}
"""Bone lengths of the pose model's bodies in torso lengths, seen square-on (medians over two dancers, rounded)."""

_TRUNK, _NECK = JOINT_INDEX["trunk"], JOINT_INDEX["neck"]
_LIMBS: Final = tuple(joint for joint in JOINTS if joint.points)
_LIMB_JOINTS: Final = slice(0, len(_LIMBS))
"""They stand before trunk and neck."""
_BONES: Final = tuple((joint.points[1], joint.points[place]) for place in (0, 2) for joint in _LIMBS)
"""From the vertex: the bones before all limb joints, then those after."""
_FROM, _TO = (np.array([LANDMARK_INDEX[bone[end]] for bone in _BONES]) for end in (0, 1))
_BEFORE, _AFTER = slice(0, len(_LIMBS)), slice(len(_LIMBS), None)
_KNEE_BONES = np.array([row for row, (vertex, _) in enumerate(_BONES) if vertex.endswith("knee")])
_LEFT, _RIGHT = (
    np.array([LANDMARK_INDEX[f"{side}_{name}"] for name in ("shoulder", "hip", "ear")]) for side in ("left", "right")
)


def _side_free(name: str) -> str:
    return name.removeprefix("left_").removeprefix("right_")


LIMB_BONE_LENGTHS: Final[FloatArray] = np.array(
    [FULL_BONE_LENGTHS[frozenset(map(_side_free, bone))] for bone in _BONES]
)
"""Full lengths of the bones in `limb_bone_lengths`, shape (24,), in torso lengths."""


def joint_angles_deg(
    square_xy: FloatArray,
    visibility: FloatArray,
    min_visibility: float = 0.5,
    settings: AngleSettings = DEFAULT_SETTINGS,
) -> FloatArray:
    """Joint angles in the picture.

    Limbs: the unsigned three-point angle, 0 (folded) to 180 (straight). Trunk: lean of the line from the hip centre to
    the middle of the shoulders against the vertical, (-180, 180], positive to the picture's right. Neck: turn from that
    line to the line from the middle of the shoulders to the middle of the ears, same sign.

    Parameters
    ----------
    square_xy : ndarray [shape=(..., 33, 2)], float64
        Positions in picture heights; any unit that is the same on both axes will do.
    visibility : ndarray [shape=(..., 33)], float64
    min_visibility : float
        Landmarks below are unseen.
    settings : AngleSettings

    Returns
    -------
    ndarray [shape=(..., 14)], float64
        Degrees; nan where a landmark is unseen or a bone is seen too much end-on (`limb_visible_share`).
    """
    points = seen_points(square_xy, visibility, min_visibility)
    bones, trunk, neck = _bones(points)
    before, after = bones[..., _BEFORE, :], bones[..., _AFTER, :]
    angles = np.empty((*points.shape[:-2], JOINT_COUNT))
    cross = before[..., 0] * after[..., 1] - before[..., 1] * after[..., 0]
    dot = before[..., 0] * after[..., 0] + before[..., 1] * after[..., 1]
    share = _visible_share(np.hypot(bones[..., 0], bones[..., 1]), trunk)
    shown = (share >= settings.min_limb_share) & (share > 0)
    angles[..., _LIMB_JOINTS] = np.where(shown, np.arctan2(np.abs(cross), dot), np.nan)
    _fill_leans(angles, trunk, neck)
    degrees: FloatArray = np.rad2deg(angles)
    return degrees


def joint_angles_world_deg(world: FloatArray, min_visibility: float = 0.5) -> FloatArray:
    """Joint angles in space, from world landmarks (..., 33, 4), shape (..., 14).

    Limbs: the unsigned angle in three dimensions. Trunk and neck: the same sideways leans as in the picture, so a bow
    towards the camera is not a lean. About twice as noisy as the angles in the picture, but not foreshortened.
    nan where a landmark is unseen or a bone has no length.
    """
    points = seen_points(world[..., :3], world[..., 3], min_visibility)
    bones, trunk, neck = _bones(points)
    before, after = bones[..., _BEFORE, :], bones[..., _AFTER, :]
    angles = np.empty((*points.shape[:-2], JOINT_COUNT))
    cross = np.linalg.norm(np.cross(before, after), axis=-1)
    dot = (before * after).sum(axis=-1)
    angles[..., _LIMB_JOINTS] = np.where(np.hypot(cross, dot) > 0, np.arctan2(cross, dot), np.nan)
    _fill_leans(angles, trunk[..., :2], neck[..., :2])
    degrees: FloatArray = np.rad2deg(angles)
    return degrees


def limb_visible_share(square_xy: FloatArray, visibility: FloatArray, min_visibility: float = 0.5) -> FloatArray:
    """How much of its full length the shorter bone at each joint shows in the picture, shape (..., 14).

    1 is square-on, 0 points at the camera; values a little above 1 are the body's own proportions and noise. 1 for
    trunk and neck where they are seen, nan where a landmark is unseen. Full length is the usual one for a body of this
    size, and the size is the largest of what torso, thighs and shins suggest, since they are never all end-on at once.
    """
    return shown_limbs(seen_points(square_xy, visibility, min_visibility))[0]


def shown_limbs(points: FloatArray) -> tuple[FloatArray, FloatArray]:
    """`limb_visible_share` of points (..., 33, 2) that are nan where unseen, and what it is measured by.

    Returns
    -------
    share : ndarray [shape=(..., 14)], float64
    lengths : ndarray [shape=(..., 24)], float64
        Of the limbs' bones: those before each limb joint, then those after; see `LIMB_BONE_LENGTHS`.
    """
    bones, trunk, neck = _bones(points)
    lengths = np.hypot(bones[..., 0], bones[..., 1])
    shares = np.empty((*points.shape[:-2], JOINT_COUNT))
    shares[..., _LIMB_JOINTS] = _visible_share(lengths, trunk)
    shares[..., _TRUNK] = np.where(np.isfinite(trunk[..., 0]), 1.0, np.nan)
    shares[..., _NECK] = np.where(np.isfinite(neck[..., 0]), 1.0, np.nan)
    return shares, lengths


def longer_of_each(values: FloatArray) -> FloatArray:
    """The larger of the values (..., 24) of both bones at each limb joint, shape (..., 12); nan if one is nan."""
    larger: FloatArray = np.maximum(values[..., _BEFORE], values[..., _AFTER])
    return larger


def foreshortening(world: FloatArray, min_visibility: float = 0.5) -> FloatArray:
    """The same from the pose model's own depth: length in the picture plane over length in space, shape (..., 14).

    The smaller ratio of the two bones at each joint, 0..1; for trunk and neck of their one line. Noisier than
    `limb_visible_share`, but free of assumptions on proportions.
    """
    points = seen_points(world[..., :3], world[..., 3], min_visibility)
    bones, trunk, neck = _bones(points)
    flat = _flat_ratio(bones)
    ratios = np.empty((*points.shape[:-2], JOINT_COUNT))
    ratios[..., _LIMB_JOINTS] = np.minimum(flat[..., _BEFORE], flat[..., _AFTER])
    ratios[..., _TRUNK] = _flat_ratio(trunk)
    ratios[..., _NECK] = _flat_ratio(neck)
    return ratios


def _bones(points: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The limbs' bones (..., 24, d), the trunk line and the neck line (..., d)."""
    # ``take`` is several times as fast as an index array between other indices.
    bones = points.take(_TO, axis=-2) - points.take(_FROM, axis=-2)
    middles = 0.5 * (points.take(_LEFT, axis=-2) + points.take(_RIGHT, axis=-2))
    shoulders = middles[..., 0, :]
    return bones, shoulders - middles[..., 1, :], middles[..., 2, :] - shoulders


def _fill_leans(angles: FloatArray, trunk: FloatArray, neck: FloatArray) -> None:
    angles[..., _TRUNK] = np.arctan2(trunk[..., 0], -trunk[..., 1])
    turn = trunk[..., 0] * neck[..., 1] - trunk[..., 1] * neck[..., 0]
    angles[..., _NECK] = np.arctan2(turn, (trunk * neck).sum(axis=-1))


def _visible_share(lengths: FloatArray, trunk: FloatArray) -> FloatArray:
    """Of the lengths (..., 24) of bones: how much of its own the shorter one at each limb joint shows, (..., 12)."""
    shares = lengths / LIMB_BONE_LENGTHS
    size = np.hypot(trunk[..., 0], trunk[..., 1])
    size = np.fmax(size, np.fmax.reduce(shares.take(_KNEE_BONES, axis=-1), axis=-1))
    size = np.where(size > 0, size, np.nan)
    shorter: FloatArray = np.minimum(shares[..., _BEFORE], shares[..., _AFTER]) / size[..., None]
    return shorter


def _flat_ratio(bone: FloatArray) -> FloatArray:
    length = np.linalg.norm(bone, axis=-1)
    flat = np.hypot(bone[..., 0], bone[..., 1])
    ratio: FloatArray = np.divide(flat, length, out=np.full_like(flat, np.nan), where=length > 0)
    return ratio
