"""A body as gestures need it: what is seen of it, in torso lengths, for one pose or a whole track."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.pose_frame import FloatArray
from coach.settings.gestures import GestureShapeSettings

BoolArray = NDArray[np.bool_]

_OUTWARDS: Final = {"left": 1.0, "right": -1.0}
"""Where the side of a dancer who faces the camera lies in the picture."""


@dataclass(frozen=True)
class ArmView:
    """One arm; leading axes as in the input, x outwards and y down, torso lengths.

    Attributes
    ----------
    upper, fore, reach : ndarray [shape=(..., 2)], float64
        Shoulder to elbow, elbow to wrist, shoulder to wrist; nan where an end is not seen.
    wrist : ndarray [shape=(..., 2)], float64
        From the middle of the shoulders.
    from_head, from_hip : ndarray [shape=(..., 2)], float64
        The wrist from the middle of the head (from where it would be, if it is not seen) and from the hip of its side.
    below_picture : ndarray [shape=(...,)], bool
        A hanging elbow would not be in the picture.
    """

    upper: FloatArray
    fore: FloatArray
    reach: FloatArray
    wrist: FloatArray
    from_head: FloatArray
    from_hip: FloatArray
    below_picture: BoolArray

    @property
    def upper_deg(self) -> FloatArray:
        """Direction of the upper arm: 0 hangs, 90 level outwards, 180 up, negative across the body."""
        return direction_deg(self.upper)

    @property
    def fore_deg(self) -> FloatArray:
        """Direction of the forearm."""
        return direction_deg(self.fore)


@dataclass(frozen=True)
class BodyView:
    """Both arms and which way the body faces (signed shoulder width in torso lengths).

    ``size`` is the torso length and ``resting`` (..., 3, 2) the middle of the shoulders and both wrists, in picture
    heights.
    """

    left: ArmView
    right: ArmView
    facing: FloatArray
    size: FloatArray
    resting: FloatArray


def body_view(square_xy: FloatArray, visibility: FloatArray, settings: GestureShapeSettings) -> BodyView:
    """What is seen of a body.

    Parameters
    ----------
    square_xy : ndarray [shape=(..., 33, 2)], float64
        Positions in picture heights.
    visibility : ndarray [shape=(..., 33)], float64
    settings : GestureShapeSettings

    Returns
    -------
    BodyView
        nan where what is needed is not seen. Hips may be missing: the shoulders then give the size.
    """
    with np.errstate(invalid="ignore"):
        seen = visibility >= settings.min_visibility
    points = np.where(seen[..., None], square_xy, np.nan)
    left, right = _point(points, "left_shoulder"), _point(points, "right_shoulder")
    neck = (left + right) / 2.0
    hips = (_point(points, "left_hip") + _point(points, "right_hip")) / 2.0
    across = left - right
    # A body that bows has a short torso, one that turns has narrow shoulders: the larger one is nearer the truth.
    size = np.fmax(_length(neck - hips), settings.torso_per_shoulders * _length(across))
    size = np.where(size > 0, size, np.nan)
    head = _head(points, neck, size, settings)
    return BodyView(
        _arm(points, "left", neck, head, size, settings),
        _arm(points, "right", neck, head, size, settings),
        across[..., 0] / size,
        size,
        np.stack([neck, _point(points, "left_wrist"), _point(points, "right_wrist")], axis=-2),
    )


def direction_deg(vector: FloatArray) -> FloatArray:
    """Angle of vectors (..., 2) from straight down towards outwards, (-180, 180]."""
    angle: FloatArray = np.rad2deg(np.arctan2(vector[..., 0], vector[..., 1]))
    return angle


def _arm(
    points: FloatArray, side: str, neck: FloatArray, head: FloatArray, size: FloatArray, settings: GestureShapeSettings
) -> ArmView:
    unit = np.array([_OUTWARDS[side], 1.0]) / size[..., None]
    shoulder, elbow = _point(points, f"{side}_shoulder"), _point(points, f"{side}_elbow")
    wrist = _point(points, f"{side}_wrist")
    with np.errstate(invalid="ignore"):
        below = shoulder[..., 1] + settings.elbow_under_shoulder * size > 1.0
    return ArmView(
        upper=(elbow - shoulder) * unit,
        fore=(wrist - elbow) * unit,
        reach=(wrist - shoulder) * unit,
        wrist=(wrist - neck) * unit,
        from_head=(wrist - head) * unit,
        from_hip=(wrist - _point(points, f"{side}_hip")) * unit,
        below_picture=np.asarray(below),
    )


def _head(points: FloatArray, neck: FloatArray, size: FloatArray, settings: GestureShapeSettings) -> FloatArray:
    """Between the ears, which unlike the nose do not move when the head turns; then the nose; then a guess."""
    ears = (_point(points, "left_ear") + _point(points, "right_ear")) / 2.0
    guessed = neck - np.stack([np.zeros_like(size), settings.head_over_shoulders * size], axis=-1)
    nose = _point(points, "nose")
    nose = np.where(np.isfinite(nose), nose, guessed)
    return np.where(np.isfinite(ears), ears, nose)


def _point(points: FloatArray, name: str) -> FloatArray:
    point: FloatArray = points[..., LANDMARK_INDEX[name], :]
    return point


def _length(vector: FloatArray) -> FloatArray:
    length: FloatArray = np.hypot(vector[..., 0], vector[..., 1])
    return length
