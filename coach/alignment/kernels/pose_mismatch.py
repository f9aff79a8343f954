"""How little one pose fits every frame of the reference."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.alignment.kernels.compiling import kernel

FloatArray = NDArray[np.float64]
Float32Array = NDArray[np.float32]
IntArray = NDArray[np.int64]

_LOG2_STEP = 2.0**-23  # of a float32 seen as an integer: 23 bits of mantissa below the exponent ...
_LOG2_BIAS = 127.0  # ... which is stored with this bias


@kernel
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
