"""How the teacher fits into the card: followed by a calm camera that never cuts anything off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.pose_frame import FloatArray, PoseFrame, PoseTrack
from coach.settings.ui import BodySettings

_HEAD_ROOM: Final = 0.06
_SIDE_ROOM: Final = 0.03
_FOOT_ROOM: Final = 0.05

FigureWindow = tuple[float, float, float, float]
"""Middle, half width, top and bottom of what a figure's box shows, in picture heights from the left and the top."""


@dataclass(frozen=True)
class Figure:
    """A teacher to draw: the pose, and what part of the reference's picture the box shows."""

    pose: PoseFrame
    window: FigureWindow


@dataclass(frozen=True)
class TeacherFraming:
    """What of the reference's picture the card shows, in picture heights.

    Attributes
    ----------
    time_s, centre_x, half_width, top, bottom : ndarray [shape=(T,)]
        Middle, half the width, upper and lower edge of the view over time.
    """

    time_s: FloatArray
    centre_x: FloatArray
    half_width: FloatArray
    top: FloatArray
    bottom: FloatArray

    @classmethod
    def of_track(cls, track: PoseTrack, settings: BodySettings) -> TeacherFraming:
        """Framing of a whole reference; a dancer who is never seen gets the whole picture."""
        time_s, points = track.time_s, track.square_xy()
        known = np.asarray(np.isfinite(points).all(axis=(1, 2)))
        if not known.any():
            whole = track.frame_size_px[0] / track.frame_size_px[1]
            return cls(np.zeros(1), np.array([whole / 2]), np.array([whole / 2]), np.zeros(1), np.ones(1))
        hips = points[:, [LANDMARK_INDEX["left_hip"], LANDMARK_INDEX["right_hip"]], 0].mean(axis=1)
        centre_x = _mean(time_s, _filled(time_s, hips, known), settings.framing_window_s)

        def outermost(values: FloatArray) -> FloatArray:
            # The mean of running extremes over the same window never cuts anything off.
            extremes = _running_max(time_s, _filled(time_s, values, known), settings.framing_zoom_s)
            return _mean(time_s, extremes, settings.framing_zoom_s)

        top, bottom = -outermost(-points[..., 1].min(axis=1)), outermost(points[..., 1].max(axis=1))
        half_width = outermost(np.abs(points[..., 0] - centre_x[:, None]).max(axis=1))
        height = bottom - top
        return cls(
            time_s, centre_x, half_width + _SIDE_ROOM * height, top - _HEAD_ROOM * height, bottom + _FOOT_ROOM * height
        )

    def at(self, time_s: float) -> FigureWindow:
        """The window at a reference time."""
        centre_x, half_width, top, bottom = (
            float(np.interp(time_s, self.time_s, values))
            for values in (self.centre_x, self.half_width, self.top, self.bottom)
        )
        return centre_x, half_width, top, bottom


def _filled(time_s: FloatArray, values: FloatArray, known: NDArray[np.bool_]) -> FloatArray:
    return np.asarray(np.interp(time_s, time_s[known], values[known]), np.float64)


def _window(time_s: FloatArray, window_s: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    first = np.searchsorted(time_s, time_s - window_s / 2)
    return first, np.searchsorted(time_s, time_s + window_s / 2, side="right")


def _mean(time_s: FloatArray, values: FloatArray, window_s: float) -> FloatArray:
    total = np.concatenate(([0.0], np.cumsum(values)))
    first, last = _window(time_s, window_s)
    mean: FloatArray = (total[last] - total[first]) / (last - first)
    return mean


def _running_max(time_s: FloatArray, values: FloatArray, window_s: float) -> FloatArray:
    first, last = _window(time_s, window_s)
    return np.array([values[start:end].max() for start, end in zip(first, last, strict=True)])
