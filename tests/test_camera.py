"""The camera, with scripted devices at its edge: reading, opening, closing, coming back."""

import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coach.clock import ManualClock
from coach.devices.camera_errors import CameraBusyError, CameraStoppedError, NoCameraError
from coach.devices.camera_list import CameraIdentity, linux_cameras, same_camera
from coach.errors import CameraError, SettingsError
from coach.settings.devices import PROCESS_ENVIRONMENT, CameraSettings
from coach.vision.capture import as_bgr
from tests.builders_camera import OTHER, SETTINGS, WEBCAM, ScriptedCamera, pictures, read_until_error, source

ROOT = Path(__file__).resolve().parent.parent


def test_frames_have_their_own_times_and_the_device_is_used_by_one_thread_only():
    clock = ManualClock(100.0)
    device = ScriptedCamera(pictures(1), clock)
    with source(device, clock) as camera:
        first = camera.read(5.0)
        assert camera.info.live
        assert camera.info.duration_s is None
        assert camera.info.frame_size_px == (64, 48)
        assert camera.info.description == "camera 0 (Webcam)"
        assert camera.facts.pixel_format == "MJPG"
    assert (first.index, first.time_s) == (0, 0.0)
    assert first.captured_s == pytest.approx(100.0 + 1 / 30)
    device.unblock.set()
    assert threading.get_ident() not in device.readers
    assert len(device.readers) == 1


def test_times_grow_and_newest_picture_wins():
    clock = ManualClock()
    shots = pictures(50)
    device = ScriptedCamera(shots, clock)
    with source(device, clock) as camera:
        seen = []
        while not seen or seen[-1].captured_s < 50 / 30 - 1e-6:
            seen.append(camera.read(5.0))
        assert [frame.index for frame in seen] == list(range(len(seen)))
        assert (np.diff([frame.time_s for frame in seen]) > 0).all()
        assert len(seen) + camera.dropped == 50
        assert np.array_equal(seen[-1].bgr, shots[-1])
        device.unblock.set()
    assert device.released == 1


def test_a_few_empty_reads_are_forgiven():
    device = ScriptedCamera([None, None, *pictures(1)])
    with source(device) as camera:
        assert camera.read(5.0).index == 0
        device.unblock.set()


def test_a_standing_clock_never_gives_the_same_time_twice():
    shots, gate = pictures(2), threading.Event()
    with source(ScriptedCamera([shots[0], gate, shots[1]]), ManualClock()) as camera:
        assert camera.read(5.0).time_s == 0.0
        gate.set()
        with pytest.raises(CameraStoppedError):
            camera.read(0.3)


# Failing to open --------------------------------------------------------------------------------------------------
def test_no_camera_at_all():
    with pytest.raises(NoCameraError, match=r"no camera was found\. Plug one in .* demo"):
        source(ScriptedCamera([]), lister=lambda: ()).open()


def test_wrong_number_names_the_right_ones():
    with pytest.raises(NoCameraError, match=r"no such camera\. Choose one of these: --camera 1 \(Other\)"):
        source(ScriptedCamera([]), lister=lambda: (OTHER,)).open()


@pytest.mark.parametrize("error", [OSError("does not open"), RuntimeError("odd"), ValueError("worse")])
def test_refused_camera_is_busy_or_not_allowed(error):
    def refuse(index, settings):
        raise error

    with pytest.raises(CameraBusyError, match="in use by another program, or this program is not allowed"):
        source(refuse).open()
    with pytest.raises(CameraBusyError, match="not plugged in, or it is in use"):
        source(refuse, lister=lambda: None).open()


def test_open_camera_without_a_picture_is_busy():
    device = ScriptedCamera([None] * 100000)
    with pytest.raises(CameraBusyError):
        source(device).open()
    assert device.released == 1


def test_opening_has_a_time_limit_and_the_late_camera_is_given_back():
    blocked, device = threading.Event(), ScriptedCamera([])
    released = threading.Event()
    device.release = released.set

    def slow(index, settings):
        blocked.wait(30.0)
        return device

    with pytest.raises(CameraBusyError, match=r"did not start within 0\.1 s"):
        source(slow, settings=replace(SETTINGS, open_timeout_s=0.1)).open()
    blocked.set()
    assert released.wait(10.0)


def test_closing_ends_opening():
    blocked = threading.Event()
    camera = source(lambda index, settings: blocked.wait(30.0), settings=replace(SETTINGS, open_timeout_s=60.0))
    threading.Timer(0.1, camera.close).start()
    with pytest.raises(CameraError):
        camera.open()
    blocked.set()


