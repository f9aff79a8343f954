"""The ends of the chain that follow a script: what the test says, when it says."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np

from coach.devices.frame_source import Frame, FrameSource, SourceInfo
from coach.devices.sensor import SensorTimings
from coach.pose.observation import Observation
from tests.builders_pose import make_pose_frame

ENDED_WITHIN_S = 30.0
"""Far above what it takes, far below for ever: only a hang takes so long."""
PICTURE = np.zeros((48, 64, 3), np.uint8)


class ScriptedSource(FrameSource):
    """Gives ``count`` pictures, then does what the test says."""

    def __init__(self, count: int, then: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self._count, self._then, self._given = count, then, 0
        self.closed = threading.Event()

    def _open(self) -> SourceInfo:
        return SourceInfo("scripted", (64, 48), 30.0, None, live=True)

    def _read(self, timeout_s: float) -> Frame | None:
        if self._given == self._count:
            self._then()
            return None
        self._given += 1
        return Frame(self._given - 1, self._given / 30, PICTURE, 0.0)

    def _close(self) -> None:
        self.closed.set()


class ScriptedSensor:
    """Sees a standing person, and at the third picture does what the test says."""

    def __init__(self, at_third: Callable[[], None] = lambda: None) -> None:
        self._at_third, self._seen = at_third, 0

    def observe(self, frame: Frame) -> tuple[Observation, SensorTimings]:
        self._seen += 1
        if self._seen == 3:
            self._at_third()
        return Observation(make_pose_frame(frame.time_s)), SensorTimings(1.0, 1.0)


def raiser(error: Exception) -> Callable[..., None]:
    def raise_it(*_: object) -> None:
        raise error

    return raise_it
