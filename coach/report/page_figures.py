"""The dancers for the report page: few landmarks, thinned to the rate of a screen, rounded to whole numbers."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from coach.pose.body_size import body_height
from coach.pose.landmark_table import LANDMARK_INDEX, LANDMARK_NAMES
from coach.pose.pose_frame import FloatArray, PoseTrack
from coach.settings.report import PageSettings

_PAIRED: Final = ("shoulder", "elbow", "wrist", "index", "hip", "knee", "ankle", "foot_index")
DRAWN_LANDMARKS: Final[tuple[str, ...]] = (
    "nose",
    "left_ear",
    "right_ear",
    *(f"{side}_{part}" for part in _PAIRED for side in ("left", "right")),
)
"""What the page's figure is drawn from; everything else of the 33 stays away."""

_DRAWN_INDEX: Final = [LANDMARK_NAMES.index(name) for name in DRAWN_LANDMARKS]
_MOST_HIGH_PERCENT: Final = 97.0
_MOST_WIDE_PERCENT: Final = 90.0
"""An arm may reach over to the other dancer's side for a moment: better than small figures all the time."""
_LEAST_SIZE: Final = 0.02
_USUAL_TORSO: Final = 0.3
_MS: Final = 1000.0


def rounded(values: NDArray[Any], unit: float = 1.0) -> list[int | None]:
    """Flat list of ``values`` in whole ``unit``; None where not finite."""
    flat = np.asarray(values, dtype=np.float64).ravel() / unit
    known = np.isfinite(flat)
    whole = np.where(known, np.rint(np.where(known, flat, 0.0)), 0.0).astype(np.int64).tolist()
    return [number if here else None for number, here in zip(whole, known.tolist(), strict=True)]


def thinned(time_s: FloatArray, settings: PageSettings) -> NDArray[np.int64]:
    """Indices of the samples that the page keeps: at most ``rate_fps`` and ``samples_limit``, both ends among them.

    Parameters
    ----------
    time_s : ndarray [shape=(T,)]
        Never falling.
    """
    if len(time_s) <= 2:
        return np.arange(len(time_s), dtype=np.int64)
    length_s = float(time_s[-1] - time_s[0])
    wanted = max(1, min(int(np.ceil(length_s * settings.rate_fps)), settings.samples_limit - 1))
    if len(time_s) <= wanted + 1:
        return np.arange(len(time_s), dtype=np.int64)
    # The frame nearest to each tick: a grid of times, not of indices, for the frame rate may vary.
    ticks = np.linspace(time_s[0], time_s[-1], wanted + 1)
    after = np.clip(np.searchsorted(time_s, ticks), 1, len(time_s) - 1)
    nearest = np.where(ticks - time_s[after - 1] <= time_s[after] - ticks, after - 1, after)
    return np.unique(nearest).astype(np.int64)


def figure_data(track: PoseTrack, settings: PageSettings) -> dict[str, Any]:
    """One dancer: times in milliseconds, landmarks in whole ``landmark_unit`` of the picture's height.

    ``centre``, ``floor`` and ``size`` (standing height) change slowly: a viewer that follows them shows both dancers
    equally large, on one floor, wherever they are before their cameras. ``reach`` and ``top`` are the room that the
    dancer needs to either side of the centre and above the floor, in sizes.
    """
    kept = thinned(track.time_s, settings)
    time_s, image = track.time_s[kept], track.image[kept][:, _DRAWN_INDEX]
    points = track.square_xy()[kept][:, _DRAWN_INDEX]
    centre, floor, size = _followed(track, kept, points, settings)
    faint = image[..., 3] < settings.sure_visibility
    reach, top = _room(points, centre, floor, size)
    return {
        "t": rounded(time_s * _MS),
        "xy": rounded(points, settings.landmark_unit),
        "faint": (faint * (1 << np.arange(len(_DRAWN_INDEX)))).sum(axis=1).tolist(),
        "order": "".join(f"{code:x}" for code in _depth_order(track.image[kept, :, 2]).tolist()),
        "centre": rounded(centre, settings.landmark_unit),
        "floor": rounded(floor, settings.landmark_unit),
        "size": rounded(size, settings.landmark_unit),
        "torso": round(_torso_share(points, size), 4),
        "reach": round(reach, 3),
        "top": round(top, 3),
    }


