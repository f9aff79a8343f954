"""The pinhole camera: stage landmarks to what a perfect pose model would report."""

from __future__ import annotations

import math

import numpy as np

from coach.pose.landmark_table import LANDMARK_COUNT, LANDMARK_INDEX
from coach.pose.pose_frame import PoseFrame
from coach.routine.channels import FloatArray
from coach.settings.routine import StageCamera

HIDDEN_VISIBILITY = 0.4
"""Visibility of a landmark behind the dancer's own body."""

_HIPS = [LANDMARK_INDEX["left_hip"], LANDMARK_INDEX["right_hip"]]
_SHOULDERS = [LANDMARK_INDEX["left_shoulder"], LANDMARK_INDEX["right_shoulder"]]
_EARS = [LANDMARK_INDEX["left_ear"], LANDMARK_INDEX["right_ear"]]
_FACE = [index for name, index in LANDMARK_INDEX.items() if name == "nose" or "eye" in name or "mouth" in name]
_ARMS = [
    index
    for name, index in LANDMARK_INDEX.items()
    if any(part in name for part in ("elbow", "wrist", "index", "pinky", "thumb"))
]
_BEHIND_TRUNK_M = 0.05


def photograph(stage: FloatArray, camera: StageCamera, frame_size_px: tuple[int, int], time_s: float) -> PoseFrame:
    """Project stage landmarks (33, 3) to a `PoseFrame` with image and world landmarks."""
    seen = _from_camera(stage, camera)
    hips = seen[_HIPS].mean(axis=0)
    visibility = _visibility(seen)
    world = np.column_stack([seen[:, 0] - hips[0], hips[1] - seen[:, 1], hips[2] - seen[:, 2], visibility])
    depth = camera.distance_m - seen[:, 2]
    focal = camera.distance_m / camera.view_height_m
    aspect = frame_size_px[0] / frame_size_px[1]
    middle = (camera.height_m - camera.centre_height_m) / camera.view_height_m
    x = 0.5 + focal * seen[:, 0] / depth / aspect
    y = 0.5 - middle - focal * (seen[:, 1] - camera.height_m) / depth
    hip_depth = camera.distance_m - hips[2]
    z = focal * (hips[2] - seen[:, 2]) / hip_depth / aspect
    return PoseFrame(time_s, np.column_stack([x, y, z, visibility]), world, frame_size_px)


def _from_camera(stage: FloatArray, camera: StageCamera) -> FloatArray:
    """Turn the stage so that the camera looks along -z: the camera walks towards the dancer's left by its yaw."""
    yaw = math.radians(camera.yaw_deg)
    cosine, sine = math.cos(yaw), math.sin(yaw)
    turned: FloatArray = stage @ np.array([[cosine, 0.0, sine], [0.0, 1.0, 0.0], [-sine, 0.0, cosine]])
    return turned


def _visibility(seen: FloatArray) -> FloatArray:
    """1, and less for a face turned away and for arms behind the trunk."""
    visibility = np.ones(LANDMARK_COUNT)
    if seen[_FACE, 2].mean() < seen[_EARS, 2].mean():
        visibility[_FACE] = HIDDEN_VISIBILITY
    low, high = seen[_HIPS].mean(axis=0), seen[_SHOULDERS].mean(axis=0)
    half_width = max(abs(seen[_SHOULDERS[0], 0] - seen[_SHOULDERS[1], 0]), 0.2) / 2.0
    for index in _ARMS:
        x, y, z = seen[index]
        along = min(max((y - low[1]) / max(high[1] - low[1], 1e-6), 0.0), 1.0)
        middle = low + along * (high - low)
        if low[1] < y < high[1] and abs(x - middle[0]) < half_width and z < middle[2] - _BEHIND_TRUNK_M:
            visibility[index] = HIDDEN_VISIBILITY
    return visibility
