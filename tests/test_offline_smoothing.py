"""Smoothing of recordings: no lag, nothing made up, honest about what was not seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import SettingsError
from coach.pose.gaps import fill_gaps, interpolate_gaps
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.pose_frame import PoseTrack
from coach.pose.zero_phase import smooth_series, smooth_track
from coach.settings.pose import LiveSmoothingSettings, OfflineSmoothingSettings
from tests.builders_pose import make_pose_track
from tests.oracles_pose import weighted_parabola

WRIST = LANDMARK_INDEX["left_wrist"]
OFFLINE = OfflineSmoothingSettings()


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
