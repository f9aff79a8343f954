"""What a drawn body is made of: landmarks in pixels, and convex outlines (capsules, ellipses, hulls). No drawing here.

Shapes take their size from the trunk's length, so that any landmarks (authored, recorded, live) give a plausible
figure.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from coach.pose.landmark_table import LANDMARK_INDEX
from coach.vision.dancer_look import Part

FloatArray = NDArray[np.float64]

TRUNK_M: Final = 0.49
"""Length of the trunk from which metres are derived."""

_HALF_CIRCLE = np.linspace(-np.pi / 2.0, np.pi / 2.0, 7)
_CIRCLE = np.linspace(0.0, 2.0 * np.pi, 20, endpoint=False)


@dataclass(frozen=True)
class Shape:
    """One filled outline.

    Attributes
    ----------
    part : Part
        What it is, which decides its colour.
    outline : ndarray [shape=(n, 2)], float64
        Convex polygon, pixels.
    shine : ndarray [shape=(m, 2)] or None
        Where light falls on it.
    lined : bool
        Whether a line goes round it; False for what joins two parts.
    """

    part: Part
    outline: FloatArray
    shine: FloatArray | None = None
    lined: bool = True


@dataclass(frozen=True)
class BodyPixels:
    """Landmarks of one body in pixels.

    Attributes
    ----------
    points : ndarray [shape=(33, 3)]
        x, y and z (away from the camera) in pixels; nan where missing.
    px_per_m : float
        Pixels of one metre at the body, from the trunk.
    """

    points: FloatArray
    px_per_m: float

    @classmethod
    def from_landmarks(cls, landmarks: FloatArray, frame_size_px: tuple[int, int]) -> BodyPixels | None:
        """From image landmarks (33, 4); None without a trunk."""
        width_px, height_px = frame_size_px
        points = landmarks[:, :3] * np.array([width_px, height_px, width_px], dtype=np.float64)
        body = cls(points, 1.0)
        trunk = body.middle("shoulder") - body.middle("hip")
        length_px = float(np.linalg.norm(trunk))
        if not math.isfinite(length_px) or length_px < 2.0:
            return None
        return cls(points, length_px / TRUNK_M)

    def at(self, name: str) -> FloatArray:
        """One landmark, shape (3,)."""
        point: FloatArray = self.points[LANDMARK_INDEX[name]]
        return point

    def middle(self, part: str) -> FloatArray:
        """Between the left and the right ``part``."""
        return (self.at(f"left_{part}") + self.at(f"right_{part}")) / 2.0

    def px(self, length_m: float) -> float:
        """Metres to pixels."""
        return length_m * self.px_per_m

    @property
    def trunk_depth(self) -> float:
        """z of the middle of the trunk."""
        return float(self.middle("shoulder")[2] + self.middle("hip")[2]) / 2.0

    @property
    def frontal(self) -> float:
        """1 for a chest turned to the camera, 0 for one seen from the side, -1 for a back."""
        across = self.at("left_shoulder") - self.at("right_shoulder")
        return float(across[0] / max(float(np.linalg.norm(across)), 1e-6))


def capsule(start: FloatArray, end: FloatArray, start_px: float, end_px: float) -> FloatArray:
    """Outline of a limb with round ends, shape (14, 2)."""
    axis = end[:2] - start[:2]
    angle = math.atan2(axis[1], axis[0])
    front, back = _HALF_CIRCLE + angle, _HALF_CIRCLE + angle + np.pi
    return np.concatenate(
        [
            end[:2] + end_px * np.column_stack([np.cos(front), np.sin(front)]),
            start[:2] + start_px * np.column_stack([np.cos(back), np.sin(back)]),
        ]
    )


def ellipse(centre: FloatArray, half_width_px: float, half_height_px: float, up: FloatArray) -> FloatArray:
    """Outline of an ellipse whose height is along ``up`` (a unit vector), shape (20, 2)."""
    side = np.array([-up[1], up[0]])
    across, along = np.cos(_CIRCLE)[:, None] * half_width_px, np.sin(_CIRCLE)[:, None] * half_height_px
    outline: FloatArray = centre[:2] + across * side + along * up
    return outline


def hull(circles: list[tuple[FloatArray, float]]) -> FloatArray:
    """Convex hull of circles (centre, radius in pixels)."""
    ring = np.column_stack([np.cos(_CIRCLE), np.sin(_CIRCLE)])
    points = np.concatenate([centre[:2] + radius * ring for centre, radius in circles]).astype(np.float32)
    outline: FloatArray = cv2.convexHull(points).reshape(-1, 2).astype(np.float64)
    return outline


def seen(*points: FloatArray) -> bool:
    """Whether all points are there."""
    return all(bool(np.isfinite(point).all()) for point in points)
