"""How two streams of features vary together, forgetting slowly."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.alignment.kernels.compiling import kernel

FloatArray = NDArray[np.float64]


@kernel
def covary(
    one: FloatArray,
    other: FloatArray,
    smoothing: float,
    keep: float,
    weight: float,
    smoothed: FloatArray,
    weights: FloatArray,
    means: FloatArray,
    sums: FloatArray,
) -> None:
    """Take a pair of feature rows (F,) into running covariances; features that either does not know count for nothing.

    Both are smoothed alike first: ``smoothed`` (2, F), nan where nothing was seen yet, moves by ``smoothing`` of the
    way. Everything before weighs ``keep`` as much as it did, the pair weighs ``weight`` (West, "Updating mean and
    variance estimates", CACM 1979). ``weights`` (F,) and ``means`` (2, F) are those of the current stretch: zeroed
    weights begin another one. ``sums`` (3,) are the weighted squared deviations from the stretches' own means, of all
    features and stretches together: of the one, of the other, and their product.
    """
    first = second = product = 0.0
    for f in range(one.shape[0]):
        weights[f] *= keep
        x, y = one[f], other[f]
        if x == x and y == y:
            if smoothed[0, f] == smoothed[0, f]:
                x = smoothed[0, f] + smoothing * (x - smoothed[0, f])
                y = smoothed[1, f] + smoothing * (y - smoothed[1, f])
            smoothed[0, f], smoothed[1, f] = x, y
            if weight > 0.0:
                weights[f] += weight
                gain = weight / weights[f]
                x -= means[0, f]
                y -= means[1, f]
                means[0, f] += gain * x
                means[1, f] += gain * y
                scale = weight * (1.0 - gain)
                first += scale * x * x
                second += scale * y * y
                product += scale * x * y
    sums[0] = keep * sums[0] + first
    sums[1] = keep * sums[1] + second
    sums[2] = keep * sums[2] + product
