"""The path on the floor: a dancer placed by a pinhole camera is found where they were put."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import SettingsError
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.pose_frame import PoseFrame
from coach.pose.trajectory import TrajectoryMeter, floor_trajectory
from coach.settings.pose import TrajectorySettings
from tests.builders_pose import dance_pose, make_pose_frame, make_pose_frames, make_pose_track

SETTINGS = TrajectorySettings()


def _seen_at(right: float, distance: float, frame_size_px: tuple[int, int] = (640, 480)) -> dict[str, object]:
    """How a dancer ``right`` body heights off the axis and ``distance`` away looks: size and place in the picture."""
    aspect = frame_size_px[0] / frame_size_px[1]
    height = SETTINGS.focal_length_diagonals * math.hypot(aspect, 1.0) / distance
    return {"height": height, "centre": (0.5 + right * height / aspect, 0.55), "frame_size_px": frame_size_px}


@given(
    right=st.floats(-1.5, 1.5),
    distance=st.floats(1.2, 5.0),
    size=st.sampled_from([(640, 480), (1280, 720), (406, 720)]),
    turn_deg=st.floats(0, 360),
    trunk_deg=st.floats(-50, 50),
)
@settings(max_examples=40, deadline=None)
def test_a_dancer_is_found_where_they_stand(right, distance, size, turn_deg, trunk_deg):
    look = _seen_at(right, distance, size)
    track = make_pose_track(5, pose_at=lambda _: {}, turn_deg=turn_deg, trunk_deg=trunk_deg, **look)
    expected = np.tile([right, -distance], (5, 1))
    np.testing.assert_allclose(floor_trajectory(track), expected, atol=1e-6)
    assert TrajectoryMeter().step(track.frame(0)) == pytest.approx(expected[0], abs=1e-6)


def test_a_walk_to_the_right_and_towards_the_camera_is_measured_in_body_heights():
    def pose_at(time_s: float) -> dict[str, object]:
        return {**dance_pose(time_s), **_seen_at(-0.5 + 0.3 * time_s, 3.0 - 0.25 * time_s)}

    track = make_pose_track(120, pose_at=pose_at)
    truth = np.stack([-0.5 + 0.3 * track.time_s, -3.0 + 0.25 * track.time_s], axis=-1)
    np.testing.assert_allclose(floor_trajectory(track), truth, atol=0.005)
    meter = TrajectoryMeter()
    live = np.stack([meter.step(track.frame(index)) for index in range(len(track))])
    assert np.abs(live - truth)[:, 0].max() < 0.03
    assert np.abs(live - truth)[:, 1].max() < 0.06


@pytest.mark.parametrize("fps", [15, 60])
def test_the_live_path_hardly_depends_on_the_frame_rate(fps):
    def pose_at(time_s: float) -> dict[str, object]:
        return _seen_at(0.4 * math.sin(2 * time_s), 3.0 + 0.3 * math.cos(1.5 * time_s))

    ends = []
    for rate in (30, fps):
        meter = TrajectoryMeter()
        ends.append(np.stack([meter.step(frame) for frame in make_pose_frames(3 * rate, rate, pose_at=pose_at)]))
    usual, other = ends[0][:: 30 // 15], ends[1][:: fps // 15]
    np.testing.assert_allclose(usual, other, atol=0.02)


def test_noise_in_size_is_smoothed_away():
    rng = np.random.default_rng(1)
    track = make_pose_track(150, pose_at=lambda _: {}, noise=0.004, rng=rng, **_seen_at(0.0, 3.0))
    assert floor_trajectory(track)[:, 1].std() < 0.01


def test_a_jump_does_not_move_the_path():
    def pose_at(time_s: float) -> dict[str, object]:
        return {"centre": (0.5, 0.55 - 0.1 * max(0.0, math.sin(6 * time_s)))}

    path = floor_trajectory(make_pose_track(60, pose_at=pose_at))
    assert np.ptp(path, axis=0).max() < 1e-6


def test_missing_hips_are_a_gap_in_the_path_and_nobody_is_nowhere():
    track = make_pose_track(60)
    image = track.image.copy()
    image[20:25, LANDMARK_INDEX["left_hip"]] = (np.nan, np.nan, np.nan, 0.0)
    path = floor_trajectory(replace(track, image=image))
    assert np.flatnonzero(np.isnan(path).any(axis=1)).tolist() == list(range(20, 25))
    meter = TrajectoryMeter()
    assert np.isnan(meter.step(PoseFrame.missing(0.0, (640, 480)))).all()
    assert np.isfinite(meter.step(make_pose_frame(0.1))).all()
    assert np.isnan(meter.step(PoseFrame.missing(0.2, (640, 480)))).all()


def test_live_size_starts_afresh_after_a_gap_a_reset_or_a_step_back():
    far, near = _seen_at(0.0, 4.0), _seen_at(0.0, 2.0)
    for restart_s in (5.0 + SETTINGS.max_gap_s + 0.1, 1.0):
        meter = TrajectoryMeter()
        meter.step(make_pose_frame(5.0, **far))
        assert meter.step(make_pose_frame(restart_s, **near))[1] == pytest.approx(-2.0)
    meter.step(make_pose_frame(7.0, **far))
    meter.reset()
    assert meter.step(make_pose_frame(7.01, **near))[1] == pytest.approx(-2.0)


def test_settings_out_of_range_are_refused():
    with pytest.raises(SettingsError, match="focal_length_diagonals"):
        TrajectorySettings(focal_length_diagonals=0.0)
