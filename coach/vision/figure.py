"""A person drawn as a pictogram: tapered limbs, with a gap of background between them to keep crossed arms clear."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.pose.landmark_table import LANDMARK_NAMES
from coach.vision import marks
from coach.vision.marks import Bgra, Pixels, Point

_LIMBS: Final = {
    # body part: from, to, radii in torso lengths, share of the bone that is drawn
    "leg": (
        ("hip", "knee", (0.150, 0.112), 1.0),
        ("knee", "ankle", (0.108, 0.070), 1.0),
        ("ankle", "foot_index", (0.072, 0.050), 1.0),
    ),
    "arm": (
        ("shoulder", "elbow", (0.100, 0.080), 1.0),
        ("elbow", "wrist", (0.076, 0.056), 1.0),
        ("wrist", "index", (0.060, 0.048), 0.85),
    ),
}
_DEPTH_POINTS: Final = {"leg": ("knee", "ankle"), "arm": ("elbow", "wrist")}
_TRUNK: Final = ("left_shoulder", "right_shoulder", "right_hip", "left_hip")
_TRUNK_RADII: Final = (0.105, 0.105, 0.125, 0.125)
_TRUNK_INSET: Final = 0.86
"""The joints lie inside the body: the trunk's corners are pulled in so that its outline ends near the joints."""
_HEAD_POINTS: Final = ("left_ear", "right_ear", "nose")
_HEAD_RADIUS: Final = 0.205
_HEAD_LIFT: Final = 0.08
"""The ears sit low in the skull: the disc's centre lies this share farther from the shoulders."""
_NECK_RADIUS: Final = 0.075
_GAP: Final = 0.035
_FULL_SHADE_DEPTH: Final = 0.7
"""Torso lengths behind the nearer limb at which a limb is quite in the far colour."""


@dataclass(frozen=True)
class FigureColours:
    """Colours of a figure; ``gap`` is what lies behind it."""

    near: Bgra
    far: Bgra
    accent: Bgra
    gap: Bgra


def draw_figure(
    pixels: Pixels,
    points_px: NDArray[np.float64],
    depth: NDArray[np.float64],
    torso_px: float,
    colours: FigureColours,
    accented_parts: Collection[str] = (),
) -> None:
    """Draw a person into ``pixels``.

    Parameters
    ----------
    points_px : ndarray [shape=(33, 2)]
        Landmarks in the pixels of ``pixels``; nan where missing, and what hangs on them is left out.
    depth : ndarray [shape=(33,)]
        z of the landmarks in the same pixels, larger is farther away: farther limbs come first and shade into ``far``.
    torso_px : float
        Length of the torso, which sets the thickness of everything.
    accented_parts : collection of str
        Parts (``left_arm`` ...) drawn in ``accent``.
    """
    found = np.asarray(np.isfinite(points_px).all(axis=1))
    points = {
        name: (x, y) for name, (x, y), seen in zip(LANDMARK_NAMES, points_px.tolist(), found, strict=True) if seen
    }
    depths = dict(zip(LANDMARK_NAMES, np.nan_to_num(depth).tolist(), strict=True))
    _Figure(pixels, points, depths, torso_px, colours, accented_parts).draw()


