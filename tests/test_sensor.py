"""The sensor: everything about one picture, with a detector that knows the truth."""

from __future__ import annotations

import functools
import math
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from coach.clock import ManualClock
from coach.devices.frame_source import Frame
from coach.devices.pose_detector import Detection
from coach.devices.sensor import Sensor
from coach.pose.body_mask import unpack_mask
from coach.pose.observation import Observation, PictureFlags
from coach.pose.pose_frame import PoseFrame
from coach.settings.sensing import PictureSettings, SensingSettings
from tests.builders_sensing import drawn_person, room, standing_xy

ROOT = Path(__file__).resolve().parent.parent


@functools.lru_cache
def drawn_mask(x_px: float) -> np.ndarray:
    person = drawn_person((640, 480), x_px, 408.0)
    return (np.abs(person.astype(int) - room()).max(axis=2) > 0).astype(np.float32)


class FakeDetector:
    """Knows where the drawn person is; nobody where ``x`` is nan."""

    def __init__(self, clock: ManualClock | None = None) -> None:
        self.x = 320.0
        self.clock = clock
        self.closed = 0
        self.sizes: list[tuple[int, ...]] = []

    def detect(self, bgr: np.ndarray, time_s: float, frame_size_px: tuple[int, int] | None = None) -> Detection:
        self.sizes.append(bgr.shape)
        if self.clock is not None:
            self.clock.advance(0.017)
        size_px = frame_size_px or (640, 480)
        if math.isnan(self.x):
            return Detection(PoseFrame.missing(time_s, size_px), None)
        image = np.zeros((33, 4))
        image[:, :2] = standing_xy((self.x, 456.0), 408.0) / (640, 480)
        image[:, 3] = np.where(np.isfinite(image[:, 0]), 0.99, 0.0)
        return Detection(PoseFrame(time_s, image, image.copy(), size_px), drawn_mask(self.x))

    def warm_up(self, picture: np.ndarray | None = None) -> None:
        pass

    def close(self) -> None:
        self.closed += 1


def frame(picture: np.ndarray, index: int, fps: float = 30.0) -> Frame:
    return Frame(index, index / fps, picture, 0.0)


def watch(pictures: list[np.ndarray], settings: SensingSettings | None = None) -> list[Observation]:
    with Sensor(FakeDetector(), ManualClock(), settings) as sensor:  # type: ignore[arg-type]
        return [sensor.observe(frame(picture, index))[0] for index, picture in enumerate(pictures)]


