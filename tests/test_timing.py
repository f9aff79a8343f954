"""Early and late: sign and size, apart from form and from a constant delay."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coach.alignment.limb_timing import LimbTiming
from coach.alignment.timing import TimingMeter
from coach.alignment.tracked_position import TrackedPosition, TrackState
from coach.pose.feature_vector import LIMB_FEATURES, features_of_track
from tests.builders_alignment import RandomRoutine, regular_times

TIMES = regular_times(24.0)


def at(time_s: float, reference_s: float | None, state: TrackState = TrackState.FOLLOWING) -> TrackedPosition:
    return TrackedPosition(time_s, state, reference_s, 0.9, 1.0, False)


@pytest.mark.parametrize("shift_s", [-0.4, -0.2, -0.1, -0.05, 0.05, 0.1, 0.2, 0.4])
@pytest.mark.parametrize("limb", ["left_arm", "right_arm", "left_leg"])
def test_one_limb_early_or_late(shift_s: float, limb: str) -> None:
    routine = RandomRoutine(3, 26.0)
    teacher = features_of_track(routine.track(TIMES))
    student = features_of_track(routine.track(TIMES, noise=0.01, seed=1))
    shifted = features_of_track(routine.track(TIMES, np.clip(TIMES + shift_s, 0, 25), noise=0.01, seed=2))
    indices = list(LIMB_FEATURES[limb])
    student[:, indices] = shifted[:, indices]
    meter = LimbTiming(teacher, TIMES)
    readings = [meter.step(row, at(time, time)) for row, time in zip(student, TIMES, strict=True)][60:-30]
    found = np.array([np.nan if reading[limb] is None else reading[limb] for reading in readings], dtype=float)
    known = found[np.isfinite(found)]
    assert len(known) > 0.5 * len(found)
    assert (np.sign(known) == np.sign(shift_s)).mean() >= 0.95
    assert (np.abs(known - 1000 * shift_s) < 50).mean() >= 0.95
    other = "right_leg"
    calm = np.array([abs(reading[other]) for reading in readings if reading[other] is not None])
    assert np.median(calm) < 25


def test_a_wrong_form_is_not_a_wrong_time() -> None:
    routine = RandomRoutine(3, 26.0)
    teacher = features_of_track(routine.track(TIMES))
    student = teacher.copy()
    student[:, list(LIMB_FEATURES["left_arm"])] += 0.25
    meter = LimbTiming(teacher, TIMES)
    readings = [meter.step(row, at(time, time))["left_arm"] for row, time in zip(student, TIMES, strict=True)]
    assert max(abs(value) for value in readings[30:] if value is not None) < 25


def test_a_limb_that_hangs_has_no_timing() -> None:
    teacher = features_of_track(RandomRoutine(3, 26.0).track(TIMES))
    student = teacher.copy()
    student[:, list(LIMB_FEATURES["right_arm"])] = 0.5
    meter = LimbTiming(teacher, TIMES)
    assert all(meter.step(row, at(t, t))["right_arm"] is None for row, t in zip(student, TIMES, strict=True))


def test_a_limb_is_late_by_the_references_time_at_any_tempo() -> None:
    """As the dancer as a whole is: half a count late is half a count late in slow practice as well."""
    routine = RandomRoutine(3, 26.0)
    teacher = features_of_track(routine.track(TIMES))
    for tempo in (0.5, 1.25):
        times = regular_times(16.0)
        student = features_of_track(routine.track(times, tempo * times))
        late = features_of_track(routine.track(times, np.maximum(tempo * times - 0.15, 0.0)))
        indices = list(LIMB_FEATURES["left_arm"])
        student[:, indices] = late[:, indices]
        meter = LimbTiming(teacher, TIMES)
        found = [
            meter.step(row, replace(at(time, tempo * time), tempo=tempo))["left_arm"]
            for row, time in zip(student, times.tolist(), strict=True)
        ]
        known = [value for value in found[90:] if value is not None]
        assert len(known) > 100
        assert np.median(known) == pytest.approx(-150.0, abs=25.0)


def test_a_jump_begins_a_limbs_timing_afresh_and_another_tempo_does_not() -> None:
    teacher = features_of_track(RandomRoutine(3, 26.0).track(TIMES))
    meter = LimbTiming(teacher, TIMES)
    for frame in range(60):
        meter.step(teacher[2 * frame], replace(at(frame / 30, TIMES[2 * frame]), tempo=2.0))
    assert meter.since_s == 0.0
    meter.step(teacher[300], replace(at(2.0, TIMES[300]), tempo=2.0))
    assert meter.since_s == 2.0
    meter.step(teacher[300], at(2.1, None, TrackState.LOST))
    assert meter.since_s == np.inf


def test_the_teachers_unseen_frames_do_not_make_the_student_move() -> None:
    """Whose arm hangs has no timing, wherever the teacher's was seen; who moves it, the same one as otherwise."""
    teacher = features_of_track(RandomRoutine(3, 26.0).track(TIMES))
    indices = list(LIMB_FEATURES["left_arm"])
    holes = teacher.copy()
    rows = np.random.default_rng(1).random(len(teacher)) < 0.3
    holes[np.ix_(rows, indices)] = np.nan
    hanging = teacher.copy()
    hanging[:, indices] = 1.0
    meter, moving = LimbTiming(holes, TIMES), LimbTiming(holes, TIMES)
    for still, row, time in zip(hanging, teacher, TIMES.tolist(), strict=True):
        assert meter.step(still, at(time, time))["left_arm"] is None
        told = moving.step(row, at(time, time))["left_arm"]
        assert told is None or abs(told) < 30.0


