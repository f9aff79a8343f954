"""The numbers by which two poses are compared: one definition for teacher and student.

Bone directions in the picture, each with its foreshortening: the bone's vector over the length it would have seen from
the side. Such numbers do not depend on place, size, distance or clothing, hardly on proportions, and a limb that points
at the camera becomes short and quiet instead of a direction that is noise. Chosen by measurement among
unit directions, world directions, positions of hands and feet, and facing, alone and together.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.pose.landmark_table import LANDMARK_INDEX, mirrored_name
from coach.pose.pose_frame import PoseFrame, PoseTrack
from coach.settings.alignment import FeatureSettings

FloatArray = NDArray[np.float64]

_LIMBS: Final[tuple[tuple[str, str, float], ...]] = (
    ("shoulder", "elbow", 0.55),
    ("elbow", "wrist", 0.50),
    ("hip", "knee", 0.80),
    ("knee", "ankle", 0.80),
)
"""Bones of a limb, and their length in torso lengths."""

FEATURE_BONES: Final[tuple[tuple[str, str], ...]] = (
    *((f"{side}_{start}", f"{side}_{end}") for start, end, _ in _LIMBS for side in ("left", "right")),
    ("hips", "shoulders"),
    ("right_shoulder", "left_shoulder"),
)
"""From, to; ``hips`` and ``shoulders`` are the middles of the pairs."""

_LEG_SHARE: Final = 0.95
"""Legs are nearly straight while standing, so they measure the body too; a little less, so that the torso leads."""

_BONE_LENGTHS: Final = np.array([*(length for _, _, length in _LIMBS for _ in range(2)), 1.0, 1.0])

FEATURE_NAMES: Final[tuple[str, ...]] = (
    *(f"{start}-{end}.{axis}" for start, end in FEATURE_BONES for axis in "xy"),
    "left_hip.y",
    "right_hip.y",
)
FEATURE_COUNT: Final = len(FEATURE_NAMES)
_BONE_FEATURES: Final = 2 * len(FEATURE_BONES)

MOTION_ONLY: Final = slice(_BONE_FEATURES, FEATURE_COUNT)
"""The height of the hips depends on the camera: only its change is compared."""

LIMB_FEATURES: Final[dict[str, tuple[int, ...]]] = {
    f"{side}_{limb}": tuple(
        2 * number + axis
        for number, (start, _) in enumerate(FEATURE_BONES[: 2 * len(_LIMBS)])
        for axis in (0, 1)
        if start in (f"{side}_{root}", f"{side}_{middle}")
    )
    for limb, root, middle in (("arm", "shoulder", "elbow"), ("leg", "hip", "knee"))
    for side in ("left", "right")
}
"""Features of each limb, by the body part's name in `landmark_table.BODY_PARTS`."""

_HIP_GAIN: Final = 6.0
"""Hips move so much less than hands and feet."""


def _mirrored_bone(bone: tuple[str, str]) -> tuple[int, float]:
    """Index of the bone's counterpart, and the sign of its vector (the shoulder line runs the other way)."""
    start, end = mirrored_name(bone[0]), mirrored_name(bone[1])
    if (start, end) in FEATURE_BONES:
        return FEATURE_BONES.index((start, end)), 1.0
    return FEATURE_BONES.index((end, start)), -1.0


_MIRROR_INDEX: Final = np.array(
    [
        *(2 * _mirrored_bone(bone)[0] + axis for bone in FEATURE_BONES for axis in (0, 1)),
        _BONE_FEATURES + 1,
        _BONE_FEATURES,
    ]
)
_MIRROR_SIGN: Final = np.array(
    [*(_mirrored_bone(bone)[1] * flip for bone in FEATURE_BONES for flip in (-1.0, 1.0)), 1.0, 1.0]
)
_SHOULDERS: Final = [LANDMARK_INDEX["left_shoulder"], LANDMARK_INDEX["right_shoulder"]]
_HIPS: Final = [LANDMARK_INDEX["left_hip"], LANDMARK_INDEX["right_hip"]]
_EXTRA: Final = {"hips": len(LANDMARK_INDEX), "shoulders": len(LANDMARK_INDEX) + 1}
_START: Final = np.array([{**LANDMARK_INDEX, **_EXTRA}[start] for start, _ in FEATURE_BONES])
_END: Final = np.array([{**LANDMARK_INDEX, **_EXTRA}[end] for _, end in FEATURE_BONES])
_DEFAULT: Final = FeatureSettings()


def features_of_frame(frame: PoseFrame, settings: FeatureSettings = _DEFAULT) -> FloatArray:
    """The features of one pose, shape (FEATURE_COUNT,), float64; nan where a bone is unseen."""
    return _features(frame.square_xy(), frame.visibility, settings)


def features_of_track(track: PoseTrack, settings: FeatureSettings = _DEFAULT) -> FloatArray:
    """The features of every pose of a clip, shape (T, FEATURE_COUNT), float64; nan where a bone is unseen."""
    return _features(track.square_xy(), track.image[..., 3], settings)


def mirror_features(features: FloatArray) -> FloatArray:
    """The features of the mirror image: ``mirror_features(features_of(x)) == features_of(mirrored x)``.

    Parameters
    ----------
    features : ndarray [shape=(..., FEATURE_COUNT)]
    """
    mirrored: FloatArray = np.ascontiguousarray(features[..., _MIRROR_INDEX] * _MIRROR_SIGN)
    return mirrored


def _features(square_xy: FloatArray, visibility: FloatArray, settings: FeatureSettings) -> FloatArray:
    seen = np.where((visibility >= settings.min_visibility)[..., None], square_xy, np.nan)
    middles = np.stack([seen[..., _HIPS, :].mean(axis=-2), seen[..., _SHOULDERS, :].mean(axis=-2)], axis=-2)
    points = np.concatenate([seen, middles], axis=-2)
    bones = points[..., _END, :] - points[..., _START, :]
    lengths = np.hypot(bones[..., 0], bones[..., 1])
    scale = _full_length(lengths, settings)[..., None]
    vectors = bones / np.fmax(scale * _BONE_LENGTHS, lengths)[..., None]
    vectors[~(scale[..., 0] > 0)] = np.nan
    features = np.empty((*vectors.shape[:-2], FEATURE_COUNT))
    features[..., :_BONE_FEATURES] = vectors.reshape(*vectors.shape[:-2], _BONE_FEATURES)
    features[..., MOTION_ONLY] = _HIP_GAIN * (seen[..., _HIPS, 1] - 0.5) / scale
    return features


def _full_length(lengths: FloatArray, settings: FeatureSettings) -> FloatArray:
    """Torso length of the body from whatever is seen of it, shape (...,): the bone that is least foreshortened."""
    share = lengths / _BONE_LENGTHS
    legs = _mean_of_seen(share[..., 4:8]) * _LEG_SHARE
    arms = _mean_of_seen(share[..., 0:4])
    scale = np.fmax(share[..., 8], legs)
    scale = np.where(np.isfinite(scale), scale, np.fmax(arms, lengths[..., 9] / 0.65))
    return np.where(scale >= settings.min_scale, scale, np.nan)


def _mean_of_seen(values: FloatArray) -> FloatArray:
    seen = np.isfinite(values)
    count = seen.sum(axis=-1)
    total = np.where(seen, values, 0.0).sum(axis=-1)
    mean: FloatArray = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return mean
