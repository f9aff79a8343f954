"""One limb early or late: called with its sign, and its form judged against its own moment."""

from __future__ import annotations

import numpy as np
import pytest

from coach.judging.angle_judge import AngleJudge
from coach.judging.limb_timing_judge import LimbTimingJudge
from coach.judging.verdicts import JointVerdict
from coach.pose.feature_vector import FEATURE_COUNT, LIMB_FEATURES
from coach.pose.joint_table import JOINT_COUNT, JOINT_INDEX, JOINTS
from coach.settings.alignment import TimingSettings
from coach.settings.judging import JudgingSettings
from coach.settings.judging_whole import LimbJudgeSettings
from tests.builders_judging import SEEN, at, lost, make_tables, swinging_angles, times

TIME_S = np.arange(600) / 30.0


def features_at(time_s: np.ndarray | float) -> np.ndarray:
    """Every feature swings with its own phase and speed, so that no shift looks like another."""
    phases = np.arange(FEATURE_COUNT)
    place = np.asarray(time_s)[..., None]
    return 0.4 * np.sin(2 * np.pi * place / 2.3 + phases) + 0.2 * np.sin(2 * np.pi * place / 1.7 + 2.0 * phases)


def make_judge() -> LimbTimingJudge:
    return LimbTimingJudge(features_at(TIME_S), TIME_S, LimbJudgeSettings(), TimingSettings())


def danced(time_s: float, limb: str, out_s: float) -> np.ndarray:
    features = features_at(time_s).copy()
    rows = list(LIMB_FEATURES[limb])
    features[rows] = features_at(time_s + out_s)[rows]
    return features


@pytest.mark.parametrize("limb", ["left_arm", "right_leg"])
@pytest.mark.parametrize("out_ms", [-300.0, -200.0, 250.0])
@pytest.mark.parametrize("fps", [15.0, 30.0, 60.0])
def test_a_limb_out_of_time_is_called_with_its_sign_and_no_other_limb_is(limb, out_ms, fps):
    judge = make_judge()
    for time_s in times(1.0, 6.0, fps):
        reading = judge.step(danced(time_s, limb, 1e-3 * out_ms), at(time_s), time_s)
    assert set(reading.called_ms) == {limb}
    assert reading.called_ms[limb] == pytest.approx(out_ms, abs=40.0)
    shifted = {JOINTS[row].part for row in np.flatnonzero(reading.shift_s)}
    assert shifted == {limb}
    assert limb in reading.doubtful


def test_a_jump_begins_afresh():
    """A limb that was called is not called at the new place before it is known there."""
    judge = make_judge()
    for time_s in times(1.0, 6.0):
        reading = judge.step(danced(time_s, "left_arm", -0.25), at(time_s), time_s)
    assert set(reading.called_ms) == {"left_arm"}
    for time_s in times(6.0, 6.0 + LimbJudgeSettings().known_after_s - 0.1):
        reading = judge.step(danced(time_s + 5.0, "left_arm", -0.25), at(time_s, time_s + 5.0), time_s)
        assert not reading.called_ms
        assert not reading.shift_s.any()


@pytest.mark.parametrize("tempo", [0.6, 1.0])
def test_who_stops_is_not_out_of_time_and_known_again_only_after_a_while(tempo):
    """The arm is late for two seconds, then the dancer stands for five, with nothing late, and goes on in time."""
    judge = make_judge()
    for time_s in times(0.0, 14.0):
        place_s = tempo * (min(time_s, 5.0) + max(0.0, time_s - 10.0))
        arm_s = -0.25 if 3.0 <= time_s < 5.0 else 0.0
        reading = judge.step(danced(place_s, "right_arm", arm_s), at(time_s, place_s, tempo=tempo), time_s)
        if time_s > 6.0:
            assert not reading.called_ms
            assert not reading.doubtful


def test_where_the_followed_place_is_late_with_a_limb_the_others_are_not_early():
    """The arm is 200 ms late, and the follower's place half of that: the arm is called by all of it, nothing else is,
    and its form is compared at its own moment, which lies 100 ms before that place."""
    judge = make_judge()
    for time_s in times(1.0, 8.0):
        reading = judge.step(danced(time_s, "left_arm", -0.2), at(time_s, time_s - 0.1), time_s)
    assert set(reading.called_ms) == {"left_arm"}
    assert reading.called_ms["left_arm"] == pytest.approx(-200.0, abs=25.0)
    assert reading.shift_s[JOINT_INDEX["left_elbow"]] == pytest.approx(-0.1, abs=0.03)


def test_a_limb_in_time_is_not_called_and_one_that_comes_back_is_let_go():
    judge = make_judge()
    for time_s in times(1.0, 5.0):
        assert not judge.step(features_at(time_s), at(time_s), time_s).called_ms
    for time_s in times(5.0, 9.0):
        reading = judge.step(danced(time_s, "left_arm", -0.3), at(time_s), time_s)
    assert reading.called_ms
    for time_s in times(9.0, 14.0):
        reading = judge.step(features_at(time_s), at(time_s), time_s)
    assert not reading.called_ms
    assert not reading.shift_s.any()


def test_nothing_is_called_while_nobody_is_followed():
    judge = make_judge()
    for time_s in times(1.0, 5.0):
        judge.step(danced(time_s, "left_arm", -0.3), at(time_s), time_s)
    for time_s in times(5.0, 7.0):
        reading = judge.step(danced(time_s, "left_arm", -0.3), lost(time_s), time_s)
    assert not reading.called_ms


def test_the_form_of_a_late_limb_is_compared_with_its_own_moment():
    angles = swinging_angles(sweep_deg=120.0, period_s=2.0)
    tables = make_tables(angles_deg=angles)
    row = JOINT_INDEX["left_elbow"]
    shift_s = np.zeros(JOINT_COUNT)
    shift_s[row] = -0.45

    def mistakes(shift: np.ndarray) -> int:
        judge, count = AngleJudge(tables, JudgingSettings()), 0
        for time_s in times(2.0, 10.0):
            now = angles[round(time_s * 30)].copy()
            now[row] = angles[round((time_s - 0.45) * 30), row]
            readings = judge.step(now, SEEN, at(time_s), time_s, shift_s=shift)
            count += readings[row].verdict is JointVerdict.MISTAKE
        return count

    assert mistakes(shift_s) == 0
    assert mistakes(np.zeros(JOINT_COUNT)) > 0


def test_nothing_is_called_before_enough_movement_is_known():
    judge, settings = make_judge(), LimbJudgeSettings()
    for time_s in times(1.0, 1.0 + settings.known_after_s - 0.1):
        reading = judge.step(danced(time_s, "left_arm", -0.4), at(time_s), time_s)
        assert not reading.called_ms
        assert not reading.doubtful
