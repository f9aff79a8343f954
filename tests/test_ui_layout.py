"""Where things stand on the screen."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.reference import Section
from coach.settings.ui import UiSettings
from coach.ui.canvas import Canvas
from coach.ui.layout import PracticeLayout
from coach.ui.picture import PicturePlace, _around
from coach.ui.progress_bar import spans_of
from coach.ui.surfaces import new_surface
from coach.ui.teacher_framing import TeacherFraming
from coach.vision import compose, marks
from tests.builders_pose import make_pose_track

CANVAS = Canvas(UiSettings())


def layout_at(width_px: int, height_px: int) -> PracticeLayout:
    CANVAS.begin(new_surface((width_px, height_px)))
    return PracticeLayout.of(CANVAS)


@given(st.integers(100, 2000), st.integers(100, 2000), st.booleans())
def test_picture_keeps_its_shape_and_is_whole(width_px: int, height_px: int, mirrored: bool) -> None:
    stage = layout_at(1280, 720).stage
    place = PicturePlace.fit((width_px, height_px), stage, mirrored=mirrored)
    assert stage.contains(place.rect)
    assert place.rect.width == stage.width or place.rect.height == stage.height
    assert place.rect.width / place.rect.height == pytest.approx(width_px / height_px, rel=0.02)


def test_as_in_a_mirror_the_left_stays_left() -> None:
    rect = pygame.Rect(100, 50, 400, 300)
    # A person facing the camera has the left wrist at the picture's right.
    wrist = np.array([0.9, 0.25])
    assert PicturePlace(rect, mirrored=True).to_screen(wrist) == pytest.approx([100 + 0.1 * 400, 50 + 0.25 * 300])
    assert PicturePlace(rect, mirrored=False).to_screen(wrist) == pytest.approx([100 + 0.9 * 400, 50 + 0.25 * 300])


def test_pixels_and_points_are_mirrored_alike() -> None:
    bgr = np.zeros((90, 160, 3), np.uint8)
    bgr[20:30, 140:150] = 255
    for mirrored in (False, True):
        place = PicturePlace(pygame.Rect(0, 0, 320, 180), mirrored)
        target = np.zeros((180, 320, 4), np.uint8)
        compose.scale_into(target, bgr, mirrored=mirrored)
        x, y = place.to_screen(np.array([145 / 160, 25 / 90])).round().astype(int)
        assert target[y, x, :3].min() == 255
        assert target[y, 320 - x, :3].max() == 0


@pytest.mark.parametrize("rect", [(300, 20, 600, 500), (0, 0, 1280, 720), (0, 100, 1280, 300)])
def test_backdrop_strips_cover_all_but_the_picture(rect: tuple[int, int, int, int]) -> None:
    covered = np.zeros((720, 1280), int)
    for strip in [*_around(1280, 720, pygame.Rect(rect)), rect]:
        compose.region(covered, strip)[:] += 1
    assert (covered == 1).all()


def test_round_corners_show_what_lies_behind() -> None:
    pixels, behind = np.full((60, 80, 4), 200, np.uint8), np.full((60, 80, 4), 10, np.uint8)
    compose.round_corners(pixels, behind, (10, 10, 40, 30), 8)
    assert [pixels[y, x, 0] for y, x in ((10, 10), (10, 49), (39, 10), (39, 49))] == [10] * 4
    assert (pixels[25, 10:50] == 200).all()
    assert (pixels[:10] == 200).all()


def test_teacher_framing_never_cuts_the_dancer_and_is_calm() -> None:
    track = make_pose_track(600)
    settings = UiSettings().body
    framing = TeacherFraming.of_track(track, settings)
    x, y = track.square_xy()[..., 0], track.square_xy()[..., 1]
    for index in range(0, 600, 20):
        centre_x, half_width, top, bottom = framing.at(float(track.time_s[index]))
        assert centre_x - half_width < x[index].min()
        assert centre_x + half_width > x[index].max()
        assert top < y[index].min()
        assert bottom > y[index].max()
    hips = track.square_xy()[:, LANDMARK_INDEX["left_hip"], 0]
    assert np.ptp(framing.centre_x) < np.ptp(hips)
    assert np.abs(np.diff(framing.top)).max() < 0.01


def test_teacher_framing_of_nobody_is_the_whole_picture() -> None:
    track = make_pose_track(5)
    nobody = type(track)(track.time_s, np.full_like(track.image, np.nan), track.world, track.frame_size_px)
    assert TeacherFraming.of_track(nobody, UiSettings().body).at(1.0) == (640 / 480 / 2, 640 / 480 / 2, 0.0, 1.0)


@given(
    st.lists(st.tuples(st.floats(-5, 60), st.floats(-5, 60)), max_size=6),
    st.floats(1.0, 50.0),
)
def test_spans_fill_the_whole_dance(times: list[tuple[float, float]], duration_s: float) -> None:
    spans = spans_of([Section("a", start_s, end_s) for start_s, end_s in times], duration_s)
    assert spans[0].start_s == 0.0
    assert spans[-1].end_s == duration_s
    assert all(one.end_s == following.start_s for one, following in pairwise(spans))
    assert all(one.end_s > one.start_s for one in spans)


@pytest.mark.parametrize("size_px", [(854, 480), (640, 360), (400, 225), (320, 180)])
def test_a_large_picture_made_small_is_averaged_not_sampled(size_px: tuple[int, int]) -> None:
    """Fine lines become grey instead of coming and going."""
    bgr = np.zeros((1080, 1920, 3), np.uint8)
    bgr[:, ::2] = 255
    target = np.zeros((size_px[1], size_px[0], 4), np.uint8)
    compose.scale_into(target, bgr, mirrored=False)
    assert np.abs(target[..., :3].astype(int) - 128).max() <= 4


def test_a_cut_out_lies_on_any_ground_as_if_drawn_there() -> None:
    def draw(pixels: np.ndarray) -> None:
        marks.disc(pixels, (20.3, 15.6), 9.5, (40, 120, 250, 255))
        marks.line(pixels, (3.0, 4.0), (36.0, 25.0), (200, 60, 10, 255), 3.0)

    ground = np.full((30, 40, 4), (30, 90, 160, 255), np.uint8)
    drawn = ground.copy()
    draw(drawn)
    cut = compose.cut_out((40, 30), draw).astype(float)
    share = cut[..., 3:] / 255.0
    laid = cut[..., :3] * share + ground[..., :3] * (1.0 - share)
    assert np.abs(laid - drawn[..., :3]).max() < 6.0
