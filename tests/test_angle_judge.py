"""When an angle is a mistake, and when it is not."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.alignment.tracked_position import TrackState
from coach.errors import SettingsError
from coach.judging.angle_judge import AngleJudge
from coach.judging.lasting_mistakes import LastingMistakes
from coach.judging.noise_model import SENSOR_NOISE_DEG, noise_floor_deg
from coach.judging.rolling_offset import RollingOffset
from coach.judging.shift_errors import ShiftErrors
from coach.judging.teacher_tables import TeacherTables, backward_velocity
from coach.judging.verdicts import JointVerdict
from coach.pose.joint_table import JOINT_COUNT, JOINT_INDEX, JOINT_NAMES, JOINTS
from coach.settings.judging import AngleJudgeSettings, JudgingSettings
from coach.settings.judging_noise import NoiseSettings
from tests.builders_judging import REST_DEG, SEEN, at, lost, make_tables, one_joint, swinging_angles, times
from tests.builders_pose import make_reference
from tests.oracles_judging import best_shift_errors, lower_median

SETTINGS = JudgingSettings()
ELBOW = JOINT_INDEX["left_elbow"]


def dance(judge: AngleJudge, tables: TeacherTables, offset_at, *, end_s=8.0, fps=30.0, lag_s=0.0, joint="left_elbow"):
    """Verdicts of ``joint``, (time, verdict), for a student who adds ``offset_at(time)`` to the teacher's angles."""
    found = []
    for time_s in times(0.0, end_s, fps):
        angles = tables.angles_deg[tables.index_at(time_s - lag_s)] + one_joint(joint, offset_at(time_s))
        readings = judge.step(angles, SEEN, at(time_s), time_s)
        found.append((time_s, readings[JOINT_INDEX[joint]].verdict))
    return found


def first(found, verdict):
    return next((time_s for time_s, one in found if one is verdict), None)


def share(found, verdict):
    return sum(one is verdict for _, one in found) / len(found)


def test_the_teacher_makes_no_mistakes():
    tables = make_tables(angles_deg=swinging_angles())
    assert share(dance(AngleJudge(tables, SETTINGS), tables, lambda _: 0.0), JointVerdict.GOOD) == 1.0


@pytest.mark.parametrize("joint", JOINT_NAMES)
@pytest.mark.parametrize("error_deg", [-50.0, 50.0])
def test_a_large_departure_is_a_mistake_of_that_joint_only(joint, error_deg):
    tables = make_tables()
    judge = AngleJudge(tables, SETTINGS)
    for time_s in times(0.0, 3.0):
        angles = np.full(JOINT_COUNT, REST_DEG) + one_joint(joint, error_deg if time_s > 1.0 else 0.0)
        readings = judge.step(angles, SEEN, at(time_s), time_s)
    assert [reading.joint for reading in readings if reading.verdict is JointVerdict.MISTAKE] == [joint]
    reading = readings[JOINT_INDEX[joint]]
    assert reading.error_deg == pytest.approx(error_deg)
    assert reading.target_deg == pytest.approx(REST_DEG)


@pytest.mark.parametrize("fps", [15.0, 30.0, 60.0])
def test_a_mistake_is_called_between_150_and_400_ms_at_any_frame_rate(fps):
    tables = make_tables()
    called_s = first(
        dance(AngleJudge(tables, SETTINGS), tables, lambda t: -45.0 if t >= 4.0 else 0.0, fps=fps), JointVerdict.MISTAKE
    )
    assert called_s is not None
    # Where between two frames it began cannot be seen.
    assert 4.15 - 0.5 / fps - 1e-6 <= called_s <= 4.4


def test_a_glitch_is_no_mistake():
    tables = make_tables()
    found = dance(AngleJudge(tables, SETTINGS), tables, lambda t: -60.0 if 4.0 <= t < 4.07 else 0.0)
    assert share(found, JointVerdict.MISTAKE) == 0.0


def test_a_mistake_ends_soon_after_it_ends():
    tables = make_tables()
    found = dance(AngleJudge(tables, SETTINGS), tables, lambda t: -45.0 if 3.0 <= t < 5.0 else 0.0)
    last_s = max(time_s for time_s, verdict in found if verdict is JointVerdict.MISTAKE)
    assert 5.0 <= last_s <= 5.5


@pytest.mark.parametrize("lag_s", [-0.2, 0.2])
def test_being_early_or_late_is_not_a_mistake_of_form(lag_s):
    tables = make_tables(angles_deg=swinging_angles(sweep_deg=120.0, period_s=2.0))
    found = dance(AngleJudge(tables, SETTINGS), tables, lambda _: 0.0, lag_s=lag_s)
    assert share(found, JointVerdict.MISTAKE) == 0.0


