"""A camera that fails while it runs: each way has its words, and a hiccup is survived."""

import threading

import numpy as np
import pytest

from coach.clock import ManualClock
from coach.devices.camera_errors import CameraStoppedError
from coach.devices.camera_watchdog import FrozenPicture
from coach.settings.devices import CameraSettings
from tests.builders_camera import OTHER, WEBCAM, ScriptedCamera, pictures, read_until_error, source


def test_nothing_for_the_timeout_is_an_error_and_a_hiccup_is_survived():
    hiccup = threading.Event()
    shots = pictures(2)
    device = ScriptedCamera([shots[0], hiccup, shots[1]])
    with source(device) as camera:
        frames, error = read_until_error(camera)
        assert isinstance(error, CameraStoppedError)
        assert "stopped sending pictures" in str(error)
        hiccup.set()
        again = camera.read(5.0)
        assert again.index == len(frames) == 1
        assert again.time_s > 0
        device.unblock.set()


@pytest.mark.parametrize("fault", [RuntimeError("driver"), OSError("gone"), ValueError("odd")])
def test_device_that_raises(fault):
    device = ScriptedCamera([*pictures(1), fault])
    with source(device) as camera:
        _, error = read_until_error(camera, 5.0)
        assert isinstance(error, CameraStoppedError)
        assert error.__cause__ is not None
    assert device.released == 1


def test_device_that_gives_nothing_any_more():
    with source(ScriptedCamera([*pictures(1), *[None] * 100000])) as camera:
        _, error = read_until_error(camera)
    assert isinstance(error, CameraStoppedError)


def test_unplugged_camera_is_called_so():
    present = [(WEBCAM,)]
    with source(ScriptedCamera([*pictures(1), OSError("gone")]), lister=lambda: present[0]) as camera:
        present[0] = (OTHER,)
        _, error = read_until_error(camera, 5.0)
    assert "unplugged" in str(error)


def test_frozen_picture_is_flagged_then_an_error_then_forgiven():
    clock = ManualClock()
    shots = pictures(2)
    thaw = threading.Event()

    class Freezing(ScriptedCamera):
        def read(self):
            self.clock.advance(1 / 30)
            if thaw.is_set():
                return super().read()
            return shots[0].copy()

    device = Freezing([shots[1]], clock)
    with source(device, clock) as camera:
        _, error = read_until_error(camera, 5.0)
        assert camera.frozen
        assert "repeated" in str(error)
        thaw.set()
        while True:
            try:
                frame = camera.read(5.0)
            except CameraStoppedError:
                continue
            if np.array_equal(frame.bgr, shots[1]):
                break
        assert not camera.frozen
        device.unblock.set()


def test_watchdog_counts_identical_pictures_only():
    settings = CameraSettings(frozen_after_frames=3, frozen_timeout_s=0.2)
    still = pictures(1)[0]
    watchdog = FrozenPicture(settings)
    stuck = [watchdog.feed(still, index * 0.1) for index in range(4)]
    assert stuck == [False, False, True, True]
    noisy = still.copy()
    noisy[settings.compare_step_px // 2, settings.compare_step_px // 2, 0] ^= 1  # one bit of noise is life
    assert not watchdog.feed(noisy, 0.4)
    assert not watchdog.frozen
    assert not watchdog.feed(noisy, 0.45)
    assert not watchdog.feed(noisy, 0.5)
    assert watchdog.frozen  # again, but not for long
    assert watchdog.feed(noisy, 0.61)
