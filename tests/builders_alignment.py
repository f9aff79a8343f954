"""Dancers made of joint angles, and the warps that a student's dance may go through: exact truth for the follower."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.pose.landmark_table import LANDMARK_COUNT, LANDMARK_INDEX
from coach.pose.pose_frame import PoseTrack

FloatArray = NDArray[np.float64]

FRAME_SIZE_PX = (640, 480)


@dataclass(frozen=True)
class Body:
    """Bone lengths in metres."""

    torso: float = 0.52
    shoulders: float = 0.38
    hips: float = 0.26
    upper_arm: float = 0.29
    forearm: float = 0.26
    thigh: float = 0.42
    shin: float = 0.41


CHILD = Body(torso=0.38, shoulders=0.27, hips=0.20, upper_arm=0.20, forearm=0.18, thigh=0.28, shin=0.27)
TALL = Body(torso=0.56, shoulders=0.44, hips=0.30, upper_arm=0.34, forearm=0.31, thigh=0.50, shin=0.47)

_DOF = ("swing", "raise", "elbow_swing", "elbow_raise", "thigh_swing", "thigh_raise", "knee")
_BEAT_S = 0.5


class RandomRoutine:
    """A choreography of random key poses, one a beat, with eased movement between them.

    Parameters
    ----------
    seed : int
    duration_s : float
    freeze_s : (float, float), optional
        A stretch in which nothing moves.
    repeat_s : float, optional
        After so long everything begins again.
    """

    def __init__(
        self,
        seed: int,
        duration_s: float = 30.0,
        *,
        freeze_s: tuple[float, float] | None = None,
        repeat_s: float | None = None,
    ) -> None:
        rng = np.random.default_rng(seed)
        self.duration_s = duration_s
        self._freeze_s, self._repeat_s = freeze_s, repeat_s
        count = int(duration_s / _BEAT_S) + 2
        arms = rng.uniform([-0.5, -1.4, -0.6, -1.4], [1.3, 1.4, 1.3, 1.5], size=(count, 2, 4))
        legs = rng.uniform([-0.5, 0.0, 0.0], [0.5, 0.5, 1.0], size=(count, 2, 3))
        self._keys = np.concatenate([arms, legs], axis=2)
        self._lean = rng.uniform(-0.25, 0.25, size=(count, 2))
        self._turn = rng.choice([0.0, 0.0, 0.0, 0.5, -0.5], size=count)

    def track(
        self,
        time_s: FloatArray,
        routine_s: FloatArray | None = None,
        *,
        body: Body = Body(),
        yaw_deg: float = 0.0,
        noise: float = 0.0,
        drop_share: float = 0.0,
        seed: int = 0,
    ) -> PoseTrack:
        """The dancer filmed at ``time_s``, being at ``routine_s`` of the routine then."""
        places = np.array([self._folded(s) for s in (time_s if routine_s is None else routine_s)])
        beat = np.clip(places / _BEAT_S, 0, len(self._keys) - 1.001)
        before = beat.astype(int)
        share = beat - before
        share = share * share * (3 - 2 * share)

        def at(keys: FloatArray) -> FloatArray:
            weight = share.reshape(-1, *([1] * (keys.ndim - 1)))
            return keys[before] * (1 - weight) + keys[before + 1] * weight

        world = _stand(at(self._keys), at(self._lean), at(self._turn) + np.deg2rad(yaw_deg), body)
        rng = np.random.default_rng(seed)
        world = world + rng.normal(0.0, noise * body.torso, world.shape)
        image = np.empty((len(time_s), LANDMARK_COUNT, 4))
        image[..., 0] = 0.5 + 0.3 * world[..., 0] * FRAME_SIZE_PX[1] / FRAME_SIZE_PX[0]
        image[..., 1] = 0.5 + 0.3 * world[..., 1]
        image[..., 2] = 0.3 * world[..., 2]
        image[..., 3] = 0.99
        dropped = rng.random(image.shape[:2]) < drop_share
        image[dropped] = (np.nan, np.nan, np.nan, 0.0)
        full = np.concatenate([world, np.ones((*world.shape[:2], 1))], axis=2)
        return PoseTrack(np.asarray(time_s, dtype=np.float64), image, full, FRAME_SIZE_PX)

    def _folded(self, routine_s: float) -> float:
        if self._repeat_s is not None:
            routine_s = routine_s % self._repeat_s
        if self._freeze_s is not None:
            start_s, end_s = self._freeze_s
            if routine_s > start_s:
                return max(start_s, routine_s - (end_s - start_s))
        return routine_s


def _stand(limbs: FloatArray, lean: FloatArray, turn: FloatArray, body: Body) -> FloatArray:
    """Landmarks (T, 33, 3) in metres from the hip centre: x right in the picture, y down, z away from the camera."""
    count = len(limbs)
    points = np.zeros((count, LANDMARK_COUNT, 3))
    up = np.stack([np.sin(lean[:, 0]), -np.cos(lean[:, 0]) * np.cos(lean[:, 1]), -np.sin(lean[:, 1])], axis=1)
    chest = body.torso * up
    across = np.array([1.0, 0.0, 0.0])
    for number, (side, sign) in enumerate((("left", 1.0), ("right", -1.0))):
        swing, lift, elbow_swing, elbow_lift, thigh_swing, thigh_lift, knee = limbs[:, number].T
        index = {
            part: LANDMARK_INDEX[f"{side}_{part}"] for part in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
        }
        points[:, index["shoulder"]] = chest + sign * body.shoulders / 2 * across
        points[:, index["hip"]] = sign * body.hips / 2 * across
        points[:, index["elbow"]] = points[:, index["shoulder"]] + body.upper_arm * _arm(swing, lift, sign)
        points[:, index["wrist"]] = points[:, index["elbow"]] + body.forearm * _arm(elbow_swing, elbow_lift, sign)
        thigh = np.stack([sign * np.sin(thigh_swing), np.cos(thigh_swing) * np.cos(thigh_lift), -np.sin(thigh_lift)], 1)
        shin = np.stack([0 * knee, np.cos(knee - thigh_lift), np.sin(knee - thigh_lift)], axis=1)
        points[:, index["knee"]] = points[:, index["hip"]] + body.thigh * thigh
        points[:, index["ankle"]] = points[:, index["knee"]] + body.shin * shin
        for part in ("index", "pinky", "thumb"):
            hand = 0.08 * _arm(elbow_swing, elbow_lift, sign)
            points[:, LANDMARK_INDEX[f"{side}_{part}"]] = points[:, index["wrist"]] + hand
        points[:, LANDMARK_INDEX[f"{side}_heel"]] = points[:, index["ankle"]] + (0.0, 0.05, 0.04)
        points[:, LANDMARK_INDEX[f"{side}_foot_index"]] = points[:, index["ankle"]] + (0.03 * sign, 0.06, -0.15)
        for part in ("eye_inner", "eye", "eye_outer", "ear"):
            points[:, LANDMARK_INDEX[f"{side}_{part}"]] = chest + 0.22 * up + (0.04 * sign, 0.0, -0.05)
        points[:, LANDMARK_INDEX[f"mouth_{side}"]] = chest + 0.15 * up + (0.03 * sign, 0.0, -0.08)
    points[:, LANDMARK_INDEX["nose"]] = chest + 0.19 * up + (0.0, 0.0, -0.1)
    cos, sin = np.cos(turn)[:, None], np.sin(turn)[:, None]
    turned = points.copy()
    turned[..., 0] = cos * points[..., 0] + sin * points[..., 2]
    turned[..., 2] = cos * points[..., 2] - sin * points[..., 0]
    return turned


def _arm(swing: FloatArray, lift: FloatArray, sign: float) -> FloatArray:
    return np.stack([sign * np.cos(lift) * np.cos(swing), -np.sin(lift), -np.cos(lift) * np.sin(swing)], axis=1)


def regular_times(duration_s: float, fps: float = 30.0) -> FloatArray:
    """Time stamps of a clip."""
    return np.arange(int(duration_s * fps)) / fps


def warped_places(time_s: FloatArray, tempo: Callable[[float], float], start_s: float = 0.0) -> FloatArray:
    """Place in the routine of a dancer whose tempo at place s is ``tempo(s)``."""
    places, place = [], start_s
    last = float(time_s[0])
    for time in time_s:
        for _ in range(4):
            place += tempo(place) * (float(time) - last) / 4
        last = float(time)
        places.append(place)
    return np.array(places)


def with_gaps(rng: np.random.Generator, shape: tuple[int, ...], share: float) -> np.ndarray:
    values = rng.normal(0.0, 0.6, shape)
    values[rng.random(shape) < share] = np.nan
    return values
