"""Offline alignment: the best of all paths, the known warp, memory that stays small."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.alignment import offline_dtw
from coach.alignment.mismatch import MismatchRows
from coach.alignment.offline_dtw import align
from coach.pose.feature_vector import FEATURE_COUNT, MOTION_ONLY, features_of_track
from coach.settings.alignment import AlignmentSettings
from tests import oracles_alignment as oracle
from tests.builders_alignment import CHILD, RandomRoutine, regular_times, warped_places

SETTINGS = AlignmentSettings()


def mismatch_table(teacher: np.ndarray, student: np.ndarray, tick_s: float) -> np.ndarray:
    rows = MismatchRows(teacher, tick_s, SETTINGS.evidence)
    table, nothing = np.empty((len(student), len(teacher))), np.full(student.shape[1], np.nan)
    for i, pose in enumerate(student):
        motions = np.array([pose - student[i - lag] if i >= lag else nothing for lag in rows.lags])
        seen = pose.copy()
        seen[MOTION_ONLY] = np.nan
        rows.fill(seen, motions, table[i])
    return table


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(12, 40), st.integers(12, 40))
def test_best_of_all_paths_also_when_halved(seed: int, rows: int, columns: int) -> None:
    rng = np.random.default_rng(seed)
    teacher, student = rng.normal(0, 0.4, (columns, FEATURE_COUNT)), rng.normal(0, 0.4, (rows, FEATURE_COUNT))
    tick_s = 1.0 / SETTINGS.offline.tick_fps
    table = mismatch_table(teacher, student, tick_s)
    offline = SETTINGS.offline
    costs = oracle.subsequence_cost(table, offline.skip_price, offline.step_price)
    left = offline.skip_price * (rows - 1 - np.arange(rows))
    least = (np.min(costs, axis=1) + left).min()
    cells_allowed = offline_dtw._TABLE_CELLS
    try:
        for limit in (cells_allowed, 16):
            offline_dtw._TABLE_CELLS = limit
            found = align(teacher, np.arange(columns) * tick_s, student, np.arange(rows) * tick_s)
            i = np.rint(found.student_s / tick_s).astype(int)
            j = np.rint(found.teacher_s / tick_s).astype(int)
            cells = list(zip(i.tolist(), j.tolist(), strict=True))
            skipped = offline.skip_price * (i[0] + rows - 1 - i[-1])
            assert oracle.path_cost(cells, table, offline.step_price) + skipped == pytest.approx(least)
            np.testing.assert_allclose(found.mismatch, table[i, j], atol=1e-9)
    finally:
        offline_dtw._TABLE_CELLS = cells_allowed


def test_known_warp_of_another_body() -> None:
    routine = RandomRoutine(4, 30.0)
    teacher_s, student_s = regular_times(30.0), regular_times(20.0)
    places = warped_places(student_s, lambda s: 1 + 0.25 * np.sin(s), 3.0)
    student = routine.track(student_s, places, body=CHILD, yaw_deg=15, noise=0.02)
    found = align(features_of_track(routine.track(teacher_s)), teacher_s, features_of_track(student), student_s)
    error = np.abs(found.teacher_at(student_s) - places)
    assert np.nanmedian(error) < 0.04
    assert np.nanpercentile(error, 95) < 0.2
    assert np.isfinite(error).mean() > 0.95


def test_what_comes_before_and_after_the_dance_is_left_out() -> None:
    dance, other = RandomRoutine(5, 12.0), RandomRoutine(99, 20.0)
    times = regular_times(12.0)
    before, after = other.track(regular_times(3.0)), other.track(regular_times(4.0), regular_times(4.0) + 8)
    features = np.concatenate(
        [features_of_track(before), features_of_track(dance.track(times, noise=0.02)), features_of_track(after)]
    )
    found = align(features_of_track(dance.track(times)), times, features, np.arange(len(features)) / 30)
    assert found.student_s[0] == pytest.approx(3.0, abs=0.7)
    assert found.student_s[-1] == pytest.approx(15.0, abs=0.7)
    middle = found.teacher_at(np.arange(4.0, 14.0, 0.1)) - (np.arange(4.0, 14.0, 0.1) - 3.0)
    assert np.abs(middle).max() < 0.1


def test_memory_is_linear() -> None:
    """Two clips of 100 s: the whole table would be 72 MB."""
    routine = RandomRoutine(6, 100.0)
    times = regular_times(100.0)
    teacher = features_of_track(routine.track(times))
    student = features_of_track(routine.track(times, noise=0.02))
    align(teacher[:90], times[:90], student[:90], times[:90])
    tracemalloc.start()
    found = align(teacher, times, student, times)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20e6
    assert np.abs(found.teacher_at(times) - times)[60:-60].max() < 0.15