class _Figure:
    def __init__(
        self,
        pixels: Pixels,
        points: dict[str, Point],
        depths: dict[str, float],
        torso_px: float,
        colours: FigureColours,
        accented_parts: Collection[str],
    ) -> None:
        self._pixels, self._points, self._depths = pixels, points, depths
        self._torso_px, self._colours, self._accented = torso_px, colours, accented_parts

    def draw(self) -> None:
        """Arms behind the trunk, legs, trunk, head, arms before it; each group from far to near."""
        trunk_depth = sum(self._depths[name] for name in _TRUNK) / len(_TRUNK)
        legs, arms = self._far_to_near("leg"), self._far_to_near("arm")
        for side, depth in arms:
            if depth > trunk_depth:
                self._limb("arm", side, depth - trunk_depth)
        for side, depth in legs:
            self._limb("leg", side, depth - legs[-1][1])
        self._trunk()
        self._head()
        for side, depth in arms:
            if depth <= trunk_depth:
                self._limb("arm", side, 0.0)

    def _far_to_near(self, part: str) -> list[tuple[str, float]]:
        names = _DEPTH_POINTS[part]
        depths = {
            side: sum(self._depths[f"{side}_{name}"] for name in names) / len(names) for side in ("left", "right")
        }
        return sorted(depths.items(), key=lambda item: -item[1])

    def _limb(self, part: str, side: str, behind_px: float) -> None:
        plain = self._shaded(behind_px / max(self._torso_px, 1.0) / _FULL_SHADE_DEPTH)
        for fill, extra in self._passes(f"{side}_{part}", plain):
            for start, end, radii, share in _LIMBS[part]:
                first, last = self._points.get(f"{side}_{start}"), self._points.get(f"{side}_{end}")
                if first is not None and last is not None:
                    tip = first[0] + (last[0] - first[0]) * share, first[1] + (last[1] - first[1]) * share
                    self._capsule(first, tip, (radii[0] + extra, radii[1] + extra), fill)

    def _passes(self, part: str, plain: Bgra) -> tuple[tuple[Bgra, float], tuple[Bgra, float]]:
        """The gap first, a little larger, then the body itself."""
        return (self._colours.gap, _GAP), (self._colours.accent if part in self._accented else plain, 0.0)

    def _shaded(self, share: float) -> Bgra:
        share = min(1.0, max(0.0, share))
        near, far = self._colours.near, self._colours.far
        blue, green, red = (round(n + (f - n) * share) for n, f in zip(near[:3], far[:3], strict=True))
        return blue, green, red, near[3]

    def _trunk(self) -> None:
        if any(name not in self._points for name in _TRUNK):
            return
        corners = np.array([self._points[name] for name in _TRUNK])
        centre = corners.mean(axis=0)
        inner = centre + (corners - centre) * _TRUNK_INSET
        points = [(x, y) for x, y in inner.tolist()]
        for fill, extra in self._passes("torso", self._colours.near):
            for index, radius in enumerate(_TRUNK_RADII):
                following = (index + 1) % len(points)
                radii = radius + extra, _TRUNK_RADII[following] + extra
                self._capsule(points[index], points[following], radii, fill)
            marks.polygon(self._pixels, inner, fill)

    def _head(self) -> None:
        points = [self._points[name] for name in _HEAD_POINTS if name in self._points]
        if not points:
            return
        centre = sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
        shoulders = self._shoulders()
        (gap, extra), (colour, _) = self._passes("head", self._colours.near)
        if shoulders is not None:
            lift = (centre[0] - shoulders[0]) * _HEAD_LIFT, (centre[1] - shoulders[1]) * _HEAD_LIFT
            centre = centre[0] + lift[0], centre[1] + lift[1]
            self._capsule(shoulders, centre, (_NECK_RADIUS, _NECK_RADIUS), colour)
        marks.disc(self._pixels, centre, (_HEAD_RADIUS + extra) * self._torso_px, gap)
        marks.disc(self._pixels, centre, _HEAD_RADIUS * self._torso_px, colour)

    def _shoulders(self) -> Point | None:
        left, right = self._points.get("left_shoulder"), self._points.get("right_shoulder")
        if left is None or right is None:
            return None
        return (left[0] + right[0]) / 2, (left[1] + right[1]) / 2

    def _capsule(self, start: Point, end: Point, radii: tuple[float, float], colour: Bgra) -> None:
        if math.isfinite(self._torso_px):
            radii_px = radii[0] * self._torso_px, radii[1] * self._torso_px
            marks.capsule(self._pixels, start, end, radii_px, colour)
