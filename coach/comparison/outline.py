"""Elliptic Fourier descriptors: a closed outline as a few harmonics, folds of cloth smoothed away.

Kuhl and Giardina, "Elliptic Fourier features of a closed contour", Computer Graphics and Image Processing 18, 1982.
"""

from __future__ import annotations

import numpy as np

from coach.pose.pose_frame import FloatArray


def elliptic_fourier(outline: FloatArray, harmonics: int) -> tuple[FloatArray, FloatArray]:
    """Descriptors of a closed polygon.

    Parameters
    ----------
    outline : ndarray [shape=(n, 2)], float64
        Corners in order; the last is joined to the first.
    harmonics : int

    Returns
    -------
    coefficients : ndarray [shape=(harmonics, 4)], float64
        ``a, b`` (x with cosine and sine) and ``c, d`` (y).
    middle : ndarray [shape=(2,)], float64
        Mean place along the outline.

    Raises
    ------
    ValueError
        For an outline without length.
    """
    closed = np.concatenate([outline, outline[:1]])
    steps = np.diff(closed, axis=0)
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    moved = lengths > 0
    steps, lengths = steps[moved], lengths[moved]
    if len(steps) < 2:
        raise ValueError("the outline has no length")
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    total = along[-1]
    corners = np.concatenate([outline[:1], outline[0] + np.cumsum(steps, axis=0)])
    middle = ((corners[1:] + corners[:-1]) / 2 * lengths[:, None]).sum(axis=0) / total
    order = np.arange(1, harmonics + 1)[:, None]
    phase = 2 * np.pi * order * along / total
    factor = total / (2 * order[:, 0] ** 2 * np.pi**2)
    slopes = steps / lengths[:, None]
    cosines = np.diff(np.cos(phase), axis=1) @ slopes
    sines = np.diff(np.sin(phase), axis=1) @ slopes
    coefficients = factor[:, None] * np.stack([cosines[:, 0], sines[:, 0], cosines[:, 1], sines[:, 1]], axis=1)
    return coefficients, middle


def from_elliptic_fourier(coefficients: FloatArray, middle: FloatArray, points: int) -> FloatArray:
    """The smooth outline as ``points`` corners, shape (points, 2)."""
    order = np.arange(1, len(coefficients) + 1)
    phase = 2 * np.pi * np.outer(np.arange(points) / points, order)
    cosines, sines = np.cos(phase), np.sin(phase)
    x = cosines @ coefficients[:, 0] + sines @ coefficients[:, 1]
    y = cosines @ coefficients[:, 2] + sines @ coefficients[:, 3]
    outline: FloatArray = np.stack([x, y], axis=1) + middle
    return outline


def polygon_area(outline: FloatArray) -> float:
    """Area inside a closed polygon, without a sign."""
    following = np.roll(outline, -1, axis=0)
    cross = outline[:, 0] * following[:, 1] - outline[:, 1] * following[:, 0]
    return abs(float(cross.sum())) / 2