# Closing and coming back ------------------------------------------------------------------------------------------
def test_close_returns_while_the_device_blocks_and_a_waiting_reader_ends():
    device = ScriptedCamera(pictures(1))
    camera = source(device)
    camera.open()
    assert camera.read(5.0) is not None
    ended = []
    reader = threading.Thread(target=lambda: ended.append(camera.read(30.0)), daemon=True)
    reader.start()
    camera.close()
    camera.close()
    reader.join(10.0)
    assert ended == [None]
    assert device.released == 0  # never taken from under the blocked thread
    device.unblock.set()
    assert camera.read(0.0) is None


def test_reopen_keeps_times_and_numbers_and_finds_the_camera_at_its_new_index():
    clock = ManualClock()
    present = [(WEBCAM, OTHER)]
    devices = {0: ScriptedCamera([*pictures(1), OSError("gone")], clock), 4: ScriptedCamera(pictures(1, 7), clock)}
    opened = []

    def opener(index, settings):
        opened.append(index)
        return devices[index]

    with source(opener, clock, lister=lambda: present[0]) as camera:
        read_until_error(camera, 5.0)
        present[0] = (OTHER,)
        with pytest.raises(CameraStoppedError, match="unplugged"):
            camera.reopen()
        with pytest.raises(CameraStoppedError):
            camera.read(0.1)
        clock.advance(10.0)
        present[0] = (OTHER, replace(WEBCAM, index=4))
        camera.reopen()
        frame = camera.read(5.0)
        assert frame.index == 1
        assert frame.time_s > 10.0
        devices[4].unblock.set()
    assert opened == [0, 4]  # never the other camera
    with pytest.raises(CameraError):
        camera.reopen()


def test_same_camera_prefers_the_same_port_and_never_takes_another_product():
    twin = replace(WEBCAM, index=5, port="usb-9")
    assert same_camera(WEBCAM, (twin, replace(WEBCAM, index=3))).index == 3
    assert same_camera(WEBCAM, (OTHER, twin)) == twin
    assert same_camera(WEBCAM, (OTHER,)) is None
    nameless = CameraIdentity(2, "USB camera")
    assert same_camera(nameless, (replace(nameless, index=0), nameless)) == nameless


def test_linux_list_leaves_out_the_metadata_nodes(tmp_path):
    for number, node_index, name in [(0, 0, "Webcam"), (1, 1, "Webcam"), (10, 0, "Second"), (2, 0, "Third")]:
        usb = tmp_path / "devices" / f"usb{number}"
        (usb / "interface").mkdir(parents=True)
        (usb / "idVendor").write_text("046d\n")
        (usb / "idProduct").write_text("0825\n")
        node = tmp_path / "class" / f"video{number}"
        node.mkdir(parents=True)
        (node / "name").write_text(name + "\n")
        (node / "index").write_text(f"{node_index}\n")
        (node / "device").symlink_to(usb / "interface")
    cameras = linux_cameras(tmp_path / "class")
    assert [(camera.index, camera.name) for camera in cameras] == [(0, "Webcam"), (2, "Third"), (10, "Second")]
    assert cameras[0].product == "046d:0825"
    assert cameras[0].port.endswith("usb0/interface")
    assert linux_cameras(tmp_path / "missing") == ()


@pytest.mark.parametrize("shape", [(4, 6), (4, 6, 1), (4, 6, 3), (4, 6, 4)])
def test_unusual_pictures_become_bgr(shape):
    bgr = as_bgr(np.full(shape, 7, np.uint8))
    assert bgr.shape == (4, 6, 3)
    assert bgr.flags.c_contiguous
    assert (bgr == 7).all()


def test_real_camera_99_is_one_clear_error_and_says_nothing_on_stderr():
    program = (
        "from coach.devices.camera import CameraSource\n"
        "from coach.clock import SystemClock\n"
        "from coach.errors import CameraError\n"
        "from coach.settings.devices import CameraSettings\n"
        "for lister in ({}, {'lister': lambda: None}):\n"
        "    try:\n"
        "        CameraSource(99, CameraSettings(), SystemClock(), **lister).open()\n"
        "    except CameraError as error:\n"
        "        print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, **PROCESS_ENVIRONMENT},
        capture_output=True,
        text=True,
        timeout=60,
    )
    lines = done.stdout.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("camera 99: ") for line in lines)
    assert done.stderr == ""


@pytest.mark.parametrize(
    "values", [{"width_px": 0}, {"rate_fps": float("nan")}, {"pixel_format": "MJPEG"}, {"stall_timeout_s": -1.0}]
)
def test_settings_refuse_nonsense(values):
    with pytest.raises(SettingsError):
        CameraSettings(**values)
