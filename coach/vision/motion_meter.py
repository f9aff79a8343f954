"""Optical flow and its energy from picture to picture, through repeated frames, gaps and camera movement."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.pose.flow_energy import background_motion, flow_energy
from coach.pose.observation import FlowEnergy
from coach.pose.pose_frame import FloatArray
from coach.settings.sensing import FlowSettings
from coach.vision.optical_flow import FlowMeter
from coach.vision.pictures import Picture, textured


@dataclass(frozen=True)
class Motion:
    """What moved up to this picture.

    Attributes
    ----------
    energy : FlowEnergy or None
        None where there is no picture before to compare with.
    camera_speed : float
        The background's own movement in picture heights a second; nan where unknown.
    identical : bool
        Whether this is the very picture before.
    """

    energy: FlowEnergy | None
    camera_speed: float
    identical: bool


class MotionMeter:
    """Compares every picture with one shortly before.

    At a high frame rate that is not the very last one: tiny displacements drown in noise and come out too small, so
    that the energy would fall with the rate.
    """

    def __init__(self, settings: FlowSettings) -> None:
        self._settings = settings
        self._flow_meter = FlowMeter(settings)
        self._history: deque[tuple[float, Picture]] = deque()
        self._last = Motion(None, float("nan"), identical=False)

    def update(
        self, grey: Picture, time_s: float, mask: NDArray[np.bool_], xy_px: FloatArray, body_height_px: float
    ) -> Motion:
        """Movement from the picture before to ``grey``.

        Parameters
        ----------
        grey : ndarray [shape=(h, w)], uint8
        time_s : float
        mask : ndarray [shape=(h, w)], bool
            The body; all False for nobody.
        xy_px : ndarray [shape=(33, 2)], float64
            Landmarks in pixels of ``grey``, nan where not seen.
        body_height_px : float
        """
        if self._history and not self._continues(grey, time_s):
            self.reset()
        identical = bool(self._history) and np.array_equal(self._history[-1][1], grey)
        if identical and time_s - self._history[-1][0] <= self._settings.hold_identical_s:
            self._last = Motion(self._last.energy, self._last.camera_speed, identical=True)
            return self._last
        self._history.append((time_s, grey))
        while len(self._history) > 2 and time_s - self._history[1][0] >= self._settings.min_interval_s:
            self._history.popleft()
        self._last = Motion(None, float("nan"), identical)
        if len(self._history) > 1:
            before_s, before = self._history[0]
            dt_s = time_s - before_s
            flow_px = self._flow_meter.flow(before, grey)
            background = background_motion(flow_px, mask, self._settings, textured(grey, self._settings.min_gradient))
            energy = flow_energy(flow_px, mask, xy_px, body_height_px, dt_s, self._settings, background)
            self._last = Motion(energy, background.speed_px / (grey.shape[0] * dt_s), identical)
        return self._last

    def reset(self) -> None:
        """Forget the pictures before."""
        self._history.clear()

    def _continues(self, grey: Picture, time_s: float) -> bool:
        last_s, last = self._history[-1]
        return 0.0 < time_s - last_s <= self._settings.max_gap_s and last.shape == grey.shape
