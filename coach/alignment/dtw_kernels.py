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
    reference: Float32Array,
    pose: Float32Array,
    motion: Float32Array,
    lag: int,
    pose_scale: float,
    motion_scale: float,
    pose_weight: float,
    motion_weight: float,
    unseen_square: float,
    products: Float32Array,
    mismatch: FloatArray,
) -> float:
    """Fill ``mismatch`` (T,) with how little one pose fits every reference frame.

    ``mismatch[j]`` is ``pose_weight * sum_f log2(1 + d**2 / pose_scale)`` plus the same for the motion, with the
    differences ``d`` of each feature: the negative log-likelihood of a Cauchy distribution for each
    feature, so that one limb that does something else costs little more than one that is a bit off. The sum of
    logarithms is taken as the logarithm of a product, and that logarithm is read off the exponent and mantissa of the
    floating-point number (Mitchell, "Computer multiplication and division using binary logarithms", 1962): exact at the
    powers of two, monotonous, at most 0.09 too small between them.

    Parameters
    ----------
    reference : ndarray [shape=(F, T)], float32
        Features of the reference, nan where unseen. In half the memory of float64, at twice the speed; feature by
        feature, so that the inner loop runs along T without a reduction and the compiler can use vector instructions.
    pose, motion : ndarray [shape=(F,)], float32
        The student's features, and their change over ``lag`` frames; nan where unseen (left out).
    lag : int
    pose_scale, motion_scale : float
        Squared difference that is usual between two dancers in the same place.
    pose_weight, motion_weight : float
    unseen_square : float
        Squared difference that counts where the reference is unseen.
    products : ndarray [shape=(2, N)], float32, buffer
        N frames are treated at a time: short enough for the first-level cache.
    mismatch : ndarray [shape=(T,)], output

    Returns
    -------
    float
        The weights of all features that the student shows: 1 for a whole body if they are shares.
    """
    count, length = reference.shape
    seen = 0.0
    for f in range(count):
        if pose[f] == pose[f]:
            seen += pose_weight
        if motion[f] == motion[f]:
            seen += motion_weight
    block = products.shape[1]
    one, unseen = np.float32(1.0), np.float32(unseen_square)
    pose_factor, motion_factor = np.float32(1.0 / pose_scale), np.float32(1.0 / motion_scale)
    for start in range(0, length, block):
        end = min(length, start + block)
        # views that begin at 0: the compiler can then prove that no index is negative, and vectorises
        size = end - start
        poses, motions = products[0, :size], products[1, :size]
        for j in range(size):
            poses[j] = one
            motions[j] = one
        middle = min(end, max(start, lag))
        early, late = motions[: middle - start], motions[middle - start :]
        for f in range(count):
            value = pose[f]
            if value == value:
                row = reference[f, start:end]
                for j in range(size):
                    gap = value - row[j]
                    square = gap * gap
                    square = square if square == square else unseen
                    poses[j] *= one + square * pose_factor
            value = motion[f]
            if value == value:
                for j in range(middle - start):
                    early[j] *= one + unseen * motion_factor
                now = reference[f, middle:end]
                before = reference[f, max(0, middle - lag) : max(0, end - lag)]
                for j in range(end - middle):
                    gap = value - (now[j] - before[j])
                    square = gap * gap
                    square = square if square == square else unseen
                    late[j] *= one + square * motion_factor
        pose_bits, motion_bits = poses.view(np.int32), motions.view(np.int32)
        out = mismatch[start:end]
        for j in range(size):
            out[j] = pose_weight * (pose_bits[j] * _LOG2_STEP - _LOG2_BIAS) + motion_weight * (
                motion_bits[j] * _LOG2_STEP - _LOG2_BIAS
            )
    return seen


