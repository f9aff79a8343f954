"""How little one pose fits every frame of a reference: the local cost of all time warping here."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.alignment import dtw_kernels
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
    lag : int
        Frames over which motion is taken.
    length : int
        Number of reference frames T.
    """

    def __init__(self, reference: FloatArray, tick_s: float, settings: EvidenceSettings) -> None:
        if reference.ndim != 2 or reference.shape[0] < 2:
            raise ValueError(f"reference must have shape (T, F) with at least 2 frames, got {reference.shape}")
        self._reference = np.array(reference.T, dtype=np.float32, order="C")
        self._settings = settings
        self._pose_weight = 1.0 / (reference.shape[1] * (1.0 + settings.motion_weight))
        self._motion_weight = settings.motion_weight * self._pose_weight
        self._products = np.empty((2, _BLOCK_FRAMES), dtype=np.float32)
        self._pose, self._motion = np.empty((2, reference.shape[1]), dtype=np.float32)
        self.lag = max(1, round(settings.motion_lag_s / tick_s))
        self.length = int(reference.shape[0])

    def fill(self, pose: FloatArray, motion: FloatArray, out: FloatArray) -> float:
        """Fill ``out`` (T,) with the mismatch of a pose and its change over ``lag`` frames, both (F,).

        Returns
        -------
        float
            How much of the evidence that a whole body gives can be had from this pose, 0..1.
        """
        settings = self._settings
        self._pose[:], self._motion[:] = pose, motion
        seen: float = dtw_kernels.match_column(
            self._reference,
            self._pose,
            self._motion,
            self.lag,
            settings.pose_scale,
            settings.motion_scale,
            self._pose_weight,
            self._motion_weight,
            settings.unseen_square,
            self._products,
            out,
        )
        return seen
