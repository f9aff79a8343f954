"""What can be measured, and what only looks as if it could."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.judging.reach import reach_parts, torso_size
from coach.judging.visibility import JOINT_LANDMARKS, VisibilityJudge
from coach.pose.joint_table import JOINT_INDEX, JOINT_NAMES, MIRROR_JOINT_INDEX
from coach.pose.landmark_table import LANDMARK_INDEX, MIRROR_LANDMARK_INDEX
from coach.pose.pose_frame import PoseFrame
from coach.settings.judging import VisibilitySettings
from tests.builders_pose import dance_pose, make_pose_frame, make_pose_frames

STANDING = {"arms_deg": 60.0, "elbows_deg": 140.0, "height": 0.6}


def judge_all(frames):
    judge = VisibilityJudge(VisibilitySettings())
    return [judge.step(frame) for frame in frames]


def moved(frame: PoseFrame, **places: tuple[float, float]) -> PoseFrame:
    image = frame.image.copy()
    for name, place in places.items():
        image[LANDMARK_INDEX[name], :2] = place
    return frame.with_image(image)


def still(count: int = 20, fps: float = 30.0, **pose: object) -> list[PoseFrame]:
    return [make_pose_frame(index / fps, **(STANDING | pose)) for index in range(count)]


def measurable(seen, *names: str) -> list[bool]:
    return [bool(seen.measurable[JOINT_INDEX[name]]) for name in names]


def test_the_joint_landmarks_are_mirror_symmetric():
    np.testing.assert_array_equal(
        JOINT_LANDMARKS[list(MIRROR_JOINT_INDEX)][:, list(MIRROR_LANDMARK_INDEX)], JOINT_LANDMARKS
    )


def test_a_person_in_full_view_is_measured_whole():
    seen = judge_all(still())[-1]
    assert seen.measurable.all()


def test_one_frame_after_a_pause_does_not_decide_how_big_the_body_is():
    frames = still(90)
    later = make_pose_frame(frames[-1].time_s + 10.0, **(STANDING | {"height": 0.9}))
    sizes = [seen.body_size for seen in judge_all([*frames, later])]
    assert sizes[-2] < sizes[-1] < sizes[-2] + 0.45 * (1.5 - 1.0) * sizes[-2]


@pytest.mark.parametrize("fps", [15.0, 30.0, 60.0])
def test_a_dancing_person_is_measured_nearly_always(fps):
    seen = judge_all(make_pose_frames(int(6 * fps), fps, pose_at=dance_pose, noise=0.002, rng=np.random.default_rng(0)))
    assert np.mean([one.measurable for one in seen]) > 0.95


@pytest.mark.parametrize(
    ("landmark", "joints"),
    [
        ("left_wrist", {"left_shoulder", "left_elbow", "left_wrist"}),
        ("right_ankle", {"right_hip", "right_knee", "right_ankle"}),
        ("left_knee", {"left_hip", "left_knee", "left_ankle"}),
    ],
)
def test_one_unseen_landmark_hides_its_joints_and_its_limb_s_root_and_no_others(landmark, joints):
    seen = judge_all(still(hidden=[landmark]))[-1]
    assert {name for name in JOINT_NAMES if not seen.measurable[JOINT_INDEX[name]]} == joints


def test_a_landmark_beyond_the_edge_is_a_guess_however_visible_it_is_said_to_be():
    frames = [moved(frame, left_ankle=(0.45, 1.02), left_foot_index=(0.45, 1.08)) for frame in still()]
    seen = judge_all(frames)[-1]
    assert measurable(seen, "left_knee", "left_ankle", "right_knee") == [False, False, True]


def test_a_limb_that_points_at_the_camera_is_not_measured():
    frame = make_pose_frame(**STANDING)
    elbow = frame.image[LANDMARK_INDEX["right_elbow"], :2]
    near = tuple(elbow + np.array([0.004, 0.004]))
    seen = judge_all([moved(one, right_wrist=near) for one in still()])[-1]
    assert measurable(seen, "right_elbow", "left_elbow") == [False, True]


def test_a_limb_that_is_too_long_is_not_measured():
    seen = judge_all([moved(one, left_wrist=(0.95, 0.05)) for one in still()])[-1]
    assert measurable(seen, "left_elbow", "right_elbow") == [False, True]


def test_a_jump_is_distrusted_for_a_while_and_then_believed():
    frames = still(10, elbows_deg=175.0) + still(40, elbows_deg=(25.0, 175.0))[10:]
    seen = [measurable(one, "left_elbow", "left_knee") for one in judge_all(frames)]
    assert seen[9] == [True, True]
    assert not any(elbow for elbow, _ in seen[10:20])
    assert all(knee for _, knee in seen)
    assert seen[-1] == [True, True]


def swapped_legs(frame: PoseFrame) -> PoseFrame:
    image = frame.image.copy()
    for name in ("knee", "ankle", "heel", "foot_index"):
        pair = [LANDMARK_INDEX[f"left_{name}"], LANDMARK_INDEX[f"right_{name}"]]
        image[pair] = image[pair[::-1]]
    return frame.with_image(image)


def test_legs_that_change_places_are_distrusted():
    frames = still(14, legs_deg=16.0)
    frames[10:] = [swapped_legs(frame) for frame in frames[10:]]
    seen = judge_all(frames)
    assert measurable(seen[9], "left_knee", "right_knee") == [True, True]
    assert measurable(seen[11], "left_knee", "right_knee", "left_elbow") == [False, False, True]


def test_a_trembling_landmark_is_distrusted_and_a_moving_one_is_not():
    rng = np.random.default_rng(5)
    frames = still(45)
    trembling = [
        moved(f, left_wrist=tuple(f.image[LANDMARK_INDEX["left_wrist"], :2] + rng.normal(0, 0.06, 2))) for f in frames
    ]
    assert not measurable(judge_all(trembling)[-1], "left_elbow")[0]


def test_nobody_and_a_return_after_a_gap():
    judge = VisibilityJudge(VisibilitySettings())
    for frame in still(10):
        judge.step(frame)
    assert not judge.step(PoseFrame.missing(0.4, (640, 480))).measurable.any()
    back = judge.step(dataclasses.replace(make_pose_frame(5.0, **STANDING), time_s=5.0))
    assert back.measurable.all()


def test_the_mask_has_a_say():
    support = np.ones(33, dtype=bool)
    support[LANDMARK_INDEX["left_wrist"]] = False
    judge = VisibilityJudge(VisibilitySettings())
    assert measurable(judge.step(make_pose_frame(**STANDING), support), "left_elbow", "right_elbow") == [False, True]


@settings(deadline=None, max_examples=40)
@given(turn=st.floats(-60, 60), height=st.floats(0.3, 0.9), arms=st.floats(10, 170))
def test_the_torso_size_does_not_depend_on_pose_or_view(turn, height, arms):
    def size(frame: PoseFrame) -> float:
        return float(torso_size(frame.square_xy(), frame.world, frame.visibility, 0.5))

    plain, other = make_pose_frame(height=height), make_pose_frame(height=height, turn_deg=turn, arms_deg=arms)
    assert size(other) == pytest.approx(size(plain), rel=0.02)


def test_reach_is_measured_in_torso_lengths_and_nan_where_unseen():
    near, far = make_pose_frame(height=0.8, arms_deg=90.0), make_pose_frame(height=0.4, arms_deg=90.0)
    seen = np.ones(33, dtype=bool)
    reaches = [
        reach_parts(f.square_xy(), seen, torso_size(f.square_xy(), f.world, f.visibility, 0.5)) for f in (near, far)
    ]
    np.testing.assert_allclose(reaches[0], reaches[1])
    assert reaches[0][0] > 1.0
    seen[LANDMARK_INDEX["left_wrist"]] = False
    assert np.isnan(reach_parts(near.square_xy(), seen, 1.0)[0])


def test_a_limb_whose_hand_is_lost_for_a_moment_keeps_its_shoulder():
    frames = still(count=30)
    hidden = still(count=30, hidden=["left_wrist"])
    judge = VisibilityJudge(VisibilitySettings())
    for index in range(30):
        lost = 10 <= index < 14
        seen = judge.step((hidden if lost else frames)[index])
        assert measurable(seen, "left_shoulder") == [True], index
