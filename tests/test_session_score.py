"""The score: explainable, monotone, over what could be judged."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import SettingsError
from coach.judging.angle_judge import AngleJudge
from coach.judging.extension_judge import ExtensionReading, ExtensionVerdict
from coach.judging.frame_credits import CREDIT_COUNT, frame_credits
from coach.judging.path_judge import PathReading, PathVerdict
from coach.judging.praise_words import PraiseWords
from coach.judging.score_credits import path_credit, ratio_credit, timing_credit
from coach.judging.score_formula import ScoreFormula
from coach.judging.session_score import SessionScore
from coach.judging.timing_judge import TimingReading, TimingVerdict
from coach.pose.joint_table import JOINT_COUNT, JOINTS, MIRROR_JOINT_INDEX
from coach.settings.judging import JudgingSettings
from coach.settings.judging_score import ScoreSettings
from tests.builders_judging import SEEN, at, comparison, lost, make_tables, one_joint, swinging_angles, times
from tests.oracles_judging import mean_credit

SETTINGS = JudgingSettings()
TOLERANCE_DEG = 15.0
TABLES = make_tables(angles_deg=swinging_angles(sweep_deg=160.0))


def make_score(tables=TABLES, **changes) -> SessionScore:
    return SessionScore(tables, ScoreSettings(**changes), SETTINGS.angles)


def add(score, one, position, time_s, **other):
    return score.update(frame_credits(one, ScoreSettings(), **other), one, position, time_s)


def score_of(excess_at, end_s=10.0, fps=30.0, **other):
    score = make_score()
    for time_s in times(0.0, end_s, fps):
        add(score, comparison(excess_at(time_s)), at(time_s), time_s, **other)
    return score


def test_nothing_judged_is_no_score():
    score = make_score()
    reading = add(score, comparison(math.nan), lost(0.0), 0.0)
    assert reading.total is None
    assert reading.angles is None
    assert reading.judged_share == 0.0


def test_a_perfect_dance_is_a_hundred_and_a_hopeless_one_nothing():
    assert score_of(lambda _: 0.0).reading().total == pytest.approx(100.0)
    assert score_of(lambda _: 90.0).reading().total == 0.0


@settings(deadline=None, max_examples=30)
@given(first=st.floats(0.0, 80.0), more=st.floats(0.0, 40.0), joint=st.sampled_from(JOINTS))
def test_a_worse_dance_never_scores_higher(first, more, joint):
    better = score_of(lambda t: one_joint(joint.name, first if t > 2 else 0.0, 5.0), end_s=5.0, fps=10.0).reading()
    worse = score_of(
        lambda t: one_joint(joint.name, first + more if t > 2 else 0.0, 5.0), end_s=5.0, fps=10.0
    ).reading()
    assert worse.total <= better.total + 1e-9


@settings(deadline=None)
@given(value=st.floats(0, 3), more=st.floats(0, 3))
def test_credits_fall_with_the_error(value, more):
    assert timing_credit(100 * (value + more)) <= timing_credit(100 * value)
    assert timing_credit(-100 * value) == timing_credit(100 * value)
    assert path_credit(1 - (value + more)) <= path_credit(1 - value)
    assert ratio_credit(max(1 - value - more, 0)) <= ratio_credit(max(1 - value, 0))
    assert ratio_credit(1 + value + more) <= ratio_credit(1 + value)


def test_joint_credits_add_up_as_the_slow_twin_says():
    rng = np.random.default_rng(0)
    excess = rng.uniform(0.0, 50.0, 301)
    score = score_of(lambda t: one_joint("left_knee", excess[round(t * 30)]))
    rules = ScoreSettings()
    expected = mean_credit(
        (excess[1:] / TOLERANCE_DEG).tolist(), [1 / 30] * 300, rules.full_tolerances, rules.zero_tolerances
    )
    knee = [joint.name for joint in JOINTS].index("left_knee")
    assert score.joint_earned_s[:, knee].sum() / score.joint_judged_s[:, knee].sum() == pytest.approx(expected)
    assert score.joint_judged_s[:, knee].sum() == pytest.approx(10.0)


@pytest.mark.parametrize("fps", [15.0, 60.0])
def test_the_frame_rate_does_not_matter(fps):
    def excess(time_s: float) -> float:
        return 25.0 if time_s < 4.0 else 0.0

    assert score_of(excess, fps=fps).reading().total == pytest.approx(score_of(excess).reading().total, abs=1.0)


def test_unseen_joints_change_the_share_and_not_the_score():
    half = np.where(np.arange(JOINT_COUNT) % 2 == 0, 0.0, np.nan)
    reading = score_of(lambda _: half).reading()
    assert reading.total == pytest.approx(100.0)
    assert reading.judged_share == pytest.approx(0.5)


def test_style_costs_little():
    score = make_score()
    for time_s in times(0.0, 10.0):
        add(score, comparison(30.0, style=True), at(time_s), time_s)
    assert 60.0 < score.reading().total < 100.0
    assert score.worst() == []


def test_the_parts_have_the_owners_weights_and_timing_has_none():
    parts = {
        "path": PathReading(-1.0, PathVerdict.WRONG),
        "extension": ExtensionReading(0.0, ExtensionVerdict.SMALL),
        "timing": TimingReading(-900.0, TimingVerdict.OFF_LATE),
    }
    reading = score_of(lambda _: 0.0, **parts).reading()
    assert (reading.angles, reading.trajectory, reading.extension, reading.timing) == pytest.approx(
        (100.0, 0.0, 0.0, 0.0)
    )
    assert reading.total == pytest.approx(50.0)
    without_path = score_of(lambda _: 0.0, extension=parts["extension"], timing=parts["timing"]).reading()
    assert without_path.total == pytest.approx(100.0 * 50 / 70)


def test_a_dancer_who_can_hardly_be_followed_scores_less():
    score = make_score()
    for time_s in times(0.0, 20.0):
        found = time_s % 10.0 < 3.0
        add(score, comparison(0.0 if found else math.nan), at(time_s) if found else lost(time_s), time_s)
    assert score.reading().total == pytest.approx(50.0, abs=4.0)


def test_a_stretch_can_be_taken_out_again():
    def bad_middle(time_s: float) -> float:
        return 60.0 if 4.0 <= time_s < 6.0 else 0.0

    score = score_of(bad_middle)
    assert score.reading().total < 95.0
    assert {span.joint for span in score.worst(14)} == {joint.name for joint in JOINTS}
    score.drop(4.0, 6.5)
    assert score.reading().total == pytest.approx(100.0)
    assert score.worst() == []


def test_the_worst_moments_are_named_worst_first():
    def two_mistakes(time_s: float):
        if 2.0 <= time_s < 3.0:
            return one_joint("left_knee", -30.0)
        return one_joint("right_elbow", 60.0) if 5.0 <= time_s < 7.0 else 0.0

    worst = score_of(two_mistakes).worst()
    assert [span.joint for span in worst] == ["right_elbow", "left_knee"]
    assert worst[0].start_s == pytest.approx(5.0, abs=0.05)
    assert worst[0].end_s == pytest.approx(7.0, abs=0.05)
    assert worst[0].error_deg == pytest.approx(60.0)
    assert worst[1].error_deg == pytest.approx(-30.0)
    assert worst[1].tolerance_deg == TOLERANCE_DEG
    assert not any(isinstance(value, np.generic) for span in worst for value in vars(span).values())


def test_the_same_dance_scores_high_and_another_one_low():
    tables = make_tables(angles_deg=swinging_angles(sweep_deg=120.0, period_s=7.3))
    other = swinging_angles(sweep_deg=120.0, period_s=3.1)[:, ::-1]
    rng = np.random.default_rng(7)
    totals = {}
    for name, dance, noise_deg in (
        ("self", tables.angles_deg, 0.0),
        ("copy", tables.angles_deg, 3.0),
        ("other", other, 0.0),
    ):
        judge, score = AngleJudge(tables, SETTINGS), make_score(tables)
        for index, time_s in enumerate(times(0.0, 29.0)):
            judge.step(dance[index] + rng.normal(0.0, noise_deg, JOINT_COUNT), SEEN, at(time_s), time_s)
            totals[name] = add(score, judge.comparison, at(time_s), time_s).total
    assert totals["self"] >= 99.0
    assert totals["copy"] >= 95.0
    assert totals["other"] <= 40.0


def test_words_are_rare_and_deserved():
    words, said = PraiseWords(ScoreSettings()), []
    for time_s in times(0.0, 12.0):
        words.step(1.0 if time_s < 6.0 else 0.5, 1 / 30, time_s)
        if words.last is not None:
            said.append((time_s, words.last))
    assert said[0][1] == "word.perfect"
    assert said[-1][0] < 7.0
    assert np.diff([time_s for time_s, _ in said]).min() >= 0.8


@pytest.mark.parametrize("wrong", [{"word_interval_s": 0.5}, {"zero_tolerances": 0.5}, {"bin_s": 0.0}])
def test_settings_are_checked(wrong):
    with pytest.raises(SettingsError):
        ScoreSettings(**wrong)


def test_stretches_add_up_to_the_session():
    score, formula = make_score(), ScoreFormula(TABLES, ScoreSettings(), SETTINGS.angles)
    stretches = [np.zeros(CREDIT_COUNT), np.zeros(CREDIT_COUNT)]
    last_s = 0.0
    for time_s in times(0.0, 10.0, 30.0):
        one = comparison(0.0 if time_s < 5.0 else 25.0)
        add(score, one, at(time_s), time_s)
        stretches[time_s >= 5.0] += (time_s - last_s) * frame_credits(one, ScoreSettings())
        last_s = time_s
    first, second = (formula.reading(one).total for one in stretches)
    assert first == pytest.approx(100.0)
    assert second < 60.0
    assert formula.reading(stretches[0] + stretches[1]).total == pytest.approx(score.reading().total)


def test_lost_time_goes_with_the_place_where_the_dancer_was_lost():
    score, now_s = make_score(), 0.0

    def go_on(length_s, place_s=None):
        nonlocal now_s
        for since_s in times(0.0, length_s):
            now_s += 1.0 / 30.0
            position = lost(now_s) if place_s is None else at(now_s, place_s + since_s)
            reading = add(score, comparison(math.nan if place_s is None else 0.0), position, now_s)
        return reading.total

    go_on(4.0, 0.0)
    go_on(20.0)  # lost at 4 s
    assert go_on(4.0, 8.0) < 60.0
    score.drop(8.0, 12.5)
    go_on(4.0, 8.0)
    assert score.reading().total < 60.0, "what was lost before is not danced again"
    score.drop(3.5, 4.5)
    assert score.reading().total == pytest.approx(100.0)


@pytest.mark.parametrize("duration_s", [10.0, 10.2])
def test_nothing_is_left_once_everything_is_dropped(duration_s):
    score = make_score(make_tables(duration_s))
    for time_s in times(0.0, duration_s + 3.0):
        place = at(time_s, min(time_s, duration_s)) if time_s < duration_s + 1.0 else lost(time_s)
        add(score, comparison(20.0), place, time_s)
    score.drop(0.0, duration_s)
    assert not score.joint_judged_s.any()
    for time_s in times(20.0, 21.5):
        reading = add(score, comparison(0.0), at(time_s, time_s - 20.0), time_s)
    assert reading.total == pytest.approx(100.0)


def test_the_mirror_image_is_scored_by_its_own_chance():
    """Found out late or said at once: the arm that moves is the same, and the other one is not seen."""
    left = np.array([joint.part == "left_arm" for joint in JOINTS])
    angles = np.where(left, swinging_angles(sweep_deg=160.0), swinging_angles(sweep_deg=2.0))
    right = left[list(MIRROR_JOINT_INDEX)]
    tables, wrong = make_tables(angles_deg=angles), comparison(np.select([right, left], [20.0, np.nan], 0.0))
    found, said = make_score(tables), make_score(tables.mirrored())
    found.mirror()
    for time_s in times(0.0, 10.0):
        readings = [add(score, wrong, at(time_s), time_s) for score in (found, said)]
    assert readings[0].angles == pytest.approx(readings[1].angles)
    found.mirror()
    assert abs(found.reading().angles - readings[1].angles) > 2.0
