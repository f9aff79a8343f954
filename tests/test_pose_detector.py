"""The pose detector and the sensor around it."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach.clock import SystemClock
from coach.devices.frame_source import Frame
from coach.devices.person_count import SecondPersonDetector
from coach.devices.pose_detector import PoseDetector
from coach.devices.sensor import Sensor
from coach.errors import PoseModelError
from coach.pose.body_mask import mask_area_share
from coach.pose.observation import PictureFlags
from tests.builders_sensing import bundle_bytes, drawn_person, pose_model, room, standing_xy

ROOT = Path(__file__).resolve().parent.parent


# --- the real model


@pytest.mark.parametrize("size", [(640, 480), (405, 481)])
def test_finds_the_drawn_person_with_mask(size: tuple[int, int]) -> None:
    picture = drawn_person(size)
    with PoseDetector(pose_model()) as detector:
        for index in range(3):
            detection = detector.detect(picture, index / 30, (2 * size[0], 2 * size[1]))
    assert detection.pose.present
    assert detection.pose.frame_size_px == (2 * size[0], 2 * size[1])
    truth = standing_xy((size[0] / 2, 0.95 * size[1]), 0.85 * size[1])
    error_px = np.hypot(*(detection.pose.image[:, :2] * size - truth).T)
    assert np.nanmedian(error_px) < 0.04 * size[1]
    assert detection.mask is not None
    assert detection.mask.shape == (size[1], size[0])
    body = np.abs(picture.astype(int) - room(size)).max(axis=2) > 0
    both, either = (body & (detection.mask > 0.5)).sum(), (body | (detection.mask > 0.5)).sum()
    assert both / either > 0.7


def test_left_is_the_persons_own_left_and_masks_are_the_callers_own() -> None:
    with PoseDetector(pose_model()) as detector:
        first = detector.detect(drawn_person(centre_x_px=250), 0.0)
        assert first.mask is not None
        kept = first.mask.copy()
        second = detector.detect(drawn_person(centre_x_px=400), 1 / 30)
        for index in range(5):
            second = detector.detect(drawn_person(centre_x_px=400), (2 + index) / 30)
    assert first.pose.image[11, 0] > first.pose.image[12, 0]
    np.testing.assert_array_equal(first.mask, kept)
    assert second.pose.present


def test_nobody_is_nan_and_no_mask() -> None:
    with PoseDetector(pose_model(), with_mask=True) as detector:
        detection = detector.detect(room(), 0.0)
    assert not detection.pose.present
    assert np.isnan(detection.pose.image[:, :3]).all()
    assert (detection.pose.visibility == 0).all()
    assert detection.mask is None


def test_repeated_and_backward_times_are_fine() -> None:
    picture = drawn_person()
    with PoseDetector(pose_model()) as detector:
        for time_s in (5.0, 5.0, 5.0001, 4.0, 0.0, 0.033, -1.0):
            assert detector.detect(picture, time_s).pose.time_s == time_s


def test_detecting_after_close_raises_and_closing_twice_is_fine() -> None:
    detector = PoseDetector(pose_model())
    detector.warm_up()
    detector.close()
    detector.close()
    with pytest.raises(RuntimeError, match="closed"):
        detector.detect(drawn_person(), 1.0)


def test_closing_while_another_thread_detects_ends_with_an_error_not_with_nobody() -> None:
    detector = PoseDetector(pose_model())
    picture = drawn_person()
    presences: list[bool] = []
    errors: list[BaseException] = []
    started = threading.Event()

    def work() -> None:
        try:
            for index in range(1000):
                presences.append(detector.detect(picture, index / 30).pose.present)
                started.set()
        except RuntimeError as error:
            errors.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    assert started.wait(30)
    detector.close()
    thread.join(30)
    assert not thread.is_alive()
    assert all(presences)
    assert len(errors) == 1


def test_nobody_is_tracked_after_the_warm_up() -> None:
    with PoseDetector(pose_model()) as detector:
        detector.warm_up(drawn_person())
        assert not detector.detect(room(), 0.0).pose.present
        assert detector.detect(drawn_person(), 0.1).pose.present


def test_a_cropped_view_gives_the_same_as_its_copy() -> None:
    wide = np.concatenate([room(), drawn_person()], axis=1)
    landmarks = []
    for picture in (wide[:, 640:], np.ascontiguousarray(wide[:, 640:])):
        with PoseDetector(pose_model(), with_mask=False) as detector:
            detection = detector.detect(picture, 0.0)
            assert detection.mask is None
            landmarks.append(detection.pose.image)
    np.testing.assert_array_equal(landmarks[0], landmarks[1])


@pytest.mark.parametrize("picture", [np.zeros((4, 4), np.uint8), np.zeros((4, 4, 3), np.float32)])
def test_what_is_no_picture_is_refused(picture: Any) -> None:
    with PoseDetector(pose_model()) as detector, pytest.raises(ValueError, match="picture must be"):
        detector.detect(picture, 0.0)


@pytest.mark.parametrize("content", [None, b"", b"hello", bundle_bytes()])
def test_a_model_that_does_not_load_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "model.task"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PoseModelError, match=r"model\.task: the pose model cannot be loaded"):
        PoseDetector(path)


CHATTER = """
    import os, sys
    from pathlib import Path
    if sys.argv[2] == "closed":
        os.close(2)
    from coach.devices.person_count import SecondPersonDetector
    from coach.devices.pose_detector import PoseDetector
    from tests.builders_sensing import drawn_person
    model, log = Path(sys.argv[1]), Path(sys.argv[3])
    with PoseDetector(model, native_log=log) as detector, SecondPersonDetector(model, native_log=log) as counter:
        for index in range(5):
            assert detector.detect(drawn_person(), index / 30).pose.present
        assert not counter.sees_second_person(drawn_person())
    print("done")
    if sys.argv[2] != "closed":
        print("our own line", file=sys.stderr)