def noisy(picture: np.ndarray, seed: int, sigma: float = 2.0) -> np.ndarray:
    noise = np.random.default_rng(seed).normal(0, sigma, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def test_an_observation_has_everything_but_the_first_energy() -> None:
    observations = watch([noisy(drawn_person(), seed) for seed in range(3)])
    assert [observation.energy is None for observation in observations] == [True, False, False]
    assert all(observation.mask_bits is not None for observation in observations)
    assert observations[-1].picture is PictureFlags.NONE


def test_the_mask_is_centred_on_the_hips_and_scaled_by_the_torso() -> None:
    bits = watch([drawn_person()])[0].mask_bits
    assert bits is not None
    rows = np.nonzero(unpack_mask(bits).any(axis=1))[0]
    columns = np.nonzero(unpack_mask(bits).any(axis=0))[0]
    assert (columns[0] + columns[-1]) / 2 == pytest.approx(127.5, abs=1.5)
    # Crown to sole is about a stature, and the torso 0.288 of it.
    assert rows[-1] - rows[0] == pytest.approx(SensingSettings().body_mask.torso_px / 0.288, rel=0.06)


def test_large_pictures_are_scaled_and_small_ones_are_not() -> None:
    detector = FakeDetector()
    with Sensor(detector, ManualClock()) as sensor:  # type: ignore[arg-type]
        seen = sensor.observe(frame(np.zeros((960, 1280, 3), np.uint8), 0))[0]
        sensor.observe(frame(np.zeros((240, 320, 3), np.uint8), 1))
    assert detector.sizes == [(480, 640, 3), (240, 320, 3)]
    assert seen.pose.frame_size_px == (1280, 960)
    assert detector.closed == 1


def test_timings_come_from_the_clock() -> None:
    clock = ManualClock()
    with Sensor(FakeDetector(clock), clock) as sensor:  # type: ignore[arg-type]
        timings = sensor.observe(frame(drawn_person(), 0))[1]
    assert timings.pose_ms == pytest.approx(17.0)
    assert timings.flow_ms == 0.0


def test_nobody_gives_no_mask_and_no_energy() -> None:
    detector = FakeDetector()
    detector.x = math.nan
    with Sensor(detector, ManualClock()) as sensor:  # type: ignore[arg-type]
        observations = [sensor.observe(frame(noisy(room(), index), index))[0] for index in range(3)]
    assert observations[-1].mask_bits is None
    assert observations[-1].energy is not None
    assert math.isnan(observations[-1].energy.whole)


@pytest.mark.parametrize(
    ("flag", "change"),
    [
        (PictureFlags.DARK, lambda picture, index: (picture * 0.1).astype(np.uint8)),
        (PictureFlags.BLURRED, lambda picture, index: blurred(picture)),
        (PictureFlags.CAMERA_MOVED, lambda picture, index: np.roll(picture, 4 * index, axis=1)),
    ],
    ids=lambda value: value.name if isinstance(value, PictureFlags) else "",
)
def test_a_fault_of_the_picture_is_told_once_it_lasts(flag: PictureFlags, change: Any) -> None:
    base = textured_person()
    observations = watch([change(noisy(base, index), index) for index in range(16)])
    assert observations[3].picture is PictureFlags.NONE
    assert flag in observations[-1].picture
    fine = watch([noisy(base, index) for index in range(16)])
    assert all(observation.picture is PictureFlags.NONE for observation in fine)


def textured_person() -> np.ndarray:
    """With the fine grain of a real room."""
    grain = np.random.default_rng(9).normal(0, 12, (480, 640, 1))
    return np.clip(drawn_person() + grain, 0, 255).astype(np.uint8)


def blurred(picture: np.ndarray) -> np.ndarray:
    import cv2

    return np.asarray(cv2.GaussianBlur(picture, (0, 0), 6), dtype=np.uint8)


def test_a_camera_that_hangs_is_frozen_and_one_repeated_frame_is_not() -> None:
    hanging = watch([drawn_person()] * 70)
    assert PictureFlags.FROZEN in hanging[-1].picture
    assert all(PictureFlags.FROZEN not in observation.picture for observation in hanging[:58])
    doubled = [noisy(drawn_person(), index // 2) for index in range(70)]
    assert all(PictureFlags.FROZEN not in observation.picture for observation in watch(doubled))


def test_a_second_person_is_asked_for_now_and_then() -> None:
    asked: list[int] = []
    counter = SimpleNamespace(
        sees_second_person=lambda picture: bool(asked.append(1) or len(asked) == 2), close=lambda: asked.append(-1)
    )
    settings = SensingSettings(picture=PictureSettings(second_person_every_s=0.5))
    with Sensor(FakeDetector(), ManualClock(), settings, counter) as sensor:  # type: ignore[arg-type]
        flags = [sensor.observe(frame(noisy(drawn_person(), i), i))[0].picture for i in range(45)]
    assert asked == [1, 1, 1, -1]
    seen = [PictureFlags.SECOND_PERSON in each for each in flags]
    assert seen == [False] * 15 + [True] * 15 + [False] * 15


def test_observing_the_same_frames_again_gives_the_same() -> None:
    pictures = [noisy(drawn_person((640, 480), 300 + 4 * index), index) for index in range(6)]
    first, second = watch(pictures), watch(pictures)
    for one, other in zip(first[1:], second[1:], strict=True):
        assert one.energy is not None
        assert other.energy is not None
        assert one.energy.whole == other.energy.whole
        np.testing.assert_array_equal(one.energy.parts, other.energy.parts)
        np.testing.assert_array_equal(one.mask_bits, other.mask_bits)


def test_importing_the_detector_does_not_import_mediapipe() -> None:
    code = "import sys, coach.devices.sensor, coach.devices.pose_models; sys.exit('mediapipe' in sys.modules)"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    result = subprocess.run([sys.executable, "-c", code], env=environment, timeout=60, check=False)
    assert result.returncode == 0
