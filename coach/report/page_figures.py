"""The dancers for the report page: few landmarks, thinned to the rate of a screen, rounded to whole numbers."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

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
_MOST_PERCENT: Final = 97.0
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
    """One dancer: times in milliseconds, landmarks in whole ``landmark_unit`` of the picture's height."""
    kept = thinned(track.time_s, settings)
    image = track.image[kept][:, _DRAWN_INDEX]
    points = track.square_xy()[kept][:, _DRAWN_INDEX]
    faint = image[..., 3] < settings.sure_visibility
    centre = _followed(track.time_s[kept], points, settings.follow_s)
    reach, top, bottom = _room(points, centre)
    bits = (faint * (1 << np.arange(len(_DRAWN_INDEX)))).sum(axis=1)
    return {
        "t": rounded(track.time_s[kept] * _MS),
        "xy": rounded(points, settings.landmark_unit),
        "faint": bits.tolist(),
        "order": "".join(f"{code:x}" for code in _depth_order(track.image[kept, :, 2]).tolist()),
        "torso": round(_torso(points) / settings.landmark_unit, 1),
        "centre": rounded(centre, settings.landmark_unit),
        "reach": round(reach / settings.landmark_unit, 1),
        "top": round(top / settings.landmark_unit, 1),
        "bottom": round(bottom / settings.landmark_unit, 1),
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


def _torso(points: FloatArray) -> float:
    """Median distance of hip centre and shoulder centre; a tenth of the picture where nobody was seen."""
    places = {name: points[:, index] for index, name in enumerate(DRAWN_LANDMARKS)}
    shoulders = (places["left_shoulder"] + places["right_shoulder"]) / 2
    hips = (places["left_hip"] + places["right_hip"]) / 2
    lengths = np.hypot(*(shoulders - hips).T)
    known = lengths[np.isfinite(lengths)]
    return max(float(np.median(known)), 1e-3) if len(known) else 0.1


def _followed(time_s: FloatArray, points: FloatArray, window_s: float) -> FloatArray:
    """Where the eye is that follows the dancer slowly to the sides: running mean of the hips' x, shape (T,)."""
    hips = [DRAWN_LANDMARKS.index(f"{side}_hip") for side in ("left", "right")]
    across = points[:, hips, 0].mean(axis=1)
    known = np.isfinite(across)
    if not known.any():
        return np.full(len(time_s), 0.5)
    filled = np.interp(time_s, time_s[known], across[known])
    total = np.concatenate([[0.0], np.cumsum(filled)])
    first = np.searchsorted(time_s, time_s - window_s / 2)
    last = np.searchsorted(time_s, time_s + window_s / 2, side="right")
    followed: FloatArray = (total[last] - total[first]) / (last - first)
    return followed


def _room(points: FloatArray, centre: FloatArray) -> tuple[float, float, float]:
    """Half width, top and bottom that hold the dancer, but for the rarest moments."""
    seen = points[np.isfinite(points).all(axis=(1, 2))]
    if not len(seen):
        return 0.5, 0.0, 1.0
    sideways = np.abs(seen[..., 0] - centre[np.isfinite(points).all(axis=(1, 2)), None]).max(axis=1)
    reach = np.percentile(sideways, _MOST_PERCENT)
    top = np.percentile(seen[..., 1].min(axis=1), 100.0 - _MOST_PERCENT)
    return float(reach), float(top), float(np.percentile(seen[..., 1].max(axis=1), _MOST_PERCENT))
