"""How much a dancer moves: optical flow inside the body mask, per body part, in body heights a second."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.pose.body_height import TORSO_SHARE
from coach.pose.landmark_table import BODY_PART_NAMES, BODY_PARTS, LANDMARK_INDEX
from coach.pose.observation import FlowEnergy
from coach.settings.sensing import FlowSettings

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

_PART_RADIUS: Final[dict[str, float]] = {
    "head": 0.40,
    "torso": 0.42,
    "left_arm": 0.17,
    "right_arm": 0.17,
    "left_leg": 0.24,
    "right_leg": 0.24,
}
"""Half the thickness of each part with clothes, in torso lengths."""


@dataclass(frozen=True)
class BackgroundMotion:
    """What the picture does outside the dancer: the camera's own movement.

    Attributes
    ----------
    vector_px : ndarray [shape=(2,)], float64
        Median flow, to be taken out of the dancer's; zero where it cannot be known.
    median_px : float
        Median magnitude; nan where it cannot be known.
    """

    vector_px: FloatArray
    median_px: float

    @property
    def speed_px(self) -> float:
        """Length of the median vector, nan where unknown: noise of all directions cancels in it."""
        return float(np.hypot(*self.vector_px)) if np.isfinite(self.median_px) else float("nan")


def background_motion(
    flow_px: NDArray[np.float32], mask: BoolArray, settings: FlowSettings, trusted: BoolArray | None = None
) -> BackgroundMotion:
    """Median flow outside the mask and a margin around it.

    Parameters
    ----------
    flow_px : ndarray [shape=(h, w, 2)], float32
    mask : ndarray [shape=(h, w)], bool
        The dancer.
    settings : FlowSettings
    trusted : ndarray [shape=(h, w)], bool, optional
        Where the picture has structure. On a plain wall flow is only guessed from its surroundings, the dancer.
    """
    step = settings.sample_step_px
    outside = ~_dilated(mask[::step, ::step], -(-settings.background_margin_px // step))
    if trusted is not None:
        outside &= trusted[::step, ::step]
    samples = flow_px[::step, ::step][outside]
    if len(samples) < settings.min_background_px:
        return BackgroundMotion(np.zeros(2), float("nan"))
    vector = np.median(samples, axis=0).astype(np.float64)
    return BackgroundMotion(vector, float(np.median(np.hypot(samples[:, 0], samples[:, 1]))))


def flow_energy(
    flow_px: NDArray[np.float32],
    mask: BoolArray,
    xy_px: FloatArray,
    body_height_px: float,
    dt_s: float,
    settings: FlowSettings,
    background: BackgroundMotion,
) -> FlowEnergy:
    """Mean flow magnitude over the body and over each part of it.

    Parameters
    ----------
    flow_px : ndarray [shape=(h, w, 2)], float32
        Movement between two pictures ``dt_s`` apart.
    mask : ndarray [shape=(h, w)], bool
        The body in the same picture.
    xy_px : ndarray [shape=(33, 2)], float64
        Landmarks in pixels of that picture, nan where not seen.
    body_height_px : float
        Stature of the dancer in that picture (`BodyHeight`).
    dt_s : float
    settings : FlowSettings
    background : BackgroundMotion
        Taken out first.

    Returns
    -------
    FlowEnergy
        Independent of frame rate, distance and picture size; nan where too little of the body was seen.
    """
    scale = 1.0 / (body_height_px * dt_s) if body_height_px > 0 and dt_s > 0 else float("nan")
    parts = np.full(len(BODY_PART_NAMES), np.nan)
    step = settings.sample_step_px
    rows, columns = np.nonzero(mask[::step, ::step])
    if len(rows) * step**2 < settings.min_mask_px or not np.isfinite(scale):
        return FlowEnergy(float("nan"), parts, background.median_px * scale)
    speed_px = _speed_px(flow_px[::step, ::step][rows, columns], background.vector_px, settings.noise_floor_px)
    points = np.stack([columns * step, rows * step], axis=1).astype(np.float32)
    labels = nearest_part(points, xy_px, body_height_px * TORSO_SHARE)
    for index in range(len(parts)):
        inside = labels == index
        if np.count_nonzero(inside) * step**2 >= settings.min_part_px:
            parts[index] = float(speed_px[inside].mean()) * scale
    return FlowEnergy(float(speed_px.mean()) * scale, parts, background.median_px * scale)


def nearest_part(points: NDArray[np.float32], xy_px: FloatArray, torso_px: float) -> NDArray[np.intp]:
    """Body part that each point belongs to.

    Every part is a chain of capsules around its bones; a point in several belongs to the one it lies deepest in, so
    that an arm in front of the chest is arm.

    Parameters
    ----------
    points : ndarray [shape=(n, 2)], float32
        x and y in pixels.
    xy_px : ndarray [shape=(33, 2)], float64
        Landmarks in the same pixels, nan where not seen.
    torso_px : float
        Length of the torso, which sets the thickness of the parts.

    Returns
    -------
    ndarray [shape=(n,)], intp
        Index into ``BODY_PART_NAMES``, -1 for none.
    """
    depth = np.ones(len(points), dtype=np.float32)
    labels = np.full(len(points), -1, dtype=np.intp)
    for index, name in enumerate(BODY_PART_NAMES):
        radius_px = _PART_RADIUS[name] * torso_px
        for start, end in _bones(name, xy_px):
            distance = _squared_distance(points, start, end) / np.float32(radius_px * radius_px)
            nearer = distance < depth
            depth[nearer] = distance[nearer]
            labels[nearer] = index
    return labels


def _speed_px(flow_px: NDArray[np.float32], vector_px: FloatArray, floor_px: float) -> NDArray[np.float32]:
    """Magnitudes of ``flow_px`` (n, 2) less the background; noise adds in quadrature and is so taken out."""
    moved = flow_px - vector_px.astype(np.float32)
    squared = np.einsum("ij,ij->i", moved, moved) - np.float32(floor_px * floor_px)
    speed: NDArray[np.float32] = np.sqrt(np.maximum(squared, 0.0))
    return speed


def _bones(name: str, xy_px: FloatArray) -> list[tuple[FloatArray, FloatArray]]:
    """Axes of the capsules of a part, those with both ends seen."""
    chain = xy_px[[LANDMARK_INDEX[point] for point in BODY_PARTS[name]]]
    if name == "head":
        centre = chain.mean(axis=0)
        bones = [(centre, centre)]
    elif name == "torso":
        bones = [(chain[:2].mean(axis=0), chain[2:].mean(axis=0))]
    else:
        bones = list(pairwise(chain))
    return [(start, end) for start, end in bones if np.isfinite(start).all() and np.isfinite(end).all()]


def _squared_distance(points: NDArray[np.float32], start: FloatArray, end: FloatArray) -> NDArray[np.float32]:
    """Squared distance of ``points`` (n, 2) from the line segment."""
    x = points[:, 0] - np.float32(start[0])
    y = points[:, 1] - np.float32(start[1])
    along_x, along_y = np.float32(end[0] - start[0]), np.float32(end[1] - start[1])
    length_squared = along_x * along_x + along_y * along_y
    if length_squared > 0:
        share = np.clip((x * along_x + y * along_y) / length_squared, 0.0, 1.0)
        x = x - share * along_x
        y = y - share * along_y
    squared: NDArray[np.float32] = x * x + y * y
    return squared


def _dilated(mask: BoolArray, steps: int) -> BoolArray:
    """``mask`` grown by ``steps`` pixels to all eight sides."""
    grown: BoolArray = mask.copy()
    for _ in range(steps):
        before = grown.copy()
        grown[1:] |= before[:-1]
        grown[:-1] |= before[1:]
        across = grown.copy()
        grown[:, 1:] |= across[:, :-1]
        grown[:, :-1] |= across[:, 1:]
    return grown
