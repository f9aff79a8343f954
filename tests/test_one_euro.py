"""Live smoothing: steadier, hardly late, the same at any frame rate."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.pose.joint_angles import joint_angles_deg
from coach.pose.landmark_table import LANDMARK_COUNT, LANDMARK_INDEX
from coach.pose.one_euro import LiveSmoother, OneEuroFilter
from coach.pose.pose_frame import PoseFrame, PoseTrack
from coach.settings.pose import LiveSmoothingSettings
from tests.builders_pose import make_pose_frame, make_pose_frames
from tests.oracles_pose import PaperOneEuro

WRIST = LANDMARK_INDEX["left_wrist"]
LIVE = LiveSmoothingSettings()


def _live(frames: list[PoseFrame], smoother: LiveSmoother | None = None) -> PoseTrack:
    smoother = smoother or LiveSmoother()
    return PoseTrack.from_frames([smoother.step(frame) for frame in frames])


# --- One Euro -------------------------------------------------------------------------------------------------------
@given(
    values=st.lists(st.floats(-5, 5), min_size=2, max_size=40),
    steps_s=st.lists(st.floats(0.005, 0.2), min_size=40, max_size=40),
    start_s=st.sampled_from([0.0, 0.25, 1000.0]),
)
@settings(max_examples=80, deadline=None)
def test_one_coordinate_is_the_papers_filter(values, steps_s, start_s):
    ours = OneEuroFilter(1, LIVE)
    paper = PaperOneEuro(LIVE.min_cutoff_hz, LIVE.speed_gain_hz, LIVE.speed_cutoff_hz)
    time_s = start_s
    for value, step_s in zip(values, steps_s, strict=False):
        assert ours.step(np.array([[value]]), time_s)[0, 0] == pytest.approx(paper.step(value, time_s), abs=1e-7)
        time_s += step_s


def test_the_first_moment_may_be_zero_and_is_not_the_first_again():
    bank = OneEuroFilter(1, LIVE)
    assert bank.step(np.array([[1.0]]), 0.0)[0, 0] == 1.0
    assert 1.0 < bank.step(np.array([[2.0]]), 0.01)[0, 0] < 2.0


def test_the_same_time_changes_nothing_and_an_earlier_one_starts_afresh():
    bank = OneEuroFilter(1, LIVE)
    bank.step(np.array([[1.0]]), 5.0)
    before = bank.step(np.array([[1.1]]), 5.03)[0, 0]
    assert bank.step(np.array([[9.0]]), 5.03)[0, 0] == before
    assert bank.step(np.array([[9.0]]), 2.0)[0, 0] == 9.0


def test_a_missing_point_disturbs_neither_itself_later_nor_others():
    bank, whole = OneEuroFilter(2, LIVE), OneEuroFilter(1, LIVE)
    last_seen = np.nan
    for index in range(60):
        time_s = index / 30
        value = np.sin(4.0 * time_s)
        first = np.nan if 20 <= index < 23 else value
        both = bank.step(np.array([[first, 0.0], [value, 0.0]]), time_s).copy()
        alone = whole.step(np.array([[value, 0.0]]), time_s)
        assert both[1] == pytest.approx(alone[0])
        assert np.isfinite(both).all()
        if 20 <= index < 23:
            assert both[0, 0] == last_seen
        else:
            last_seen = both[0, 0]
    assert both[0, 0] == pytest.approx(alone[0, 0], abs=1e-3)


def test_a_point_restarts_where_it_comes_back_after_a_long_gap():
    bank = OneEuroFilter(1, LIVE)
    bank.step(np.array([[0.0]]), 0.0)
    assert np.isnan(OneEuroFilter(1, LIVE).step(np.array([[np.nan]]), 0.0)).all()
    assert bank.step(np.array([[3.0]]), LIVE.max_gap_s + 0.01)[0, 0] == 3.0


def test_the_direction_of_a_movement_does_not_matter():
    rng = np.random.default_rng(1)
    path = np.cumsum(rng.normal(0.0, 0.03, (50, 2)), axis=0)
    turn = np.array([[np.cos(0.7), -np.sin(0.7)], [np.sin(0.7), np.cos(0.7)]])
    straight, turned = OneEuroFilter(1, LIVE), OneEuroFilter(1, LIVE)
    for index, point in enumerate(path):
        a = straight.step(point[None], index / 30)[0]
        b = turned.step((turn @ point)[None], index / 30)[0]
        np.testing.assert_allclose(turn @ a, b, atol=1e-12)


# --- Live smoother --------------------------------------------------------------------------------------------------
def test_noise_at_rest_falls_by_a_third_and_fast_arms_are_hardly_late():
    rng = np.random.default_rng(2)
    noisy = make_pose_frames(150, pose_at=lambda _: {}, noise=0.003, rng=rng)
    raw, smooth = PoseTrack.from_frames(noisy).square_xy(), _live(noisy).square_xy()
    assert smooth[30:].std(axis=0).mean() < 0.67 * raw[30:].std(axis=0).mean()
    swing = make_pose_frames(150, pose_at=lambda time_s: {"arms_deg": 90 + 70 * np.sin(2 * np.pi * 1.5 * time_s)})
    raw, smooth = PoseTrack.from_frames(swing).square_xy(), _live(swing).square_xy()
    speed = np.gradient(raw[:, WRIST], 1 / 30, axis=0)
    lag_s = -((smooth - raw)[:, WRIST] * speed).sum() / (speed**2).sum()
    assert 0.0 < lag_s < 0.010


@pytest.mark.parametrize("fps", [15, 60])
def test_the_frame_rate_hardly_matters(fps):
    usual = _live(make_pose_frames(90, 30.0))
    other = _live(make_pose_frames(3 * fps, float(fps)))
    both = []
    for track, each in ((usual, 30), (other, fps)):
        index = np.arange(each // 3, 3 * each, each // 15)  # every fifteenth of a second
        both.append(joint_angles_deg(track.square_xy(), track.image[..., 3])[index])
    assert np.nanpercentile(np.abs(both[0] - both[1]), 95) < 3.0


def test_the_distance_to_the_camera_does_not_matter():
    near, far = (_live(make_pose_frames(60, height=height, centre=(0.5, 0.5))) for height in (0.8, 0.4))
    np.testing.assert_allclose(
        joint_angles_deg(near.square_xy(), near.image[..., 3]),
        joint_angles_deg(far.square_xy(), far.image[..., 3]),
        atol=1e-6,
    )


def test_an_unseen_landmark_is_held_with_its_own_visibility_then_missing_then_back():
    smoother = LiveSmoother()
    frames = make_pose_frames(40, pose_at=lambda _: {})
    for index in range(10, 30):
        frames[index] = make_pose_frame(index / 30, hidden=("left_wrist",), centre=(0.6, 0.5))
    track = _live(frames, smoother)
    held = [index for index in range(10, 30) if np.isfinite(track.image[index, WRIST, 0])]
    assert held == list(range(10, held[-1] + 1))
    held_s = (held[-1] - 9) / 30
    assert LIVE.hold_s - 1 / 30 - 1e-9 <= held_s <= LIVE.hold_s + 1e-9
    assert (track.image[held, WRIST, 3] == 0.1).all()
    np.testing.assert_allclose(track.image[held, WRIST, 0], track.image[9, WRIST, 0])
    gone = np.arange(held[-1] + 1, 30)
    assert np.isnan(track.image[gone, WRIST, :3]).all()
    assert (track.image[gone, WRIST, 3] == 0).all()
    assert np.isnan(track.world[gone, WRIST, :3]).all()
    assert track.image[30, WRIST, 0] == pytest.approx(frames[30].image[WRIST, 0])


def test_nobody_for_a_while_becomes_a_missing_pose_and_the_next_dancer_starts_afresh():
    smoother = LiveSmoother()
    smoother.step(make_pose_frame(0.0))
    assert smoother.step(PoseFrame.missing(0.1, (640, 480))).present
    assert not smoother.step(PoseFrame.missing(1.0, (640, 480))).present
    back = make_pose_frame(1.1, centre=(0.2, 0.5))
    np.testing.assert_allclose(smoother.step(back).image, back.image, atol=1e-12)


def test_an_empty_start_stays_empty():
    smoother = LiveSmoother()
    assert not smoother.step(PoseFrame.missing(0.0, (640, 480))).present
    assert smoother.step(make_pose_frame(0.03)).present


def test_the_input_is_left_alone_and_the_output_is_ones_own():
    smoother = LiveSmoother()
    first = make_pose_frame(0.0)
    kept = first.image.copy()
    out = smoother.step(first)
    out_kept = out.image.copy()
    smoother.step(make_pose_frame(0.03, arms_deg=100.0))
    np.testing.assert_array_equal(first.image, kept)
    np.testing.assert_array_equal(out.image, out_kept)


def test_going_back_in_time_starts_afresh():
    smoother = LiveSmoother()
    smoother.step(make_pose_frame(10.0))
    again = make_pose_frame(0.0, arms_deg=120.0)
    np.testing.assert_allclose(smoother.step(again).image, again.image, atol=1e-12)
    np.testing.assert_allclose(smoother.step(again).image, again.image, atol=1e-12)


def test_all_landmarks_go_through():
    assert _live(make_pose_frames(3)).image.shape == (3, LANDMARK_COUNT, 4)