@_jit
def likelihood_column(mismatch: FloatArray, cap: float, slope: float, likelihood: FloatArray) -> float:
    """Fill ``likelihood`` (T,) with ``(1 - slope * min(mismatch, cap)) ** 16``.

    For small ``slope * cap`` this is the exponential ``exp(-16 * slope * mismatch)``, in four multiplications that the
    compiler can vectorise. ``slope * cap`` must be below 1. The two arrays may be the same.

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
def favour_near(likelihood: FloatArray, centre_index: float, width: float, slope: float) -> None:
    """Divide ``likelihood`` (T,) by ``1 + slope * min(1, ((j - centre_index) / width) ** 2)``: a soft prior."""
    for j in range(likelihood.shape[0]):
        distance = (j - centre_index) / width
        distance = distance * distance
        distance = distance if distance < 1.0 else 1.0
        likelihood[j] /= 1.0 + slope * distance


@_jit
def advance_column(
    old: FloatArray,
    new: FloatArray,
    likelihood: FloatArray,
    entry: FloatArray,
    entry_shares: FloatArray,
    steps: IntArray,
    keep: float,
    changes: FloatArray,
    entry_mass: float,
    near: IntArray,
    near_mass: float,
    place: FloatArray,
) -> tuple[float, float]:
    """One column of the sum-product (soft) time warping recursion, for all tempos at once.

    ``new[k, j] = likelihood[j] * (moved + entry_mass * entry_shares[k] * entry[j])``: tempo k takes over ``changes[k]``
    of itself and of the neighbouring tempos at ``j - steps[k]``. What walks past the last frame has finished.

    Parameters
    ----------
    old : ndarray [shape=(K, T)]
        Unnormalised probability of tempo and place one tick ago. ``old`` and ``new`` are swapped by the caller: every
        entry of ``new`` is written before it is read.
    new : ndarray [shape=(K, T)], output
    likelihood, entry : ndarray [shape=(T,)]
    entry_shares : ndarray [shape=(K,)]
    steps : ndarray [shape=(K,)], int64
        Frames that each tempo walks in this tick, 0 or more.
    keep : float
        Factor on everything that stays in the choreography (the caller folds the normalisation into it).
    changes : ndarray [shape=(K, 3)]
        Share of the next slower tempo, of tempo k itself and of the next faster one that goes on at tempo k.
    entry_mass : float
        What enters, spread like ``entry``.
    near : ndarray [shape=(2,)], int64
        The first of the frames over which ``near_mass`` enters evenly, and the one after the last.
    near_mass : float
    place : ndarray [shape=(T,)], output
        ``new`` summed over the tempos.

    Returns
    -------
    total, finished : float
        Sum of ``new``; what walked past the end (before any likelihood).
    """
    tempo_count, length = old.shape
    finished = 0.0
    for j in range(length):
        place[j] = 0.0
    for k in range(tempo_count):
        step = min(steps[k], length)
        own = old[k]
        slower = old[max(k - 1, 0)]
        faster = old[min(k + 1, tempo_count - 1)]
        out = new[k]
        slow, stay, fast = keep * changes[k, 0], keep * changes[k, 1], keep * changes[k, 2]
        found = entry_mass * entry_shares[k]
        for j in range(step):
            out[j] = likelihood[j] * found * entry[j]
            place[j] += out[j]
        # the rest on views that begin at 0, so that it is vectorised
        moved, entered, weight, total = out[step:], entry[step:], likelihood[step:], place[step:]
        for j in range(length - step):
            mass = stay * own[j] + slow * slower[j] + fast * faster[j] + found * entered[j]
            moved[j] = weight[j] * mass
            total[j] += moved[j]
        beside = near_mass * entry_shares[k] / max(1, near[1] - near[0])
        for j in range(near[0], near[1]):
            out[j] += likelihood[j] * beside
            place[j] += likelihood[j] * beside
        for j in range(length - step, length):
            finished += stay * own[j] + slow * slower[j] + fast * faster[j]
    sum_0 = sum_1 = sum_2 = sum_3 = 0.0
    whole = length // 4 * 4
    for j in range(0, whole, 4):
        sum_0 += place[j]
        sum_1 += place[j + 1]
        sum_2 += place[j + 2]
        sum_3 += place[j + 3]
    for j in range(whole, length):
        sum_0 += place[j]
    return sum_0 + sum_1 + sum_2 + sum_3, finished


@_jit
def exchange(left: FloatArray, right: FloatArray, to_right: float, to_left: float) -> None:
    """Move a share of each of two tables (K, T) to the other, in place."""
    rows, length = left.shape
    for k in range(rows):
        one, other = left[k], right[k]
        for j in range(length):
            gained = to_left * other[j] - to_right * one[j]
            one[j] += gained
            other[j] -= gained


@_jit
def add_column(total: FloatArray, other: FloatArray) -> None:
    """``total += other``, both (T,)."""
    for j in range(total.shape[0]):
        total[j] += other[j]


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
    place: FloatArray,
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
    place : ndarray [shape=(T,)]
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
        bins[b] = (place[j] + place[j + 1]) + (place[j + 2] + place[j + 3])
    if whole < bin_count:
        mass = 0.0
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
    rival, rival_mass = best, 0.0
    apart = rival_frames // 4 + 1
    for b in range(best - apart + 1):
        if windows[b] > rival_mass:
            rival, rival_mass = b, windows[b]
    for b in range(best + apart, bin_count):
        if windows[b] > rival_mass:
            rival, rival_mass = b, windows[b]
    centre = best * 4 + 1.5
    mass = 0.0
    for _ in range(3):
        low = max(0, int(np.ceil(centre - half_width)))
        high = min(length, int(np.floor(centre + half_width)) + 1)
        mass = 0.0
        moment = 0.0
        for j in range(low, high):
            mass += place[j]
            moment += place[j] * j
        if mass > 0.0:
            centre = moment / mass
    around = 0.0
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
