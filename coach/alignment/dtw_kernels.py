"""The compiled inner loops of the follower and of offline alignment: plain arrays and scalars only.

Every kernel takes C-contiguous, writable float64 (or int64) arrays and fills buffers of the caller, so that each is
compiled once and allocates nothing. No ``fastmath``: nan means "not seen" here. No kernel calls another, and constants
are arguments, so a cached compilation can never be stale.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
Float32Array = NDArray[np.float32]
IntArray = NDArray[np.int64]

_LOG2_STEP = 2.0**-23  # of a float32 seen as an integer: 23 bits of mantissa below the exponent ...
_LOG2_BIAS = 127.0  # ... which is stored with this bias


_SOURCES: dict[str, Callable[..., Any]] = {}


def _jit(function: Callable[..., Any]) -> Any:
    """Compile on first use, keeping the result on disk where a folder for it can be written."""
    _SOURCES[function.__name__] = function
    try:
        return njit(function, cache=True, nogil=True)
    except RuntimeError:  # "no locator available": installed read-only
        return njit(function, nogil=True)


def compile_without_cache() -> None:
    """Replace every kernel by one that knows nothing of the cache (a file there cannot be read).

    Holds for callers that use the kernels as attributes of this module.
    """
    for name, function in _SOURCES.items():
        globals()[name] = njit(function, nogil=True)


@_jit
def match_column(
    blocks: Float32Array,
    pose: Float32Array,
    motions: Float32Array,
    lags: IntArray,
    pose_scale: float,
    motion_scales: FloatArray,
    pose_weight: float,
    motion_weights: FloatArray,
    unseen_square: float,
    products: Float32Array,
    mismatch: FloatArray,
) -> float:
    """Fill ``mismatch`` (T,) with how little one pose fits every reference frame.

    ``mismatch[j]`` is ``pose_weight * sum_f log2(1 + d**2 / pose_scale)`` plus the same for every motion, with the
    differences ``d`` of each feature: the negative log-likelihood of a Cauchy distribution for each
    feature, so that one limb that does something else costs little more than one that is a bit off. The sum of
    logarithms is taken as the logarithm of a product, and that logarithm is read off the exponent and mantissa of the
    floating-point number (Mitchell, "Computer multiplication and division using binary logarithms", 1962): exact at the
    powers of two, monotonous, at most 0.09 too small between them.

    Parameters
    ----------
    blocks : ndarray [shape=(B, F, P + N)], float32
        Features of the reference, nan where unseen: N frames in each block, after the P frames before them (nan before
        the first frame and after the last). A block is short enough for the first-level cache and lies in one piece, so
        that a long reference is read from memory in order. float32 is half the memory of float64, at twice the speed.
        The inner loop runs along the frames without a reduction, so that the compiler can use vector instructions.
    pose : ndarray [shape=(F,)], float32
        The student's features; nan where unseen (left out).
    motions : ndarray [shape=(M, F)], float32
        Their change over each of the ``lags``.
    lags : ndarray [shape=(M,)], int64
        In frames, at most P.
    pose_scale : float
        Squared difference that is usual between two dancers in the same place.
    motion_scales : ndarray [shape=(M,)]
    pose_weight : float
    motion_weights : ndarray [shape=(M,)]
    unseen_square : float
        Squared difference that counts where the reference is unseen.
    products : ndarray [shape=(1 + M, N)], float32, buffer
    mismatch : ndarray [shape=(T,)], output

    Returns
    -------
    float
        The weights of all features that the student shows: 1 for a whole body if they are shares.
    """
    block_count, count, width = blocks.shape
    motion_count, size = lags.shape[0], products.shape[1]
    first, length = width - size, mismatch.shape[0]
    seen = 0.0
    for f in range(count):
        if pose[f] == pose[f]:
            seen += pose_weight
        for m in range(motion_count):
            if motions[m, f] == motions[m, f]:
                seen += motion_weights[m]
    one, unseen = np.float32(1.0), np.float32(unseen_square)
    pose_factor = np.float32(1.0 / pose_scale)
    for b in range(block_count):
        block = blocks[b]
        for m in range(motion_count + 1):
            for j in range(size):
                products[m, j] = one
        poses = products[0]
        for f in range(count):
            now = block[f, first:]
            value = pose[f]
            if value == value:
                for j in range(size):
                    gap = value - now[j]
                    square = gap * gap
                    square = square if square == square else unseen
                    poses[j] *= one + square * pose_factor
            for m in range(motion_count):
                value = motions[m, f]
                if value == value:
                    factor = np.float32(1.0 / motion_scales[m])
                    before, changes = block[f, first - lags[m] :], products[1 + m]
                    for j in range(size):
                        gap = value - (now[j] - before[j])
                        square = gap * gap
                        square = square if square == square else unseen
                        changes[j] *= one + square * factor
        out = mismatch[b * size : min(length, (b + 1) * size)]
        bits = poses.view(np.int32)
        for j in range(out.shape[0]):
            out[j] = pose_weight * (bits[j] * _LOG2_STEP - _LOG2_BIAS)
        for m in range(motion_count):
            bits, weight = products[1 + m].view(np.int32), motion_weights[m]
            for j in range(out.shape[0]):
                out[j] += weight * (bits[j] * _LOG2_STEP - _LOG2_BIAS)
    return seen


@_jit
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


@_jit
def favour_near(likelihood: Float32Array, centre_index: float, width: float, slope: float) -> None:
    """Divide ``likelihood`` (T,) by ``1 + slope * min(1, ((j - centre_index) / width) ** 2)``: a soft prior."""
    for j in range(likelihood.shape[0]):
        distance = (j - centre_index) / width
        distance = distance * distance
        distance = distance if distance < 1.0 else 1.0
        likelihood[j] /= 1.0 + slope * distance


@_jit
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


@_jit
def mean_of_seen(history: FloatArray, mean: FloatArray) -> None:
    """Fill ``mean`` (F,) with the mean over the rows of ``history`` (N, F) that are seen; nan where none is."""
    rows, count = history.shape
    for f in range(count):
        total, seen = 0.0, 0
        for i in range(rows):
            value = history[i, f]
            if value == value:
                total += value
                seen += 1
        mean[f] = total / seen if seen > 0 else np.nan


@_jit
def mean_square_bend(before: FloatArray, middle: FloatArray, after: FloatArray) -> float:
    """Mean over the features of ``(before - 2 * middle + after) ** 2 / 6``, 0 if none is seen in all three.

    The variance of noise without memory, and hardly anything of a steady movement.
    """
    total, seen = 0.0, 0
    for f in range(middle.shape[0]):
        bend = before[f] - 2.0 * middle[f] + after[f]
        if bend == bend:
            total += bend * bend
            seen += 1
    return total / (6.0 * seen) if seen > 0 else 0.0


@_jit
def mean_square_range(history: FloatArray) -> float:
    """Mean over the features of the squared range within ``history`` (N, F); nan if no feature was seen throughout."""
    rows, count = history.shape
    total = 0.0
    seen = 0
    for f in range(count):
        low = high = history[0, f]
        for i in range(1, rows):
            value = history[i, f]
            if value != value:
                low = value
            if value < low:
                low = value
            if value > high:
                high = value
        if low == low:
            total += (high - low) * (high - low)
            seen += 1
    return total / seen if seen > 0 else np.nan


@_jit
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


@_jit
def subsequence_row(
    row: int,
    skip_price: float,
    step_price: float,
    mismatch: FloatArray,
    cost: FloatArray,
    start_row: IntArray,
    start_column: IntArray,
) -> None:
    """One row of subsequence time warping with the three classic steps, in place.

    ``cost[j]`` is the least cost of any path that ends at ``(row, j)``; a path may begin anywhere, at ``skip_price``
    for every row before it (Müller, Fundamentals of Music Processing, 7.2.3, where it is infinite but for row 0). A
    step that is not diagonal costs ``step_price``. ``cost[j - 1]`` is of this row and ``cost[j]`` still of the last
    one when ``j`` is reached, which is why one array is enough.

    Parameters
    ----------
    row : int
    skip_price, step_price : float
    mismatch : ndarray [shape=(T,)]
    cost : ndarray [shape=(T,)], in and out
    start_row, start_column : ndarray [shape=(T,)], int64, in and out
        Where the best path to each cell began.
    """
    diagonal = np.inf
    diagonal_row = diagonal_column = 0
    for j in range(mismatch.shape[0]):
        above, above_row, above_column = cost[j], start_row[j], start_column[j]
        best, best_row, best_column = row * skip_price, row, j
        if row > 0:
            if diagonal <= best:
                best, best_row, best_column = diagonal, diagonal_row, diagonal_column
            if above + step_price < best:
                best, best_row, best_column = above + step_price, above_row, above_column
        if j > 0 and cost[j - 1] + step_price < best:
            best, best_row, best_column = cost[j - 1] + step_price, start_row[j - 1], start_column[j - 1]
        cost[j], start_row[j], start_column[j] = best + mismatch[j], best_row, best_column
        diagonal, diagonal_row, diagonal_column = above, above_row, above_column


@_jit
def global_row(
    first: bool,
    middle: bool,
    step_price: float,
    mismatch: FloatArray,
    cost: FloatArray,
    crossing: IntArray,
    steps: NDArray[np.uint8],
) -> None:
    """One row of time warping from the first cell of the first row, in place.

    Parameters
    ----------
    first : bool
        The first row, where only horizontal steps lead on.
    middle : bool
        The row after the middle: ``crossing`` is set here and carried on by all later rows.
    step_price : float
    mismatch : ndarray [shape=(T,)]
    cost : ndarray [shape=(T,)], in and out
    crossing : ndarray [shape=(T,)], int64, in and out
        For the best path to each cell, twice the column where it left the middle row, plus 1 for a diagonal step.
    steps : ndarray [shape=(T,)], uint8, output
        The last step: 0 diagonal, 1 from above (same column), 2 from the left (same row).
    """
    diagonal = np.inf
    diagonal_crossing = 0
    for j in range(mismatch.shape[0]):
        above, above_crossing = cost[j], crossing[j]
        best, carried, step = np.inf, 0, 0
        if first:
            if j == 0:
                best = 0.0
        else:
            best, carried, step = diagonal, diagonal_crossing, 0
            if middle:
                carried = 2 * (j - 1) + 1
            if above + step_price < best:
                best, carried, step = above + step_price, 2 * j if middle else above_crossing, 1
        if j > 0 and cost[j - 1] + step_price < best:
            best, carried, step = cost[j - 1] + step_price, crossing[j - 1], 2
        cost[j], crossing[j], steps[j] = best + mismatch[j], carried, step
        diagonal, diagonal_crossing = above, above_crossing
