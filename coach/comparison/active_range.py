"""Where in a clip somebody dances: from the first to the last stretch of lasting movement."""

from __future__ import annotations

import numpy as np

from coach.pose.feature_vector import features_of_track
from coach.pose.pose_frame import FloatArray
from coach.pose.reference import Reference
from coach.settings.comparison import WarpingSettings


def movement_energy(reference: Reference) -> FloatArray:
    """The clip's flow energy; where flow was not measured at all, the speed of the pose's features, shape (T,)."""
    if np.isfinite(reference.flow_energy).any():
        return np.nan_to_num(reference.flow_energy, nan=0.0)
    features = features_of_track(reference.track)
    change = np.abs(np.gradient(features, reference.track.time_s, axis=0)) if len(features) > 1 else features * 0.0
    known = np.isfinite(change)
    energy: FloatArray = np.where(known, change, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return energy


def active_range_s(energy: FloatArray, time_s: FloatArray, settings: WarpingSettings) -> tuple[float, float]:
    """From the first to the last moment of lasting movement.

    Parameters
    ----------
    energy, time_s : ndarray [shape=(T,)], float64
    settings : WarpingSettings

    Returns
    -------
    (float, float)
        The whole clip where nothing moves for long enough.
    """
    whole = float(time_s[0]), float(time_s[-1])
    moving = energy[energy > 0]
    if len(moving) == 0:
        return whole
    half_s = settings.active_hold_s / 2
    sums = np.concatenate([[0.0], np.cumsum(energy)])
    first = np.searchsorted(time_s, time_s - half_s)
    last = np.searchsorted(time_s, time_s + half_s, side="right")
    mean = (sums[last] - sums[first]) / (last - first)
    active = np.flatnonzero(mean >= settings.active_share * np.median(moving))
    if len(active) == 0 or time_s[active[-1]] - time_s[active[0]] < settings.active_hold_s:
        return whole
    return float(time_s[active[0]]), float(time_s[active[-1]])
