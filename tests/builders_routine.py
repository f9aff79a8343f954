"""Shared by the tests of the built-in routine."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from hypothesis import settings
from numpy.typing import NDArray

from coach.pose.joint_angles import joint_angles_deg
from coach.pose.joint_table import JOINT_INDEX
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.pose_frame import PoseFrame, PoseTrack
from coach.routine.routine import Routine, first_steps_routine

FPS = 30.0

UNHURRIED = settings(deadline=None)
"""Property tests that a busy computer does not fail."""


@lru_cache
def routine() -> Routine:
    return first_steps_routine()


@lru_cache
def truth() -> PoseTrack:
    """The whole routine, by a perfect pose model."""
    return routine().truth_track(FPS)


def angle_deg(pose: PoseFrame, joint: str) -> float:
    angles = joint_angles_deg(pose.square_xy(), np.ones(33))
    return float(angles[JOINT_INDEX[joint]])


def landmark(points: NDArray[np.float64], name: str) -> NDArray[np.float64]:
    return points[..., LANDMARK_INDEX[name], :]
