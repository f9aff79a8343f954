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
_LIMB_JOINTS = np.array([index for index, joint in enumerate(JOINTS) if joint.points])
_FROM, _VERTEX, _TO = np.array([[LANDMARK_INDEX[name] for name in joint.points] for joint in JOINTS if joint.points]).T
_SHOULDERS = [LANDMARK_INDEX["left_shoulder"], LANDMARK_INDEX["right_shoulder"]]
_HIPS = [LANDMARK_INDEX["left_hip"], LANDMARK_INDEX["right_hip"]]
_EARS = [LANDMARK_INDEX["left_ear"], LANDMARK_INDEX["right_ear"]]


def _side_free(name: str) -> str:
    return name.removeprefix("left_").removeprefix("right_")


def _full_lengths(first: int, second: int) -> FloatArray:
    return np.array(
        [
            FULL_BONE_LENGTHS[frozenset((_side_free(joint.points[first]), _side_free(joint.points[second])))]
            for joint in JOINTS
            if joint.points
        ]
    )


_FULL_BEFORE, _FULL_AFTER = _full_lengths(0, 1), _full_lengths(1, 2)


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
    before, after, trunk, neck = _bones(points)
    angles = np.empty((*points.shape[:-2], JOINT_COUNT))
    cross = before[..., 0] * after[..., 1] - before[..., 1] * after[..., 0]
    angles[..., _LIMB_JOINTS] = np.arctan2(np.abs(cross), (before * after).sum(axis=-1))
    _fill_leans(angles, trunk, neck)
    with np.errstate(invalid="ignore"):
        share = _visible_share(before, after, trunk)
        shown = (share >= settings.min_limb_share) & (share > 0)
    angles[..., _LIMB_JOINTS] = np.where(shown, angles[..., _LIMB_JOINTS], np.nan)
    degrees: FloatArray = np.rad2deg(angles)
    return degrees


def joint_angles_world_deg(world: FloatArray, min_visibility: float = 0.5) -> FloatArray:
    """Joint angles in space, from world landmarks (..., 33, 4), shape (..., 14).

    Limbs: the unsigned angle in three dimensions. Trunk and neck: the same sideways leans as in the picture, so a bow
    towards the camera is not a lean. About twice as noisy as the angles in the picture, but not foreshortened.
    nan where a landmark is unseen or a bone has no length.
    """
    points = seen_points(world[..., :3], world[..., 3], min_visibility)
    before, after, trunk, neck = _bones(points)
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
    points = seen_points(square_xy, visibility, min_visibility)
    before, after, trunk, neck = _bones(points)
    shares = np.empty((*points.shape[:-2], JOINT_COUNT))
    shares[..., _LIMB_JOINTS] = _visible_share(before, after, trunk)
    shares[..., _TRUNK] = np.where(np.isfinite(trunk[..., 0]), 1.0, np.nan)
    shares[..., _NECK] = np.where(np.isfinite(neck[..., 0]), 1.0, np.nan)
    return shares


def foreshortening(world: FloatArray, min_visibility: float = 0.5) -> FloatArray:
    """The same from the pose model's own depth: length in the picture plane over length in space, shape (..., 14).

    The smaller ratio of the two bones at each joint, 0..1; for trunk and neck of their one line. Noisier than
    `limb_visible_share`, but free of assumptions on proportions.
    """
    points = seen_points(world[..., :3], world[..., 3], min_visibility)
    before, after, trunk, neck = _bones(points)
    ratios = np.empty((*points.shape[:-2], JOINT_COUNT))
    ratios[..., _LIMB_JOINTS] = np.minimum(_flat_ratio(before), _flat_ratio(after))
    ratios[..., _TRUNK] = _flat_ratio(trunk)
    ratios[..., _NECK] = _flat_ratio(neck)
    return ratios


def _bones(points: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Both bones at each limb joint, seen from the vertex (..., 12, d), the trunk line and the neck line (..., d)."""
    vertex = points[..., _VERTEX, :]
    shoulders = _middle(points, _SHOULDERS)
    trunk = shoulders - _middle(points, _HIPS)
    neck = _middle(points, _EARS) - shoulders
    return points[..., _FROM, :] - vertex, points[..., _TO, :] - vertex, trunk, neck


def _middle(points: FloatArray, pair: list[int]) -> FloatArray:
    """Half-way between two landmarks (``mean`` takes five times as long)."""
    middle: FloatArray = 0.5 * (points[..., pair[0], :] + points[..., pair[1], :])
    return middle


def _fill_leans(angles: FloatArray, trunk: FloatArray, neck: FloatArray) -> None:
    angles[..., _TRUNK] = np.arctan2(trunk[..., 0], -trunk[..., 1])
    turn = trunk[..., 0] * neck[..., 1] - trunk[..., 1] * neck[..., 0]
    angles[..., _NECK] = np.arctan2(turn, (trunk * neck).sum(axis=-1))


def _visible_share(before: FloatArray, after: FloatArray, trunk: FloatArray) -> FloatArray:
    """Share of its full length that the shorter bone at each limb joint shows, (..., 12)."""
    length_before, length_after = np.hypot(before[..., 0], before[..., 1]), np.hypot(after[..., 0], after[..., 1])
    share_before, share_after = length_before / _FULL_BEFORE, length_after / _FULL_AFTER
    size = np.hypot(trunk[..., 0], trunk[..., 1])
    for name in ("left_knee", "right_knee"):
        for share in (share_before, share_after):
            size = np.fmax(size, share[..., JOINT_INDEX[name]])
    size = np.where(size > 0, size, np.nan)
    shares: FloatArray = np.minimum(share_before, share_after) / size[..., None]
    return shares


def _flat_ratio(bone: FloatArray) -> FloatArray:
    length = np.linalg.norm(bone, axis=-1)
    flat = np.hypot(bone[..., 0], bone[..., 1])
    ratio: FloatArray = np.divide(flat, length, out=np.full_like(flat, np.nan), where=length > 0)
    return ratio
