"""How little one pose fits every frame of a reference: the local cost of all time warping here."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.alignment.kernels import pose_mismatch
from coach.settings.alignment import EvidenceSettings

FloatArray = NDArray[np.float64]

_BLOCK_FRAMES = 512


class MismatchRows:
    """A reference prepared for the kernel, and its buffers.

    Parameters
    ----------
    reference : ndarray [shape=(T, F)], float64
        Features on a regular clock, nan where unseen.
    tick_s : float
        Time between two frames.
    settings : EvidenceSettings

    Attributes
    ----------
    lags : ndarray [shape=(M,)], int64
        Frames over which motion is taken.
    length : int
        Number of reference frames T.
    """

    def __init__(self, reference: FloatArray, tick_s: float, settings: EvidenceSettings) -> None:
        if reference.ndim != 2 or reference.shape[0] < 2:
            raise ValueError(f"reference must have shape (T, F) with at least 2 frames, got {reference.shape}")
        weights = np.array(settings.motion_weights)
        self._settings = settings
        self._pose_weight = 1.0 / (reference.shape[1] * (1.0 + float(weights.sum())))
        self._motion_weights = self._pose_weight * weights
        self._motion_scales = np.array(settings.motion_scales)
        self.lags = motion_lags(tick_s, settings)
        self.length = int(reference.shape[0])
        self._blocks = _in_blocks(reference, int(self.lags.max()))
        self._products = np.empty((1 + len(self.lags), _BLOCK_FRAMES), dtype=np.float32)
        self._pose = np.empty(reference.shape[1], dtype=np.float32)
        self._motions = np.empty((len(self.lags), reference.shape[1]), dtype=np.float32)

    def fill(self, pose: FloatArray, motions: FloatArray, out: FloatArray) -> float:
        """Fill ``out`` (T,) with the mismatch of a pose (F,) and its change over each of the ``lags`` (M, F).

        Returns
        -------
        float
            How much of the evidence that a whole body gives can be had from this pose, 0..1.
        """
        settings = self._settings
        self._pose[:], self._motions[:] = pose, motions
        seen: float = pose_mismatch.match_column(
            self._blocks,
            self._pose,
            self._motions,
            self.lags,
            settings.pose_scale,
            self._motion_scales,
            self._pose_weight,
            self._motion_weights,
            settings.unseen_square,
            self._products,
            out,
        )
        return seen


def motion_lags(tick_s: float, settings: EvidenceSettings) -> NDArray[np.int64]:
    """Frames over which motion is taken, shape (M,)."""
    return np.array([max(1, round(lag_s / tick_s)) for lag_s in settings.motion_lags_s], dtype=np.int64)


def motions_of(features: FloatArray, lags: NDArray[np.int64]) -> FloatArray:
    """Change of each row of ``features`` (N, F) over each of the ``lags``, shape (N, M, F); nan before the first."""
    motions = np.full((len(features), len(lags), features.shape[1]), np.nan)
    for number, lag in enumerate(lags):
        motions[lag:, number] = features[lag:] - features[:-lag]
    return motions


def _in_blocks(reference: FloatArray, before: int) -> NDArray[np.float32]:
    """A reference (T, F) as `pose_mismatch.match_column` wants it."""
    length, count = reference.shape
    padded = np.full((before + -(-length // _BLOCK_FRAMES) * _BLOCK_FRAMES, count), np.nan, dtype=np.float32)
    padded[before : before + length] = reference
    starts = range(0, len(padded) - before, _BLOCK_FRAMES)
    return np.ascontiguousarray(np.stack([padded[start : start + before + _BLOCK_FRAMES].T for start in starts]))
