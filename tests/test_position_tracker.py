"""The follower as a whole: known dances, known warps, and honest states."""

from __future__ import annotations

import os
import tracemalloc

import numpy as np
import pytest

from coach.alignment.kernels import covariance, filter_columns, movement, place_estimate, pose_mismatch
from coach.alignment.position_tracker import PositionTracker
from coach.alignment.tracked_position import FollowMode, MirrorMode, TrackState
from coach.pose.feature_vector import FEATURE_COUNT, features_of_frame, features_of_track, mirror_features
from coach.pose.one_euro import LiveSmoother
from coach.pose.pose_frame import PoseTrack
from tests.builders_alignment import CHILD, TALL, Body, RandomRoutine, regular_times, warped_places
from tests.builders_tracker import REFERENCE, ROUTINE, TIMES, dance, errors, run, share, tracker


def test_clean_within_a_frame() -> None:
    times = regular_times(30.0)
    error = errors(run(tracker(), dance(times, times), times), times)
    assert np.median(error[60:]) <= 1 / 30
    assert (error[60:] < 0.25).mean() > 0.97


@pytest.mark.parametrize("yaw_deg", [0, 15, 30])
@pytest.mark.parametrize("body", [CHILD, TALL])
def test_hard_within_100_ms(yaw_deg: int, body: Body) -> None:
    """Other proportions, a turned camera, 30 % of the joints dropped, noise, a tempo that wanders."""
    times = regular_times(36.0)
    places = warped_places(times, lambda s: 1 + 0.2 * np.sin(s), 0.0)
    keep = places < 38
    features = dance(places, times, body=body, yaw_deg=yaw_deg, noise=0.03, drop_share=0.3)
    error = errors(run(tracker(), features, times), places)[keep]
    assert np.median(error[90:]) <= 0.1
    assert (error[90:] < 0.5).mean() > 0.93


