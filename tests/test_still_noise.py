"""What the angle judge learns of this camera from a dancer who stands still."""

from __future__ import annotations

import numpy as np
import pytest

from coach.alignment.tracked_position import TrackState
from coach.errors import SettingsError
from coach.judging.angle_judge import AngleJudge
from coach.judging.noise_model import SENSOR_NOISE_DEG
from coach.pose.joint_table import JOINT_COUNT, JOINT_INDEX
from coach.pose.pose_frame import FloatArray
from coach.settings.judging import JudgingSettings
from coach.settings.judging_noise import StillSettings
from tests.builders_judging import REST_DEG, SEEN, at, lost, make_tables, one_joint, swinging_angles, times

SETTINGS = JudgingSettings()
RATES = [15.0, 30.0, 60.0]


def trembling(count: int, fps: float, level: float, seed: int = 0) -> FloatArray:
    """Errors of ``level`` times the table's, shape (count, 14): partly slow and partly trembling, as a pose model's."""
    rng = np.random.default_rng(seed)
    errors = np.zeros((count, JOINT_COUNT))
    for share, constant_s in ((0.6, 0.8), (0.4, 0.08)):
        kept = float(np.exp(-1.0 / (fps * constant_s)))
        part = rng.normal(0.0, 1.0, JOINT_COUNT)
        for row in errors:
            row += np.sqrt(share) * part
            part = kept * part + np.sqrt(1.0 - kept * kept) * rng.normal(0.0, 1.0, JOINT_COUNT)
    return level * SENSOR_NOISE_DEG * errors


def searching(time_s: float):
    return lost(time_s, TrackState.SEARCHING)


def tolerances(
    level,
    fps=30.0,
    *,
    tables=None,
    pose_at=None,
    end_s=6.0,
    position=searching,
    measurable=SEEN,
    shown=1.0,
    seed=0,
):
    """Tolerances (14,) of a student at rest after a jump, after whatever was seen of them before."""
    judge = AngleJudge(make_tables() if tables is None else tables, SETTINGS)
    moments = list(times(0.0, end_s, fps))
    for time_s, error in zip(moments, trembling(len(moments), fps, level, seed), strict=True):
        angles = (np.full(JOINT_COUNT, REST_DEG) if pose_at is None else pose_at(time_s)) + error
        judge.step(angles, measurable, position(time_s), time_s, np.full(JOINT_COUNT, shown))
    judge.jumped()
    readings = judge.step(np.full(JOINT_COUNT, REST_DEG), SEEN, at(end_s + 1.0, 29.0), end_s + 1.0)
    return np.array([reading.tolerance_deg for reading in readings])


QUIET_DEG = tolerances(0.0)


@pytest.mark.parametrize("fps", RATES)
@pytest.mark.parametrize("position", [searching, at], ids=["before the dance", "in a freeze of the teacher's"])
def test_a_noisy_camera_is_found_out_while_the_dancer_stands_still(fps, position):
    learnt = [tolerances(3.0, fps, position=position, seed=seed) for seed in range(4)]
    wider = np.mean(learnt, axis=0) / QUIET_DEG
    assert (wider >= 1.0).all()
    assert np.mean(wider > 1.2) > 0.5
    assert wider.max() < SETTINGS.noise.max_factor


@pytest.mark.parametrize("fps", RATES)
@pytest.mark.parametrize("level", [0.0, 0.3, 0.6])
def test_a_quiet_camera_changes_nothing(fps, level):
    for seed in range(4):
        np.testing.assert_allclose(tolerances(level, fps, seed=seed), QUIET_DEG)


@pytest.mark.parametrize("fps", RATES)
def test_a_camera_as_the_table_says_changes_next_to_nothing(fps):
    learnt = np.mean([tolerances(1.0, fps, seed=seed) for seed in range(8)], axis=0)
    assert np.mean(learnt / QUIET_DEG) < 1.05


