"""Slow, obvious twins of the comparison's mathematics, sharing no code with it."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


def outline_harmonic(corners: FloatArray, order: int, samples: int = 20_000) -> tuple[float, float, float, float]:
    """Fourier coefficients of a closed polygon walked at constant speed, by plain numerical integration."""
    closed = np.concatenate([corners, corners[:1]])
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(closed, axis=0).T))])
    places = (np.arange(samples) + 0.5) / samples
    x = np.interp(places * along[-1], along, closed[:, 0])
    y = np.interp(places * along[-1], along, closed[:, 1])
    cosine, sine = np.cos(2 * np.pi * order * places), np.sin(2 * np.pi * order * places)
    return tuple(2 * float((curve * wave).mean()) for curve in (x, y) for wave in (cosine, sine))  # type: ignore[return-value]


def distances(mask: NDArray[np.bool_]) -> FloatArray:
    """Distance of every pixel to the nearest set one, by looking at all of them."""
    rows, columns = np.nonzero(mask)
    found = np.full(mask.shape, math.inf)
    for row in range(mask.shape[0]):
        for column in range(mask.shape[1]):
            found[row, column] = np.sqrt((rows - row) ** 2 + (columns - column) ** 2).min()
    return found


def delay(first: FloatArray, second: FloatArray, most: int) -> int:
    """Lag of ``second`` behind ``first`` with the largest plain correlation, by trying all."""
    best, height = 0, -math.inf
    for lag in range(-most, most + 1):
        a = first[max(0, -lag) : len(first) - max(0, lag)]
        b = second[max(0, lag) :][: len(a)]
        a = a[: len(b)]
        value = float((a * b).mean()) if len(a) else -math.inf
        if value > height:
            best, height = lag, value
    return best
