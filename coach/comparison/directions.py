"""Path against pose: do both dancers' limbs move in the same direction at the same moment?"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.pose.joint_table import JOINTS
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.normalise import normalise
from coach.pose.pose_frame import FloatArray, PoseTrack
from coach.settings.comparison import FindingSettings

_ENDS: Final = np.array(
    [LANDMARK_INDEX[joint.points[2]] if joint.points else LANDMARK_INDEX["nose"] for joint in JOINTS]
)
"""The landmark that each joint moves; trunk and neck move the head."""


def limb_velocities(track: PoseTrack, settings: FindingSettings) -> FloatArray:
    """Velocity of each joint's limb about the middle of the hips, torso lengths a second, shape (T, 14, 2)."""
    plain = normalise(track.square_xy(), track.image[..., 3])
    known = np.isfinite(plain.torso_length)
    if not known.any():
        return np.full((len(track), len(JOINTS), 2), np.nan)
    steady = np.full(len(track), float(np.median(plain.torso_length[known])))
    square = track.square_xy()
    ends: FloatArray = (square[:, _ENDS] - plain.hip_centre[:, None, :]) / steady[:, None, None]
    half_s = settings.direction_window_s / 2
    velocities: FloatArray = np.empty_like(ends)
    for joint in range(ends.shape[1]):
        for axis in (0, 1):
            values = ends[:, joint, axis]
            later = np.interp(track.time_s + half_s, track.time_s, values)
            earlier = np.interp(track.time_s - half_s, track.time_s, values)
            velocities[:, joint, axis] = (later - earlier) / settings.direction_window_s
    return velocities


def direction_cosines(
    student: FloatArray,
    teacher: FloatArray,
    student_index: NDArray[np.int64],
    teacher_index: NDArray[np.int64],
    settings: FindingSettings,
) -> FloatArray:
    """Cosine between matched velocities, shape (N, 14); nan where one of the limbs rests or is unseen."""
    own, aim = student[student_index], teacher[teacher_index]
    speeds = np.linalg.norm(own, axis=-1), np.linalg.norm(aim, axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        moving = (speeds[0] >= settings.rest_speed) & (speeds[1] >= settings.rest_speed)
        cosine = (own * aim).sum(axis=-1) / (speeds[0] * speeds[1])
    directions: FloatArray = np.where(moving, cosine, np.nan)
    return directions
