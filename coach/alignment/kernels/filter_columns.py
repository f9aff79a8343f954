"""The columns of the online filter: what is likely at every frame, and how it moves from one tick to the next."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.alignment.kernels.compiling import kernel

FloatArray = NDArray[np.float64]
Float32Array = NDArray[np.float32]
IntArray = NDArray[np.int64]


@kernel
def likelihood_column(mismatch: FloatArray, cap: float, slope: float, likelihood: Float32Array) -> float:
    """Fill ``likelihood`` (T,) with ``(1 - slope * min(mismatch, cap)) ** 16``.

    For small ``slope * cap`` this is the exponential ``exp(-16 * slope * mismatch)``, in four multiplications that the
    compiler can vectorise. ``slope * cap`` must be below 1.

    Returns
    -------
    float
        The sum of ``mismatch``.
    """
    sum_0 = sum_1 = sum_2 = sum_3 = 0.0
    length = mismatch.shape[0]
    whole = length // 4 * 4
    for j in range(0, whole, 4):
        sum_0 += mismatch[j]
        sum_1 += mismatch[j + 1]
        sum_2 += mismatch[j + 2]
        sum_3 += mismatch[j + 3]
    for j in range(whole, length):
        sum_0 += mismatch[j]
    for j in range(length):
        value = mismatch[j]
        power = 1.0 - slope * (value if value < cap else cap)
        power = power * power
        power = power * power
        power = power * power
        likelihood[j] = power * power
    return sum_0 + sum_1 + sum_2 + sum_3


@kernel
def favour_near(likelihood: Float32Array, centre_index: float, width: float, slope: float) -> None:
    """Divide ``likelihood`` (T,) by ``1 + slope * min(1, ((j - centre_index) / width) ** 2)``: a soft prior."""
    for j in range(likelihood.shape[0]):
        distance = (j - centre_index) / width
        distance = distance * distance
        distance = distance if distance < 1.0 else 1.0
        likelihood[j] /= 1.0 + slope * distance


@kernel
def advance_columns(
    old: Float32Array,
    new: Float32Array,
    likelihood: Float32Array,
    tempo_shares: FloatArray,
    steps: IntArray,
    keep: float,
    changes: FloatArray,
    anywhere: FloatArray,
    zones: IntArray,
    in_zones: FloatArray,
    swaps: FloatArray,
    columns: Float32Array,
    place: Float32Array,
    totals: FloatArray,
) -> float:
    """One column of the sum-product (soft) time warping recursion, for all images and tempos at once.

    ``new[i, k, j] = likelihood[i, j] * (moved + tempo_shares[k] * entered)``: tempo k takes over ``changes[k]`` of
    itself and of the neighbouring tempos at ``j - steps[k]``; ``anywhere[i]`` enters at every frame, and ``in_zones``
    more in some stretches. What walks past the last frame has finished. Last of all, of two images each hands a share
    to the other.

    It is done for a few frames at a time, so that what is used again is still in the first-level cache. float32 is half
    the memory; its range does no harm because no probability can fall below what enters.

    Parameters
    ----------
    old : ndarray [shape=(I, K, T)], float32
        Unnormalised probability of image, tempo and place one tick ago. ``old`` and ``new`` are swapped by the caller:
        every entry of ``new`` is written before it is read.
    new : ndarray [shape=(I, K, T)], float32, output
    likelihood : ndarray [shape=(I, T)], float32
    tempo_shares : ndarray [shape=(K,)]
    steps : ndarray [shape=(K,)], int64
        Frames that each tempo walks in this tick, 0 or more.
    keep : float
        Factor on everything that stays in the choreography (the caller folds the normalisation into it).
    changes : ndarray [shape=(K, 3)]
        Share of the next slower tempo, of tempo k itself and of the next faster one that goes on at tempo k.
    anywhere : ndarray [shape=(I,)]
        What enters at each frame.
    zones : ndarray [shape=(Z, 2)], int64
        Stretches where more enters: the first frame of each, and the one after the last.
    in_zones : ndarray [shape=(I, Z)]
        What enters at each frame of them.
    swaps : ndarray [shape=(I,)]
        Share of each image that goes over to the other; heeded where there are two.
    columns : ndarray [shape=(I, N)], float32, buffer
        N frames are treated at a time.
    place : ndarray [shape=(T,)], float32, output
        ``new`` summed over images and tempos.
    totals : ndarray [shape=(I,)], output
        Sum of ``new`` over tempos and places, before the swap.

    Returns
    -------
    float
        What walked past the end (before any likelihood).
    """
    image_count, tempo_count, length = old.shape
    size = columns.shape[1]
    finished = 0.0
    for i in range(image_count):
        totals[i] = 0.0
        for k in range(tempo_count):
            slower, faster = old[i, max(k - 1, 0)], old[i, min(k + 1, tempo_count - 1)]
            for j in range(length - min(steps[k], length), length):
                finished += keep * (
                    changes[k, 0] * slower[j] + changes[k, 1] * old[i, k, j] + changes[k, 2] * faster[j]
                )
    for start in range(0, length, size):
        end = min(length, start + size)
        for i in range(image_count):
            column, weight = columns[i, : end - start], likelihood[i, start:end]
            for j in range(end - start):
                column[j] = np.float32(0.0)
            for k in range(tempo_count):
                slow, stay, fast = (
                    np.float32(keep * changes[k, 0]),
                    np.float32(keep * changes[k, 1]),
                    np.float32(keep * changes[k, 2]),
                )
                found = np.float32(anywhere[i] * tempo_shares[k])
                out = new[i, k, start:end]
                first = min(end, max(start, steps[k])) - start
                for j in range(first):
                    out[j] = found
                # views that begin at 0, so that the compiler knows no index to be negative, and vectorises
                source = start + first - steps[k] if first < end - start else 0
                own = old[i, k, source:]
                slower, faster = old[i, max(k - 1, 0), source:], old[i, min(k + 1, tempo_count - 1), source:]
                moved = out[first:]
                for j in range(end - start - first):
                    moved[j] = stay * own[j] + slow * slower[j] + fast * faster[j] + found
                for z in range(zones.shape[0]):
                    beside = np.float32(in_zones[i, z] * tempo_shares[k])
                    for j in range(max(start, zones[z, 0]) - start, min(end, zones[z, 1]) - start):
                        out[j] += beside
                for j in range(end - start):
                    out[j] *= weight[j]
                    column[j] += out[j]
            sum_0 = sum_1 = sum_2 = sum_3 = np.float32(0.0)
            whole = (end - start) // 4 * 4
            for j in range(0, whole, 4):
                sum_0 += column[j]
                sum_1 += column[j + 1]
                sum_2 += column[j + 2]
                sum_3 += column[j + 3]
            for j in range(whole, end - start):
                sum_0 += column[j]
            totals[i] += (sum_0 + sum_1) + (sum_2 + sum_3)
        both = place[start:end]
        for j in range(end - start):
            both[j] = columns[0, j]
        if image_count == 2:
            from_left, from_right = np.float32(swaps[0]), np.float32(swaps[1])
            for j in range(end - start):
                both[j] += columns[1, j]
            for k in range(tempo_count):
                left, right = new[0, k, start:end], new[1, k, start:end]
                for j in range(end - start):
                    gained = from_right * right[j] - from_left * left[j]
                    left[j] += gained
                    right[j] -= gained
    return finished


@kernel
def heaviest_image(columns: Float32Array, first: int, after: int) -> int:
    """Which of the images of ``columns`` (I, K, T) holds the most in ``first <= j < after``."""
    best, most = 0, -1.0
    for i in range(columns.shape[0]):
        mass = 0.0
        for k in range(columns.shape[1]):
            for j in range(first, after):
                mass += columns[i, k, j]
        if mass > most:
            best, most = i, mass
    return best
