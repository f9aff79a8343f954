"""What was measured frame by frame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


class JointCode:
    """Values of `FrameTable.verdict`."""

    UNSEEN = 0
    GOOD = 1
    STYLE = 2
    MISTAKE = 3


@dataclass(frozen=True)
class FrameTable:
    """Frame by frame over the common part: N moments of the student (every frame), J = 14 joints.

    Attributes
    ----------
    student_s, teacher_s : ndarray [shape=(N,)]
        Matched times on the path.
    student_index, teacher_index : ndarray [shape=(N,)], int64
        Frames of the two references.
    timing_ms : ndarray [shape=(N,)]
        Early positive; nan where unknown.
    angle_deg, target_deg : ndarray [shape=(N, J)]
        Student's and teacher's joint angles; nan where unseen.
    error_deg : ndarray [shape=(N, J)]
        Angle minus target at the matched moment.
    excess_deg : ndarray [shape=(N, J)]
        What no small shift in time explains of it (this is judged), signed.
    tolerance_deg : ndarray [shape=(N, J)]
        Never nan. Heat of a joint is ``abs(excess_deg) / tolerance_deg``.
    verdict : ndarray [shape=(N, J)], uint8
        See `JointCode`.
    direction_cosine : ndarray [shape=(N, J)]
        Path against pose: cosine between the velocities of both dancers' limb that the joint moves, -1..1; nan where
        one of them is at rest.
    student_energy, teacher_energy : ndarray [shape=(N,)]
        Optical flow inside the mask, body heights a second, at the matched moments (running means as judged).
    student_acceleration, teacher_acceleration : ndarray [shape=(N,)]
        Change of that energy, body heights a second squared.
    student_floor, teacher_floor : ndarray [shape=(N, 2)]
        Place on the floor in body heights from the first common moment: x to the picture's right, y to the camera.
    floor_cosine : ndarray [shape=(N,)]
        Cosine of the two velocities on the floor; nan where the teacher (or nobody) travels.
    mask_score : ndarray [shape=(N,)]
        0..1: student's smoothed outline against the teacher's Gaussian-weighted distance map; nan where not judged.
    mask_iou : ndarray [shape=(N,)]
        Intersection over union, for reference.
    local_score : ndarray [shape=(N, J)]
        The mask's fit 0..1 in a crop around each joint's vertex; nan where unseen.
    """

    student_s: FloatArray
    teacher_s: FloatArray
    student_index: IntArray
    teacher_index: IntArray
    timing_ms: FloatArray
    angle_deg: FloatArray
    target_deg: FloatArray
    error_deg: FloatArray
    excess_deg: FloatArray
    tolerance_deg: FloatArray
    verdict: NDArray[np.uint8]
    direction_cosine: FloatArray
    student_energy: FloatArray
    teacher_energy: FloatArray
    student_acceleration: FloatArray
    teacher_acceleration: FloatArray
    student_floor: FloatArray
    teacher_floor: FloatArray
    floor_cosine: FloatArray
    mask_score: FloatArray
    mask_iou: FloatArray
    local_score: FloatArray
