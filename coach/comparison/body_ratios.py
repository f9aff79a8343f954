"""Geometric ratios of both dancers over the common part: how far apart, how high, where the weight is."""

from __future__ import annotations

from typing import Final

import numpy as np

from coach.comparison.result.measures import Ratios
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.normalise import seen_points
from coach.pose.pose_frame import FloatArray, PoseTrack

_MIN_VISIBILITY: Final = 0.5

SEGMENTS: Final[tuple[tuple[tuple[str, ...], tuple[str, ...], float, float], ...]] = (
    (("left_ear", "right_ear"), ("nose",), 0.5, 0.081),
    (("left_shoulder", "right_shoulder"), ("left_hip", "right_hip"), 0.5, 0.497),
    *(
        ((f"{side}_{start}",), (f"{side}_{end}",), share, mass)
        for side in ("left", "right")
        for start, end, share, mass in (
            ("shoulder", "elbow", 0.436, 0.028),
            ("elbow", "wrist", 0.682, 0.022),
            ("hip", "knee", 0.433, 0.100),
            ("knee", "ankle", 0.606, 0.061),
        )
    ),
)
"""From, to, where the segment's own centre lies between them, share of the body's mass (Winter 2009, table 4.1)."""


def centre_of_gravity(points: FloatArray) -> FloatArray:
    """Centre of gravity of poses (..., 33, 2), shape (..., 2); nan where a segment is unseen."""
    total = np.zeros((*points.shape[:-2], 2))
    for start, end, share, mass in SEGMENTS:
        first = points[..., [LANDMARK_INDEX[name] for name in start], :].mean(axis=-2)
        last = points[..., [LANDMARK_INDEX[name] for name in end], :].mean(axis=-2)
        total = total + mass * (first + share * (last - first))
    whole: FloatArray = total / sum(mass for *_, mass in SEGMENTS)
    return whole


def ratios_of_track(track: PoseTrack) -> dict[str, FloatArray]:
    """Each ratio over time, shape (T,), in torso lengths (median torso of the clip)."""
    points = seen_points(track.square_xy(), track.image[..., 3], _MIN_VISIBILITY)

    def middle(part: str) -> FloatArray:
        pair: FloatArray = points[:, [LANDMARK_INDEX[f"left_{part}"], LANDMARK_INDEX[f"right_{part}"]]].mean(axis=1)
        return pair

    def apart(part: str) -> FloatArray:
        between = points[:, LANDMARK_INDEX[f"left_{part}"]] - points[:, LANDMARK_INDEX[f"right_{part}"]]
        return np.hypot(between[:, 0], between[:, 1])

    trunk = middle("shoulder") - middle("hip")
    lengths = np.hypot(trunk[:, 0], trunk[:, 1])
    torso = float(np.median(lengths[np.isfinite(lengths)])) if np.isfinite(lengths).any() else float("nan")
    gravity = centre_of_gravity(points)
    return {
        "hands_apart": apart("wrist") / torso,
        "feet_apart": apart("ankle") / torso,
        "hand_height": (middle("hip") - middle("wrist"))[:, 1] / torso,
        "hip_height": (middle("ankle") - middle("hip"))[:, 1] / torso,
        "centre_of_gravity_height": (middle("ankle") - gravity)[:, 1] / torso,
        "centre_of_gravity_side": np.abs((gravity - middle("ankle"))[:, 0]) / torso,
    }


LABELS: Final = {
    "hands_apart": "hands apart",
    "feet_apart": "feet apart",
    "hand_height": "hands above the hips",
    "hip_height": "hips above the feet",
    "centre_of_gravity_height": "centre of gravity above the feet",
    "centre_of_gravity_side": "centre of gravity beside the feet",
}


def body_ratios(
    student: dict[str, FloatArray], teacher: dict[str, FloatArray], mask_sides: FloatArray
) -> tuple[Ratios, ...]:
    """Medians side by side.

    Parameters
    ----------
    student, teacher : dict of str to ndarray [shape=(N,)]
        At matched moments; only moments known of both count.
    mask_sides : ndarray [shape=(2, 2)], float64
        Student's and teacher's mask shares: left of the spine, above the hips.
    """
    found = []
    for name, label in LABELS.items():
        known = np.isfinite(student[name]) & np.isfinite(teacher[name])
        if known.any():
            own, aim = float(np.median(student[name][known])), float(np.median(teacher[name][known]))
            found.append(Ratios(name, label, own, aim, "torso lengths"))
    for column, (name, label) in enumerate(
        (("mask_left_share", "body left of the spine in the picture"), ("mask_top_share", "body above the hips"))
    ):
        if np.isfinite(mask_sides[:, column]).all():
            own, aim = mask_sides[:, column].tolist()
            found.append(Ratios(name, label, own, aim, "share of the outline"))
    return tuple(found)
