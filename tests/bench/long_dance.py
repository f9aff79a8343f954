"""A five-minute reference made of one short routine: the same dance again and again, never quite the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from coach.pose.pose_frame import PoseTrack
from coach.pose.reference import Reference

FloatArray = NDArray[np.float64]

WARP_SHARE = 0.08
"""How much faster and slower a repetition runs within itself."""

SWAY = 0.012
"""How far each landmark wanders from its place, in parts of the picture."""


def long_reference(short: Reference, duration_s: float, fps: float = 30.0) -> Reference:
    """``short`` repeated for ``duration_s``: the first time as it is, then each time with other timing and sway.

    Without audio, sections and key moments.
    """
    time_s = np.arange(round(duration_s * fps)) / fps
    place, round_number = _places(time_s, short.duration_s)
    index = np.interp(place, short.track.time_s, np.arange(len(short.track)))
    track = PoseTrack(
        time_s,
        _blend(short.track.image, index),
        _blend(short.track.world, index),
        short.track.frame_size_px,
    )
    track.image[..., :2] += _sway(time_s, round_number, track.image.shape[1])
    nearest = np.rint(index).astype(np.intp)
    beat_s = float(np.median(np.diff(short.beats_s))) if len(short.beats_s) > 1 else 0.5
    return replace(
        short,
        info=replace(short.info, name="five-minutes", title="Five Minutes"),
        track=track,
        fps=fps,
        masks=short.masks[nearest],
        trajectory=_blend(short.trajectory, index),
        flow_energy=_blend(short.flow_energy, index),
        flow_energy_parts=_blend(short.flow_energy_parts, index),
        audio=None,
        sections=(),
        key_moments_s=np.zeros(0),
        beats_s=np.arange(0.0, duration_s, beat_s),
        takes=(),
    )


def _places(time_s: FloatArray, period_s: float) -> tuple[FloatArray, NDArray[np.intp]]:
    """Where in the short dance each moment is, and the how-manieth repetition it belongs to."""
    number = np.floor(time_s / period_s).astype(np.intp)
    share = time_s / period_s - number
    # A whole wave that starts and ends at nothing: every repetition begins and ends on time.
    bend = WARP_SHARE / (2 * np.pi) * np.sin(2 * np.pi * share + number) - WARP_SHARE / (2 * np.pi) * np.sin(number)
    return period_s * np.clip(share + np.where(number > 0, bend, 0.0), 0.0, 1.0), number


def _sway(time_s: FloatArray, number: NDArray[np.intp], count: int) -> FloatArray:
    """Slow wandering of every landmark, shape (T, count, 2); none in the first repetition."""
    noise = np.random.default_rng(7)
    rate_hz, phase = noise.uniform(0.1, 0.5, (count, 2)), noise.uniform(0.0, 2 * np.pi, (count, 2))
    sway: FloatArray = SWAY * np.sin(2 * np.pi * rate_hz * time_s[:, None, None] + phase)
    sway[number == 0] = 0.0
    return sway


def _blend(values: FloatArray, index: FloatArray) -> FloatArray:
    """``values`` (T, ...) between its frames."""
    low = np.clip(np.floor(index).astype(np.intp), 0, len(values) - 1)
    high = np.minimum(low + 1, len(values) - 1)
    share = (index - low).reshape(-1, *([1] * (values.ndim - 1)))
    blended: FloatArray = (1.0 - share) * values[low] + share * values[high]
    return blended
