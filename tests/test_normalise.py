"""Normalisation: the same body wherever it stands, however large, however the camera is tilted; its facing is kept."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import SettingsError
from coach.pose.body_size import BODY_HEIGHT_M, body_height
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.normalise import facing_deg, facing_vector, normalise
from coach.settings.pose import NormaliseSettings
from tests.builders_pose import TORSO_BODY_HEIGHTS, make_pose_frame, make_pose_track

LEFT, RIGHT = LANDMARK_INDEX["left_shoulder"], LANDMARK_INDEX["right_shoulder"]
poses = st.fixed_dictionaries(
    {
        "arms_deg": st.tuples(st.floats(5, 175), st.floats(5, 175)),
        "elbows_deg": st.tuples(st.floats(30, 178), st.floats(30, 178)),
        "knees_deg": st.floats(60, 178),
        "neck_deg": st.floats(-30, 30),
    }
)


def _normalised(frame, **options):
    return normalise(frame.square_xy(), frame.visibility, **options)


def test_hips_in_the_middle_torso_of_length_one_shoulders_level():
    result = _normalised(make_pose_frame(trunk_deg=9.0, roll_deg=14.0, centre=(0.3, 0.6), height=0.5))
    hips = result.xy[[LANDMARK_INDEX["left_hip"], LANDMARK_INDEX["right_hip"]]].mean(axis=0)
    shoulders = result.xy[[LEFT, RIGHT]]
    assert hips == pytest.approx([0.0, 0.0], abs=1e-12)
    assert np.linalg.norm(shoulders.mean(axis=0)) == pytest.approx(1.0)
    assert shoulders[0, 1] == pytest.approx(shoulders[1, 1], abs=1e-12)
    assert result.roll_deg == pytest.approx(23.0)
    assert result.torso_length == pytest.approx(0.5 * TORSO_BODY_HEIGHTS)
    assert result.hip_centre == pytest.approx([0.3 * 640 / 480, 0.6])


@given(
    pose=poses,
    roll_deg=st.floats(-55, 55),
    centre=st.tuples(st.floats(-0.5, 1.5), st.floats(-0.5, 1.5)),
    height=st.floats(0.15, 2.0),
    behind=st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_place_size_and_roll_do_not_matter(pose, roll_deg, centre, height, behind):
    turn_deg = 180.0 if behind else 0.0
    plain = _normalised(make_pose_frame(**pose, turn_deg=turn_deg))
    moved = _normalised(make_pose_frame(**pose, turn_deg=turn_deg, roll_deg=roll_deg, centre=centre, height=height))
    np.testing.assert_allclose(moved.xy, plain.xy, atol=1e-9)
    assert moved.facing == pytest.approx(plain.facing)
    assert (plain.facing < 0) == behind


def test_a_dancer_seen_from_behind_is_not_flipped():
    front, back = _normalised(make_pose_frame()), _normalised(make_pose_frame(turn_deg=180.0))
    assert front.xy[LEFT, 0] > 0 > front.xy[RIGHT, 0]
    assert back.xy[LEFT, 0] < 0 < back.xy[RIGHT, 0]
    assert front.facing == pytest.approx(-back.facing)
    assert abs(back.roll_deg) < 1e-6


def test_turning_changes_facing_smoothly_through_the_side_view():
    facing = np.array([_normalised(make_pose_frame(turn_deg=turn)).facing for turn in range(0, 181, 3)])
    assert (np.diff(facing) < 0).all()
    assert facing[30] == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("sweep", ["roll_deg", "trunk_deg"])
@pytest.mark.parametrize("turn_deg", [0.0, 60.0, 85.0, 180.0])
def test_no_jump_in_a_cartwheel_or_a_bow(sweep, turn_deg):
    values = np.arange(-180.0, 180.0, 1.0)
    size = np.array(0.2)  # a steady one: side-on, a bow leaves no torso length in the picture
    frames = [make_pose_frame(**{sweep: value, "turn_deg": turn_deg}) for value in values]
    xy = np.stack([_normalised(frame, torso_length=size).xy for frame in frames])
    step = np.abs(np.diff(xy, axis=0)).max(axis=(1, 2))
    # One degree moves the far end of a two-torso leg by 0.04; the fade near the vertical triples the turn.
    assert step.max() < 0.2


def test_a_noisy_side_view_does_not_spin_the_body():
    rng = np.random.default_rng(3)
    rolls = [_normalised(make_pose_frame(turn_deg=90.0, noise=0.004, rng=rng)).roll_deg for _ in range(100)]
    assert np.abs(rolls).max() < 5.0


def test_unseen_hips_or_shoulders_leave_everything_undefined_others_only_themselves():
    lost = _normalised(make_pose_frame(hidden=("left_hip",)))
    assert np.isnan(lost.xy).all()
    assert np.isnan(lost.facing)
    partly = _normalised(make_pose_frame(missing=("left_wrist",), hidden=("right_knee",)))
    missing = np.flatnonzero(np.isnan(partly.xy[:, 0]))
    assert set(missing) == {LANDMARK_INDEX["left_wrist"], LANDMARK_INDEX["right_knee"]}


def test_a_body_without_length_is_undefined():
    assert np.isnan(_normalised(make_pose_frame(height=0.001)).xy).all()


def test_a_steady_size_from_the_caller_is_used():
    frame = make_pose_frame()
    assert np.linalg.norm(_normalised(frame, torso_length=np.array(0.42)).xy[[LEFT, RIGHT]].mean(axis=0)) == (
        pytest.approx(0.7 * TORSO_BODY_HEIGHTS / 0.42)
    )


def test_a_track_gives_the_same_as_its_frames():
    track = make_pose_track(7)
    together = normalise(track.square_xy(), track.image[..., 3])
    assert together.xy.shape == (7, 33, 2)
    for index in range(7):
        np.testing.assert_array_equal(together.xy[index], _normalised(track.frame(index)).xy)
        assert together.facing[index] == _normalised(track.frame(index)).facing


@pytest.mark.parametrize("turn_deg", [-170.0, -90.0, -20.0, 0.0, 45.0, 90.0, 135.0])
def test_facing_follows_the_turn(turn_deg):
    world = make_pose_frame(turn_deg=turn_deg).world
    assert facing_deg(world) == pytest.approx(turn_deg)
    assert facing_vector(world) == pytest.approx([np.sin(np.deg2rad(turn_deg)), np.cos(np.deg2rad(turn_deg))])


def test_facing_of_nobody_is_undefined():
    assert np.isnan(facing_vector(make_pose_frame(missing=("left_hip",)).world)).all()


@given(pose=poses, turn_deg=st.floats(0, 360), height=st.floats(0.2, 1.5))
@settings(max_examples=40, deadline=None)
def test_body_height_does_not_depend_on_the_pose(pose, turn_deg, height):
    frame = make_pose_frame(**pose, turn_deg=turn_deg, height=height, trunk_deg=40.0)
    assert body_height(frame.square_xy(), frame.world, frame.visibility, 0.5) == pytest.approx(height)


def test_body_height_needs_enough_landmarks():
    frame = make_pose_frame(visibility=0.2)
    assert np.isnan(body_height(frame.square_xy(), frame.world, frame.visibility, 0.5))
    assert BODY_HEIGHT_M > 1.0


@pytest.mark.parametrize(
    "wrong", [{"min_visibility": 1.2}, {"narrow_shoulders": 0.5}, {"full_roll_deg": 90.0}, {"min_torso_length": 0.0}]
)
def test_settings_out_of_range_are_refused(wrong):
    with pytest.raises(SettingsError, match=next(iter(wrong))):
        NormaliseSettings(**wrong)
