"""Gestures are read from those who ask, whatever the body, the camera and the frame rate, and from nobody else."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import SettingsError
from coach.gestures.bindings import MENU_ACTIONS, bindings_for, mirrored_gesture
from coach.gestures.gesture import NO_GESTURE, Gesture, GestureAction
from coach.gestures.gesture_reader import GestureReader
from coach.gestures.gesture_shapes import GESTURES, gesture_scores
from coach.gestures.stillness import line_speeds
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.mirror import mirrored_image
from coach.pose.pose_frame import PoseFrame, square_xy
from coach.routine.acts import HoldGesture, Performer, Stand
from coach.routine.channels import CHANNEL_INDEX
from coach.routine.gesture_poses import gesture_pose, standing_pose
from coach.routine.key_poses import Arm, KeyPose, pose_vector
from coach.settings.gestures import GestureSettings, HoldSettings, Limit
from coach.settings.routine import MovementSettings
from tests.builders_gestures import ALL_BOUND, SIZE_PX, Sensing, asking, read, sensed_poses, varied
from tests.builders_routine import UNHURRIED
from tests.oracles_gestures import line_speed

SETTINGS = GestureSettings()
SHAPE = SETTINGS.shape
MOVEMENT = MovementSettings()
BEFORE_S, BLEND_S = 1.0, 0.45
ARRIVED_S = BEFORE_S + BLEND_S
LIMIT_S = 1.5


def fired(frames: list[PoseFrame], reader: GestureReader | None = None) -> list[tuple[float, Gesture | None]]:
    states = read(frames, reader)
    return [(frame.time_s, state.held) for frame, state in zip(frames, states, strict=True) if state.fired]


def held_still(values: np.ndarray) -> list[PoseFrame]:
    """A second at ease, then the pose, without a way between."""
    stand = standing_pose(MOVEMENT)
    return sensed_poses(lambda time_s: values if time_s >= 1.0 else stand, np.arange(120) / 30.0, Sensing())


@pytest.mark.parametrize("gesture", Gesture)
@pytest.mark.parametrize("fps", [7.0, 15.0, 30.0, 60.0])
def test_each_gesture_works_once_and_in_time(gesture: Gesture, fps: float) -> None:
    found = fired(asking(gesture, Sensing(fps=fps)))
    assert [held for _, held in found] == [gesture]
    assert SETTINGS.hold.hold_s * 0.9 <= found[0][0] - ARRIVED_S + BLEND_S
    assert found[0][0] <= ARRIVED_S + LIMIT_S


def test_what_fires_is_what_was_bound() -> None:
    bindings = bindings_for(MENU_ACTIONS, None, SETTINGS)
    for gesture, action in bindings.items():
        states = read(asking(gesture, Sensing()), GestureReader(bindings, SETTINGS))
        assert [state.fired for state in states if state.fired] == [action]
        shares = [state.share for state in states if state.held is gesture and not state.fired]
        assert max(shares) <= 1.0
        assert all(state.action is action for state in states if state.held is gesture)
    reader = GestureReader({Gesture.LEFT_HAND_UP: GestureAction.PAUSE}, SETTINGS)
    assert not fired(asking(Gesture.RIGHT_HAND_UP, Sensing()), reader), "what is not bound is not looked for"


def test_people_of_all_kinds_are_understood() -> None:
    """Bodies, cameras up to 30 degrees aside, 15-30 pictures a second, noise, lost joints, no legs, mirrored."""
    late, wrong, count = 0, 0, 0
    for seed in range(6):
        how = varied(seed)
        how = replace(how, fps=min(how.fps, 30.0))
        for gesture in Gesture:
            wanted = mirrored_gesture(gesture) if how.mirrored else gesture
            found = fired(asking(gesture, how))
            count += 1
            wrong += any(held is not wanted for _, held in found) or len(found) > 1
            late += not any(held is wanted and time_s <= ARRIVED_S + LIMIT_S for time_s, held in found)
    assert wrong == 0
    assert late <= 0.05 * count


@pytest.mark.parametrize("gesture", Gesture)
def test_the_upper_body_is_enough(gesture: Gesture) -> None:
    """Everything from the hips down is out of the picture, as in a small room; hands on hips need hips."""
    frames = asking(gesture, Sensing())
    for frame in frames:
        frame.image[LANDMARK_INDEX["left_hip"] :] = (np.nan, np.nan, np.nan, 0.0)
    expected = [] if gesture is Gesture.HANDS_ON_HIPS else [gesture]
    assert [held for _, held in fired(frames)] == expected


@pytest.mark.parametrize("gesture", Gesture)
def test_gestures_are_distinct(gesture: Gesture) -> None:
    """Each is well inside its own limits and far outside those of all others, and so is standing."""
    for yaw_deg in (0.0, 25.0, -25.0):
        camera = replace(Sensing().camera, yaw_deg=yaw_deg)
        poses = (gesture_pose(gesture, MOVEMENT), standing_pose(MOVEMENT))
        frames = [sensed_poses(lambda _, p=pose: p, [0.0], Sensing(camera=camera))[0] for pose in poses]
        own, standing = (gesture_scores(frame.square_xy(), frame.visibility, SHAPE) for frame in frames)
        index = GESTURES.index(gesture)
        assert own[index] > 0.15
        assert np.nanmax(np.delete(own, index)) < -1.0
        assert np.nanmax(standing) < -1.0


@pytest.mark.parametrize("arms", [Arm(30, 75, 92, 168), Arm(18, 60, 100, 150), Arm(50, 60, 118, 148)])
def test_resting_arms_ask_for_nothing(arms: Arm) -> None:
    """Folded arms, hands together, fists before the chest."""
    pose = pose_vector(KeyPose(0.0, left_arm=arms, right_arm=arms, bounce=0.0), MOVEMENT)
    assert not fired(held_still(pose))


def test_a_hand_in_the_hair_is_no_raised_hand() -> None:
    on_head = Arm(112, 6, 235, 18)
    pose = pose_vector(KeyPose(0.0, left_arm=Arm(12, 15, 16, 50), right_arm=on_head, bounce=0.0), MOVEMENT)
    assert not fired(held_still(pose))


def test_with_the_back_to_the_camera_nothing_is_asked() -> None:
    pose = gesture_pose(Gesture.RIGHT_HAND_UP, MOVEMENT)
    for name in ("facing", "left_foot_yaw", "right_foot_yaw"):
        pose[CHANNEL_INDEX[name]] += 180.0
    assert not fired(held_still(pose))


@pytest.mark.parametrize("hold_s", [0.0, 0.3, 0.55])
def test_a_pose_that_is_passed_through_asks_for_nothing(hold_s: float) -> None:
    for gesture in Gesture:
        assert not fired(asking(gesture, Sensing(), hold_s=hold_s))


def test_a_waving_hand_asks_for_nothing() -> None:
    pose = gesture_pose(Gesture.RIGHT_HAND_UP, MOVEMENT)

    def waving(time_s: float) -> np.ndarray:
        values = pose.copy()
        values[CHANNEL_INDEX["right_fore_raise"]] += 22.0 * np.sin(2 * np.pi * 1.7 * time_s)
        return values if time_s > 1.0 else standing_pose(MOVEMENT)

    states = read(sensed_poses(waving, np.arange(300) / 30.0, Sensing()))
    assert not any(state.fired for state in states)
    assert max(state.share for state in states) < 0.5


def test_it_works_once_for_each_time_it_is_asked() -> None:
    performer = Performer(Stand())
    hold = HoldGesture(Gesture.LEFT_ARM_OUT, 4.0)
    performer.do((Stand(lasts_s=1.0), hold, Stand(lasts_s=1.2), hold, Stand()), 0.0)
    frames = sensed_poses(performer.pose, np.arange(390) / 30.0, Sensing())
    states = read(frames)
    assert len([state for state in states if state.fired]) == 2
    shown = [state.share for frame, state in zip(frames, states, strict=True) if 3.2 < frame.time_s < 5.0]
    assert shown == [1.0] * len(shown), "the full ring stays until the arm goes down"


def test_what_is_held_at_the_beginning_has_to_be_left_first() -> None:
    """The raised hand that chose a dance must not pause it."""
    pose, stand = gesture_pose(Gesture.RIGHT_HAND_UP, MOVEMENT), standing_pose(MOVEMENT)

    def act(time_s: float) -> np.ndarray:
        return stand if 3.0 <= time_s < 4.0 else pose

    found = fired(sensed_poses(act, np.arange(200) / 30.0, Sensing()))
    assert len(found) == 1
    assert found[0][0] > 4.5


def test_after_a_pause_without_pictures_it_begins_anew() -> None:
    frames = asking(Gesture.BOTH_HANDS_UP, Sensing(), hold_s=1.0)
    nearly = [frame for frame in frames if frame.time_s < ARRIVED_S + 0.8]
    held = [replace(nearly[-1], time_s=60.0 + index / 30.0) for index in range(60)]
    assert not fired(nearly + held)
    assert not fired(nearly + [replace(frame, time_s=frame.time_s - 0.9) for frame in held[:0] + nearly[-25:]])


@pytest.mark.parametrize(("unseen_s", "works"), [(0.1, True), (0.3, True), (0.7, False)])
def test_landmarks_may_flicker(unseen_s: float, works: bool) -> None:
    """The wrist is lost in the middle of the hold; a hold of 1.6 s is long enough only if that did not matter."""
    frames = asking(Gesture.RIGHT_HAND_UP, Sensing(), hold_s=1.5)
    for frame in frames:
        if ARRIVED_S + 0.6 <= frame.time_s < ARRIVED_S + 0.6 + unseen_s:
            frame.image[LANDMARK_INDEX["right_wrist"]] = (np.nan, np.nan, np.nan, 0.0)
    assert bool(fired(frames)) is works


def test_a_landmark_that_jumps_away_for_a_frame_changes_nothing() -> None:
    frames = asking(Gesture.LEFT_ARM_OUT, Sensing(), hold_s=1.5)
    for index, frame in enumerate(frames):
        if index % 12 == 0:
            frame.image[LANDMARK_INDEX["left_wrist"], :2] = (0.5, 0.9)
    assert [held for _, held in fired(frames)] == [Gesture.LEFT_ARM_OUT]


def test_leaving_the_pose_empties_the_ring() -> None:
    performer = Performer(Stand())
    nearly = HoldGesture(Gesture.RIGHT_HAND_UP, 0.7)
    performer.do((Stand(lasts_s=1.0), nearly, Stand(lasts_s=0.9), nearly, Stand()), 0.0)
    assert not fired(sensed_poses(performer.pose, np.arange(180) / 30.0, Sensing()))


def test_nobody_asks_for_nothing() -> None:
    reader = GestureReader(ALL_BOUND, SETTINGS)
    for index in range(60):
        assert reader.step(PoseFrame.missing(index / 30.0, SIZE_PX), index / 30.0) == NO_GESTURE
    assert GestureReader({}, SETTINGS).step(asking(Gesture.LEFT_HAND_UP, Sensing())[0], 0.0) == NO_GESTURE


@UNHURRIED
@given(st.integers(0, 10_000), st.floats(0.0, 1.0))
def test_in_the_mirror_left_and_right_change_places(seed: int, unseen_share: float) -> None:
    rng = np.random.default_rng(seed)
    image = rng.uniform(0.0, 1.0, (5, 33, 4))
    image[..., 3] = rng.random((5, 33)) >= unseen_share
    mirrored = mirrored_image(image)
    plain = gesture_scores(square_xy(image, SIZE_PX), image[..., 3], SHAPE)
    turned = gesture_scores(square_xy(mirrored, SIZE_PX), mirrored[..., 3], SHAPE)
    order = [GESTURES.index(mirrored_gesture(gesture)) for gesture in GESTURES]
    np.testing.assert_allclose(turned[:, order], plain, atol=1e-9)


@UNHURRIED
@given(st.floats(0.3, 3.0), st.floats(-0.5, 0.5), st.floats(-0.5, 0.5), st.sampled_from(list(Gesture)))
def test_size_and_place_do_not_matter(scale: float, right: float, down: float, gesture: Gesture) -> None:
    pose = gesture_pose(gesture, MOVEMENT)
    frame = sensed_poses(lambda _: pose, [0.0], Sensing())[0]
    xy = frame.square_xy()
    plain = gesture_scores(xy, frame.visibility, SHAPE)
    moved = gesture_scores(xy * scale + (right, down), frame.visibility, SHAPE)
    np.testing.assert_allclose(moved, plain, atol=1e-6)


@lru_cache(maxsize=1)
def all_poses() -> list[PoseFrame]:
    values = [gesture_pose(gesture, MOVEMENT) for gesture in Gesture] + [standing_pose(MOVEMENT)]
    return [sensed_poses(lambda _, pose=pose: pose, [0.0], Sensing())[0] for pose in values]


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000))
def test_no_stream_breaks_the_reader(seed: int) -> None:
    """Whatever comes: shares stay in 0..1, and nothing works that was not held for the whole time."""
    rng = np.random.default_rng(seed)
    reader = GestureReader(ALL_BOUND, SETTINGS)
    time_s, since_s = 0.0, dict.fromkeys(Gesture, np.inf)
    poses = all_poses()
    current = poses[-1]
    for _ in range(40):
        time_s += float(rng.choice([0.02, 0.05, 0.1, 0.3, 2.0], p=[0.4, 0.3, 0.2, 0.08, 0.02]))
        if rng.random() < 0.12:
            current = poses[rng.integers(len(poses))]
        image = current.image.copy()
        image[rng.random(33) < 0.1] = (np.nan, np.nan, np.nan, 0.0)
        state = reader.step(replace(current, image=image, time_s=time_s), time_s)
        assert 0.0 <= state.share <= 1.0
        assert (state.held is None) == (state.action is None)
        for gesture in Gesture:
            since_s[gesture] = min(since_s[gesture], time_s) if state.held is gesture else np.inf
        if state.fired is not None:
            assert state.held is not None
            assert time_s - since_s[state.held] >= 0.99 * SETTINGS.hold.hold_s


@UNHURRIED
@given(st.integers(0, 10_000), st.integers(3, 12))
def test_speeds_are_those_of_the_obvious_way(seed: int, count: int) -> None:
    rng = np.random.default_rng(seed)
    times_s = np.cumsum(rng.uniform(0.01, 0.1, count))
    points = rng.normal(size=(count, 2, 2))
    points[rng.random((count, 2)) < 0.2] = np.nan
    wanted = [line_speed(times_s.tolist(), [tuple(p) for p in points[:, index].tolist()]) for index in range(2)]
    np.testing.assert_allclose(line_speeds(times_s, points), wanted, rtol=1e-9)


def test_one_wrong_place_is_no_speed() -> None:
    times_s = np.arange(8) / 30.0
    points = np.zeros((8, 1, 2))
    points[5] = 0.4
    assert line_speeds(times_s, points)[0] == pytest.approx(0.0)
    points = (times_s * 2.0)[:, None, None] * np.array([0.6, 0.8])
    assert line_speeds(times_s, points)[0] == pytest.approx(2.0)


@pytest.mark.parametrize("change", [{"hold_s": 0.5}, {"hold_s": 1.5}, {"stay_score": 0.2}, {"keep_s": -1.0}])
def test_settings_out_of_range_are_refused(change: dict[str, float]) -> None:
    with pytest.raises(SettingsError):
        HoldSettings(**change)
    with pytest.raises(SettingsError):
        Limit(10.0, 0.0)
