"""The mirror: twice is nothing, and measuring the mirrored is mirroring the measured."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.pose import mirror
from coach.pose.joint_angles import joint_angles_deg, joint_angles_world_deg, limb_visible_share
from coach.pose.joint_table import JOINT_INDEX
from coach.pose.landmark_table import BODY_PART_NAMES, LANDMARK_INDEX
from coach.pose.normalise import facing_vector, normalise
from coach.pose.offline import build_reference
from coach.pose.reference import ReferenceInfo
from coach.pose.trajectory import floor_trajectory
from tests.builders_pose import make_observation, make_pose_frame, make_pose_frames, make_pose_track, make_reference

poses = st.fixed_dictionaries(
    {
        "arms_deg": st.tuples(st.floats(1, 179), st.floats(1, 179)),
        "elbows_deg": st.tuples(st.floats(20, 179), st.floats(20, 179)),
        "knees_deg": st.tuples(st.floats(40, 179), st.floats(40, 179)),
        "trunk_deg": st.floats(-60, 60),
        "neck_deg": st.floats(-40, 40),
        "roll_deg": st.floats(-40, 40),
        "turn_deg": st.sampled_from([0.0, 35.0, 150.0, 180.0, 230.0]),
        "centre": st.tuples(st.floats(0, 1), st.floats(0, 1)),
    }
)


@given(pose=poses)
@settings(max_examples=50, deadline=None)
def test_twice_is_nothing(pose):
    frame = make_pose_frame(**pose)
    twice = mirror.mirrored_frame(mirror.mirrored_frame(frame))
    np.testing.assert_allclose(twice.image, frame.image, atol=1e-12)
    np.testing.assert_array_equal(twice.world, frame.world)


@given(pose=poses)
@settings(max_examples=50, deadline=None)
def test_measuring_the_mirrored_is_mirroring_the_measured(pose):
    frame = make_pose_frame(**pose, hidden=("left_wrist", "right_foot_index"))
    other = mirror.mirrored_frame(frame)
    angles, other_angles = (joint_angles_deg(one.square_xy(), one.visibility) for one in (frame, other))
    np.testing.assert_allclose(other_angles, mirror.mirrored_angles(angles), atol=1e-7)
    np.testing.assert_allclose(
        joint_angles_world_deg(other.world), mirror.mirrored_angles(joint_angles_world_deg(frame.world)), atol=1e-7
    )
    shares, other_shares = (limb_visible_share(one.square_xy(), one.visibility) for one in (frame, other))
    np.testing.assert_allclose(other_shares, mirror.mirrored_joints(shares), atol=1e-9)
    np.testing.assert_allclose(facing_vector(other.world), mirror.mirrored_trajectory(facing_vector(frame.world)))
    body, other_body = (normalise(one.square_xy(), one.visibility) for one in (frame, other))
    assert other_body.facing == pytest.approx(body.facing)
    assert other_body.roll_deg == pytest.approx(-body.roll_deg, abs=1e-9)
    nose = LANDMARK_INDEX["nose"]
    np.testing.assert_allclose(other_body.xy[nose], body.xy[nose] * [-1, 1], atol=1e-9)


def test_left_becomes_right_and_the_input_is_left_alone():
    frame = make_pose_frame(arms_deg=(90.0, 30.0), trunk_deg=10.0)
    kept = frame.image.copy()
    other = mirror.mirrored_frame(frame)
    angles = joint_angles_deg(other.square_xy(), other.visibility)
    assert angles[JOINT_INDEX["right_shoulder"]] == pytest.approx(90.0)
    assert angles[JOINT_INDEX["trunk"]] == pytest.approx(-10.0)
    assert other.image[LANDMARK_INDEX["right_wrist"], 0] == 1 - frame.image[LANDMARK_INDEX["left_wrist"], 0]
    np.testing.assert_array_equal(frame.image, kept)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_masks_are_reversed_pixel_by_pixel(seed):
    pixels = np.random.default_rng(seed).integers(0, 2, (2, 256, 256), dtype=np.uint8)
    mirrored = mirror.mirrored_mask_bits(np.packbits(pixels, axis=-1))
    np.testing.assert_array_equal(np.unpackbits(mirrored, axis=-1), pixels[..., ::-1])
    assert mirrored.dtype == np.uint8


def test_parts_swap_sides():
    values = np.arange(len(BODY_PART_NAMES), dtype=np.float64)
    swapped = dict(zip(BODY_PART_NAMES, mirror.mirrored_parts(values), strict=True))
    assert swapped["left_arm"] == BODY_PART_NAMES.index("right_arm")
    assert swapped["head"] == BODY_PART_NAMES.index("head")


def test_the_path_on_the_floor_of_the_mirrored_dancer_is_the_mirrored_path():
    track = make_pose_track(40)
    np.testing.assert_allclose(
        floor_trajectory(mirror.mirrored_track(track)), mirror.mirrored_trajectory(floor_trajectory(track)), atol=1e-9
    )


def test_a_reference_of_the_mirrored_recording_is_the_mirrored_reference():
    observations = [make_observation(frame) for frame in make_pose_frames(40)]
    parts = np.arange(6.0)
    observations = [replace(one, energy=replace(one.energy, parts=parts)) for one in observations]
    info = ReferenceInfo(name="a", title="A")
    straight = mirror.mirrored_reference(build_reference(info, observations))
    recorded = build_reference(info, [mirror.mirrored_observation(one) for one in observations])
    np.testing.assert_allclose(straight.track.image, recorded.track.image, atol=1e-9)
    np.testing.assert_allclose(straight.track.world, recorded.track.world, atol=1e-9)
    np.testing.assert_array_equal(straight.masks, recorded.masks)
    np.testing.assert_allclose(straight.trajectory, recorded.trajectory, atol=1e-9)
    np.testing.assert_array_equal(straight.flow_energy_parts, recorded.flow_energy_parts)
    assert straight.info.mirrored


def test_a_reference_mirrored_twice_is_itself_with_its_takes():
    reference = replace(make_reference(30), takes=(make_reference(30, turn_deg=10.0),))
    once = mirror.mirrored_reference(reference)
    twice = mirror.mirrored_reference(once)
    assert twice.info == reference.info
    for one, other in ((twice, reference), (twice.takes[0], reference.takes[0])):
        np.testing.assert_allclose(one.track.image, other.track.image, atol=1e-12)
        np.testing.assert_array_equal(one.masks, other.masks)
        np.testing.assert_array_equal(one.trajectory, other.trajectory)
    assert not np.array_equal(once.masks, reference.masks)
    assert not np.allclose(once.takes[0].track.image, reference.takes[0].track.image)


def test_an_observation_without_energy_or_mask_can_be_mirrored():
    bare = make_observation(make_pose_frame(), energy=None, mask=False)
    other = mirror.mirrored_observation(bare)
    assert other.energy is None
    assert other.mask_bits is None
