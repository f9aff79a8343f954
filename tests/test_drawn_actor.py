"""The drawn person who does what a script says, and the real pose model that reads its gestures."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from coach.clock import ManualClock
from coach.devices.drawn_actor import DrawnActor
from coach.devices.pose_detector import PoseDetector
from coach.gestures.gesture import Gesture
from coach.gestures.gesture_reader import GestureReader
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.routine.acts import (
    Dance,
    HoldGesture,
    Performer,
    Stand,
    away,
    feet_cut_off,
    from_moment,
    leave,
    too_near,
    walk_in,
)
from coach.settings.gestures import GestureSettings
from coach.settings.routine import DrawnSourceSettings, StageCamera
from tests.builders_gestures import ALL_BOUND
from tests.builders_routine import routine
from tests.builders_sensing import pose_model

SMALL = DrawnSourceSettings(frame_size_px=(320, 180), fps=10.0)
HIPS = [LANDMARK_INDEX["left_hip"], LANDMARK_INDEX["right_hip"]]


def frames(actor: DrawnActor, count: int) -> list[np.ndarray]:
    found = []
    for _ in range(count):
        frame = actor.read(1.0)
        assert frame is not None
        found.append(frame.bgr)
    return found


def hips_x(actor: DrawnActor) -> float:
    pose = actor.pose_at(actor.now_s)
    assert pose is not None
    return float(pose.image[HIPS, 0].mean())


def test_it_comes_asks_dances_and_goes() -> None:
    with DrawnActor(ManualClock(), SMALL, paced=False) as actor:
        frames(actor, 3)
        assert hips_x(actor) < -0.1, "nobody is in the picture at first"
        actor.do(walk_in())
        frames(actor, 25)
        assert hips_x(actor) == pytest.approx(0.5, abs=0.01)
        actor.do(HoldGesture(Gesture.RIGHT_HAND_UP, 1.0))
        assert not actor.resting
        frames(actor, 10)
        raised = actor.pose_at(actor.now_s)
        assert raised is not None
        assert raised.image[LANDMARK_INDEX["right_wrist"], 1] < raised.image[LANDMARK_INDEX["nose"], 1]
        frames(actor, 15)
        assert actor.resting
        lowered = actor.pose_at(actor.now_s)
        assert lowered is not None
        assert lowered.image[LANDMARK_INDEX["right_wrist"], 1] > lowered.image[LANDMARK_INDEX["nose"], 1]
        actor.do(leave(1.0))
        frames(actor, 25)
        assert hips_x(actor) > 1.1


def test_the_same_orders_give_the_same_pictures() -> None:
    def film() -> list[np.ndarray]:
        with DrawnActor(ManualClock(), SMALL, first=Stand(), paced=False) as actor:
            before = frames(actor, 4)
            actor.do(HoldGesture(Gesture.ARMS_CROSSED, 0.5), leave())
            return before + frames(actor, 20)

    first, second = film(), film()
    assert all((a == b).all() for a, b in zip(first, second, strict=True))


def test_it_dances_with_the_music() -> None:
    """At the music's own position, wherever that jumps to; waiting where there is none."""
    position: dict[str, float | None] = {"s": None}
    dance = Dance(lambda _now_s: position["s"], routine(), blend_s=0.0)
    performer = Performer(dance)
    np.testing.assert_array_equal(performer.pose(1.0), routine().pose(0.0))
    for place_s in (3.0, 20.5, 7.0):
        position["s"] = place_s
        np.testing.assert_array_equal(performer.pose(2.0), routine().pose(place_s))
    planned = from_moment(at_s=10.0, start_s=4.0, tempo=0.5)
    assert [planned(now_s) for now_s in (8.0, 10.0, 12.0)] == [4.0, 4.0, 5.0]


