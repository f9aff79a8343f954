"""What can be planted into a dance with exact truth: bends, late limbs, low energy - and what is no mistake at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.pose.joint_table import JOINT_INDEX
from coach.pose.landmark_table import LANDMARK_INDEX, LANDMARK_NAMES
from coach.pose.pose_frame import PoseTrack
from tests.bench.judging_dances import Dance, at_places, torso_length

FloatArray = NDArray[np.float64]
_RAMP_S = 0.15


@dataclass(frozen=True)
class Plant:
    """One planted thing.

    Attributes
    ----------
    kind : str
        ``joint``, ``late``, ``low``, ``small``, ``soft``, ``moves`` (through a freeze), ``direction``, ``hidden`` or
        ``style``.
    part : str
        Joint or limb; empty for the whole body.
    size : float
        Degrees with a sign, milliseconds (late is negative), seconds (soft), or a share.
    start_s, end_s : float
        On the student's clock.
    """

    kind: str
    part: str
    size: float
    start_s: float
    end_s: float

    def strength(self, time_s: FloatArray) -> FloatArray:
        """0 outside, 1 within, and a short ramp at both ends."""
        rising = np.clip((time_s - self.start_s) / _RAMP_S, 0.0, 1.0)
        falling = np.clip((self.end_s - time_s) / _RAMP_S, 0.0, 1.0)
        return np.asarray(rising * falling)


def _chains() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Joint to the landmarks whose middle it turns about, and those that turn."""
    upper = tuple(name for name in LANDMARK_NAMES[:23])
    chains = {"trunk": (("left_hip", "right_hip"), upper), "neck": (("left_shoulder", "right_shoulder"), upper[:11])}
    for side in ("left", "right"):
        arm = [f"{side}_{name}" for name in ("elbow", "wrist", "pinky", "index", "thumb")]
        leg = [f"{side}_{name}" for name in ("knee", "ankle", "heel", "foot_index")]
        for names, joints in ((arm, ("shoulder", "elbow", "wrist")), (leg, ("hip", "knee", "ankle"))):
            for place, joint in enumerate(joints):
                chains[f"{side}_{joint}"] = ((f"{side}_{joint}",), tuple(names[place:]))
    return chains


CHAINS: Final = _chains()
LIMBS: Final = {
    f"{side}_{limb}": (f"{side}_{root}", CHAINS[f"{side}_{root}"][1])
    for side in ("left", "right")
    for limb, root in (("arm", "shoulder"), ("leg", "hip"))
}
LIMB_JOINTS: Final = {
    limb: tuple(f"{limb.split('_')[0]}_{kind}" for kind in kinds)
    for limb in LIMBS
    for kinds in [("shoulder", "elbow", "wrist") if limb.endswith("arm") else ("hip", "knee", "ankle")]
}


def _rows(names: tuple[str, ...]) -> list[int]:
    return [LANDMARK_INDEX[name] for name in names]


def bent(dance: Dance, plant: Plant) -> Dance:
    """The joint turned in the picture, such that its angle changes by about ``plant.size``; best of both turns."""
    time_s, before = dance.track.time_s, dance.angles_deg[:, JOINT_INDEX[plant.part]]
    during = (time_s >= plant.start_s) & (time_s <= plant.end_s)
    found = []
    for turn in (1.0, -1.0):
        turned = _turned(dance, plant, turn)
        change = turned.angles_deg[:, JOINT_INDEX[plant.part]] - before
        shown = change[during & np.isfinite(change)]  # none where the limb points at the camera: no turn shows there
        found.append((float(shown.mean() * np.sign(plant.size)) if len(shown) else -np.inf, turned))
    return max(found, key=lambda one: one[0])[1]


def _turned(dance: Dance, plant: Plant, turn: float) -> Dance:
    about, rows = _rows(CHAINS[plant.part][0]), _rows(CHAINS[plant.part][1])
    angle = np.radians(turn * abs(plant.size)) * plant.strength(dance.track.time_s)
    cos, sin = np.cos(angle)[:, None], np.sin(angle)[:, None]

    def turned(points: FloatArray) -> FloatArray:
        result = points.copy()
        centre = points[:, about, :2].mean(axis=1, keepdims=True)
        away = points[:, rows, :2] - centre
        result[:, rows, 0] = centre[..., 0] + cos * away[..., 0] - sin * away[..., 1]
        result[:, rows, 1] = centre[..., 1] + sin * away[..., 0] + cos * away[..., 1]
        return result

    return dance.moved(turned(dance.track.square_xy()), turned(dance.track.world))


def late_limb(dance: Dance, plant: Plant, movement: PoseTrack) -> Dance:
    """One limb ``-plant.size`` milliseconds behind the rest (ahead, if the size is positive)."""
    root, names = LIMBS[plant.part]
    shift_s = 1e-3 * plant.size * plant.strength(dance.track.time_s)
    other = at_places(movement, dance.place_s + shift_s, dance.track.time_s)
    origin, rows = LANDMARK_INDEX[root], _rows(names)
    xy, other_xy = dance.track.square_xy(), other.square_xy()
    xy[:, rows] = xy[:, [origin]] + other_xy[:, rows] - other_xy[:, [origin]]
    world = dance.track.world.copy()
    world[:, rows, :3] = world[:, [origin], :3] + other.world[:, rows, :3] - other.world[:, [origin], :3]
    return dance.moved(xy, world)