@pytest.mark.parametrize("fps", RATES)
@pytest.mark.parametrize("level", [0.0, 1.0, 2.0])
@pytest.mark.parametrize("sweep_deg", [16.0, 60.0, 120.0])
def test_who_follows_a_moving_teacher_teaches_nothing(fps, level, sweep_deg):
    tables = make_tables(angles_deg=swinging_angles(sweep_deg=sweep_deg, period_s=2.0))

    def danced(time_s: float) -> FloatArray:
        return tables.angles_deg[tables.index_at(time_s)]

    learnt = tolerances(level, fps, tables=tables, pose_at=danced, position=at)
    np.testing.assert_allclose(learnt, QUIET_DEG)


@pytest.mark.parametrize("fps", RATES)
@pytest.mark.parametrize(("sweep_deg", "period_s"), [(60.0, 0.5), (60.0, 1.0), (60.0, 4.0), (20.0, 2.0)])
def test_who_dances_before_being_found_teaches_nothing(fps, sweep_deg, period_s):
    swing = swinging_angles(sweep_deg=sweep_deg, period_s=period_s, fps=120.0)
    learnt = tolerances(0.5, fps, pose_at=lambda time_s: swing[round(time_s * 120.0)])
    np.testing.assert_allclose(learnt, QUIET_DEG)


def test_who_is_lost_teaches_nothing_however_still():
    np.testing.assert_allclose(tolerances(3.0, position=lost), QUIET_DEG)


def test_joints_that_are_not_seen_keep_no_other_from_being_learnt():
    seen = SEEN.copy()
    hidden = [JOINT_INDEX["left_knee"], JOINT_INDEX["left_ankle"]]
    seen[hidden] = False
    wider = np.mean([tolerances(3.0, measurable=seen, seed=seed) for seed in range(4)], axis=0) / QUIET_DEG
    np.testing.assert_allclose(wider[hidden], 1.0)
    assert np.mean(np.delete(wider, hidden) > 1.2) > 0.5


def test_one_stretch_is_not_enough_to_learn_from():
    rules = SETTINGS.noise.still
    for end_s, learns in ((rules.stretch_s + 0.1, False), (2.0 * rules.stretch_s + 0.1, True)):
        wider = np.mean([tolerances(3.0, end_s=end_s, seed=seed) for seed in range(4)], axis=0) / QUIET_DEG
        assert bool(wider.max() > 1.2) is learns


def test_a_short_limb_trembles_more_before_any_camera():
    long, short = (
        np.mean([tolerances(2.0, shown=shown, seed=seed) for seed in range(4)], axis=0) / QUIET_DEG
        for shown in (1.0, 0.5)
    )
    assert np.mean(long > 1.05) > 0.3
    np.testing.assert_allclose(short, 1.0, atol=0.02)


def test_one_short_tremble_is_not_the_camera():
    def scratching(time_s: float) -> FloatArray:
        shaken = 2.0 <= time_s < 2.7
        return REST_DEG + one_joint("left_elbow", 25.0 * np.sin(20.0 * time_s) if shaken else 0.0)

    np.testing.assert_allclose(tolerances(0.3, pose_at=scratching), QUIET_DEG)


def test_a_joint_that_goes_out_of_sight_while_it_is_fast_is_not_fast_for_ever():
    judge, elbow = AngleJudge(make_tables(), SETTINGS), JOINT_INDEX["left_elbow"]
    hidden = SEEN.copy()
    hidden[elbow] = False
    for time_s in times(0.0, 4.0):
        angles = np.full(JOINT_COUNT, REST_DEG) + one_joint("left_elbow", 900.0 * min(time_s, 0.5))
        readings = judge.step(angles, SEEN if time_s < 0.5 else hidden, at(time_s), time_s)
        if time_s < 0.5:
            fastest_deg = readings[elbow].tolerance_deg
    assert fastest_deg > 1.2 * QUIET_DEG[elbow]
    back = judge.step(np.full(JOINT_COUNT, REST_DEG), SEEN, at(4.1), 4.1)[elbow]
    assert back.tolerance_deg == pytest.approx(QUIET_DEG[elbow])


@pytest.mark.parametrize("wrong", [{"still_deg": 0.0}, {"block_s": 1.0}, {"min_stretches": 9}, {"min_seen_share": 2.0}])
def test_settings_are_checked(wrong):
    with pytest.raises(SettingsError):
        StillSettings(**wrong)
