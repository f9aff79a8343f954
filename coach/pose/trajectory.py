"""The dancer's path on the floor, from one camera.

Model: a level pinhole camera and a dancer who stands on the floor. Somebody who would stand ``h`` picture heights tall
is ``focal length / h`` body heights away from the camera, and ``(x - middle) / h`` to the right of its axis. So

    x = (hip centre - middle of the picture) / h        to the picture's right
    y = -focal length / h                               towards the camera, which stands at 0

in body heights. ``h`` is the pose-independent size of ``coach.pose.body_size``, smoothed because any noise in it is
multiplied by the distance. The focal length is not known and taken as usual, so y is right but for one factor: compare
*displacements* from a common moment. The height of hips and feet in the picture plays no part: it would need the
camera's height, and this way a jump or a lifted foot does not move the path.
"""

from __future__ import annotations

import math
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from coach.pose.body_size import body_height
from coach.pose.gaps import interpolate_gaps
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.pose_frame import PoseFrame, PoseTrack
from coach.pose.zero_phase import smooth_series
from coach.settings.pose import TrajectorySettings

FloatArray = NDArray[np.float64]
_Number = TypeVar("_Number", float, FloatArray)

_HIPS = [LANDMARK_INDEX["left_hip"], LANDMARK_INDEX["right_hip"]]
_REACH_SIGMAS = 3.0
DEFAULT_SETTINGS = TrajectorySettings()


def floor_trajectory(track: PoseTrack, settings: TrajectorySettings = DEFAULT_SETTINGS) -> FloatArray:
    """Path of the hip centre on the floor in body heights, shape (T, 2); nan where hips or body are missing.

    Expects a gap-filled, smoothed track. See the module for the model and the axes.
    """
    square = track.square_xy()
    height = body_height(square, track.world, track.image[..., 3], settings.min_visibility)
    known = np.isfinite(height)
    log_height, _ = interpolate_gaps(track.time_s, np.log(height)[:, None], known, settings.max_gap_s)
    smooth = smooth_series(track.time_s, log_height, settings.size_sigma_s, _REACH_SIGMAS * settings.size_sigma_s)
    x, y = _on_floor(square[:, _HIPS, 0].mean(axis=-1), np.exp(smooth[:, 0]), track.frame_size_px, settings)
    place = np.stack([x, y], axis=-1)
    return np.where(np.isfinite(place).all(axis=-1, keepdims=True), place, np.nan)


class TrajectoryMeter:
    """The same path live, one pose at a time (expects smoothed poses); lags more in y than in x."""

    def __init__(self, settings: TrajectorySettings = DEFAULT_SETTINGS) -> None:
        self._settings = settings
        self._log_height = math.nan
        self._last_s = -math.inf

    def reset(self) -> None:
        """Forget the dancer."""
        self._log_height = math.nan
        self._last_s = -math.inf

    def step(self, frame: PoseFrame) -> FloatArray:
        """Place on the floor in body heights, shape (2,); nan where hips or body are missing."""
        settings = self._settings
        square = frame.square_xy()
        measured = float(body_height(square, frame.world, frame.visibility, settings.min_visibility))
        elapsed_s = frame.time_s - self._last_s
        if elapsed_s < 0 or elapsed_s > settings.max_gap_s:
            self._log_height = math.nan
        if math.isfinite(measured):
            if math.isnan(self._log_height):
                self._log_height = math.log(measured)
            else:
                taken_in = -math.expm1(-2.0 * math.pi * settings.size_cutoff_hz * elapsed_s)
                self._log_height += taken_in * (math.log(measured) - self._log_height)
            self._last_s = frame.time_s
        hip_x = 0.5 * float(square[_HIPS[0], 0] + square[_HIPS[1], 0])
        x, y = _on_floor(hip_x, math.exp(self._log_height), frame.frame_size_px, settings)
        return np.array((x, y) if math.isfinite(x + y) else (math.nan, math.nan))


def _on_floor(
    hip_x: _Number, height: _Number, frame_size_px: tuple[int, int], settings: TrajectorySettings
) -> tuple[_Number, _Number]:
    """To the right and towards the camera, in body heights."""
    aspect = frame_size_px[0] / frame_size_px[1]
    focal_length = settings.focal_length_diagonals * math.hypot(aspect, 1.0)
    return (hip_x - 0.5 * aspect) / height, -focal_length / height