def test_silent_music_says_nothing() -> None:
    """At a start and after a pause the music is not heard for some frames: nobody is on time, or late, meanwhile."""
    meter = TimingMeter()
    told = []
    for number in range(90):
        time = number / 30
        told.append(meter.step(at(time, time - 0.3), music_s=time if 30 <= number < 60 else None).timing_ms)
    assert told[0] is None
    assert all(value is not None and value < -100 for value in told[30:60])
    assert told[60:] == [None] * 30


def test_who_goes_on_after_a_stop_is_not_early() -> None:
    """Without music: five seconds at 0.6, three seconds of standing, and on at 0.6."""
    meter, place = TimingMeter(), 0.0
    for number in range(450):
        dances = not 150 <= number < 240
        place += 0.6 / 30 * dances
        settled = number < 150 or number >= 270
        told = meter.step(replace(at(number / 30, place), tempo=0.6 if settled else 0.6 * dances)).timing_ms
        assert told is None or abs(told) < 20.0


def test_constant_delay_is_found_and_taken_off() -> None:
    """60 ms of camera delay, and a dancer who is 150 ms late for a while."""
    meter = TimingMeter()
    for number in range(1200):
        time = number / 30
        own = -0.15 if 900 <= number < 960 else 0.0
        reading = meter.step(at(time, time - 0.06 + own), music_s=time)
        if number == 950:
            assert reading.timing_ms == pytest.approx(-150, abs=15)
    assert meter.constant_ms == pytest.approx(-60, abs=10)
    assert reading.timing_ms == pytest.approx(0, abs=10)
    assert reading.raw_ms == pytest.approx(-60, abs=1)


def test_who_is_always_very_late_is_told_so() -> None:
    """Camera and sound cannot be 350 ms late, and nothing makes anybody look early."""
    for own_ms, least_ms, most_ms in ((-350.0, -350.0, -200.0), (-250.0, -250.0, -100.0), (120.0, 120.0, 120.0)):
        meter = TimingMeter()
        readings = [meter.step(at(n / 30, n / 30 + own_ms / 1000), music_s=n / 30).timing_ms for n in range(120 * 30)]
        assert all(one is not None and least_ms - 1e-6 <= one <= most_ms + 1e-6 for one in readings)
        assert meter.constant_delay_ms == pytest.approx(-own_ms, abs=5)


def test_what_a_latency_check_found_is_taken_off_from_the_start_and_no_more() -> None:
    meter = TimingMeter(known_delay_ms=90.0)
    for number in range(900):
        time = number / 30
        reading = meter.step(at(time, time - 0.15), music_s=time)
        assert reading.timing_ms == pytest.approx(-60.0)
    assert meter.constant_delay_ms == pytest.approx(150.0, abs=5)


def test_the_constant_delay_is_told_once_there_is_enough_to_go_by() -> None:
    meter = TimingMeter()
    told = []
    for number in range(450):
        meter.step(at(number / 30, number / 30 - 0.08), music_s=number / 30)
        told.append(meter.constant_delay_ms)
    assert told[:145] == [None] * 145
    assert told[155:] == [pytest.approx(80.0, abs=5)] * (450 - 155)


def test_little_evidence_moves_the_constant_little() -> None:
    meter = TimingMeter()
    for number in range(15):
        meter.step(at(number / 30, number / 30 - 0.2), music_s=number / 30)
    assert abs(meter.constant_ms) < 30


def test_without_music_the_own_steady_tempo_counts() -> None:
    meter = TimingMeter()
    steady = [meter.step(at(t, 0.8 * t)).timing_ms for t in TIMES[:300]]
    assert max(abs(value) for value in steady if value is not None) < 5
    hurried = meter.step(at(float(TIMES[300]), 0.8 * float(TIMES[300]) + 0.2)).timing_ms
    assert hurried == pytest.approx(200, abs=10)


def test_no_place_no_timing() -> None:
    meter = TimingMeter()
    assert meter.step(at(0.0, None, TrackState.LOST), music_s=0.0).timing_ms is None
    limbs = LimbTiming(features_of_track(RandomRoutine(1, 5.0).track(TIMES[:100])), TIMES[:100])
    assert set(limbs.step(np.zeros(22), at(0.0, None, TrackState.SEARCHING)).values()) == {None}
