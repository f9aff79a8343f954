"""Landmarks that move as no body does: jumps, trembling, and left and right changing places."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.pose.landmark_table import LANDMARK_COUNT, LANDMARK_INDEX, LANDMARK_NAMES
from coach.pose.pose_frame import FloatArray
from coach.settings.judging import VisibilitySettings

BoolArray = NDArray[np.bool_]

_LIMB_SPEEDS: Final[dict[str, float]] = {
    "elbow": 15.0,
    "wrist": 26.0,
    "pinky": 30.0,
    "index": 30.0,
    "thumb": 30.0,
    "knee": 12.0,
    "ankle": 18.0,
    "heel": 20.0,
    "foot_index": 22.0,
}
_TRUNK_SPEED: Final = 8.0

SPEED_LIMIT: Final[FloatArray] = np.array(
    [_LIMB_SPEEDS.get(name.removeprefix("left_").removeprefix("right_"), _TRUNK_SPEED) for name in LANDMARK_NAMES]
)
"""Torso lengths a second that a dancer's landmark does not reach (two dancers' 99.8th percentiles and some air)."""

_USUAL_GAP_S: Final = 1.0 / 30.0

_PAIRS: Final = (("wrist", "elbow"), ("ankle", "knee"))
_LEFT, _RIGHT = (
    np.array([[LANDMARK_INDEX[f"{side}_{name}"] for name in names] for names in _PAIRS]) for side in ("left", "right")
)
_FOLLOWERS: Final = (
    ("elbow", "wrist", "pinky", "index", "thumb"),
    ("knee", "ankle", "heel", "foot_index"),
)
_LIMB_LANDMARKS: Final = tuple(
    np.array([LANDMARK_INDEX[f"{side}_{name}"] for side in ("left", "right") for name in names]) for names in _FOLLOWERS
)


class JumpEvidence:
    """Remembers the last positions and says which landmarks can be believed."""

    def __init__(self, settings: VisibilitySettings) -> None:
        self._settings = settings
        self._distrusted_until_s = np.full(LANDMARK_COUNT, -np.inf)
        self._last: FloatArray | None = None
        self._velocity: FloatArray | None = None
        self._last_s = -np.inf
        self._shake = np.zeros(LANDMARK_COUNT)
        self._speed_limit = SPEED_LIMIT * settings.speed_limit_factor

    def step(self, body_xy: FloatArray, time_s: float) -> BoolArray:
        """Positions in torso lengths, shape (33, 2), to trust, shape (33,)."""
        gap_s = time_s - self._last_s
        if self._last is not None and 0.0 < gap_s <= self._settings.max_gap_s:
            self._compare(body_xy, self._last, gap_s, time_s)
        else:
            self._velocity = None
            self._shake[:] = 0.0
        self._last, self._last_s = body_xy, time_s
        return (time_s >= self._distrusted_until_s) & (self._shake <= self._settings.jitter_limit)

    def _compare(self, now: FloatArray, last: FloatArray, gap_s: float, time_s: float) -> None:
        settings = self._settings
        move = now - last
        length = np.hypot(move[:, 0], move[:, 1])
        jumped = length / gap_s > self._speed_limit
        for pair in self._moved_pairs(length):
            if self._swapped(now, last, length, _LEFT[pair], _RIGHT[pair]):
                jumped[_LIMB_LANDMARKS[pair]] = True
        self._distrusted_until_s[jumped] = time_s + settings.distrust_s
        velocity = move / gap_s
        if self._velocity is not None:
            self._update_shake((velocity - self._velocity) * gap_s, gap_s)
        self._velocity = velocity

    def _update_shake(self, bend: FloatArray, gap_s: float) -> None:
        """Running standard error of what remains of the second difference without a real limb's acceleration."""
        size = np.fmax(np.hypot(bend[:, 0], bend[:, 1]), 0.0)  # unknown counts as still
        # Between distant frames a swing bends as much as a tremble: there it counts as what it is at a usual distance.
        size *= min(_USUAL_GAP_S / gap_s, 1.0) ** 2
        excess = np.maximum(size - self._settings.acceleration_limit_s2 * gap_s * gap_s, 0.0)
        share = 1.0 - float(np.exp(-gap_s / self._settings.jitter_window_s))
        self._shake = np.sqrt((1.0 - share) * self._shake**2 + share * excess**2 / 6.0)

    def _moved_pairs(self, length: FloatArray) -> list[int]:
        """Pairs of limbs that have both moved, of landmarks that moved by ``length``."""
        least: list[list[float]] = np.minimum(length.take(_LEFT), length.take(_RIGHT)).tolist()
        return [pair for pair, moves in enumerate(least) if sum(moves) / len(moves) >= self._settings.swap_min_move]

    def _swapped(
        self,
        now: FloatArray,
        last: FloatArray,
        length: FloatArray,
        left: NDArray[np.int64],
        right: NDArray[np.int64],
    ) -> bool:
        """Whether the pair of limbs, whose landmarks moved by ``length``, is nearer to where its counterpart was."""
        crossed = float(_distance(now[left], last[right]).sum() + _distance(now[right], last[left]).sum())
        return crossed < self._settings.swap_ratio * float(length[left].sum() + length[right].sum())


def _distance(first: FloatArray, second: FloatArray) -> FloatArray:
    distance: FloatArray = np.hypot(first[:, 0] - second[:, 0], first[:, 1] - second[:, 1])
    return distance