"""


@pytest.mark.parametrize("stream", ["open", "closed"])
def test_the_terminal_stays_clean_and_the_log_has_the_lines(tmp_path: Path, stream: str) -> None:
    log = tmp_path / "native.log"
    result = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(CHATTER), str(pose_model()), stream, str(log)],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert result.stdout == "done\n", result.stderr
    assert result.stderr == ("our own line\n" if stream == "open" else "")
    assert "TensorFlow Lite" in log.read_text()


def test_a_second_person_is_seen_and_one_is_not_two() -> None:
    two = np.concatenate([drawn_person((400, 480)), drawn_person((400, 480))], axis=1)
    with SecondPersonDetector(pose_model()) as detector:
        assert detector.sees_second_person(two)
        assert not detector.sees_second_person(drawn_person())
        assert not detector.sees_second_person(room())
    with pytest.raises(RuntimeError, match="closed"):
        detector.sees_second_person(two)


def test_a_dancer_of_flesh_is_followed(footage: Path) -> None:
    av = pytest.importorskip("av")
    observations = []
    with av.open(str(footage / "student.mp4")) as video, Sensor(PoseDetector(pose_model()), SystemClock()) as sensor:
        for index, picture in enumerate(video.decode(video=0)):
            if index == 60:
                break
            frame = Frame(index, float(picture.time), picture.to_ndarray(format="bgr24"), 0.0)
            observations.append(sensor.observe(frame)[0])
    assert all(observation.pose.present for observation in observations)
    assert all(observation.picture is PictureFlags.NONE for observation in observations)
    energies = [observation.energy.whole for observation in observations[1:] if observation.energy is not None]
    assert len(energies) == 59
    assert 0.02 < float(np.median(energies)) < 1.5
    shares = [float(mask_area_share(o.mask_bits)) for o in observations if o.mask_bits is not None]
    assert len(shares) == 60
    assert 0.05 < float(np.median(shares)) < 0.3
