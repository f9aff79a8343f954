"""The moments of a choreography that one would photograph: where a big movement comes to rest in a held pose."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.pose.body_size import body_height
from coach.pose.landmark_table import LANDMARK_INDEX, MAIN_LANDMARKS
from coach.pose.pose_frame import PoseTrack
from coach.pose.zero_phase import smooth_series
from coach.settings.pose import KeyMomentSettings

FloatArray = NDArray[np.float64]

_MAIN = [LANDMARK_INDEX[name] for name in MAIN_LANDMARKS]
_REACH_SIGMAS = 3.0


def key_moments_s(track: PoseTrack, flow_energy: FloatArray, settings: KeyMomentSettings) -> FloatArray:
    """Times of held poses, increasing, shape (n,).

    Rule: a local low of the movement, at most ``rest_share`` of the peak since the last rest, where that peak is at
    least ``peak_share`` of the median movement; of rests closer than ``min_apart_s`` the deepest. Movement is the flow
    energy (T,), or where too little of it is known the mean speed of the main joints; unknown moments are interpolated.
    """
    movement = _movement(track, flow_energy, settings)
    if movement is None:
        return np.zeros(0)
    lows = _rests(movement, settings)
    return track.time_s[_spaced(lows, movement, track.time_s, settings.min_apart_s)]


def pose_speed(track: PoseTrack) -> FloatArray:
    """Mean speed of the twelve main joints in body heights a second, shape (T,); nan where none is known twice."""
    square = track.square_xy()[:, _MAIN]
    height = body_height(track.square_xy(), track.world, track.image[..., 3], 0.0)
    if len(track) < 2:
        return np.full(len(track), np.nan)
    speed = np.linalg.norm(np.gradient(square, track.time_s, axis=0), axis=-1)
    known = np.isfinite(speed)
    count = known.sum(axis=-1)
    total = np.where(known, speed, 0.0).sum(axis=-1)
    mean: FloatArray = np.divide(total, count * height, out=np.full(len(track), np.nan), where=count > 0)
    return mean


def _movement(track: PoseTrack, flow_energy: FloatArray, settings: KeyMomentSettings) -> FloatArray | None:
    for candidate in (flow_energy, pose_speed(track)):
        known = np.isfinite(candidate)
        if known.sum() >= max(3, settings.min_energy_share * len(candidate)):
            whole = np.interp(track.time_s, track.time_s[known], candidate[known])
            return smooth_series(track.time_s, whole, settings.sigma_s, _REACH_SIGMAS * settings.sigma_s)
    return None


def _rests(movement: FloatArray, settings: KeyMomentSettings) -> list[int]:
    enough = settings.peak_share * float(np.median(movement))
    rests: list[int] = []
    peak = 0.0
    for index in range(1, len(movement) - 1):
        here = movement[index]
        peak = max(peak, here)
        is_low = here <= movement[index - 1] and here < movement[index + 1]
        if is_low and peak >= enough and here <= settings.rest_share * peak:
            rests.append(index)
            peak = 0.0
    return rests


def _spaced(candidates: list[int], movement: FloatArray, time_s: FloatArray, min_apart_s: float) -> list[int]:
    """The deepest candidates that keep their distance from each other, in order of time."""
    kept: list[int] = []
    for index in sorted(candidates, key=lambda candidate: (movement[candidate], candidate)):
        if all(abs(time_s[index] - time_s[other]) >= min_apart_s for other in kept):
            kept.append(index)
    return sorted(kept)
