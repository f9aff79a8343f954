"""Flow energy: right on made-up flow fields, and independent of what must not matter on real pictures."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.pose.body_height import TORSO_SHARE
from coach.pose.flow_energy import BackgroundMotion, background_motion, flow_energy, nearest_part
from coach.pose.landmark_table import BODY_PART_NAMES, LANDMARK_INDEX
from coach.pose.observation import FlowEnergy
from coach.settings.sensing import FlowSettings
from coach.vision.motion_meter import Motion, MotionMeter
from coach.vision.pictures import grey_small
from tests.builders_sensing import drawn_person, room, standing_xy
from tests.oracles_sensing import part_of

SETTINGS = FlowSettings()
SIZE = (240, 200)
HEIGHT_PX = 160.0
XY = standing_xy((120.0, 190.0), HEIGHT_PX)
STILL = BackgroundMotion(np.zeros(2), 0.0)


def body_mask(xy: np.ndarray = XY, size: tuple[int, int] = SIZE) -> np.ndarray:
    """Pixels that belong to any part."""
    y, x = np.mgrid[: size[1], : size[0]]
    points = np.stack([x.ravel(), y.ravel()], axis=1).astype(np.float32)
    return (nearest_part(points, xy, HEIGHT_PX * TORSO_SHARE) >= 0).reshape(size[1], size[0])


def uniform_flow(x_px: float, y_px: float) -> np.ndarray:
    return np.broadcast_to(np.array([x_px, y_px], dtype=np.float32), (SIZE[1], SIZE[0], 2)).copy()


def test_uniform_flow_of_the_body_is_its_speed() -> None:
    energy = flow_energy(uniform_flow(3.0, 4.0), body_mask(), XY, HEIGHT_PX, 0.05, SETTINGS, STILL)
    expected = math.sqrt(25 - SETTINGS.noise_floor_px**2) / HEIGHT_PX / 0.05
    assert energy.whole == pytest.approx(expected, rel=1e-5)
    np.testing.assert_allclose(energy.parts, expected, rtol=1e-5)


@given(st.floats(0.5, 8), st.floats(0.01, 0.2), st.floats(80, 400))
@settings(max_examples=40, deadline=None)
def test_units_are_body_heights_a_second(speed_px: float, dt_s: float, height_px: float) -> None:
    quiet = FlowSettings(noise_floor_px=0.0)
    energy = flow_energy(uniform_flow(speed_px, 0.0), body_mask(), XY, height_px, dt_s, quiet, STILL)
    assert energy.whole == pytest.approx(speed_px / dt_s / height_px, rel=1e-4)


def test_only_the_moving_part_has_energy() -> None:
    y, x = np.mgrid[: SIZE[1], : SIZE[0]]
    labels = nearest_part(
        np.stack([x.ravel(), y.ravel()], axis=1).astype(np.float32), XY, HEIGHT_PX * TORSO_SHARE
    ).reshape(SIZE[1], SIZE[0])
    arm = BODY_PART_NAMES.index("left_arm")
    flow = np.zeros((SIZE[1], SIZE[0], 2), dtype=np.float32)
    flow[labels == arm] = (0.0, -4.0)
    energy = flow_energy(flow, labels >= 0, XY, HEIGHT_PX, 1 / 30, SETTINGS, STILL)
    others = np.delete(energy.parts, arm)
    assert energy.parts[arm] == pytest.approx(4 * 30 / HEIGHT_PX, rel=0.01)
    assert (others == 0).all()
    assert 0 < energy.whole < energy.parts[arm]


@pytest.mark.parametrize("seed", range(3))
def test_parts_equal_the_obvious_twin(seed: int) -> None:
    rng = np.random.default_rng(seed)
    xy = XY + rng.normal(0, 8, XY.shape)
    xy[LANDMARK_INDEX["right_wrist"]] = np.nan
    points = rng.uniform((40, 20), (200, 195), (120, 2)).astype(np.float32)
    labels = nearest_part(points, xy, 46.0)
    for point, label in zip(points, labels, strict=True):
        expected, margin = part_of((float(point[0]), float(point[1])), xy, 46.0)
        assert label == expected or margin < 1e-3


def test_an_arm_before_the_chest_is_arm() -> None:
    xy = XY.copy()
    chest = (xy[LANDMARK_INDEX["left_shoulder"]] + xy[LANDMARK_INDEX["right_hip"]]) / 2
    xy[LANDMARK_INDEX["left_wrist"]] = chest
    label = nearest_part(chest[None].astype(np.float32), xy, HEIGHT_PX * TORSO_SHARE)
    assert BODY_PART_NAMES[int(label[0])] == "left_arm"


def test_camera_movement_is_taken_out() -> None:
    flow = uniform_flow(5.0, -2.0)
    mask = body_mask()
    flow[mask] += (0.0, 3.0)
    background = background_motion(flow, mask, SETTINGS)
    energy = flow_energy(flow, mask, XY, HEIGHT_PX, 1 / 30, SETTINGS, background)
    np.testing.assert_allclose(background.vector_px, (5.0, -2.0))
    assert energy.whole == pytest.approx(3 * 30 / HEIGHT_PX, rel=0.01)
    assert energy.background == pytest.approx(math.hypot(5, 2) * 30 / HEIGHT_PX, rel=1e-5)


def test_a_plain_wall_tells_nothing_of_the_camera() -> None:
    flow = uniform_flow(5.0, 0.0)
    background = background_motion(flow, body_mask(), SETTINGS, trusted=np.zeros((SIZE[1], SIZE[0]), dtype=bool))
    assert (background.vector_px == 0).all()
    assert math.isnan(background.median_px)
    assert math.isnan(background.speed_px)


@pytest.mark.parametrize("what", ["mask", "height", "dt"])
def test_abstains_where_it_cannot_know(what: str) -> None:
    mask = np.zeros((SIZE[1], SIZE[0]), dtype=bool) if what == "mask" else body_mask()
    height_px = math.nan if what == "height" else HEIGHT_PX
    dt_s = 0.0 if what == "dt" else 0.03
    energy = flow_energy(uniform_flow(3, 0), mask, XY, height_px, dt_s, SETTINGS, STILL)
    assert math.isnan(energy.whole)
    assert np.isnan(energy.parts).all()


def test_an_unseen_arm_has_no_energy_of_its_own() -> None:
    xy = XY.copy()
    for name in ("right_elbow", "right_wrist", "right_index"):
        xy[LANDMARK_INDEX[name]] = np.nan
    energy = flow_energy(uniform_flow(3, 0), body_mask(), xy, HEIGHT_PX, 0.03, SETTINGS, STILL)
    assert np.isnan(energy.parts[BODY_PART_NAMES.index("right_arm")])
    assert np.isfinite(np.delete(energy.parts, BODY_PART_NAMES.index("right_arm"))).all()


# --- real flow on drawn pictures


def walk(fps: int, speed: float = 0.3, seconds: float = 0.6, shift_px: float = 0.0) -> list[Motion]:
    """A drawn person who slides sideways at ``speed`` body heights a second, before a camera that may move, too."""
    height = 300.0
    meter = MotionMeter(SETTINGS)
    motions = []
    for index in range(round(seconds * fps) + 1):
        time_s = index / fps
        x = 220 + speed * height * time_s
        picture = drawn_person((640, 480), x, height)
        mask = (cv2.absdiff(picture, room((640, 480))).max(axis=2) > 0).astype(np.float32)
        camera = np.array([[1, 0, shift_px * time_s], [0, 1, 0]])
        picture = cv2.warpAffine(picture, camera, (640, 480), borderMode=cv2.BORDER_REFLECT)
        mask = cv2.warpAffine(mask, camera, (640, 480))
        grey = grey_small(picture, SETTINGS.picture_area_px)
        scale = grey.shape[0] / 480
        small = cv2.resize(mask, (grey.shape[1], grey.shape[0])) > 0.5
        xy = standing_xy((x + shift_px * time_s, 0.95 * 480), height) * scale
        motions.append(meter.update(grey, time_s, small, xy, height * scale))
    return motions


def mean_energy(motions: list[Motion]) -> float:
    return float(np.mean([motion.energy.whole for motion in motions if motion.energy is not None]))


def test_the_first_picture_has_no_energy() -> None:
    assert walk(30, seconds=0.0)[0].energy is None


def test_known_speed_at_any_frame_rate() -> None:
    # The drawn clothes are plain, so part of the movement cannot be seen: all rates must agree on the same share.
    at_30 = mean_energy(walk(30))
    assert at_30 == pytest.approx(0.3, rel=0.25)
    assert mean_energy(walk(15)) == pytest.approx(at_30, rel=0.1)
    assert mean_energy(walk(60)) == pytest.approx(at_30, rel=0.1)


def test_a_moving_camera_is_noticed_and_adds_no_energy() -> None:
    still, moving = walk(30), walk(30, shift_px=90.0)
    assert mean_energy(moving) == pytest.approx(mean_energy(still), rel=0.2)
    assert np.median([motion.camera_speed for motion in moving[1:]]) == pytest.approx(90 / 480, rel=0.2)
    assert np.median([motion.camera_speed for motion in still[1:]]) < 0.02


def noisy_pictures(count: int, sigma: float) -> list[np.ndarray]:
    rng = np.random.default_rng(1)
    person = drawn_person().astype(np.float32)
    return [np.clip(person + rng.normal(0, sigma, person.shape), 0, 255).astype(np.uint8) for _ in range(count)]


def observed(pictures: list[np.ndarray], times_s: list[float]) -> list[FlowEnergy | None]:
    meter = MotionMeter(SETTINGS)
    mask = cv2.absdiff(drawn_person(), room()).max(axis=2) > 0
    energies = []
    for picture, time_s in zip(pictures, times_s, strict=True):
        grey = grey_small(picture, SETTINGS.picture_area_px)
        small = cv2.resize(mask.astype(np.uint8), (grey.shape[1], grey.shape[0])) > 0
        scale = grey.shape[0] / 480
        xy = standing_xy((320, 456), 408) * scale
        energies.append(meter.update(grey, time_s, small, xy, 408 * scale).energy)
    return energies


def test_a_still_person_in_a_noisy_picture_has_almost_none() -> None:
    energies = observed(noisy_pictures(10, 6.0), [index / 30 for index in range(10)])
    assert max(energy.whole for energy in energies[1:] if energy is not None) < 0.02


def test_a_gap_and_a_step_back_start_anew() -> None:
    pictures = noisy_pictures(5, 2.0)
    energies = observed(pictures, [0.0, 0.033, 1.0, 1.033, 0.5])
    assert [energy is None for energy in energies] == [True, False, True, False, True]


def test_a_repeated_frame_keeps_the_energy_and_a_long_one_is_stillness() -> None:
    pictures = [drawn_person((640, 480), 320 + 6.0 * index) for index in range(4)]
    doubled = [picture for picture in pictures for _ in range(2)]
    energies = observed(doubled, [index / 60 for index in range(len(doubled))])
    values = [energy.whole for energy in energies[2:] if energy is not None]
    assert min(values) > 0.5 * max(values)
    energies = observed([pictures[0], *[pictures[1]] * 8], [index / 30 for index in range(9)])
    assert energies[-1] is not None
    assert energies[-1].whole == 0.0
