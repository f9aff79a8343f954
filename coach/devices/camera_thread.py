"""The thread that owns an open camera: a camera may block for as long as it likes, and nobody else has to wait."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.clock import Clock
from coach.devices.camera_watchdog import FrozenPicture
from coach.devices.latest_slot import LatestSlot
from coach.devices.worker import Worker
from coach.settings.devices import CameraSettings
from coach.vision.capture import Capture, CaptureFacts

CaptureOpener = Callable[[int, CameraSettings], Capture]


@dataclass(frozen=True)
class Shot:
    """A picture, when it was taken, and whether it has been the same for too long."""

    bgr: NDArray[np.uint8]
    captured_s: float
    stuck: bool


class CameraThread(Worker):
    """Opens one camera and reads it until stopped; only this thread ever touches the capture."""

    def __init__(self, index: int, settings: CameraSettings, clock: Clock, opener: CaptureOpener) -> None:
        super().__init__(f"camera {index}", settings.close_timeout_s)
        self._index, self._settings, self._clock, self._opener = index, settings, clock, opener
        self._capture: Capture | None = None
        self._watchdog = FrozenPicture(settings)
        self.slot: LatestSlot[Shot] = LatestSlot()
        self.settled = threading.Event()  # the first picture is there, or it failed
        self.facts: CaptureFacts | None = None
        self.size_px = (0, 0)

    @property
    def frozen(self) -> bool:
        """Whether the last pictures were identical."""
        return self._watchdog.frozen

    def _run(self) -> None:
        self._capture = self._opener(self._index, self._settings)
        opened_s = self._clock.now_s()
        while not self.stopping:
            bgr = self._capture.read()
            now_s = self._clock.now_s()
            if bgr is not None:
                self._deliver(bgr, now_s)
            elif self.facts is None and now_s - opened_s > self._settings.first_picture_timeout_s:
                raise OSError(f"camera {self._index} opens, but gives no picture")
            else:
                self.wait_s(self._settings.retry_wait_s)

    def _deliver(self, bgr: NDArray[np.uint8], now_s: float) -> None:
        assert self._capture is not None
        stuck = self._watchdog.feed(bgr, now_s)
        if self.facts is None:
            self.size_px = (bgr.shape[1], bgr.shape[0])
            self.facts = self._capture.facts()
        if not self.stopping:
            self.slot.put(Shot(bgr, now_s, stuck))
        self.settled.set()

    def _interrupt(self) -> None:
        self.slot.close(discard=True)
        self.settled.set()

    def _finish(self) -> None:
        self.slot.close()
        self.settled.set()
        if self._capture is not None:
            self._capture.release()
