"""Zero-phase smoothing of recorded tracks, true to their time stamps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from coach.pose.pose_frame import PoseTrack
from coach.settings.pose import OfflineSmoothingSettings

FloatArray = NDArray[np.float64]


def smooth_track(track: PoseTrack, settings: OfflineSmoothingSettings) -> PoseTrack:
    """The track with image and world positions smoothed; visibility and what is missing stay as they are."""
    reach_s = settings.sigma_s * settings.reach_sigmas
    image, world = track.image.copy(), track.world.copy()
    for landmarks in (image, world):
        landmarks[..., :3] = smooth_series(track.time_s, landmarks[..., :3], settings.sigma_s, reach_s)
    return replace(track, image=image, world=world)


def smooth_series(time_s: FloatArray, values: FloatArray, sigma_s: float, reach_s: float) -> FloatArray:
    """Local quadratic regression in time with Gaussian weights (Savitzky-Golay for any time stamps).

    Each moment gets the value at its own time of the parabola that fits the moments around it best. A straight or
    evenly accelerated movement passes unchanged, ends included, so fast hits keep their height; there is no lag. Where
    the moments around carry less than a parabola (fewer than three, at the edge of a gap) a weighted mean is taken.

    Parameters
    ----------
    time_s : ndarray [shape=(T,)], float64
        Strictly increasing, of any spacing.
    values : ndarray [shape=(T, ...)], float64
        nan is missing: it takes no part and stays nan.
    sigma_s : float
        Width of the Gaussian.
    reach_s : float
        Moments further away than this take no part.

    Returns
    -------
    ndarray [shape=(T, ...)], float64
    """
    count = len(time_s)
    flat = values.reshape(count, -1)
    known = np.isfinite(flat)
    clean = np.where(known, flat, 0.0)
    weights = [np.zeros_like(clean) for _ in range(5)]
    sums = [np.zeros_like(clean) for _ in range(3)]
    for offset in range(-_furthest(time_s, reach_s), _furthest(time_s, reach_s) + 1):
        here = slice(max(0, -offset), count - max(0, offset))
        there = slice(max(0, offset), count - max(0, -offset))
        away = (time_s[there] - time_s[here]) / sigma_s
        weight = np.exp(-0.5 * away**2) * (np.abs(away) * sigma_s <= reach_s * (1.0 + 1e-9))
        for power in range(5):
            term = (weight * away**power)[:, None]
            weights[power][here] += term * known[there]
            if power < 3:
                sums[power][here] += term * clean[there]
    smoothed = np.where(known, _parabola_at_zero(weights, sums), np.nan)
    return smoothed.reshape(values.shape)


def _furthest(time_s: FloatArray, reach_s: float) -> int:
    """Largest number of frames within the reach of any one, on one side."""
    ahead = np.searchsorted(time_s, time_s + reach_s * (1.0 + 1e-9), side="right") - 1 - np.arange(len(time_s))
    return int(ahead.max(initial=0))


def _parabola_at_zero(weights: list[FloatArray], sums: list[FloatArray]) -> FloatArray:
    """Constant term of the weighted parabola with moments ``weights`` and right-hand sides ``sums`` (Cramer's rule)."""
    w0, w1, w2, w3, w4 = weights
    c0, c1, c2 = w2 * w4 - w3 * w3, w2 * w3 - w1 * w4, w1 * w3 - w2 * w2
    determinant = w0 * c0 + w1 * c1 + w2 * c2
    solvable = determinant > 1e-9 * np.maximum(w0 * w2 * w4, 1e-30)
    top = c0 * sums[0] + c1 * sums[1] + c2 * sums[2]
    mean = np.divide(sums[0], w0, out=np.zeros_like(w0), where=w0 > 0)
    value: FloatArray = np.divide(top, determinant, out=mean, where=solvable)
    return value
