"""How well two shapes cover each other: a Gaussian-weighted distance map of the one, scored over the other.

A pixel inside the other dancer's shape counts 1, one outside counts less the further away it is; both directions are
asked (does the student stay within the teacher's shape, and fill it?) and put together by their harmonic mean. Shapes
are brought to one area first: the mask speaks of form, not of stature or of the width of the clothes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.comparison.shape_tools import ShapeTools
from coach.comparison.silhouettes import Silhouette
from coach.pose.joint_table import JOINT_COUNT
from coach.pose.pose_frame import FloatArray
from coach.settings.comparison import OutlineSettings

BoolArray = NDArray[np.bool_]

_SHEET_TORSOS = 256 / 48
"""Torso lengths along the side of the sheet."""
_MIN_CROP_PX = 6


@dataclass(frozen=True)
class SheetShape:
    """A shape drawn on the sheet, and its Gaussian-weighted distance map."""

    filled: BoolArray
    nearness: FloatArray


@dataclass(frozen=True)
class ShapeFit:
    """Fit 0..1 of the whole shape and in a crop around each joint (14,), and intersection over union."""

    fit: float
    local: FloatArray
    iou: float


def gaussian_nearness(distance: FloatArray, width: float) -> FloatArray:
    """1 at distance 0, falling as a Gaussian of standard deviation ``width`` (same unit)."""
    nearness: FloatArray = np.exp(-0.5 * (distance / width) ** 2)
    return nearness


def on_sheet(silhouette: Silhouette, area: float, tools: ShapeTools, settings: OutlineSettings) -> SheetShape:
    """Draw a shape scaled to ``area`` (torso lengths squared) and weigh the space around it."""
    outline = silhouette.outline * np.sqrt(area / silhouette.area)
    filled = tools.filled(to_sheet(outline, settings.sheet_px), settings.sheet_px)
    width_px = settings.tolerance_torso * settings.sheet_px / _SHEET_TORSOS
    return SheetShape(filled, gaussian_nearness(tools.distance_px(filled), width_px))


def to_sheet(points: FloatArray, sheet_px: int) -> FloatArray:
    """Torso lengths from the hips as pixels of the sheet."""
    placed: FloatArray = points * (sheet_px / _SHEET_TORSOS) + (sheet_px - 1) / 2
    return placed


def fit_shapes(teacher: SheetShape, student: SheetShape, joints: FloatArray, settings: OutlineSettings) -> ShapeFit:
    """Compare two shapes.

    Parameters
    ----------
    teacher, student : SheetShape
    joints : ndarray [shape=(14, 2)], float64
        The teacher's joints in torso lengths from the hips, nan where there are none: middles of the crops.
    settings : OutlineSettings
    """
    both = np.count_nonzero(teacher.filled & student.filled)
    either = np.count_nonzero(teacher.filled | student.filled)
    local = np.full(JOINT_COUNT, np.nan)
    half = max(round(settings.crop_torso * settings.sheet_px / _SHEET_TORSOS), 1)
    places = to_sheet(joints, settings.sheet_px)
    for joint in np.flatnonzero(np.isfinite(places).all(axis=1)).tolist():
        column, row = np.rint(places[joint]).astype(int).tolist()
        crop = (
            slice(max(row - half, 0), max(row + half + 1, 0)),
            slice(max(column - half, 0), max(column + half + 1, 0)),
        )
        local[joint] = _covering(teacher, student, crop)
    everything = slice(None), slice(None)
    return ShapeFit(_covering(teacher, student, everything), local, both / either if either else 0.0)


def _covering(teacher: SheetShape, student: SheetShape, crop: tuple[slice, slice]) -> float:
    """Harmonic mean of "stays within" and "fills"; nan where neither shape has anything there."""
    own, aim = student.filled[crop], teacher.filled[crop]
    own_px, aim_px = np.count_nonzero(own), np.count_nonzero(aim)
    if own_px < _MIN_CROP_PX and aim_px < _MIN_CROP_PX:
        return float("nan")
    if own_px == 0 or aim_px == 0:
        return 0.0
    within = float(teacher.nearness[crop][own].sum()) / own_px
    fills = float(student.nearness[crop][aim].sum()) / aim_px
    return 2.0 * within * fills / (within + fills) if within + fills > 0 else 0.0
