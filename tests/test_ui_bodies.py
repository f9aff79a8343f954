"""The student's skeleton and the teacher: colour, shape, side and size."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pygame
import pytest

from coach.judging.verdicts import JointVerdict
from coach.pose.joint_table import JOINT_NAMES, JOINTS
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.pose_frame import PoseFrame
from coach.settings.ui import UiSettings
from coach.ui.canvas import Canvas
from coach.ui.picture import PicturePlace
from coach.ui.skeleton_overlay import draw_skeleton, emphasised_parts, joint_anchor
from coach.ui.surfaces import new_surface, paint
from coach.ui.teacher_overlay import GhostOverlay, draw_teacher_card, teacher_parts, torso_length
from coach.ui.theme import Theme
from coach.vision.figure import FigureColours, draw_figure
from tests.builders_pose import make_pose_frame
from tests.builders_ui import readings, teacher_framing, teacher_pose

SIZE_PX = (1024, 680)
THEME = Theme()
PLACE = PicturePlace(pygame.Rect(0, 0, *SIZE_PX), mirrored=True)
POSE = make_pose_frame(0.0, arms_deg=70.0, legs_deg=25.0, frame_size_px=SIZE_PX)


def drawn(pose: PoseFrame, joints: tuple, *, judged: bool = True, place: PicturePlace = PLACE) -> np.ndarray:
    """The overlay on black, RGB."""
    canvas, surface = Canvas(UiSettings()), new_surface(SIZE_PX)
    canvas.begin(surface)
    draw_skeleton(canvas, place, pose, joints, judged=judged)
    return rgb_of(surface)


def rgb_of(surface: pygame.Surface) -> np.ndarray:
    kept: list[np.ndarray] = []
    paint(surface, lambda pixels: kept.append(pixels[..., 2::-1].astype(int)))
    return kept[0]


def like(picture: np.ndarray, colour: tuple[int, int, int], tolerance: int = 20) -> np.ndarray:
    return np.abs(picture - np.array(colour)).max(axis=-1) <= tolerance


def at(name: str, place: PicturePlace = PLACE, pose: PoseFrame = POSE) -> tuple[int, int]:
    x, y = place.to_screen(pose.image[LANDMARK_INDEX[name], :2])
    return round(float(x)), round(float(y))


def test_a_good_joint_is_a_filled_dot() -> None:
    picture = drawn(POSE, readings())
    x, y = at("left_elbow")
    assert like(picture, THEME.good)[y - 3 : y + 4, x - 3 : x + 4].all()


def test_own_style_is_a_ring() -> None:
    picture = drawn(POSE, readings(styles=("left_elbow",)))
    x, y = at("left_elbow")
    ring = like(picture, THEME.style, 60)
    assert not ring[y, x]
    assert ring[y - 8 : y + 9, x - 8 : x + 9].sum() > 40


def test_a_mistake_is_a_diamond_on_a_thick_limb() -> None:
    picture = drawn(POSE, readings(("left_elbow",)))
    mark = like(picture, THEME.mistake)
    x, y = at("left_elbow")
    assert mark[y, x]
    assert mark[y - 9, x]
    # Corners of the square around a diamond are not part of it; the limb runs sideways here.
    good = like(drawn(POSE, readings()), THEME.mistake)
    assert mark.sum() > good.sum() + 1500


def test_what_cannot_be_seen_has_no_mark() -> None:
    picture = drawn(POSE, readings(unseen=JOINT_NAMES))
    for colour in (THEME.good, THEME.style, THEME.mistake):
        assert not like(picture, colour).any()


def test_a_doubtful_limb_is_thin_and_grey() -> None:
    hidden = make_pose_frame(
        0.0, arms_deg=70.0, legs_deg=25.0, frame_size_px=SIZE_PX, hidden=("left_elbow", "left_wrist", "left_index")
    )
    sure, doubtful = drawn(POSE, (), judged=False), drawn(hidden, (), judged=False)
    # Soft edges pass through all greys, so only the amount tells.
    assert like(doubtful, THEME.unseen).sum() > like(sure, THEME.unseen).sum()
    assert like(doubtful, THEME.bone).sum() < like(sure, THEME.bone).sum() - 500


def test_missing_landmarks_draw_nothing_and_do_not_fail() -> None:
    nobody = PoseFrame.missing(0.0, SIZE_PX)
    assert drawn(nobody, readings(JOINT_NAMES)).max() == 0
    half = make_pose_frame(0.0, frame_size_px=SIZE_PX, missing=("left_shoulder", "right_hip", "nose"))
    assert drawn(half, readings(JOINT_NAMES)).max() > 0


@pytest.mark.parametrize("mirrored", [True, False])
def test_the_bad_arm_is_marked_on_its_own_side(mirrored: bool) -> None:
    place = PicturePlace(PLACE.rect, mirrored)
    marked = like(drawn(POSE, readings(("left_elbow",)), place=place), THEME.mistake)
    columns = np.nonzero(marked)[1]
    # In the mirror the own left is on the left.
    assert bool(columns.mean() < SIZE_PX[0] / 2) is mirrored
    x, y = at("left_elbow", place)
    assert marked[y, x]


def test_at_most_two_limbs_stand_out_the_worst_first() -> None:
    everything = readings(JOINT_NAMES)
    assert len(emphasised_parts(everything, 2)) == 2
    assert emphasised_parts(readings(), 2) == ()
    knee_far_off = tuple(
        reading._replace(error_deg=-60.0) if reading.joint == "left_knee" else reading
        for reading in readings(("right_elbow", "left_knee"))
    )
    assert emphasised_parts(knee_far_off, 2) == ("left_leg", "right_arm")
    assert emphasised_parts(knee_far_off, 1) == ("left_leg",)


def test_every_joint_has_a_place_for_its_mark() -> None:
    known = {"shoulders", "hips", *LANDMARK_INDEX}
    for joint in JOINTS:
        assert set(joint_anchor(joint.name)) <= known


def card(teacher: PoseFrame, *, flipped: bool, parts: tuple[str, ...] = (), behind: bool = False) -> np.ndarray:
    canvas, surface = Canvas(UiSettings()), new_surface((400, 600))
    canvas.begin(surface)
    canvas.scale = 1.0
    place, framing = surface.get_rect(), teacher_framing()
    draw_teacher_card(canvas, place, teacher, framing, parts, flipped=flipped, footer="Teacher", behind=behind)
    return rgb_of(surface)


def test_teacher_is_shown_as_in_a_mirror() -> None:
    teacher = replace(make_pose_frame(1.0, arms_deg=(150.0, 20.0)), time_s=1.0)
    plain, flipped = card(teacher, flipped=False, parts=("left_arm",)), card(teacher, flipped=True, parts=("left_arm",))
    side = {name: np.nonzero(like(picture, THEME.mistake))[1].mean() for name, picture in
            (("plain", plain), ("flipped", flipped))}  # fmt: skip
    assert side["flipped"] < 200 < side["plain"]


def test_from_behind_what_was_near_is_far() -> None:
    teacher = replace(make_pose_frame(1.0, arms_deg=(150.0, 20.0)), time_s=1.0)
    teacher.image[:, 2] = 0.0
    teacher.image[[LANDMARK_INDEX[f"left_{part}"] for part in ("elbow", "wrist", "index")], 2] = -1.0
    far = [like(card(teacher, flipped=True, behind=behind), THEME.teacher_far).sum() for behind in (False, True)]
    assert far[1] > far[0] + 500


def test_the_same_screen_side_whether_followed_mirrored_or_not() -> None:
    assert teacher_parts(("left_arm", "torso"), teacher_mirrored=False) == ("left_arm", "torso")
    assert teacher_parts(("left_arm", "torso"), teacher_mirrored=True) == ("right_arm", "torso")


def test_verdict_enum_is_covered_by_the_overlay() -> None:
    for verdict in JointVerdict:
        joints = tuple(reading._replace(verdict=verdict) for reading in readings())
        drawn(POSE, joints)


def ghost_points(
    student: PoseFrame, teacher: PoseFrame, *, teacher_mirrored: bool = False, mirrored: bool = True
) -> np.ndarray:
    place = PicturePlace(PLACE.rect, mirrored)
    points = GhostOverlay().points_px(place, student, teacher, 0.0, 1.5, teacher_mirrored)
    assert points is not None
    return points


@pytest.mark.parametrize("mirrored", [True, False])
def test_ghost_of_oneself_lies_on_oneself(mirrored: bool) -> None:
    far = make_pose_frame(0.0, arms_deg=70.0, legs_deg=25.0, frame_size_px=(640, 480), height=0.4, centre=(0.3, 0.6))
    place = PicturePlace(PLACE.rect, mirrored)
    expected = place.to_screen(POSE.image[:, :2])
    assert ghost_points(POSE, far, mirrored=mirrored) == pytest.approx(expected, abs=1.0)


def test_ghost_of_a_mirrored_teacher_is_turned_round() -> None:
    teacher = make_pose_frame(0.0, arms_deg=(150.0, 20.0), frame_size_px=SIZE_PX)
    plain = ghost_points(POSE, teacher)
    turned = ghost_points(POSE, teacher, teacher_mirrored=True)
    hips = plain[[LANDMARK_INDEX["left_hip"], LANDMARK_INDEX["right_hip"]]].mean(axis=0)
    assert turned[:, 0] - hips[0] == pytest.approx(hips[0] - plain[:, 0], abs=1e-6)
    assert turned[:, 1] == pytest.approx(plain[:, 1])


def test_ghost_does_not_blow_up_when_the_teacher_bends_forward() -> None:
    ghost = GhostOverlay()
    upright = teacher_pose()
    bent = upright.with_image(upright.image.copy())
    shoulders = [LANDMARK_INDEX["left_shoulder"], LANDMARK_INDEX["right_shoulder"]]
    hips = [LANDMARK_INDEX["left_hip"], LANDMARK_INDEX["right_hip"]]
    bent.image[shoulders, 1] = bent.image[hips, 1] - 0.05
    first = ghost.points_px(PLACE, POSE, upright, 0.0, 1.5, False)
    second = ghost.points_px(PLACE, POSE, bent, 0.1, 1.5, False)
    assert first is not None
    assert second is not None
    legs = [LANDMARK_INDEX["left_knee"], LANDMARK_INDEX["left_ankle"]]
    assert np.hypot(*(second[legs[1]] - second[legs[0]])) < 1.35 * np.hypot(*(first[legs[1]] - first[legs[0]]))


def test_ghost_needs_hips_and_shoulders() -> None:
    half = make_pose_frame(0.0, missing=("left_hip",))
    assert GhostOverlay().points_px(PLACE, half, teacher_pose(), 0.0, 1.5, False) is None
    assert GhostOverlay().points_px(PLACE, POSE, PoseFrame.missing(0.0, SIZE_PX), 0.0, 1.5, False) is None


def test_figure_leaves_out_what_is_missing_and_stays_inside() -> None:
    colours = FigureColours((200, 200, 200, 255), (90, 90, 90, 255), (0, 0, 255, 255), (0, 0, 0, 255))
    whole, without = np.zeros((600, 600, 4), np.uint8), np.zeros((600, 600, 4), np.uint8)
    points = make_pose_frame(0.0, arms_deg=80.0).square_xy() * 500
    draw_figure(whole, points, np.zeros(33), torso_length(points), colours)
    points[[LANDMARK_INDEX["left_wrist"], LANDMARK_INDEX["left_elbow"]]] = np.nan
    draw_figure(without, points, np.zeros(33), torso_length(points), colours)
    assert 0 < (without[..., 0] > 0).sum() < (whole[..., 0] > 0).sum()
    nothing = np.zeros((100, 100, 4), np.uint8)
    draw_figure(nothing, np.full((33, 2), np.nan), np.full(33, np.nan), float("nan"), colours)
    assert nothing.max() == 0


def test_farther_leg_is_darker() -> None:
    colours = FigureColours((250, 250, 250, 255), (50, 50, 50, 255), (0, 0, 255, 255), (0, 0, 0, 255))
    pose = make_pose_frame(0.0, legs_deg=30.0)
    points, depth = pose.square_xy() * 500, np.zeros(33)
    for name in ("left_knee", "left_ankle"):
        depth[LANDMARK_INDEX[name]] = 200.0
    picture = np.zeros((600, 700, 4), np.uint8)
    draw_figure(picture, points, depth, torso_length(points), colours)
    brightness = {}
    for side in ("left", "right"):
        x, y = points[LANDMARK_INDEX[f"{side}_knee"]].astype(int)
        brightness[side] = picture[y, x, 0]
    assert brightness["left"] == 50
    assert brightness["right"] == 250
