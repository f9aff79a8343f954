"""A camera whose device follows a script."""

from __future__ import annotations

import threading

import numpy as np

from coach.clock import ManualClock, SystemClock
from coach.devices.camera import CameraSource
from coach.devices.camera_list import CameraIdentity
from coach.errors import CameraError
from coach.settings.devices import CameraSettings
from coach.vision.capture import CaptureFacts

WEBCAM = CameraIdentity(0, "Webcam", "usb-1", "046d:0825")
OTHER = CameraIdentity(1, "Other", "usb-2", "1111:2222")
SETTINGS = CameraSettings(
    open_timeout_s=5.0, first_picture_timeout_s=0.2, stall_timeout_s=0.2, close_timeout_s=0.2, frozen_timeout_s=0.3
)


class ScriptedCamera:
    """A device that follows a script: pictures, None (no picture), an exception to raise, an Event to block on.

    After the script it blocks until released, so that nothing depends on speed.
    """

    def __init__(self, script, clock=None, step_s=1 / 30):
        self.script, self.clock, self.step_s = list(script), clock, step_s
        self.released = 0
        self.readers = set()
        self.unblock = threading.Event()

    def facts(self):
        return CaptureFacts(64, 48, 30.0, "MJPG", "TEST")

    def read(self):
        self.readers.add(threading.get_ident())
        if isinstance(self.clock, ManualClock):
            self.clock.advance(self.step_s)
        if not self.script:
            self.unblock.wait(30.0)
            return None
        step = self.script.pop(0)
        if isinstance(step, BaseException):
            raise step
        if isinstance(step, threading.Event):
            step.wait(30.0)
            return None
        return step

    def release(self):
        self.readers.add(threading.get_ident())
        self.released += 1


def pictures(count, seed=0):
    return list(np.random.default_rng(seed).integers(0, 255, (count, 48, 64, 3), dtype=np.uint8))


def source(device, clock=None, settings=SETTINGS, lister=lambda: (WEBCAM,)):
    opener = device if callable(device) else (lambda index, settings: device)
    return CameraSource(0, settings, clock or SystemClock(), opener, lister)


def read_until_error(camera, timeout_s=0.2):
    frames = []
    while True:
        try:
            frames.append(camera.read(timeout_s))
        except CameraError as error:  # noqa: PERF203
            return frames, error