def weakened(dance: Dance, plant: Plant) -> Dance:
    """Limbs and trunk closer to their resting places: ``small`` by that share, ``low`` also softened in time."""
    xy, strength = dance.track.square_xy(), plant.strength(dance.track.time_s)[:, None, None]
    hips = xy[:, [23, 24]].mean(axis=1, keepdims=True)
    shape = xy - hips
    rest = np.nanmedian(shape, axis=0)
    place = hips
    if plant.kind == "low":
        width = round(0.25 / float(np.median(np.diff(dance.track.time_s))))
        shape, place = _softened(shape, width), _softened(hips, 2 * width)
    return dance.moved(xy + strength * (place + rest + plant.size * (shape - rest) - xy))


def without_stops(dance: Dance, plant: Plant, movement: PoseTrack) -> Dance:
    """The same way through the same poses at an even speed: what was covered within ``plant.size`` seconds is spread
    over them, so that nothing starts or stops suddenly."""
    time_s, xy = dance.track.time_s, dance.track.square_xy()
    moves = np.nanmean(np.hypot(*np.moveaxis(np.diff(xy, axis=0), -1, 0)), axis=1)
    way = np.concatenate([[0.0], np.cumsum(moves + 1e-9)])
    width = round(0.5 * plant.size / float(np.median(np.diff(time_s))))
    even = np.convolve(np.pad(way, width, mode="edge"), np.full(2 * width + 1, 1.0 / (2 * width + 1)), mode="valid")
    even_place_s = np.interp(even, way, dance.place_s)
    place_s = dance.place_s + plant.strength(time_s) * (even_place_s - dance.place_s)
    return replace(dance, track=at_places(movement, place_s, time_s))


def _softened(values: FloatArray, width: int) -> FloatArray:
    padded = np.concatenate([values[:1].repeat(width, axis=0), values, values[-1:].repeat(width, axis=0)])
    sums = np.cumsum(np.nan_to_num(padded), axis=0)
    window = 2 * width
    softened: FloatArray = (sums[window:] - sums[:-window]) / window
    return softened[: len(values)]


def moving(dance: Dance, plant: Plant) -> Dance:
    """Swaying about where the dancer should stand still."""
    time_s = dance.track.time_s
    sway = plant.strength(time_s) * plant.size * np.sin(2 * np.pi * 1.5 * (time_s - plant.start_s))
    xy = dance.track.square_xy()
    shift = np.zeros_like(xy)
    shift[..., 0] = sway[:, None] * torso_length(xy)
    shift[:, _rows(("left_ankle", "right_ankle", *CHAINS["left_ankle"][1], *CHAINS["right_ankle"][1]))] = 0.0
    return dance.moved(xy + shift)


def wrong_way(dance: Dance, plant: Plant) -> Dance:
    """The way over the floor to the other side."""
    xy = dance.track.square_xy()
    hip_x = xy[:, [23, 24], 0].mean(axis=1)
    start = int(np.searchsorted(dance.track.time_s, plant.start_s))
    during = dance.track.time_s >= plant.start_s
    xy[..., 0] -= np.where(during, 2.0 * (hip_x - hip_x[start]), 0.0)[:, None]
    return dance.moved(xy)


def hidden_limb(seen: Dance, plant: Plant, rng: np.random.Generator) -> Dance:
    """A limb that something hides: the sensor makes it up - hanging, wandering - and is as sure of it as ever."""
    root, names = LIMBS[plant.part]
    xy, rows = seen.track.square_xy(), _rows(names)
    torso, origin = torso_length(xy), LANDMARK_INDEX[root]
    during = plant.strength(seen.track.time_s) > 0.0
    count = len(xy)
    wander = np.cumsum(rng.normal(0.0, 0.03, (count, 1, 2)), axis=0)
    wander -= np.linspace(0, 1, count)[:, None, None] * wander[-1]
    reach = np.linspace(0.35, 1.0, len(rows))[:, None] * np.array([0.15, 0.9])
    made_up = xy[:, [origin]] + torso * (reach + 0.5 * np.clip(wander, -0.6, 0.6))
    xy[np.ix_(during, rows)] = made_up[during]
    return seen.moved(xy)


def cut_off(seen: Dance, share: float) -> Dance:
    """The picture ends at the knees: legs below its edge are made up near it."""
    xy = seen.track.square_xy()
    knees = float(np.median(xy[:, [25, 26], 1]))
    xy[..., 1] += 1.0 - knees + share
    below = xy[..., 1] > 1.0
    xy[..., 1] = np.where(below, 1.0 + 0.5 * (xy[..., 1] - 1.0), xy[..., 1])
    return seen.moved(xy)


def scaled(dance: Dance, factor: float) -> Dance:
    """The same dancer further from the camera (below 1) or nearer."""
    xy = dance.track.square_xy()
    width_px, height_px = dance.track.frame_size_px
    middle = np.array([0.5 * width_px / height_px, 0.5])
    return dance.moved(middle + factor * (xy - middle))


def other_proportions(dance: Dance, arms: float, legs: float) -> Dance:
    """Longer or shorter arms and legs; the torso stays."""
    xy, world = dance.track.square_xy(), dance.track.world.copy()
    for limb, (root, names) in LIMBS.items():
        factor = arms if limb.endswith("arm") else legs
        rows, origin = _rows(names), LANDMARK_INDEX[root]
        for points in (xy, world):
            points[:, rows, :2] = points[:, [origin], :2] + factor * (points[:, rows, :2] - points[:, [origin], :2])
    return dance.moved(xy, world)


def with_style(dance: Dance, offsets: tuple[tuple[str, float], ...]) -> Dance:
    """Constant offsets of joints, all the time."""
    for joint, size in offsets:
        dance = bent(dance, Plant("style", joint, size, -10.0, 1e6))
    return dance