def test_same_verdict_at_every_frame_rate() -> None:
    """15, 24, 30 and 60 frames a second, at the moments that all of them show."""
    verdicts = {}
    for fps in (15, 24, 30, 60):
        times = regular_times(24.0, fps)
        found = run(tracker(), dance(5 + times, times, noise=0.0), times)
        verdicts[fps] = [found[index * fps // 3] for index in range(60)]
    for fps in (15, 24, 60):
        for one, other in zip(verdicts[fps], verdicts[30], strict=True):
            if one.time_s > 3:
                assert one.state is other.state
                assert one.reference_s == pytest.approx(other.reference_s, abs=0.06)
                assert one.mirrored == other.mirrored


def test_stands_still_walks_off_and_comes_back() -> None:
    """Nothing is told while there is nothing to tell; the dance is found again within 3 s."""
    for nobody in (False, True):
        times = regular_times(30.0)
        places = np.where(times < 10, times, np.where(times < 14, 10.0, times - 4))
        features = dance(places, times, noise=0.005)
        if nobody:
            features[(times >= 10) & (times < 14)] = np.nan
        found = run(tracker(), features, times)
        assert found[299].state is TrackState.FOLLOWING
        gone = [one for one in found if 11.0 < one.time_s < 13.95]
        assert share(gone, TrackState.LOST) == 1.0
        assert all(one.reference_s is None for one in gone)
        assert (errors(found, places)[times > 17] < 0.5).mean() > 0.97


@pytest.mark.parametrize("noise", [0.01, 0.02])
def test_stands_still_before_a_noisy_camera(noise: float) -> None:
    """Jitter is no movement: `lost` within a second all the same, and nothing is lost while dancing."""
    times = regular_times(18.0)
    places = np.where(times < 10, times, np.where(times < 14, 10.0, times - 4))
    track, smoother = ROUTINE.track(times, places, noise=noise, seed=1), LiveSmoother()
    features = np.array([features_of_frame(smoother.step(track.frame(index))) for index in range(len(times))])
    found = run(tracker(), features, times)
    assert share([one for one in found if 11.0 < one.time_s < 13.95], TrackState.LOST) == 1.0
    assert share([one for one in found if 2.0 < one.time_s < 10.0], TrackState.FOLLOWING) == 1.0


def test_goes_on_where_it_stopped_at_once() -> None:
    """The place of a dancer who stands still is remembered, for as long as it may take."""
    for pause_s in (2.0, 8.0):
        times = regular_times(24.0)
        places = np.where(times < 11, times, np.where(times < 11 + pause_s, 11.0, times - pause_s))
        error = errors(run(tracker(), dance(places, times, noise=0.002), times), places)
        assert (error[(times > 12 + pause_s)] < 0.5).all()


def test_searches_until_there_is_something_to_go_by() -> None:
    times = regular_times(4.0)
    found = run(tracker(), dance(times, times), times)
    assert all(one.state is TrackState.SEARCHING for one in found if one.time_s < 0.6)
    assert found[60].state is TrackState.FOLLOWING


def test_half_hearted_movements_are_followed() -> None:
    """Every feature at 60 % of the way from the dancer's mean pose."""
    times = regular_times(30.0)
    features = dance(times, times, noise=0.01)
    middle = np.nanmean(features, axis=0)
    found = run(tracker(), middle + 0.6 * (features - middle), times)
    assert (errors(found, times)[60:] < 0.5).mean() > 0.93


def test_a_freeze_of_the_choreography_is_danced_by_standing_still() -> None:
    routine = RandomRoutine(21, 30.0, freeze_s=(12.0, 14.5))
    reference = features_of_track(routine.track(TIMES[:900]))
    follower = PositionTracker(reference, mirror_features(reference), TIMES[:900])
    times = regular_times(28.0)
    found = run(follower, features_of_track(routine.track(times, noise=0.005)), times)
    assert share([one for one in found if 4 < one.time_s < 28], TrackState.FOLLOWING) > 0.97


@pytest.mark.parametrize("seed", [61, 62, 63])
def test_another_routine_is_not_followed(seed: int) -> None:
    times = regular_times(36.0)
    other = RandomRoutine(seed, 40.0)
    found = run(tracker(), features_of_track(other.track(times, noise=0.02)), times)
    assert share(found, TrackState.LOST, TrackState.SEARCHING) >= 0.9


@pytest.mark.parametrize(("leave_s", "enter_s"), [(15.0, 0.0), (10.0, 18.0), (20.0, 7.0)])
def test_restart_and_skip(leave_s: float, enter_s: float) -> None:
    times = regular_times(30.0)
    places = np.where(times < leave_s, times, times - leave_s + enter_s)
    error = errors(run(tracker(), dance(places, times, noise=0.02, body=CHILD), times), places)
    after = times - leave_s
    assert (error[(after > 3.0) & (after < 9)] < 0.5).mean() > 0.97


def test_starts_anywhere() -> None:
    times = regular_times(12.0)
    places = 22 + times
    error = errors(run(tracker(), dance(places, times, noise=0.02), times), places)
    assert (error[times > 3] < 0.5).all()


@pytest.mark.parametrize("mirrored", [False, True])
def test_finds_the_mirror_image_within_5_s(mirrored: bool) -> None:
    times = regular_times(12.0)
    features = dance(times + 4, times, noise=0.02, body=TALL)
    follower = tracker()
    found = run(follower, mirror_features(features) if mirrored else features, times)
    assert all(one.mirrored is mirrored for one in found if one.time_s > 5)
    assert follower.mirror_decided
    assert (errors(found, times + 4)[times > 5] < 0.25).all()


def test_mirror_is_reversible() -> None:
    times = regular_times(30.0)
    features = dance(times, times, noise=0.02)
    features[450:] = mirror_features(features[450:])
    found = run(tracker(), features, times)
    assert not found[440].mirrored
    assert all(one.mirrored for one in found[780:])


def test_mirror_given() -> None:
    times = regular_times(10.0)
    mirrored = mirror_features(dance(times, times))
    assert all(one.mirrored for one in run(tracker(mirror=MirrorMode.ON), mirrored, times))
    found = run(tracker(mirror=MirrorMode.OFF), mirrored, times)
    assert not any(one.mirrored for one in found)
    assert share(found, TrackState.FOLLOWING) < 0.2


def test_repeats_are_told_and_continuity_is_preferred() -> None:
    """The same 10 s danced three times: which of them cannot be known, but it must not hop between them."""
    routine = RandomRoutine(31, 30.0, repeat_s=10.0)
    reference = features_of_track(routine.track(TIMES[:900]))
    follower = PositionTracker(reference, mirror_features(reference), TIMES[:900])
    times = regular_times(28.0)
    found = run(follower, features_of_track(routine.track(times, noise=0.01)), times)
    told = np.array([np.nan if one.reference_s is None else one.reference_s for one in found])[60:]
    assert np.isfinite(told).mean() > 0.95
    assert np.abs(np.diff(told[np.isfinite(told)])).max() < 0.5
    assert np.nanmedian(np.abs(told - times[60:])) < 0.1


def test_repeats_without_a_beginning_are_ambiguous() -> None:
    routine = RandomRoutine(31, 30.0, repeat_s=10.0)
    reference = features_of_track(routine.track(TIMES[:900]))
    follower = PositionTracker(reference, mirror_features(reference), TIMES[:900])
    times = regular_times(4.0)
    found = run(follower, features_of_track(routine.track(times, times + 4.0, noise=0.01)), times)
    assert any(one.ambiguous for one in found) or share(found, TrackState.FOLLOWING) < 0.5


def test_music_settles_which_repeat_it_is() -> None:
    routine = RandomRoutine(31, 30.0, repeat_s=10.0)
    reference = features_of_track(routine.track(TIMES[:900]))
    times = regular_times(6.0)
    features = features_of_track(routine.track(times, times + 13.9, noise=0.01))
    follower = PositionTracker(reference, mirror_features(reference), TIMES[:900], mode=FollowMode.ALONG)
    found = [follower.step(row, t, music_s=t + 14.0) for row, t in zip(features, times.tolist(), strict=True)]
    late = [one.reference_s - (one.time_s + 14.0) for one in found if one.reference_s is not None and one.time_s > 3]
    assert len(late) > 80
    assert np.median(late) == pytest.approx(-0.1, abs=0.07)


def test_music_is_not_a_prison() -> None:
    """A dancer who is half a second behind the music is told so, and one who is 12 s behind is followed there."""
    times = regular_times(20.0)
    for behind_s, slack_s in ((0.5, 0.1), (12.0, 0.3)):
        follower = tracker(mode=FollowMode.ALONG)
        features = dance(times + 2, times, noise=0.01)
        found = [
            follower.step(row, t, music_s=t + 2 + behind_s) for row, t in zip(features, times.tolist(), strict=True)
        ]
        error = errors(found, times + 2)[150:]
        assert np.median(error) < slack_s


def test_finishes_and_starts_over() -> None:
    times = regular_times(56.0)
    places = np.where(times < 40, times, np.where(times < 43, 39.9, times - 43))
    found = run(tracker(), dance(places, times, noise=0.01), times)
    ended = [one for one in found if 40.6 < one.time_s < 42.9]
    assert share(ended, TrackState.FINISHED) > 0.9
    assert found[-1].state is TrackState.FOLLOWING
    assert found[-1].reference_s == pytest.approx(13.0, abs=0.2)


def test_tempo_is_told() -> None:
    times = regular_times(20.0)
    found = run(tracker(), dance(0.75 * times, times, noise=0.01), times)
    assert np.median([one.tempo for one in found[300:]]) == pytest.approx(0.75, abs=0.06)


def test_nobody_is_never_followed() -> None:
    nobody = np.full(FEATURE_COUNT, np.nan)
    follower = tracker()
    found = [follower.step(nobody, number / 30) for number in range(300)]
    assert share(found, TrackState.SEARCHING) == 1.0
    assert all(np.isfinite(one.confidence) and np.isfinite(one.tempo) for one in found)


def test_same_input_same_output_and_reset() -> None:
    times = regular_times(8.0)
    features = dance(times + 3, times, noise=0.03, drop_share=0.2)
    follower = tracker()
    first = run(follower, features, times)
    assert run(tracker(), features, times) == first
    follower.reset()
    assert run(follower, features, times) == first


def test_numbers_are_in_range() -> None:
    times = regular_times(20.0)
    for one in run(tracker(), dance(times, times, noise=0.1, drop_share=0.4), times):
        assert 0.0 <= one.confidence <= 1.0
        assert (one.reference_s is None) == (one.state in (TrackState.SEARCHING, TrackState.LOST))


def test_wrong_tables_are_refused() -> None:
    with pytest.raises(ValueError, match="reference_features must have shape"):
        PositionTracker(REFERENCE[:-1], REFERENCE, TIMES)
    with pytest.raises(ValueError, match="at least two frames"):
        PositionTracker(REFERENCE[:1], REFERENCE[:1], TIMES[:1])


def test_no_hidden_compiling_and_no_growing_memory() -> None:
    """Whatever a session feeds, each kernel is compiled once, and a step allocates no array of the reference's size."""
    big = np.tile(REFERENCE, (8, 1)).astype(np.float32)[:9000]
    frozen = np.asfortranarray(big)
    frozen.flags.writeable = False
    follower = PositionTracker(frozen, mirror_features(frozen), np.arange(9000) / 30, mode=FollowMode.ALONG)
    student = REFERENCE[:400].astype(np.float32)
    student.flags.writeable = False
    for number in range(60):
        follower.step(student[number], number / 30, music_s=number / 30)
    tracemalloc.start()
    for number in range(60, 300):
        follower.step(student[number], number / 30, music_s=number / 30)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4500 * 8, "a step allocates a whole column"
    if not os.environ.get("NUMBA_DISABLE_JIT"):
        for kernel in (
            pose_mismatch.match_column,
            filter_columns.likelihood_column,
            filter_columns.favour_near,
            filter_columns.advance_columns,
            filter_columns.heaviest_image,
            place_estimate.best_places,
            covariance.covary,
            movement.mean_of_seen,
            movement.mean_square_bend,
            movement.mean_square_range,
        ):
            assert len(kernel.signatures) == 1, kernel.__name__


def test_a_track_of_another_rate_and_size() -> None:
    """A 60 frames/s reference and a 24 frames/s student."""
    times = regular_times(20.0, 60.0)
    reference = features_of_track(ROUTINE.track(times))
    follower = PositionTracker(reference, mirror_features(reference), times)
    student_s = regular_times(16.0, 24.0)
    track: PoseTrack = ROUTINE.track(student_s, body=CHILD, noise=0.01)
    error = errors(run(follower, features_of_track(track), student_s), student_s)
    assert np.median(error[48:]) < 0.05
