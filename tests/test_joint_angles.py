"""Joint angles: as built, as the law of cosines has them, and silent where a limb does not show."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.pose.joint_angles import (
    FULL_BONE_LENGTHS,
    foreshortening,
    joint_angles_deg,
    joint_angles_world_deg,
    limb_visible_share,
)
from coach.pose.joint_table import JOINT_COUNT, JOINT_INDEX, JOINTS
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.settings.pose import AngleSettings
from tests.builders_pose import make_pose_frame, make_pose_track
from tests.oracles_pose import three_point_angle_deg

EVERYTHING = AngleSettings(min_limb_share=0.0)


def _angles(frame, **options):
    return joint_angles_deg(frame.square_xy(), frame.visibility, **options)


def _of(angles, name):
    return angles[..., JOINT_INDEX[name]]


@given(
    arms=st.tuples(st.floats(0, 180), st.floats(0, 180)),
    elbows=st.tuples(st.floats(5, 180), st.floats(5, 180)),
    legs=st.tuples(st.floats(0, 90), st.floats(0, 90)),
    knees=st.tuples(st.floats(30, 180), st.floats(30, 180)),
    neck=st.floats(-60, 60),
    size=st.sampled_from([(640, 480), (406, 720), (1280, 720)]),
)
@settings(max_examples=80, deadline=None)
def test_angles_are_those_the_body_was_built_with(arms, elbows, legs, knees, neck, size):
    frame = make_pose_frame(
        arms_deg=arms, elbows_deg=elbows, legs_deg=legs, knees_deg=knees, neck_deg=neck, frame_size_px=size
    )
    for angles in (_angles(frame), joint_angles_world_deg(frame.world)):
        expected = {"shoulder": arms, "elbow": elbows, "hip": (180 - legs[0], 180 - legs[1]), "knee": knees}
        for part, (left, right) in expected.items():
            assert _of(angles, f"left_{part}") == pytest.approx(left, abs=1e-5)
            assert _of(angles, f"right_{part}") == pytest.approx(right, abs=1e-5)
        assert _of(angles, "neck") == pytest.approx(neck, abs=1e-6)
        assert _of(angles, "left_ankle") == pytest.approx(115.0)


@pytest.mark.parametrize("lean_deg", [-80.0, -10.0, 0.0, 25.0, 100.0])
def test_trunk_leans_positive_to_the_pictures_right(lean_deg):
    frame = make_pose_frame(trunk_deg=lean_deg)
    assert _of(_angles(frame), "trunk") == pytest.approx(lean_deg)
    assert _of(_angles(frame), "neck") == pytest.approx(0.0, abs=1e-6)
    top = LANDMARK_INDEX["nose"]
    assert np.sign(frame.image[top, 0] - 0.5) == np.sign(lean_deg)


def test_limb_angles_agree_with_the_law_of_cosines_on_random_points():
    rng = np.random.default_rng(0)
    points = rng.uniform(0.0, 1.0, (200, 33, 2))
    world = np.concatenate([rng.uniform(-1.0, 1.0, (200, 33, 3)), np.ones((200, 33, 1))], axis=-1)
    angles = joint_angles_deg(points, np.ones((200, 33)), settings=EVERYTHING)
    in_space = joint_angles_world_deg(world)
    for joint in JOINTS[:12]:
        chain = [LANDMARK_INDEX[name] for name in joint.points]
        flat = [three_point_angle_deg(*points[row, chain]) for row in range(200)]
        solid = [three_point_angle_deg(*world[row, chain, :3]) for row in range(200)]
        np.testing.assert_allclose(_of(angles, joint.name), flat, atol=1e-5)
        np.testing.assert_allclose(_of(in_space, joint.name), solid, atol=1e-5)


@given(shift=st.tuples(st.floats(-2, 2), st.floats(-2, 2)), scale=st.floats(0.05, 20), roll_deg=st.floats(-180, 180))
@settings(max_examples=40, deadline=None)
def test_limb_angles_ignore_place_size_and_roll_and_trunk_turns_with_the_roll(shift, scale, roll_deg):
    frame = make_pose_frame(arms_deg=(70.0, 130.0), elbows_deg=(90.0, 40.0), neck_deg=12.0)
    turn = np.deg2rad(roll_deg)
    turned = frame.square_xy() @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    moved = joint_angles_deg(turned * scale + shift, frame.visibility)
    plain = _angles(frame)
    trunk = JOINT_INDEX["trunk"]
    others = np.arange(JOINT_COUNT) != trunk
    np.testing.assert_allclose(moved[others], plain[others], atol=1e-6)
    difference = moved[trunk] - plain[trunk] - roll_deg
    assert (difference + 180) % 360 - 180 == pytest.approx(0.0, abs=1e-6)


def test_an_unseen_landmark_silences_its_joints_only():
    angles = _angles(make_pose_frame(hidden=("left_elbow",), missing=("right_ankle",)))
    silent = {joint.name for joint in JOINTS if np.isnan(_of(angles, joint.name))}
    assert silent == {"left_shoulder", "left_elbow", "left_wrist", "right_knee", "right_ankle"}
    assert np.isnan(_angles(make_pose_frame(hidden=("left_ear",)))[JOINT_INDEX["neck"]])
    in_space = joint_angles_world_deg(make_pose_frame(hidden=("left_elbow",)).world)
    assert np.isnan(_of(in_space, "left_elbow"))
    assert np.isfinite(_of(in_space, "right_elbow"))


def test_visibility_limit_is_the_callers():
    frame = make_pose_frame(visibility=0.6)
    assert np.isfinite(_angles(frame, min_visibility=0.5)).all()
    assert np.isnan(_angles(frame, min_visibility=0.7)).all()


@pytest.mark.parametrize("part", ["left_elbow", "right_wrist", "left_knee"])
def test_coinciding_landmarks_have_no_angle(part):
    frame = make_pose_frame()
    image, world = frame.image.copy(), frame.world.copy()
    vertex, after = (LANDMARK_INDEX[name] for name in JOINTS[JOINT_INDEX[part]].points[1:])
    image[after], world[after] = image[vertex], world[vertex]
    assert np.isnan(_of(_angles(frame.with_image(image), settings=EVERYTHING), part))
    assert _of(limb_visible_share(frame.with_image(image).square_xy(), frame.visibility), part) == 0.0
    assert np.isnan(_of(joint_angles_world_deg(world), part))


def test_an_arm_pointing_at_the_camera_is_not_judged():
    frame = make_pose_frame(arms_deg=90.0, elbows_deg=175.0)
    square, world = frame.square_xy().copy(), frame.world.copy()
    shoulder = LANDMARK_INDEX["left_shoulder"]
    for name in ("elbow", "wrist", "index"):
        index = LANDMARK_INDEX[f"left_{name}"]
        away = square[index] - square[shoulder]
        square[index] = square[shoulder] + 0.15 * away
        world[index, 2] = -np.linalg.norm(world[index, :2] - world[shoulder, :2])
        world[index, :2] = world[shoulder, :2] + 0.15 * (world[index, :2] - world[shoulder, :2])
    angles = joint_angles_deg(square, frame.visibility)
    share = limb_visible_share(square, frame.visibility)
    assert np.isnan(_of(angles, "left_shoulder"))
    assert np.isnan(_of(angles, "left_elbow"))
    assert _of(share, "left_elbow") < 0.2 < 0.8 < _of(share, "right_elbow")
    assert _of(foreshortening(world), "left_elbow") < 0.3
    assert _of(foreshortening(world), "right_elbow") == pytest.approx(1.0)


def test_a_bowing_torso_is_noticed_by_the_size_of_the_legs():
    square = make_pose_frame().square_xy().copy()
    hips = square[[LANDMARK_INDEX["left_hip"], LANDMARK_INDEX["right_hip"]]].mean(axis=0)
    upper = np.arange(33) < LANDMARK_INDEX["left_hip"]
    square[upper] = hips + (square[upper] - hips) * [1.0, 0.1]
    share = limb_visible_share(square, np.ones(33))
    assert _of(share, "left_hip") < 0.5
    assert _of(share, "left_knee") > 0.8


def test_shares_of_a_frontal_body_are_about_one_and_nan_when_unseen():
    frame = make_pose_frame(hidden=("left_wrist",))
    share = limb_visible_share(frame.square_xy(), frame.visibility)
    seen = np.isfinite(share)
    assert not seen[JOINT_INDEX["left_elbow"]]
    assert ((share[seen] > 0.7) & (share[seen] < 1.2)).all()
    assert np.isnan(foreshortening(frame.world)[JOINT_INDEX["left_wrist"]])


def test_every_bone_of_a_joint_has_a_full_length():
    for joint in JOINTS:
        plain = [name.split("_", 1)[1] for name in joint.points]
        for pair in pairwise(plain):
            assert FULL_BONE_LENGTHS[frozenset(pair)] > 0


def test_a_track_gives_the_same_as_its_frames():
    track = make_pose_track(5)
    together = joint_angles_deg(track.square_xy(), track.image[..., 3])
    assert together.shape == (5, JOINT_COUNT)
    np.testing.assert_array_equal(together[3], _angles(track.frame(3)))
    assert joint_angles_world_deg(track.world).shape == (5, JOINT_COUNT)
    assert joint_angles_world_deg(track.world[None]).shape == (1, 5, JOINT_COUNT)