def test_a_bent_arm_is_found_in_a_slow_swing():
    tables = make_tables(angles_deg=swinging_angles(sweep_deg=50.0))
    found = dance(AngleJudge(tables, SETTINGS), tables, lambda t: -40.0 if t >= 4.0 else 0.0)
    assert first(found, JointVerdict.MISTAKE) == pytest.approx(4.3, abs=0.3)


def test_a_moderate_constant_offset_is_style():
    tables = make_tables(angles_deg=swinging_angles(sweep_deg=30.0))
    found = dance(AngleJudge(tables, SETTINGS), tables, lambda _: 18.0, end_s=14.0, joint="left_hip")
    assert share(found, JointVerdict.MISTAKE) == 0.0
    assert found[-1][1] is JointVerdict.STYLE


def test_a_large_constant_offset_stays_a_mistake():
    tables = make_tables(angles_deg=swinging_angles(sweep_deg=30.0))
    found = dance(AngleJudge(tables, SETTINGS), tables, lambda _: -45.0, end_s=25.0)
    assert share(found[30:], JointVerdict.MISTAKE) == 1.0


def test_a_departure_from_ones_own_style_is_a_mistake():
    tables = make_tables()
    found = dance(AngleJudge(tables, SETTINGS), tables, lambda t: -35.0 if t >= 12.0 else 15.0, end_s=14.0)
    called_s = first(found, JointVerdict.MISTAKE)
    assert called_s == pytest.approx(12.3, abs=0.3)


@pytest.mark.parametrize(
    "position", [lost, lambda t: lost(t, TrackState.SEARCHING), lambda t: at(t, confidence=0.05), lambda t: at(t, 5.0)]
)
def test_nobody_is_blamed_while_the_place_is_unknown_or_stands_still(position):
    judge = AngleJudge(make_tables(), SETTINGS)
    for time_s in times(0.0, 4.0):
        readings = judge.step(np.full(JOINT_COUNT, 60.0), SEEN, position(time_s), time_s)
    assert {reading.verdict for reading in readings} == {JointVerdict.UNSEEN}
    assert not judge.comparison.mistake.any()


def test_what_is_unseen_is_never_judged():
    tables = make_tables()
    judge = AngleJudge(tables, SETTINGS)
    unseen_by_teacher = dataclasses.replace(
        tables, angles_deg=np.where(np.arange(JOINT_COUNT) == 1, np.nan, tables.angles_deg)
    )
    judge.use(unseen_by_teacher)
    hidden = SEEN.copy()
    hidden[0] = False
    for time_s in times(0.0, 2.0):
        readings = judge.step(np.full(JOINT_COUNT, 60.0), hidden, at(time_s), time_s)
    assert readings[0].verdict is readings[1].verdict is JointVerdict.UNSEEN
    assert readings[0].angle_deg is None
    assert readings[0].error_deg is None
    assert readings[1].target_deg is None
    assert readings[2].verdict is JointVerdict.MISTAKE


def test_a_short_gap_in_sight_does_not_become_a_mistake_by_itself():
    judge = AngleJudge(make_tables(), SETTINGS)
    for index, time_s in enumerate(times(0.0, 4.0)):
        wrong = index % 6 == 0
        readings = judge.step(np.full(JOINT_COUNT, 60.0 if wrong else np.nan), SEEN, at(time_s), time_s)
        assert all(reading.verdict is not JointVerdict.MISTAKE for reading in readings)


def test_strictness_scales_the_tolerance_but_never_below_the_noise():
    tables, angles = make_tables(noise_deg=6.0), np.full(JOINT_COUNT, REST_DEG)
    strict, normal, mild = (AngleJudge(tables, SETTINGS, strictness) for strictness in (0.25, 1.0, 2.0))
    tolerances = [
        np.array([r.tolerance_deg for r in judge.step(angles, SEEN, at(0.0), 0.0)]) for judge in (strict, normal, mild)
    ]
    minor = np.array([joint.weight < 0.5 for joint in JOINTS])
    factor = np.where(minor, SETTINGS.angles.minor_noise_factor, SETTINGS.angles.noise_factor)
    floor = factor * np.hypot(6.0, SENSOR_NOISE_DEG)
    np.testing.assert_allclose(tolerances[0], floor)
    assert (tolerances[1] >= tolerances[0]).all()
    np.testing.assert_allclose(tolerances[2][ELBOW], 40.0)


@settings(deadline=None)
@given(shift=st.floats(-0.04, 0.04), speed=st.floats(0.9, 1.1))
def test_small_shifts_and_tempi_are_innocent(shift, speed):
    tables = make_tables(angles_deg=swinging_angles(sweep_deg=90.0, period_s=3.0))
    judge = AngleJudge(tables, SETTINGS)
    for time_s in times(0.0, 3.0, 15.0):
        angles = tables.angles_deg[tables.index_at(time_s * speed)]
        judge.step(angles, SEEN, at(time_s, max(time_s * speed + shift, 0.0)), time_s)
        assert not judge.comparison.mistake.any()


