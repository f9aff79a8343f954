"""How hard a choreography is, estimated from its movement alone: speed, range per beat, limbs that take part."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from coach.pose.body_size import body_height
from coach.pose.key_moments import pose_speed
from coach.pose.landmark_table import LANDMARK_INDEX, MAIN_LANDMARKS
from coach.pose.pose_frame import FloatArray, PoseTrack
from coach.settings.home import DifficultySettings

_MAIN = [LANDMARK_INDEX[name] for name in MAIN_LANDMARKS]
_LIMB_ENDS: Final = tuple(
    MAIN_LANDMARKS.index(f"{side}_{part}") for part in ("wrist", "ankle") for side in ("left", "right")
)
_MIN_FRAMES: Final = 2


@dataclass(frozen=True)
class Difficulty:
    """An estimate for people who choose what to dance, nothing more.

    Attributes
    ----------
    level : int
        1 easy .. ``DifficultySettings.levels`` hard.
    speed : float
        Mean speed of the main joints, body heights a second.
    range_per_beat : float
        Mean space that they sweep within a beat, body heights.
    limbs_per_beat : float
        Arms and legs that move within a beat.
    """

    level: int
    speed: float
    range_per_beat: float
    limbs_per_beat: float


def estimate_difficulty(track: PoseTrack, beats_s: FloatArray, settings: DifficultySettings) -> Difficulty | None:
    """How hard a dance is; None where too little of the dancer was seen to say.

    Parameters
    ----------
    track : PoseTrack
        The teacher, T frames.
    beats_s : ndarray [shape=(B,)], float64
        May be empty.
    settings : DifficultySettings
    """
    speeds = pose_speed(track)
    known = np.isfinite(speeds)
    if not known.any():
        return None
    sweeps = _sweeps(track, beats_s, settings)
    if not len(sweeps):
        return None
    speed = float(speeds[known].mean())
    range_per_beat = float(np.nanmean(sweeps))
    limbs = float((sweeps[:, _LIMB_ENDS] > settings.moving_range).sum(axis=1).mean())
    parts = (
        _share(speed, settings.easy_speed, settings.hard_speed),
        _share(range_per_beat, settings.easy_range, settings.hard_range),
        _share(limbs, settings.easy_limbs, settings.hard_limbs),
    )
    level = 1 + min(int(sum(parts) / len(parts) * settings.levels), settings.levels - 1)
    return Difficulty(level, speed, range_per_beat, limbs)


def _share(value: float, easy: float, hard: float) -> float:
    return min(max((value - easy) / (hard - easy), 0.0), 1.0)


def _sweeps(track: PoseTrack, beats_s: FloatArray, settings: DifficultySettings) -> FloatArray:
    """Diagonal of the box that each main joint sweeps within each beat, shape (n_beats, 12); nan where unseen."""
    xy = track.square_xy()
    heights = body_height(xy, track.world, track.image[..., 3], 0.0)
    height = float(np.nanmedian(heights)) if np.isfinite(heights).any() else math.nan
    if not height > 0:
        return np.zeros((0, len(_MAIN)))
    edges_s = beats_s if len(beats_s) > 1 else np.arange(0.0, track.time_s[-1], settings.beat_without_beats_s)
    found = []
    for start, end in zip(*(np.searchsorted(track.time_s, part) for part in (edges_s[:-1], edges_s[1:])), strict=True):
        beat = xy[start : end + 1, _MAIN]
        if len(beat) >= _MIN_FRAMES and np.isfinite(beat).all(axis=(0, 2)).any():
            found.append(np.hypot(*np.moveaxis(np.ptp(beat, axis=0), -1, 0)) / height)
    return np.array(found).reshape(-1, len(_MAIN))
