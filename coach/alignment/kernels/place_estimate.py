"""Where the dancer is, read off the probability of every place."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.alignment.kernels.compiling import kernel

FloatArray = NDArray[np.float64]
Float32Array = NDArray[np.float32]


@kernel
def best_places(
    place: Float32Array,
    bins: FloatArray,
    windows: FloatArray,
    half_width: int,
    rival_frames: int,
    expected_index: float,
    result: FloatArray,
) -> None:
    """Find the place where continuity expects the dancer, or else the likeliest, and its strongest rival.

    A place is a window of ``2 * half_width + 1`` frames. Windows are first compared over sums of 4 frames, then the
    chosen one is centred on its own mean.

    Parameters
    ----------
    place : ndarray [shape=(T,)], float32
    bins, windows : ndarray [shape=(ceil(T / 4),)], buffers
    half_width, rival_frames : int
    expected_index : float
        Where continuity expects the dancer: the likeliest window within ``half_width`` of there is chosen, however
        likely others are, unless nothing is left there. nan if nowhere: the likeliest of all.
    result : ndarray [shape=(5,)], output
        Mean index of the chosen place, its mass, the mass within ``rival_frames`` of it, index and mass of the rival.
    """
    length = place.shape[0]
    bin_count = bins.shape[0]
    whole = length // 4
    for b in range(whole):
        j = 4 * b
        bins[b] = (np.float64(place[j]) + place[j + 1]) + (np.float64(place[j + 2]) + place[j + 3])
    if whole < bin_count:
        mass = np.float64(0.0)
        for j in range(4 * whole, length):
            mass += place[j]
        bins[whole] = mass
    reach = max(1, half_width // 4)
    for b in range(bin_count):
        windows[b] = bins[b]
    for shift in range(1, min(reach, bin_count - 1) + 1):
        for b in range(bin_count - shift):
            windows[b] += bins[b + shift]
        ahead = windows[shift:]
        for b in range(bin_count - shift):
            ahead[b] += bins[b]
    first, last = 0, bin_count
    if expected_index == expected_index:
        first = min(bin_count - 1, max(0, int(np.ceil((expected_index - half_width) / 4 - 0.5))))
        last = max(first + 1, min(bin_count, int(np.floor((expected_index + half_width) / 4 - 0.5)) + 1))
    best = first
    for b in range(first, last):
        if windows[b] > windows[best]:
            best = b
    if not windows[best] > 0.0:
        for b in range(bin_count):
            if windows[b] > windows[best]:
                best = b
    rival, rival_mass = best, np.float64(0.0)
    apart = rival_frames // 4 + 1
    for b in range(best - apart + 1):
        if windows[b] > rival_mass:
            rival, rival_mass = b, windows[b]
    for b in range(best + apart, bin_count):
        if windows[b] > rival_mass:
            rival, rival_mass = b, windows[b]
    centre = best * 4 + 1.5
    mass = np.float64(0.0)
    for _ in range(3):
        low = max(0, int(np.ceil(centre - half_width)))
        high = min(length, int(np.floor(centre + half_width)) + 1)
        mass = np.float64(0.0)
        moment = np.float64(0.0)
        for j in range(low, high):
            mass += place[j]
            moment += np.float64(place[j]) * j
        if mass > 0.0:
            centre = moment / mass
    around = np.float64(0.0)
    for j in range(max(0, int(centre) - rival_frames), min(length, int(centre) + rival_frames + 1)):
        around += place[j]
    result[0], result[1], result[2] = centre, mass, around
    result[3], result[4] = rival * 4 + 1.5, rival_mass
