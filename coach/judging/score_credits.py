"""What one frame earns, between 0 and 1: functions that never give more for a larger error."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.judging.angle_comparison import TABLE_TOLERANCE_DEG
from coach.judging.shift_errors import ShiftErrors
from coach.judging.teacher_tables import TeacherTables
from coach.pose.joint_table import JOINT_COUNT
from coach.pose.pose_frame import FloatArray
from coach.settings.judging import AngleJudgeSettings
from coach.settings.judging_score import ScoreSettings

_FULL_RATIO, _ZERO_RATIO = 0.85, 0.4
_FULL_EXCESS, _ZERO_EXCESS = 1.5, 3.0
_FULL_COSINE, _ZERO_COSINE = 0.6, -0.2
_FULL_MS, _ZERO_MS = 100.0, 400.0
_CHANCE_RUNS, _CHANCE_FRAMES, _CHANCE_SEED = 24, 20, 1
_MIN_APART_S = 2.0
_MAX_CHANCE = 0.9


def _falling(values: FloatArray, full: float, zero: float) -> FloatArray:
    """1 up to ``full``, 0 from ``zero``, straight in between (``full`` may be the larger one)."""
    credit: FloatArray = np.minimum(np.maximum((zero - values) / (zero - full), 0.0), 1.0)
    return credit


def _falling_one(value: float, full: float, zero: float) -> float:
    """The same of one number (arrays of one take ten times as long)."""
    return min(max((zero - value) / (zero - full), 0.0), 1.0)


def joint_credits(
    excess_deg: FloatArray, tolerance_deg: FloatArray, style: NDArray[np.bool_], settings: ScoreSettings
) -> FloatArray:
    """Credit of each joint (14,), nan where it was not judged; style earns nearly all."""
    earned = _falling(np.abs(excess_deg) / tolerance_deg, settings.full_tolerances, settings.zero_tolerances)
    return np.where(style, np.maximum(earned, settings.style_credit), earned)


def ratio_credit(ratio: float) -> float:
    """Credit for energy or reach as a share of the teacher's; half as much again as the teacher costs nothing."""
    return min(_falling_one(ratio, _FULL_RATIO, _ZERO_RATIO), _falling_one(ratio, _FULL_EXCESS, _ZERO_EXCESS))


def path_credit(cosine: float) -> float:
    """Credit for a direction on the floor."""
    return _falling_one(cosine, _FULL_COSINE, _ZERO_COSINE)


def timing_credit(early_ms: float) -> float:
    """Credit for being on the beat."""
    return _falling_one(abs(early_ms), _FULL_MS, _ZERO_MS)


def chance_credits(tables: TeacherTables, angles: AngleJudgeSettings, settings: ScoreSettings) -> FloatArray:
    """What unrelated moments of the choreography earn against each other, per joint, shape (14,).

    Runs of frames are compared with runs that begin elsewhere, with the same freedom in time that a dancer has.
    """
    rng = np.random.default_rng(_CHANCE_SEED)
    steps = round(angles.slack_s / angles.slack_step_s)
    shifts_s = np.arange(-steps, steps + 1, dtype=np.float64) * angles.slack_step_s
    run_s = np.arange(_CHANCE_FRAMES, dtype=np.float64) * angles.slack_step_s
    none = np.zeros(JOINT_COUNT, dtype=bool)
    earned = []
    for start_s, other_s in rng.uniform(0.0, tables.duration_s, (_CHANCE_RUNS * 2, 2)).tolist():
        if abs(start_s - other_s) < min(_MIN_APART_S, tables.duration_s / 4):
            continue
        errors = ShiftErrors(len(shifts_s), angles.memory_s, angles.choice_memory_s)
        excess = np.full(JOINT_COUNT, np.nan)
        for offset_s in run_s.tolist():
            own = tables.angles_deg[tables.index_at(start_s + offset_s)]
            shifted = tables.angles_deg[tables.indices_at(other_s + offset_s + shifts_s)]
            excess = errors.step(own - shifted, angles.slack_step_s)
        earned.append(joint_credits(excess, TABLE_TOLERANCE_DEG, none, settings))
    if not earned:
        return np.zeros(JOINT_COUNT)
    table = np.stack(earned)
    known = np.isfinite(table)
    mean = np.where(known, table, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    chance: FloatArray = np.minimum(mean, _MAX_CHANCE)
    return chance
