"""The body in its own frame: hips at the origin, torso of length 1, shoulder line level - and which way it faces."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.pose.landmark_table import LANDMARK_INDEX
from coach.settings.pose import NormaliseSettings

FloatArray = NDArray[np.float64]

_SHOULDERS = (LANDMARK_INDEX["left_shoulder"], LANDMARK_INDEX["right_shoulder"])
_HIPS = (LANDMARK_INDEX["left_hip"], LANDMARK_INDEX["right_hip"])
_TORSO = (*_SHOULDERS, *_HIPS)
DEFAULT_SETTINGS = NormaliseSettings()


@dataclass(frozen=True)
class NormalisedPose:
    """Poses in the body's frame; leading axes as in the input.

    Attributes
    ----------
    xy : ndarray [shape=(..., 33, 2)], float64
        Torso lengths from the hip centre, y down, the shoulder line level where it has a direction; nan for landmarks
        that are unseen, and for all of them where hips or shoulders are unseen.
    hip_centre : ndarray [shape=(..., 2)], float64
        Picture heights.
    torso_length : ndarray [shape=(...,)], float64
        Middle of the shoulders to middle of the hips, in picture heights.
    roll_deg : ndarray [shape=(...,)], float64
        The turn that was taken out (clockwise to the eye): the tilt of the shoulder line against the nearest
        horizontal, faded out where it has no direction.
    facing : ndarray [shape=(...,)], float64
        Signed shoulder width over torso length: about +0.65 facing the camera, 0 side-on, -0.65 with the back to it
        (in an unmirrored picture).
    """

    xy: FloatArray
    hip_centre: FloatArray
    torso_length: FloatArray
    roll_deg: FloatArray
    facing: FloatArray


def normalise(
    square_xy: FloatArray,
    visibility: FloatArray,
    settings: NormaliseSettings = DEFAULT_SETTINGS,
    *,
    torso_length: FloatArray | None = None,
) -> NormalisedPose:
    """Take place, size and camera roll out of poses, keeping which way the dancer faces.

    The body is moved (hip centre to the origin), scaled (torso length to 1) and rotated by less than 90 degrees, never
    reflected: left stays left, so a dancer seen from behind has the left shoulder at negative x, one seen from the
    front at positive x.

    The torso of a dancer who bows towards the camera is short in the picture. This function takes every frame as it is;
    a caller who needs a steady size passes its own (a running median, or the teacher's) as ``torso_length``.

    Parameters
    ----------
    square_xy : ndarray [shape=(..., 33, 2)], float64
        Positions in picture heights (`coach.pose.pose_frame.square_xy`).
    visibility : ndarray [shape=(..., 33)], float64
    settings : NormaliseSettings
    torso_length : ndarray [shape=(...,)], float64, optional
        Size to scale by, in picture heights.

    Returns
    -------
    NormalisedPose
        nan where hips or shoulders are unseen or the torso has no length.
    """
    points = seen_points(square_xy, visibility, settings.min_visibility)
    hip_centre, size, across = _trunk(points[..., _TORSO, :], torso_length, settings)
    roll = _roll_to_remove(across, settings)
    cos, sin = np.cos(roll), np.sin(roll)
    moved = (points - hip_centre[..., None, :]) / size[..., None, None]
    x, y = moved[..., 0], moved[..., 1]
    xy = np.empty_like(moved)
    xy[..., 0] = cos[..., None] * x + sin[..., None] * y
    xy[..., 1] = cos[..., None] * y - sin[..., None] * x
    facing = cos * across[..., 0] + sin * across[..., 1]
    return NormalisedPose(xy, hip_centre, size, np.rad2deg(roll), facing)


def facing(square_xy: FloatArray, visibility: FloatArray, settings: NormaliseSettings = DEFAULT_SETTINGS) -> FloatArray:
    """`NormalisedPose.facing` alone, shape (...,), without the work of moving all landmarks."""
    corners = seen_points(square_xy[..., _TORSO, :], visibility[..., _TORSO], settings.min_visibility)
    _, _, across = _trunk(corners, None, settings)
    roll = _roll_to_remove(across, settings)
    towards: FloatArray = np.cos(roll) * across[..., 0] + np.sin(roll) * across[..., 1]
    return towards


def _trunk(
    corners: FloatArray, torso_length: FloatArray | None, settings: NormaliseSettings
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Hip centre, size, and the way from the right to the left shoulder in sizes, of corners (..., 4, 2)."""
    left, right = corners[..., 0, :], corners[..., 1, :]
    hip_centre: FloatArray = 0.5 * (corners[..., 2, :] + corners[..., 3, :])
    trunk = 0.5 * (left + right) - hip_centre
    measured_length = np.hypot(trunk[..., 0], trunk[..., 1])
    size = measured_length if torso_length is None else np.asarray(torso_length, dtype=np.float64)
    size = np.where(size >= settings.min_torso_length, size, np.nan)
    return hip_centre, size, (left - right) / size[..., None]


def seen_points(points: FloatArray, visibility: FloatArray, min_visibility: float) -> FloatArray:
    """``points`` (..., 33, d) with nan for the landmarks whose ``visibility`` (..., 33) is below the limit."""
    return np.where((visibility >= min_visibility)[..., None], points, np.nan)


def facing_vector(world: FloatArray) -> FloatArray:
    """Which way the chest points, seen from above.

    Parameters
    ----------
    world : ndarray [shape=(..., 33, 4)], float64
        World landmarks (x right, y down, z away from the camera).

    Returns
    -------
    ndarray [shape=(..., 2)], float64
        Unit vector (x to the picture's right, y towards the camera), the axes of the trajectory: (0, 1) faces the
        camera. nan where shoulders or hips are missing or the dancer lies along the camera's axis.
    """
    left = world[..., _SHOULDERS[0], :3] + world[..., _HIPS[0], :3]
    right = world[..., _SHOULDERS[1], :3] + world[..., _HIPS[1], :3]
    across = left - right
    vector = np.stack([across[..., 2], across[..., 0]], axis=-1)
    length = np.hypot(vector[..., 0], vector[..., 1])[..., None]
    return np.divide(vector, length, out=np.full_like(vector, np.nan), where=length > 1e-9)


def facing_deg(world: FloatArray) -> FloatArray:
    """Angle of `facing_vector`: 0 towards the camera, positive to the picture's right, (-180, 180], shape (...,)."""
    vector = facing_vector(world)
    angle: FloatArray = np.rad2deg(np.arctan2(vector[..., 0], vector[..., 1]))
    return angle


def _roll_to_remove(across: FloatArray, settings: NormaliseSettings) -> FloatArray:
    """Turn in radians that levels the shoulder line, continuous in ``across`` (..., 2), which is in torso lengths."""
    tilt = np.arctan2(across[..., 1], across[..., 0])
    nearest = tilt - np.pi * np.round(tilt / np.pi)
    full = np.deg2rad(settings.full_roll_deg)
    towards_vertical = np.clip((np.pi / 2 - np.abs(nearest)) / (np.pi / 2 - full), 0.0, 1.0)
    levelled = np.sign(nearest) * np.minimum(np.abs(nearest), full * towards_vertical)
    width = np.hypot(across[..., 0], across[..., 1])
    share = (width - settings.narrow_shoulders) / (settings.wide_shoulders - settings.narrow_shoulders)
    share = np.clip(share, 0.0, 1.0)
    smooth_share = share * share * (3.0 - 2.0 * share)
    roll: FloatArray = smooth_share * levelled
    return roll