def held(judge: AngleJudge, off_deg: float, start_s: float, end_s: float) -> JointVerdict:
    for time_s in times(start_s, end_s):
        angles = np.full(JOINT_COUNT, REST_DEG) + one_joint("left_hip", off_deg)
        readings = judge.step(angles, SEEN, at(time_s, time_s % 20.0), time_s)
    return readings[JOINT_INDEX["left_hip"]].verdict


def test_style_outlives_a_jump_and_a_long_pause_but_not_the_dancer():
    """The same departure is a mistake only of a dancer who is known to lean the other way."""
    judge = AngleJudge(make_tables(), SETTINGS)
    assert held(judge, 14.0, 0.0, 8.0) is not JointVerdict.MISTAKE
    judge.jumped()
    assert held(judge, -18.0, 100.0, 101.0) is JointVerdict.MISTAKE
    judge.reset()
    assert held(judge, -18.0, 102.0, 103.0) is JointVerdict.STYLE


def test_a_mistake_under_way_does_not_outlive_a_jump():
    judge = AngleJudge(make_tables(), SETTINGS)
    bent, straight = (np.full(JOINT_COUNT, REST_DEG) + one_joint("left_elbow", size) for size in (-50.0, 0.0))
    for time_s in times(0.0, 2.0):
        judge.step(bent, SEEN, at(time_s), time_s)
    assert judge.comparison.mistake[ELBOW]
    judge.jumped()
    assert not judge.comparison.mistake.any()
    for time_s in times(2.1, 4.0):
        judge.step(straight, SEEN, at(time_s, time_s + 10.0), time_s)
        assert not judge.comparison.mistake.any()
    judge.step(bent, SEEN, at(4.1, 14.1), 4.1)
    assert not judge.comparison.mistake.any(), "time that counted against the joint before does not"


def test_the_same_frames_give_the_same_verdicts():
    rng = np.random.default_rng(3)
    tables = make_tables(angles_deg=swinging_angles())
    offsets = rng.normal(0.0, 20.0, 400)
    runs = [dance(AngleJudge(tables, SETTINGS), tables, lambda t: offsets[round(t * 30)]) for _ in range(2)]
    assert runs[0] == runs[1]


@settings(deadline=None)
@given(
    errors=st.lists(
        st.lists(st.one_of(st.floats(-90, 90), st.just(float("nan"))), min_size=3, max_size=3), min_size=1, max_size=12
    ),
    gap_s=st.floats(0.005, 0.1),
)
def test_shift_errors_against_the_slow_twin(errors, gap_s):
    fast = ShiftErrors(3, 0.1, 0.5)
    for frame in errors:
        result = fast.step(np.repeat(np.array(frame)[:, None], JOINT_COUNT, axis=1), gap_s)
    expected = best_shift_errors(errors, [gap_s] * len(errors), 0.1, 0.5)
    known = not np.isnan(expected)
    assert np.isfinite(result[0]) == known
    if known:
        assert abs(result[0]) == pytest.approx(abs(expected), abs=1e-9)


def test_a_shift_that_did_not_fit_so_far_is_no_explanation_all_at_once():
    in_time, bent = np.array([[0.0], [60.0]]), np.array([[40.0], [0.0]])
    patient, hasty = (ShiftErrors(2, 0.1, choice_memory_s, np.zeros((1, 1))) for choice_memory_s in (0.5, 0.1))
    for errors in [in_time] * 30 + [bent] * 6:
        remaining = patient.step(errors, 1.0 / 30.0), hasty.step(errors, 1.0 / 30.0)
    assert remaining[0] == pytest.approx(40.0 * (1.0 - np.exp(-2.0)))
    assert remaining[1] == pytest.approx(60.0 * np.exp(-2.0))


def test_a_shift_that_puts_the_partner_out_explains_nothing():
    partners = np.zeros((2, 2))
    partners[1, 0] = 1.0  # the second joint has a say in the first one's shift
    errors = np.array([[0.0, 80.0], [35.0, 0.0], [35.0, 80.0]])
    tolerance = np.array([20.0, 20.0])
    alone, together = ShiftErrors(3, 0.1, 0.5, np.zeros((2, 2))), ShiftErrors(3, 0.1, 0.5, partners)
    assert alone.step(errors, 0.03, tolerance).tolist() == [0.0, 0.0]
    assert together.step(errors, 0.03, tolerance).tolist() == [35.0, 0.0]
    in_step = np.where(errors == 80.0, 10.0, errors)  # the partner stays within tolerance: the shift is believed
    assert ShiftErrors(3, 0.1, 0.5, partners).step(in_step, 0.03, tolerance).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("fps", [15.0, 30.0, 60.0])
