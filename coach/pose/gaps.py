"""Bridging the moments at which a landmark was not seen, in a recorded track."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from coach.pose.pose_frame import PoseTrack
from coach.settings.pose import OfflineSmoothingSettings

FloatArray = NDArray[np.float64]


def fill_gaps(track: PoseTrack, settings: OfflineSmoothingSettings) -> PoseTrack:
    """Interpolate what was unseen for a short time; what was unseen for longer becomes missing.

    Unseen is a visibility below the limit or a nan. Between two sightings at most ``max_gap_s`` apart the place is
    interpolated over time and the sensor's own low visibility is kept (at most just below the limit), so that a filled
    landmark can be drawn but does not count as seen. Anything else unseen is nan with visibility 0.
    """
    return replace(
        track,
        image=_fill(track.time_s, track.image, settings),
        world=_fill(track.time_s, track.world, settings),
    )


def _fill(time_s: FloatArray, landmarks: FloatArray, settings: OfflineSmoothingSettings) -> FloatArray:
    with np.errstate(invalid="ignore"):
        seen = (landmarks[..., 3] >= settings.min_visibility) & np.isfinite(landmarks[..., :3]).all(axis=-1)
    filled = np.array(landmarks, dtype=np.float64)
    for point in np.flatnonzero(~seen.all(axis=0)):
        places, known = interpolate_gaps(time_s, landmarks[:, point, :3], seen[:, point], settings.max_gap_s)
        visibility = np.nan_to_num(landmarks[:, point, 3], nan=0.0)
        unseen = ~seen[:, point]
        visibility[unseen] = np.minimum(visibility[unseen], np.nextafter(settings.min_visibility, 0.0))
        filled[:, point, :3] = places
        filled[:, point, 3] = np.where(known, visibility, 0.0)
    return filled


def interpolate_gaps(
    time_s: FloatArray, values: FloatArray, seen: NDArray[np.bool_], max_gap_s: float
) -> tuple[FloatArray, NDArray[np.bool_]]:
    """Fill short gaps of one series with the cubic that keeps the speeds on both sides.

    The speed at each side is that of the last (first) two sightings, if those are neighbours closer than the gap;
    otherwise the gap's own mean speed. The cubic is kept within the two ends widened by a quarter of the way between
    them, so that a noisy speed cannot fling the landmark out.

    Parameters
    ----------
    time_s : ndarray [shape=(T,)], float64
        Strictly increasing.
    values : ndarray [shape=(T, d)], float64
    seen : ndarray [shape=(T,)], bool
    max_gap_s : float
        Longest time between two sightings that is bridged.

    Returns
    -------
    values : ndarray [shape=(T, d)], float64
        nan where unseen and not bridged.
    known : ndarray [shape=(T,)], bool
        Seen or bridged.
    """
    result = np.where(seen[:, None], values, np.nan)
    known = seen.copy()
    sightings = np.flatnonzero(seen)
    for order in np.flatnonzero(np.diff(sightings) > 1):
        before, after = int(sightings[order]), int(sightings[order + 1])
        gap_s = float(time_s[after] - time_s[before])
        if gap_s > max_gap_s:
            continue
        mean = (values[after] - values[before]) / gap_s
        speed_in, speed_out = mean, mean
        if order > 0 and sightings[order - 1] == before - 1:
            speed_in = (values[before] - values[before - 1]) / (time_s[before] - time_s[before - 1])
        if order + 2 < len(sightings) and sightings[order + 2] == after + 1:
            speed_out = (values[after + 1] - values[after]) / (time_s[after + 1] - time_s[after])
        inside = slice(before + 1, after)
        share = (time_s[inside] - time_s[before])[:, None] / gap_s
        result[inside] = _hermite(share, values[before], values[after], speed_in * gap_s, speed_out * gap_s)
        known[inside] = True
    return result, known


def _hermite(
    share: FloatArray, start: FloatArray, end: FloatArray, leave: FloatArray, arrive: FloatArray
) -> FloatArray:
    """Cubic from ``start`` to ``end`` with the given slopes, at ``share`` (n, 1) of the way; see `interpolate_gaps`."""
    square, cube = share**2, share**3
    curve = (
        (2 * cube - 3 * square + 1) * start
        + (cube - 2 * square + share) * leave
        + (3 * square - 2 * cube) * end
        + (cube - square) * arrive
    )
    room = 0.25 * np.abs(end - start)
    clipped: FloatArray = np.clip(curve, np.minimum(start, end) - room, np.maximum(start, end) + room)
    return clipped
