"""Slow, obvious twins of flow energy and body mask, one pixel at a time."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from coach.pose.landmark_table import BODY_PARTS, LANDMARK_INDEX

RADIUS = {"head": 0.40, "torso": 0.42, "left_arm": 0.17, "right_arm": 0.17, "left_leg": 0.24, "right_leg": 0.24}


def distance_to_segment(point: tuple[float, float], start: NDArray[np.float64], end: NDArray[np.float64]) -> float:
    on_the_way = start + np.linspace(0, 1, 5001)[:, None] * (end - start)
    return float(np.hypot(*(on_the_way - point).T).min())


def part_of(point: tuple[float, float], xy_px: NDArray[np.float64], torso_px: float) -> tuple[int, float]:
    """Part of a point, and how far the choice is from being a tie or a border."""
    depths = []
    for name, chain_names in BODY_PARTS.items():
        chain = [xy_px[LANDMARK_INDEX[each]] for each in chain_names]
        if name == "head":
            middle = (chain[0] + chain[1] + chain[2]) / 3
            bones = [(middle, middle)]
        elif name == "torso":
            bones = [((chain[0] + chain[1]) / 2, (chain[2] + chain[3]) / 2)]
        else:
            bones = [(chain[0], chain[1]), (chain[1], chain[2]), (chain[2], chain[3])]
        distances = [
            distance_to_segment(point, start, end)
            for start, end in bones
            if not (np.isnan(start).any() or np.isnan(end).any())
        ]
        depths.append(min(distances, default=math.inf) / (RADIUS[name] * torso_px))
    order = sorted(range(len(depths)), key=lambda index: depths[index])
    best = depths[order[0]]
    margin = min(abs(best - 1), depths[order[1]] - best)
    return (order[0] if best < 1 else -1), margin


def mask_sheet(
    mask: NDArray[np.bool_], hip_xy_px: tuple[float, float], torso_px: float, torso_on_sheet_px: float
) -> NDArray[np.bool_]:
    sheet = np.zeros((256, 256), dtype=bool)
    for row in range(256):
        for column in range(256):
            x = hip_xy_px[0] + (column - 127.5) * torso_px / torso_on_sheet_px
            y = hip_xy_px[1] + (row - 127.5) * torso_px / torso_on_sheet_px
            j, i = round(x), round(y)
            if 0 <= i < mask.shape[0] and 0 <= j < mask.shape[1]:
                sheet[row, column] = mask[i, j]
    return sheet