def _depth_order(depth: FloatArray) -> NDArray[np.int64]:
    """Four bits a frame: left arm before the trunk, right arm before it, left leg nearer, left arm nearer."""
    arms = {side: _mean(depth, f"{side}_elbow", f"{side}_wrist") for side in ("left", "right")}
    legs = {side: _mean(depth, f"{side}_knee", f"{side}_ankle") for side in ("left", "right")}
    trunk = _mean(depth, "left_shoulder", "right_shoulder", "left_hip", "right_hip")
    bits = (arms["left"] <= trunk, arms["right"] <= trunk, legs["left"] < legs["right"], arms["left"] < arms["right"])
    order: NDArray[np.int64] = sum((bit.astype(np.int64) << place for place, bit in enumerate(bits)), np.int64(0))
    return order


def _mean(depth: FloatArray, *names: str) -> FloatArray:
    mean: FloatArray = np.nan_to_num(depth[:, [LANDMARK_INDEX[name] for name in names]]).mean(axis=1)
    return mean


def _torso_share(points: FloatArray, size: FloatArray) -> float:
    """Median distance of hip centre and shoulder centre, in standing heights."""
    places = {name: points[:, index] for index, name in enumerate(DRAWN_LANDMARKS)}
    shoulders = (places["left_shoulder"] + places["right_shoulder"]) / 2
    hips = (places["left_hip"] + places["right_hip"]) / 2
    shares = np.hypot(*(shoulders - hips).T) / size
    known = shares[np.isfinite(shares)]
    return max(float(np.median(known)), 0.05) if len(known) else _USUAL_TORSO


def _followed(
    track: PoseTrack, kept: NDArray[np.int64], points: FloatArray, settings: PageSettings
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Running means of the hips' x, the feet's y and the standing height, each of shape (T,)."""
    hips = [DRAWN_LANDMARKS.index(f"{side}_hip") for side in ("left", "right")]
    feet = [DRAWN_LANDMARKS.index(f"{side}_{part}") for side in ("left", "right") for part in ("ankle", "foot_index")]
    height = body_height(track.square_xy()[kept], track.world[kept], track.image[kept, :, 3], settings.sure_visibility)
    time_s, window_s = track.time_s[kept], settings.follow_s
    return (
        _running_mean(time_s, points[:, hips, 0].mean(axis=1), window_s, 0.5),
        _running_mean(time_s, points[:, feet, 1].max(axis=1), window_s, 1.0),
        np.maximum(_running_mean(time_s, height, window_s, 1.0), _LEAST_SIZE),
    )


def _running_mean(time_s: FloatArray, values: FloatArray, window_s: float, unknown: float) -> FloatArray:
    """Mean over ``window_s`` around each moment, gaps bridged; ``unknown`` where there is nothing at all."""
    known = np.isfinite(values)
    if not known.any():
        return np.full(len(time_s), unknown)
    filled = np.interp(time_s, time_s[known], values[known])
    total = np.concatenate([[0.0], np.cumsum(filled)])
    first = np.searchsorted(time_s, time_s - window_s / 2)
    last = np.searchsorted(time_s, time_s + window_s / 2, side="right")
    mean: FloatArray = (total[last] - total[first]) / (last - first)
    return mean


def _room(points: FloatArray, centre: FloatArray, floor: FloatArray, size: FloatArray) -> tuple[float, float]:
    """Half width and height above the floor that hold the dancer, in sizes, but for the rarest moments."""
    seen = np.isfinite(points).all(axis=(1, 2))
    if not seen.any():
        return 0.5, 1.0
    sideways = np.abs(points[seen, :, 0] - centre[seen, None]).max(axis=1) / size[seen]
    upwards = (floor[seen] - points[seen, :, 1].min(axis=1)) / size[seen]
    reach, top = np.percentile(sideways, _MOST_WIDE_PERCENT), np.percentile(upwards, _MOST_HIGH_PERCENT)
    return float(reach), float(top)
