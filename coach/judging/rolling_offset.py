"""Each joint's own style: the rolling median and spread of its error."""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray

from coach.judging.noise_model import STANDARD_ERRORS_PER_MEDIAN
from coach.pose.joint_table import JOINT_COUNT
from coach.pose.pose_frame import FloatArray
from coach.settings.judging import AngleJudgeSettings

_SAMPLE_STEP_S = 0.1
_ROUNDING_S = 1e-6
"""Errors are kept at this distance whatever the frame rate, so that the statistics do not depend on it."""


class RollingOffset:
    """Median and spread of each joint's error over the last seconds, renewed a few times a second.

    Parameters
    ----------
    settings : AngleJudgeSettings
    style_limit_deg : ndarray [shape=(14,)], float64
        A larger offset is no style.

    Attributes
    ----------
    style_deg : ndarray [shape=(14,)], float64
        The offset where it is style, 0 elsewhere.
    spread_deg : ndarray [shape=(14,)], float64
    known : ndarray [shape=(14,)], bool
        Whether there is enough to go by.
    """

    def __init__(self, settings: AngleJudgeSettings, style_limit_deg: FloatArray) -> None:
        self._settings = settings
        self._style_limit_deg = style_limit_deg
        self._samples: deque[tuple[float, FloatArray]] = deque()
        self._next_sample_s = -np.inf
        self._next_median_s = -np.inf
        self.style_deg: FloatArray = np.zeros(JOINT_COUNT)
        self.spread_deg: FloatArray = np.zeros(JOINT_COUNT)
        self.known: NDArray[np.bool_] = np.zeros(JOINT_COUNT, dtype=bool)

    def step(self, error_deg: FloatArray, time_s: float) -> None:
        """Take in the errors of one frame, shape (14,), nan where not judged; ``time_s`` is time that was judged."""
        if time_s >= self._next_sample_s - _ROUNDING_S:
            self._samples.append((time_s, error_deg))
            self._next_sample_s = time_s + _SAMPLE_STEP_S
        while self._samples and self._samples[0][0] < time_s - self._settings.offset_window_s:
            self._samples.popleft()
        if time_s >= self._next_median_s - _ROUNDING_S:
            self._next_median_s = time_s + self._settings.offset_step_s
            self._measure()

    def _measure(self) -> None:
        errors = np.stack([error for _, error in self._samples]) if self._samples else np.zeros((0, JOINT_COUNT))
        counts = np.isfinite(errors).sum(axis=0)
        self.known = counts * _SAMPLE_STEP_S >= self._settings.offset_after_s
        self.style_deg = np.zeros(JOINT_COUNT)
        self.spread_deg = np.zeros(JOINT_COUNT)
        if self.known.any():
            offset = _median_of_known(errors, counts)
            spread = _median_of_known(np.abs(errors - offset), counts)
            self.style_deg = np.where(self.known & (np.abs(offset) <= self._style_limit_deg), offset, 0.0)
            self.spread_deg = np.where(self.known, STANDARD_ERRORS_PER_MEDIAN * spread, 0.0)


def _median_of_known(values: FloatArray, counts: NDArray[np.int64]) -> FloatArray:
    """Lower median along the first axis without the nan (``np.nanmedian`` takes twenty times as long on so few)."""
    ordered = np.sort(values, axis=0)
    middle: FloatArray = ordered[np.maximum(counts - 1, 0) // 2, np.arange(values.shape[1])]
    return middle