def test_time_counts_from_where_the_error_began_but_the_verdict_waits_for_its_mean(fps):
    mistakes = LastingMistakes(AngleJudgeSettings())
    one = np.arange(JOINT_COUNT) == 0
    called_s = None
    for index in range(int(fps)):
        time_s = index / fps
        called = mistakes.step(one & (time_s >= 0.3), one, 1.0 / fps)
        if called.any() and called_s is None:
            called_s = time_s
    assert called_s == pytest.approx(0.3, abs=1.0 / fps)
    assert mistakes.called.sum() == 1


def test_rolling_offset_against_the_slow_twin():
    rng = np.random.default_rng(0)
    rolling = RollingOffset(AngleJudgeSettings(offset_window_s=5.0, offset_step_s=0.05), np.full(14, np.inf))
    errors = np.where(rng.random((100, JOINT_COUNT)) < 0.2, np.nan, rng.normal(8.0, 5.0, (100, JOINT_COUNT)))
    for index, error in enumerate(errors):
        rolling.step(error, index * 0.1001)
    assert rolling.known.all()
    expected = [lower_median(errors[-50:, joint].tolist()) for joint in range(JOINT_COUNT)]
    np.testing.assert_allclose(rolling.style_deg, expected)


@settings(deadline=None)
@given(share_shown=st.floats(0.0, 1.2), rate=st.floats(0.0, 3000.0))
def test_noise_grows_as_limbs_shorten_and_speed_up(share_shown, rate):
    rules = NoiseSettings()
    noise = noise_floor_deg(np.full(JOINT_COUNT, share_shown), np.full(JOINT_COUNT, rate), rules)
    shorter = noise_floor_deg(np.full(JOINT_COUNT, 0.8 * share_shown), np.full(JOINT_COUNT, rate), rules)
    faster = noise_floor_deg(np.full(JOINT_COUNT, share_shown), np.full(JOINT_COUNT, rate + 100.0), rules)
    assert (noise >= SENSOR_NOISE_DEG).all()
    assert (shorter >= noise).all()
    assert (faster >= noise).all()
    assert (noise <= rules.max_factor * SENSOR_NOISE_DEG + 1e-9).all()


def test_tables_of_a_reference_and_its_mirror_image():
    reference = make_reference(120)
    tables = TeacherTables.from_reference(reference, SETTINGS)
    mirrored = tables.mirrored()
    assert np.isfinite(tables.angles_deg).mean() > 0.9
    left, right, trunk = JOINT_INDEX["left_elbow"], JOINT_INDEX["right_elbow"], JOINT_INDEX["trunk"]
    np.testing.assert_array_equal(mirrored.angles_deg[:, left], tables.angles_deg[:, right])
    np.testing.assert_array_equal(mirrored.angles_deg[:, trunk], -tables.angles_deg[:, trunk])
    np.testing.assert_array_equal(mirrored.velocity[:, 0], -tables.velocity[:, 0])
    np.testing.assert_array_equal(mirrored.energy_parts[:, 2], tables.energy_parts[:, 3])
    for name in ("angles_deg", "reach", "velocity", "energy_parts", "noise_deg"):
        np.testing.assert_array_equal(getattr(mirrored.mirrored(), name), getattr(tables, name))


@settings(deadline=None)
@given(reference_s=st.floats(-1.0, 12.0))
def test_the_nearest_frame_is_found(reference_s):
    tables = make_tables(10.0)
    nearest_s = float(np.abs(tables.time_s - reference_s).min())
    assert abs(tables.time_s[tables.index_at(reference_s)] - reference_s) == pytest.approx(nearest_s, abs=1e-9)


def test_backward_velocity_of_a_straight_way():
    time_s = np.cumsum(np.random.default_rng(0).uniform(0.02, 0.05, 100))
    way = np.stack([0.5 * time_s, -0.2 * time_s], axis=1)
    velocity = backward_velocity(way, time_s, 0.4)
    assert np.isnan(velocity[time_s < time_s[0] + 0.4]).all()
    np.testing.assert_allclose(
        velocity[time_s >= time_s[0] + 0.4], np.tile([0.5, -0.2], ((time_s >= time_s[0] + 0.4).sum(), 1)), atol=1e-9
    )


@pytest.mark.parametrize("wrong", [{"slack_s": 0.0}, {"noise_factor": float("nan")}, {"forgiven_below_s": 0.5}])
def test_settings_are_checked(wrong):
    with pytest.raises(SettingsError):
        AngleJudgeSettings(**wrong)


def test_strictness_is_checked():
    with pytest.raises(SettingsError, match="strictness"):
        JudgingSettings(strictness=0.0)
