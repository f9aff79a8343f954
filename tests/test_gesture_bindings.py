"""No gesture that the dance itself contains, and the same ones wherever that allows it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.app.studio.gesture_actions import command_of
from coach.app.studio.preview import Preview
from coach.gestures.bindings import (
    MENU_ACTIONS,
    PRACTICE_ACTIONS,
    bindings_for,
    contained_gestures,
    longest_stay_s,
    mirrored_gesture,
)
from coach.gestures.gesture import NO_GESTURE, Gesture, GestureAction
from coach.gestures.gesture_reader import GestureReader
from coach.pose.mirror import mirrored_track
from coach.pose.pose_frame import PoseTrack
from coach.routine.acts import HoldGesture, Performer, Stand
from coach.settings.gestures import ContainedSettings, GestureSettings
from coach.settings.session import CoachSettings
from coach.ui.commands import Command, KeyContext
from tests.bench.tracking_footage import landmarks
from tests.builders_app import sensed
from tests.builders_gestures import Sensing, asking, sensed_poses
from tests.builders_pose import make_observation
from tests.builders_routine import UNHURRIED, truth
from tests.oracles_gestures import longest_stay_s as obvious_stay_s

SETTINGS = GestureSettings()


def dance_with(*gestures: Gesture, hold_s: float = 0.5) -> PoseTrack:
    """A dance that strikes these poses."""
    performer = Performer(Stand())
    acts = [act for gesture in gestures for act in (HoldGesture(gesture, hold_s), Stand(lasts_s=1.0))]
    performer.do((*acts, Stand()), 0.0)
    times_s = np.arange(round(sum(act.lasts_s for act in acts) * 15)) / 15.0
    return PoseTrack.from_frames(sensed_poses(performer.pose, times_s, Sensing()))


def test_where_nobody_dances_everything_has_its_gesture() -> None:
    practice, menu = bindings_for(PRACTICE_ACTIONS, None, SETTINGS), bindings_for(MENU_ACTIONS, None, SETTINGS)
    assert practice == {
        Gesture.RIGHT_HAND_UP: GestureAction.PAUSE,
        Gesture.BOTH_HANDS_UP: GestureAction.RESTART,
        Gesture.LEFT_ARM_OUT: GestureAction.BACK,
        Gesture.RIGHT_ARM_OUT: GestureAction.NEXT,
    }
    assert menu == {
        Gesture.RIGHT_HAND_UP: GestureAction.SELECT,
        Gesture.LEFT_ARM_OUT: GestureAction.UP,
        Gesture.RIGHT_ARM_OUT: GestureAction.DOWN,
        Gesture.ARMS_CROSSED: GestureAction.BACK,
    }


def test_the_left_handed_raise_the_left_hand_and_point_the_same_way() -> None:
    right, left = (bindings_for(PRACTICE_ACTIONS, None, SETTINGS, left_handed=side) for side in (False, True))
    assert left[Gesture.LEFT_HAND_UP] is right[Gesture.RIGHT_HAND_UP] is GestureAction.PAUSE
    for gesture in (Gesture.LEFT_ARM_OUT, Gesture.RIGHT_ARM_OUT, Gesture.BOTH_HANDS_UP):
        assert left[gesture] is right[gesture]


@pytest.mark.parametrize("gesture", Gesture)
def test_a_pose_of_the_dance_commands_nothing(gesture: Gesture) -> None:
    """Neither it nor its mirror image, in any context; whatever else is wanted finds another."""
    track = dance_with(gesture)
    assert contained_gestures(track, SETTINGS) == {gesture, mirrored_gesture(gesture)}
    for actions in (PRACTICE_ACTIONS, MENU_ACTIONS):
        for left_handed in (False, True):
            bindings = bindings_for(actions, track, SETTINGS, left_handed=left_handed)
            assert not {gesture, mirrored_gesture(gesture)} & set(bindings)
            assert len(set(bindings.values())) == len(bindings)
            assert set(bindings.values()) >= set(actions[:1]), "the most important one is never left out"


def test_the_mirror_image_of_a_dance_leaves_the_same_gestures() -> None:
    track = truth()
    for actions in (PRACTICE_ACTIONS, MENU_ACTIONS):
        assert bindings_for(actions, track, SETTINGS) == bindings_for(actions, mirrored_track(track), SETTINGS)


def test_a_dance_of_all_gestures_leaves_none() -> None:
    assert bindings_for(PRACTICE_ACTIONS, dance_with(*Gesture), SETTINGS) == {}


def test_arms_that_point_stay_a_pair() -> None:
    bindings = bindings_for(PRACTICE_ACTIONS, dance_with(Gesture.LEFT_ARM_OUT), SETTINGS)
    by_action = {action: gesture for gesture, action in bindings.items()}
    back, forth = by_action[GestureAction.BACK], by_action[GestureAction.NEXT]
    assert mirrored_gesture(back) is forth
    assert GestureAction.PAUSE in by_action


def test_a_pose_held_for_a_moment_counts_and_one_passed_does_not() -> None:
    held, passed = (dance_with(Gesture.HANDS_ON_HEAD, hold_s=hold_s) for hold_s in (0.4, 0.0))
    assert Gesture.HANDS_ON_HEAD in contained_gestures(held, SETTINGS)
    brief = GestureSettings(contained=ContainedSettings(contained_s=0.6))
    assert Gesture.HANDS_ON_HEAD not in contained_gestures(passed, brief)


def test_the_built_in_routine_leaves_something_for_everything() -> None:
    contained = contained_gestures(truth(), SETTINGS)
    assert {Gesture.BOTH_HANDS_UP, Gesture.HANDS_ON_HIPS} <= contained, "its last pose, and its pliés"
    bindings = bindings_for(PRACTICE_ACTIONS, truth(), SETTINGS)
    assert set(bindings.values()) == set(PRACTICE_ACTIONS)
    assert not contained & set(bindings)
    assert bindings[Gesture.RIGHT_HAND_UP] is GestureAction.PAUSE


@pytest.mark.footage
def test_a_filmed_teacher_leaves_something_for_everything(footage: Path) -> None:
    track = landmarks(footage / "teacher.mp4", "plain", 2)
    bindings = bindings_for(PRACTICE_ACTIONS, track, SETTINGS)
    assert set(bindings.values()) == set(PRACTICE_ACTIONS)
    assert Gesture.BOTH_HANDS_UP not in bindings, "she raises both hands and keeps them there"


@UNHURRIED
@given(st.lists(st.tuples(st.floats(0.01, 0.4), st.floats(-3, 1) | st.just(float("nan"))), min_size=1, max_size=14))
def test_the_longest_stay_is_that_of_the_obvious_way(steps: list[tuple[float, float]]) -> None:
    times_s = np.cumsum([step for step, _ in steps])
    scores = np.array([score for _, score in steps])
    settings = ContainedSettings()
    wanted = obvious_stay_s(times_s.tolist(), scores.tolist(), settings.score, settings.bridge_s)
    assert longest_stay_s(times_s, scores, settings) == pytest.approx(wanted, abs=1e-12)


def test_what_gestures_mean_on_each_screen() -> None:
    practice = {command_of(action, KeyContext.PRACTICE) for action in PRACTICE_ACTIONS}
    assert practice == {Command.PAUSE, Command.RESTART, Command.SKIP_BACK, Command.SKIP_FORWARD}
    menu = {command_of(action, KeyContext.MENU) for action in MENU_ACTIONS}
    assert menu == {Command.CONFIRM, Command.UP, Command.DOWN, Command.BACK}
    assert command_of(GestureAction.PAUSE, KeyContext.MENU) is None


def test_the_preview_of_the_menus_hands_on_what_was_asked_for_once() -> None:
    bindings = bindings_for(MENU_ACTIONS, None, SETTINGS)
    preview = Preview(CoachSettings(), GestureReader(bindings, SETTINGS))
    shares = []
    for pose in asking(Gesture.RIGHT_HAND_UP, Sensing()):
        preview.handle(sensed(make_observation(pose)))
        newest = preview.frames.get(0.0)
        assert newest is not None
        shares.append(newest.gesture.share)
    assert max(shares) == 1.0
    assert preview.actions.get_nowait() is GestureAction.SELECT
    assert preview.actions.empty()
    silent = Preview(CoachSettings())
    silent.handle(sensed(make_observation(pose)))
    frame = silent.frames.get(0.0)
    assert frame is not None
    assert frame.gesture == NO_GESTURE
