"""A path through two clips whose slope stays within limits, without the stairs of time warping."""

from __future__ import annotations

import numpy as np

from coach.pose.pose_frame import FloatArray


def limit_slope(times_s: FloatArray, places_s: FloatArray, least: float, most: float) -> FloatArray:
    """The middle between the nearest curves above and below ``places_s`` whose slope lies in ``least..most``.

    A curve that keeps the limits comes back unchanged. Both bounds are envelopes (one pass forwards and one back
    each), and a mean of two curves that keep the limits keeps them as well.

    Parameters
    ----------
    times_s : ndarray [shape=(n,)], float64
        Rising.
    places_s : ndarray [shape=(n,)], float64
    least, most : float
        Slopes, ``0 <= least <= most``.
    """
    gaps = np.diff(times_s).tolist()
    low, high = places_s.tolist(), places_s.tolist()
    for i, gap in enumerate(gaps):
        low[i + 1] = min(low[i + 1], low[i] + most * gap)
        high[i + 1] = max(high[i + 1], high[i] + least * gap)
    for i in range(len(gaps) - 1, -1, -1):
        low[i] = min(low[i], low[i + 1] - least * gaps[i])
        high[i] = max(high[i], high[i + 1] - most * gaps[i])
    limited: FloatArray = 0.5 * (np.array(low) + np.array(high))
    return limited


def smooth(times_s: FloatArray, places_s: FloatArray, width_s: float) -> FloatArray:
    """Local straight-line fits, weights falling to 0 at ``width_s``: a line stays a line, ends included."""
    if len(times_s) < 3:
        return places_s
    step_s = float(np.median(np.diff(times_s)))
    reach = max(1, round(width_s / step_s))
    offsets = np.arange(-reach, reach + 1)
    index = np.arange(len(times_s))[:, None] + offsets
    inside = (index >= 0) & (index < len(times_s))
    index = np.clip(index, 0, len(times_s) - 1)
    x = times_s[index] - times_s[:, None]
    weight = np.where(inside, np.maximum(1.0 - np.abs(x) / (width_s + step_s), 0.0), 0.0)
    y = places_s[index]
    s0, s1, s2 = weight.sum(1), (weight * x).sum(1), (weight * x * x).sum(1)
    t0, t1 = (weight * y).sum(1), (weight * x * y).sum(1)
    spread = s0 * s2 - s1 * s1
    usable = spread > 1e-12
    fitted: FloatArray = np.where(usable, (s2 * t0 - s1 * t1) / np.where(usable, spread, 1.0), places_s)
    return fitted
