"""Live smoothing: the One Euro filter on arrays, and a smoother of whole poses that bridges short gaps.

Casiez, Roussel and Vogel, "1 Euro Filter: A Simple Speed-based Low-pass Filter for Noisy Input in Interactive
Systems", CHI 2012. Two departures from the paper: the cut-off follows the speed of a *point* (the norm over its
coordinates) rather than of each coordinate, so that the result does not depend on the direction of the movement; and
the speed is measured in body heights, so that it does not depend on the distance to the camera. With one coordinate
and scale 1 it is the paper's.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.pose.body_size import BODY_HEIGHT_M, body_height
from coach.pose.landmark_table import LANDMARK_COUNT
from coach.pose.pose_frame import PoseFrame
from coach.settings.pose import LiveSmoothingSettings

FloatArray = NDArray[np.float64]


class OneEuroFilter:
    """A bank of One Euro filters that share their time stamps: one per point.

    Parameters
    ----------
    point_count : int
    settings : LiveSmoothingSettings
    """

    def __init__(self, point_count: int, settings: LiveSmoothingSettings) -> None:
        self._settings = settings
        self._values: FloatArray | None = None
        self._speed: FloatArray = np.zeros((point_count, 0))
        self._last_s = np.full(point_count, -np.inf)

    def reset(self) -> None:
        """Forget everything."""
        self._values = None
        self._last_s[:] = -np.inf

    def step(self, values: FloatArray, time_s: float, scale: FloatArray | float = 1.0) -> FloatArray:
        """Take the measurements of one moment.

        Parameters
        ----------
        values : ndarray [shape=(point_count, d)], float64
            A point with a nan is missing at this moment: it keeps its place, and does not disturb what follows.
        time_s : float
            Later than the last. The same time again changes nothing; an earlier one starts afresh.
        scale : float or ndarray [shape=(point_count,)], float64
            One body height in the unit of ``values``.

        Returns
        -------
        ndarray [shape=(point_count, d)], float64
            The filtered points; the last known place of a missing one, nan where it was never seen. Valid until the
            next step.
        """
        if self._values is None or time_s < self._last_s.max():
            self.reset()
            self._values = np.full(values.shape, np.nan)
            self._speed = np.zeros(values.shape)
        settings, state = self._settings, self._values
        elapsed_s = time_s - self._last_s
        seen = np.isfinite(values).all(axis=-1) & (elapsed_s > 0)
        fresh = seen & (elapsed_s > settings.max_gap_s)
        moving = seen & ~fresh
        gap_s = np.where(moving, elapsed_s, 1.0)
        change = np.where(moving[:, None], values - state, 0.0)
        self._speed[fresh] = 0.0
        learnt = np.where(moving, _share(settings.speed_cutoff_hz, gap_s), 0.0)[:, None]
        self._speed += learnt * (change / gap_s[:, None] - self._speed)
        speed = np.sqrt((self._speed * self._speed).sum(axis=-1)) / scale
        state += _share(settings.min_cutoff_hz + settings.speed_gain_hz * speed, gap_s)[:, None] * change
        state[fresh] = values[fresh]
        self._last_s[seen] = time_s
        return state

    def unseen_s(self, time_s: float) -> FloatArray:
        """Seconds since each point was last seen, shape (point_count,); inf where never."""
        return time_s - self._last_s


class LiveSmoother:
    """Smooths the poses of one dancer as they come.

    A landmark below the visibility limit stays where it was for ``hold_s``, with the visibility that the sensor gave
    (so it can be drawn, but is not judged), then becomes missing. Not for several threads at once.
    """

    def __init__(self, settings: LiveSmoothingSettings | None = None) -> None:
        self._settings = settings or LiveSmoothingSettings()
        # Image and world landmarks in one bank: the cost is in the calls, not in the numbers.
        self._bank = OneEuroFilter(2 * LANDMARK_COUNT, self._settings)
        self._scale = np.full(2 * LANDMARK_COUNT, BODY_HEIGHT_M)
        self._size: float | None = None
        self._last_s = -np.inf

    def reset(self) -> None:
        """Forget the dancer (a new source, a restart)."""
        self._bank.reset()
        self._size = None
        self._last_s = -np.inf

    def step(self, frame: PoseFrame) -> PoseFrame:
        """The smoothed pose at the time of ``frame``; the input is left as it is."""
        if frame.time_s < self._last_s:
            self.reset()
        aspect = frame.frame_size_px[0] / frame.frame_size_px[1]
        unit = np.array([aspect, 1.0, aspect])
        landmarks = np.concatenate([frame.image, frame.world])
        visibility = np.nan_to_num(landmarks[:, 3], nan=0.0)
        measured = landmarks[:, :3]
        measured[:LANDMARK_COUNT] *= unit
        self._scale[:LANDMARK_COUNT] = self._learn_size(frame, measured[:LANDMARK_COUNT, :2])
        measured[visibility < self._settings.min_visibility] = np.nan
        smoothed = np.empty_like(landmarks)
        smoothed[:, :3] = self._bank.step(measured, frame.time_s, self._scale)
        smoothed[:LANDMARK_COUNT, :3] /= unit
        smoothed[:, 3] = visibility
        smoothed[self._bank.unseen_s(frame.time_s) > self._settings.hold_s] = (np.nan, np.nan, np.nan, 0.0)
        self._last_s = frame.time_s
        return PoseFrame(frame.time_s, smoothed[:LANDMARK_COUNT], smoothed[LANDMARK_COUNT:], frame.frame_size_px)

    def _learn_size(self, frame: PoseFrame, square_xy: FloatArray) -> float:
        """Body height in picture heights, learnt slowly."""
        measured = float(body_height(square_xy, frame.world, frame.visibility, self._settings.min_visibility))
        if self._size is None:
            self._size = measured if np.isfinite(measured) else None
            return self._size or 1.0
        if np.isfinite(measured):
            elapsed_s = max(0.0, frame.time_s - self._last_s)
            self._size += -np.expm1(-elapsed_s / self._settings.size_memory_s) * (measured - self._size)
        return self._size


def _share(cutoff_hz: FloatArray | float, elapsed_s: FloatArray) -> FloatArray:
    """Share of a new value that a first-order low-pass takes in (the paper's alpha)."""
    turn = 2.0 * np.pi * cutoff_hz * elapsed_s
    share: FloatArray = turn / (turn + 1.0)
    return share