def test_every_change_is_smooth() -> None:
    performer = Performer(away())
    orders = {0.0: walk_in(), 1.3: HoldGesture(Gesture.BOTH_HANDS_UP, 2.0), 2.0: too_near(), 4.0: leave()}
    poses, times_s = [], np.arange(700) / 100.0
    for time_s in times_s:
        if float(time_s) in orders:
            performer.do((orders[float(time_s)],), float(time_s))
        poses.append(performer.pose(float(time_s)))
    steps = np.abs(np.diff(np.array(poses), axis=0))
    assert steps[:, :2].max() < 0.06, "metres in a hundredth of a second"
    assert steps.max() < 10.0, "degrees"


@pytest.mark.parametrize(("act", "head_out"), [(too_near(), True), (feet_cut_off(), False)])
def test_standing_badly_is_seen_to_be_bad(act: Stand, head_out: bool) -> None:
    with DrawnActor(ManualClock(), SMALL, first=Stand(), paced=False) as actor:
        actor.do(act)
        frames(actor, 20)
        pose = actor.pose_at(actor.now_s)
        assert pose is not None
        assert pose.image[LANDMARK_INDEX["left_ankle"], 1] > 1.0
        assert bool(pose.image[LANDMARK_INDEX["nose"], 1] < 0.05) is head_out


def test_at_real_time_pace_late_readers_miss_pictures() -> None:
    clock = ManualClock(100.0)
    with DrawnActor(clock, SMALL) as actor:
        assert actor.info.live
        times_s = []
        for index in range(6):
            if index == 3:
                clock.advance(0.55)
            frame = actor.read(1.0)
            assert frame is not None
            assert frame.index == index
            assert frame.captured_s == pytest.approx(100.0 + frame.time_s)
            assert clock.now_s() >= frame.captured_s - 1e-9
            times_s.append(frame.time_s)
        np.testing.assert_allclose(times_s, [0.0, 0.1, 0.2, 0.7, 0.8, 0.9])


def test_orders_come_from_any_thread_and_closing_ends_it() -> None:
    actor = DrawnActor(ManualClock(), SMALL, paced=False)
    actor.open()
    thread = threading.Thread(target=lambda: actor.do(walk_in()))
    thread.start()
    thread.join(5.0)
    frames(actor, 30)
    assert hips_x(actor) == pytest.approx(0.5, abs=0.01)
    actor.close()
    assert actor.read(1.0) is None


@pytest.mark.parametrize("yaw_deg", [0.0, 20.0])
def test_the_pose_model_lets_every_gesture_be_read(yaw_deg: float) -> None:
    """Drawn pictures, 15 a second, through the real detector: each gesture works, in time, and nothing else does."""
    settings = DrawnSourceSettings(fps=15.0)
    camera = StageCamera(yaw_deg=yaw_deg)
    missed = []
    with PoseDetector(pose_model(), with_mask=False) as model:
        for gesture in Gesture:
            reader = GestureReader(ALL_BOUND, GestureSettings())
            found = []
            with DrawnActor(ManualClock(), settings, camera=camera, first=Stand(), paced=False) as actor:
                actor.do(Stand(lasts_s=0.6), HoldGesture(gesture, 1.5))
                for _ in range(38):
                    frame = actor.read(1.0)
                    assert frame is not None
                    pose = model.detect(frame.bgr, list(Gesture).index(gesture) * 100.0 + frame.time_s).pose
                    state = reader.step(pose, frame.time_s)
                    if state.fired:
                        found.append((state.held, frame.time_s))
            if [held for held, _ in found] != [gesture] or found[0][1] > 0.6 + 0.45 + 1.5:
                missed.append((gesture, found))
    assert not missed


def test_an_empty_room_shows_nobody_and_no_shadow() -> None:
    quiet = DrawnSourceSettings(frame_size_px=(320, 180), fps=10.0, noise_level=0)
    with DrawnActor(ManualClock(), quiet, paced=False) as left, DrawnActor(ManualClock(), quiet, paced=False) as right:
        right.do(away(1.0))
        pictures = frames(left, 2) + frames(right, 2)
        assert all((picture == pictures[0]).all() for picture in pictures)
        right.do(walk_in())
        assert (frames(right, 30)[-1] != pictures[0]).any()
