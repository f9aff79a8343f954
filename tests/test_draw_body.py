"""The drawn dancer: painted where the landmarks are, whole, from any side, and never outside its picture."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from coach.pose.landmark_table import LANDMARK_INDEX, MAIN_LANDMARKS
from coach.pose.pose_frame import missing_landmarks
from coach.routine.dancer_pose import sample_pose
from coach.settings.routine import StageCamera
from coach.vision.backdrop import Backdrop
from coach.vision.dancer_look import STUDENT_LOOK, TEACHER_LOOK, Part, flat_look
from coach.vision.draw_body import draw_dancer, draw_sample_picture, draw_silhouette
from coach.vision.sensor_noise import SensorNoise
from tests.builders_routine import UNHURRIED, routine

SIZE = (640, 360)
Picture = NDArray[np.uint8]


def blank(channels: int = 3) -> Picture:
    return np.zeros((SIZE[1], SIZE[0], channels), dtype=np.uint8)


def mask_of(landmarks: NDArray[np.float64]) -> NDArray[np.bool_]:
    mask = np.zeros((SIZE[1], SIZE[0]), dtype=np.uint8)
    assert draw_silhouette(mask, landmarks, (255,))
    return mask > 127


def at_beat(beat: float) -> NDArray[np.float64]:
    return routine().truth(beat * routine().beat_s).image


@pytest.mark.parametrize("beat", [0, 16.3, 24.2, 34, 36, 38, 50.2, 60, 64.5, 69])
def test_every_main_joint_lies_inside_the_figure(beat: float) -> None:
    landmarks = at_beat(beat)
    mask = mask_of(landmarks)
    for name in MAIN_LANDMARKS:
        x, y = landmarks[LANDMARK_INDEX[name], :2] * SIZE
        assert mask[int(y), int(x)], name


def test_picture_and_silhouette_cover_the_same() -> None:
    landmarks = at_beat(20.8)
    picture = blank()
    assert draw_dancer(picture, landmarks, look=flat_look((255, 255, 255), outline=0.0))
    drawn = picture.max(axis=2) > 127
    assert (drawn ^ mask_of(landmarks)).sum() < 0.01 * drawn.sum()


def test_a_back_shows_no_face() -> None:
    def eye_whites(beat: float) -> int:
        picture = np.zeros((1080, 1920, 3), dtype=np.uint8)
        draw_dancer(picture, at_beat(beat))
        return int((picture == STUDENT_LOOK.colours[Part.EYE_WHITE]).all(axis=2).sum())

    assert eye_whites(0) > 0
    assert eye_whites(38) == 0


def test_arms_before_and_behind_the_trunk() -> None:
    """A clap is in front of the shirt; seen from the back the shirt hides it."""

    def hands(yaw_deg: float) -> int:
        frame = routine().truth(4 * routine().beat_s, camera=StageCamera(yaw_deg=yaw_deg))
        picture = blank()
        draw_dancer(picture, frame.image, look=STUDENT_LOOK)
        xy = (frame.image[[LANDMARK_INDEX["left_wrist"], LANDMARK_INDEX["right_wrist"]], :2] * SIZE).mean(axis=0)
        x, y = int(xy[0]), int(xy[1])
        colour = picture[y - 1 : y + 2, x - 1 : x + 2].reshape(-1, 3).mean(axis=0)
        skin, shirt = (np.array(STUDENT_LOOK.colours[part]) for part in (Part.HAND, Part.SHIRT))
        return int(np.abs(colour - skin).sum() < np.abs(colour - shirt).sum())

    assert hands(0) == 1
    assert hands(180) == 0


def test_nobody_leaves_the_picture_untouched() -> None:
    picture = blank()
    assert not draw_dancer(picture, missing_landmarks())
    assert not draw_silhouette(picture, missing_landmarks(), (1, 2, 3))
    assert not picture.any()


@UNHURRIED
@given(st.sets(st.integers(0, 32), max_size=20))
def test_missing_landmarks_leave_out_their_part_only(gone: set[int]) -> None:
    landmarks = at_beat(16.3).copy()
    landmarks[list(gone), :3] = np.nan
    landmarks[list(gone), 3] = 0.0
    picture = blank()
    trunk = {LANDMARK_INDEX[f"{side}_{part}"] for side in ("left", "right") for part in ("hip", "shoulder")}
    assert draw_dancer(picture, landmarks) == (not gone & trunk)
    assert picture.any() == (not gone & trunk)


@UNHURRIED
@given(st.floats(-3, 3), st.floats(-3, 3), st.floats(0.05, 6.0))
def test_anywhere_and_any_size_is_safe(x: float, y: float, scale: float) -> None:
    landmarks = at_beat(16.3).copy()
    landmarks[:, :2] = (landmarks[:, :2] - 0.5) * scale + (x, y)
    landmarks[:, 2] *= scale
    draw_dancer(blank(), landmarks)


@UNHURRIED
@given(st.integers(0, 2**32 - 1))
def test_random_landmarks_are_safe(seed: int) -> None:
    rng = np.random.default_rng(seed)
    draw_dancer(blank(), rng.normal(0.5, 0.5, (33, 4)))


def test_looks_differ_and_a_flat_one_has_one_hue() -> None:
    pictures = []
    for look in (STUDENT_LOOK, TEACHER_LOOK, flat_look((200, 120, 40), outline=0.0)):
        picture = blank()
        draw_dancer(picture, at_beat(16.3), look=look)
        pictures.append(picture)
    assert (pictures[0] != pictures[1]).any(axis=2).mean() > 0.02
    colours = pictures[2][(pictures[2] == (200, 120, 40)).all(axis=2)]
    assert len(colours) > 0.95 * (pictures[2].any(axis=2)).sum() * 0.9


def test_a_ghost_is_opaque_inside_and_clear_outside() -> None:
    picture = blank(4)
    assert draw_dancer(picture, at_beat(16.3), look=flat_look((200, 120, 40)))
    mask = mask_of(at_beat(16.3))
    alpha = picture[..., 3]
    assert alpha[~mask].mean() < 3
    assert np.median(alpha[mask]) == 255


def test_offset_moves_the_figure() -> None:
    plain, moved = blank(), blank()
    draw_dancer(plain, at_beat(0))
    draw_dancer(moved, at_beat(0), offset_px=(40.0, 0.0))
    np.testing.assert_array_equal(plain[:, 200:400], moved[:, 240:440])


def test_other_frame_size_fits_a_small_picture() -> None:
    small = np.zeros((180, 320, 3), dtype=np.uint8)
    draw_dancer(small, at_beat(0))
    large = blank()
    draw_dancer(large, at_beat(0), frame_size_px=(320, 180))
    assert not large[185:].any()
    assert (small != large[:180, :320]).mean() < 0.01


def test_the_room_is_fresh_each_time_and_the_shadow_is_under_the_feet() -> None:
    backdrop = Backdrop(SIZE)
    picture = backdrop.fresh()
    landmarks = at_beat(0)
    backdrop.draw_shadow(picture, landmarks)
    rows = np.flatnonzero((picture != backdrop.fresh()).any(axis=(1, 2)))
    heel_px = landmarks[LANDMARK_INDEX["left_heel"], 1] * SIZE[1]
    assert rows.min() < heel_px < rows.max()
    backdrop.draw_shadow(picture, missing_landmarks())


def test_noise_changes_every_picture_and_repeats_with_the_index() -> None:
    noise = SensorNoise(SIZE, 5)
    pictures = []
    for index in (0, 1, 2, 1):
        picture = np.full((SIZE[1], SIZE[0], 3), 100, dtype=np.uint8)
        noise.add_to(picture, index)
        pictures.append(picture)
    assert (pictures[0] != pictures[1]).mean() > 0.5
    assert (pictures[1] != pictures[2]).mean() > 0.5
    np.testing.assert_array_equal(pictures[1], pictures[3])
    assert pictures[0].max() <= 105
    silent = np.zeros((SIZE[1], SIZE[0], 3), dtype=np.uint8)
    SensorNoise(SIZE, 0).add_to(silent, 3)
    assert not silent.any()


def test_sample_picture_shows_a_person_in_a_room() -> None:
    picture = draw_sample_picture(sample_pose())
    assert picture.shape == (540, 960, 3)
    assert picture.flags.c_contiguous
    assert (picture == STUDENT_LOOK.colours[Part.SHIRT]).all(axis=2).sum() > 2000
