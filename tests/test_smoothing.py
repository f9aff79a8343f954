"""Live and recorded smoothing: steadier, hardly late, honest about what was not seen, the same at any frame rate."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import SettingsError
from coach.pose.gaps import fill_gaps, interpolate_gaps
from coach.pose.joint_angles import joint_angles_deg
from coach.pose.landmark_table import LANDMARK_COUNT, LANDMARK_INDEX
from coach.pose.one_euro import LiveSmoother, OneEuroFilter
from coach.pose.pose_frame import PoseFrame, PoseTrack
from coach.pose.zero_phase import smooth_series, smooth_track
from coach.settings.pose import LiveSmoothingSettings, OfflineSmoothingSettings
from tests.builders_pose import make_pose_frame, make_pose_frames, make_pose_track
from tests.oracles_pose import PaperOneEuro, weighted_parabola

WRIST = LANDMARK_INDEX["left_wrist"]
LIVE = LiveSmoothingSettings()
OFFLINE = OfflineSmoothingSettings()


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


# --- Zero phase -----------------------------------------------------------------------------------------------------


@given(
    steps_s=st.lists(st.sampled_from([0.005, 0.02, 1 / 30, 0.05, 0.2, 0.9]), min_size=3, max_size=40),
    seed=st.integers(0, 1000),
)
@settings(max_examples=60, deadline=None)
def test_smoothing_is_local_quadratic_regression(steps_s, seed):
    time_s = np.cumsum(steps_s)
    values = np.random.default_rng(seed).normal(size=len(time_s))
    np.testing.assert_allclose(
        smooth_series(time_s, values, 0.04, 0.12), weighted_parabola(time_s, values, 0.04, 0.12), atol=1e-5
    )


def test_even_acceleration_passes_unchanged_whatever_the_stamps():
    rng = np.random.default_rng(4)
    time_s = np.cumsum(rng.uniform(0.01, 0.06, 100))
    values = np.stack([1.0 + 2.0 * time_s, 3.0 * time_s**2 - time_s], axis=-1)
    np.testing.assert_allclose(smooth_series(time_s, values, 0.05, 0.15), values, atol=1e-9)


def test_no_lag_and_the_same_backwards():
    track = make_pose_track(80)
    forward = smooth_series(track.time_s, track.image[..., 0], 0.05, 0.15)
    backward = smooth_series(-track.time_s[::-1], track.image[::-1, :, 0], 0.05, 0.15)[::-1]
    np.testing.assert_allclose(forward, backward, atol=1e-12)


def test_noise_falls_and_a_fast_hit_keeps_its_height():
    rng = np.random.default_rng(5)
    time_s = np.arange(300) / 30
    noise = smooth_series(time_s, rng.normal(size=(300, 50)), OFFLINE.sigma_s, 3 * OFFLINE.sigma_s)
    assert noise.std() < 0.75
    hit = np.exp(-0.5 * ((time_s - 5.0) / 0.1) ** 2)
    assert smooth_series(time_s, hit, OFFLINE.sigma_s, 3 * OFFLINE.sigma_s).max() > 0.98


def test_missing_stays_missing_and_does_not_spread():
    time_s = np.arange(20) / 30
    values = np.stack([time_s, time_s], axis=-1)
    values[8:11, 0] = np.nan
    smooth = smooth_series(time_s, values, 0.05, 0.15)
    assert np.flatnonzero(np.isnan(smooth[:, 0])).tolist() == [8, 9, 10]
    np.testing.assert_allclose(smooth[:, 1], time_s, atol=1e-9)
    np.testing.assert_allclose(smooth[~np.isnan(smooth)], np.stack([time_s, time_s], -1)[~np.isnan(smooth)], atol=1e-9)


def test_a_track_keeps_visibility_and_its_caller_keeps_the_input():
    track = make_pose_track(20, hidden=("left_knee",))
    kept = track.image.copy()
    smooth = smooth_track(track, OFFLINE)
    np.testing.assert_array_equal(track.image, kept)
    np.testing.assert_array_equal(smooth.image[..., 3], kept[..., 3])
    assert not np.array_equal(smooth.world[..., 0], track.world[..., 0])


# --- Gaps -----------------------------------------------------------------------------------------------------------


def _with_gap(track: PoseTrack, frames: slice) -> PoseTrack:
    image, world = track.image.copy(), track.world.copy()
    for landmarks in (image, world):
        landmarks[frames, WRIST, :3] = 7.0
        landmarks[frames, WRIST, 3] = 0.2
    return replace(track, image=image, world=world)


def test_a_short_gap_is_bridged_close_to_the_truth_and_stays_unseen():
    truth = make_pose_track(60)
    filled = fill_gaps(_with_gap(truth, slice(20, 26)), OFFLINE)
    assert np.abs(filled.image[20:26, WRIST, :2] - truth.image[20:26, WRIST, :2]).max() < 0.01
    assert (filled.image[20:26, WRIST, 3] == 0.2).all()
    np.testing.assert_array_equal(filled.image[:20], truth.image[:20])
    assert np.abs(filled.world[20:26, WRIST, :3] - truth.world[20:26, WRIST, :3]).max() < 0.05


def test_a_long_gap_and_the_ends_become_missing():
    track = make_pose_track(60)
    for gap in (slice(20, 20 + round(OFFLINE.max_gap_s * 30)), slice(0, 4), slice(57, 60)):
        filled = fill_gaps(_with_gap(track, gap), OFFLINE)
        assert np.isnan(filled.image[gap, WRIST, :3]).all()
        assert (filled.image[gap, WRIST, 3] == 0.0).all()
        assert np.isfinite(np.delete(filled.image, np.r_[gap], axis=0)).all()


def test_a_filled_landmark_never_counts_as_seen():
    track = make_pose_track(30)
    image = track.image.copy()
    image[10:12, WRIST, :3] = np.nan
    filled = fill_gaps(replace(track, image=image), OFFLINE)
    assert np.isfinite(filled.image[10:12, WRIST]).all()
    assert (filled.image[10:12, WRIST, 3] < OFFLINE.min_visibility).all()


@given(
    seen=st.lists(st.booleans(), min_size=2, max_size=30),
    seed=st.integers(0, 99),
    max_gap_s=st.sampled_from([0.05, 0.1, 0.3, 2.0]),
)
@settings(max_examples=80, deadline=None)
def test_bridged_is_exactly_what_lies_between_near_sightings(seen, seed, max_gap_s):
    rng = np.random.default_rng(seed)
    time_s = np.cumsum(rng.uniform(0.01, 0.06, len(seen)))
    values = rng.normal(size=(len(seen), 2))
    result, known = interpolate_gaps(time_s, values, np.array(seen), max_gap_s)
    for index in range(len(seen)):
        before = [time_s[i] for i in range(index + 1) if seen[i]]
        after = [time_s[i] for i in range(index, len(seen)) if seen[i]]
        expected = seen[index] or bool(before and after and after[0] - before[-1] <= max_gap_s)
        assert known[index] == expected
        assert np.isfinite(result[index]).all() == expected
        if seen[index]:
            np.testing.assert_array_equal(result[index], values[index])
    finite = result[np.isfinite(result).all(axis=1)]
    if len(finite):
        room = 0.25 * np.ptp(values[seen], axis=0) + 1e-12
        assert (finite <= values[seen].max(axis=0) + room).all()
        assert (finite >= values[seen].min(axis=0) - room).all()


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        (LiveSmoothingSettings, {"min_cutoff_hz": 0.0}),
        (LiveSmoothingSettings, {"hold_s": 1.0}),
        (LiveSmoothingSettings, {"min_visibility": -0.1}),
        (OfflineSmoothingSettings, {"sigma_s": float("nan")}),
    ],
)
def test_settings_out_of_range_are_refused(kind, wrong):
    with pytest.raises(SettingsError, match=next(iter(wrong))):
        kind(**wrong)


def test_all_landmarks_go_through():
    assert _live(make_pose_frames(3)).image.shape == (3, LANDMARK_COUNT, 4)
