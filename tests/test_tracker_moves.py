"""The follower where the dancer, the music, the user or the clock moves elsewhere, or at another pace."""

from __future__ import annotations

import numpy as np
import pytest

from coach.alignment.position_tracker import PositionTracker
from coach.alignment.tracked_position import FollowMode, TrackState
from coach.pose.feature_vector import FEATURE_COUNT, mirror_features
from tests.builders_alignment import regular_times
from tests.builders_tracker import REFERENCE, TIMES, dance, errors, run, tracker


def test_section_only() -> None:
    follower = tracker()
    follower.restrict(10.0, 20.0)
    times = regular_times(14.0)
    found = run(follower, dance(times + 8, times, noise=0.01), times)
    told = [one.reference_s for one in found if one.reference_s is not None]
    assert min(told) >= 10.0
    assert max(told) <= 20.05
    assert (errors(found, times + 8)[(times > 5) & (times < 11.5)] < 0.25).all()
    assert found[int(12.8 * 30)].state is TrackState.FINISHED
    with pytest.raises(ValueError, match="no part of the reference"):
        follower.restrict(100.0, 110.0)


@pytest.mark.parametrize("section", [None, (5.0, 35.0)])
@pytest.mark.parametrize("pause_s", [0.0, 3.0])
def test_seek_expects_the_dancer_there_at_once(section: tuple[float, float] | None, pause_s: float) -> None:
    """In the middle of following, with a pause or without, in a section too: not where the dancer was before."""
    follower = tracker()
    if section is not None:
        follower.restrict(*section)
    before, after = regular_times(6.0), regular_times(6.0)
    run(follower, dance(before + 8, before, noise=0.02), before)
    follower.seek(25.0)
    later = after + before[-1] + 1 / 30 + pause_s
    found = run(follower, dance(after + 25, later, noise=0.02, seed=2), later)
    error = errors(found, after + 25)
    assert error[np.isfinite(error)].max() < 1.0
    assert (error[after > 0.3] < 0.25).mean() > 0.95


def test_seek_leaves_the_old_place_at_once() -> None:
    """Nobody to be seen after it: the dancer is searched for, and neither followed nor lost where they were."""
    follower = tracker()
    times = regular_times(6.0)
    assert run(follower, dance(times + 8, times, noise=0.02), times)[-1].state is TrackState.FOLLOWING
    follower.seek(25.0)
    found = follower.step(np.full(FEATURE_COUNT, np.nan), 6.0)
    assert (found.state, found.reference_s) == (TrackState.SEARCHING, None)


def test_a_freeze_elsewhere_that_looks_alike_is_no_place_to_be_found_at() -> None:
    """The choreography freezes from 20 s to 23 s in the pose of 10 s, where the dancer stops."""
    places = np.where(TIMES < 20, TIMES, np.where(TIMES < 23, 10.0, TIMES - 3))
    reference = dance(places, TIMES)
    follower = PositionTracker(reference, mirror_features(reference), TIMES)
    times = regular_times(14.0)
    found = run(follower, dance(np.minimum(times, 10.0), times, noise=0.005), times)
    assert {round(one.reference_s) for one in found[330:] if one.reference_s is not None} <= {10}
    assert found[-1].state is TrackState.LOST


def test_skips_are_no_pace() -> None:
    """Ahead by 1.8 s every 2.5 s, at the teacher's tempo between."""
    times = regular_times(19.0)
    places = times + 1.8 * np.floor(times / 2.5)
    error = errors(run(tracker(), dance(places, times, noise=0.02), times), places)
    assert np.median(error[150:]) < 0.03


def test_who_gets_still_slower_stays_followed() -> None:
    """At 0.55 for ten seconds, then at 0.3: below the slowest walk of somebody at the teacher's tempo."""
    times = regular_times(30.0)
    places = np.where(times < 10, 0.55 * times, 5.5 + 0.3 * (times - 10))
    found = run(tracker(), dance(places, times, noise=0.02), times)
    assert (errors(found, places)[300:] < 0.5).mean() > 0.9


def test_seek_without_dancing_there_is_not_believed_for_long() -> None:
    """The user moves on to 25 s and dances on at 14 s all the same."""
    follower = tracker()
    times = regular_times(6.0)
    run(follower, dance(times + 8, times, noise=0.02), times)
    follower.seek(25.0)
    later = times + times[-1] + 1 / 30
    found = run(follower, dance(times + 14, later, noise=0.02, seed=2), later)
    assert (errors(found, times + 14)[times > 3.0] < 0.25).mean() > 0.95


def test_odd_time_stamps_do_no_harm() -> None:
    """The same time twice, backwards, and a gap of a minute."""
    follower = tracker()
    times = regular_times(4.0)
    run(follower, dance(times, times), times)
    for time in (times[-1], times[-1], 0.5, 70.0, 70.0):
        assert np.isfinite(follower.step(REFERENCE[0], float(time)).confidence)


@pytest.mark.parametrize("mode", FollowMode)
def test_a_clock_that_starts_afresh_does_not_spoil_the_tempo(mode: FollowMode) -> None:
    follower = tracker(mode=mode)
    times = regular_times(10.0)
    for start_s, place_s in ((100.0, 2.0), (0.0, 12.0)):
        features = dance(times + place_s, times, noise=0.01)
        found = [
            follower.step(row, start_s + time, music_s=place_s + time)
            for row, time in zip(features, times.tolist(), strict=True)
        ]
        told = [one.tempo for one in found[75:]]
        assert np.median(told) == pytest.approx(1.0, abs=0.05)


def test_a_reset_forgets_the_pace() -> None:
    """Somebody slow, then somebody at the teacher's tempo: as if nobody had been there before."""
    times = regular_times(12.0)
    slow, next_one = dance(0.6 * times, times, noise=0.01), dance(times + 5, times, noise=0.01)
    follower = tracker()
    run(follower, slow, times)
    follower.reset()
    assert run(follower, next_one, times) == run(tracker(), next_one, times)


@pytest.mark.parametrize(("fps", "hiccup_every"), [(30.0, 0), (6.0, 0), (5.0, 0), (30.0, 10)])
def test_slow_music_is_followed_at_any_frame_rate(fps: float, hiccup_every: int) -> None:
    """Few frames a second, and a fifth of a second without any every ten frames, at half the speed."""
    times = regular_times(24.0, fps)
    if hiccup_every:
        times = times[(np.arange(len(times)) % (hiccup_every + 6)) < hiccup_every]
    follower = tracker(mode=FollowMode.ALONG)
    found = [
        follower.step(row, time, music_s=None if 12.0 < time < 12.3 else 0.5 * time)
        for row, time in zip(dance(0.5 * times, times, noise=0.01), times.tolist(), strict=True)
    ]
    off_s = np.array([np.nan if one.reference_s is None else one.reference_s - 0.5 * one.time_s for one in found])
    assert abs(np.nanmedian(off_s[times > 4.0])) < 0.02
    assert np.nanpercentile(np.abs(off_s[times > 4.0]), 95) < 0.12
