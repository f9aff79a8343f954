"""Running statistics against what they stand for, computed the long way."""

from __future__ import annotations

import math
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.judging.running_mean import RunningMean, RunningMeans, RunningSpreads
from coach.judging.running_median import RunningMedian

WINDOW_S = 1.0
values = st.floats(-500.0, 500.0).map(lambda value: round(value, 1))
steps = st.lists(st.tuples(st.floats(0.0, 0.4), values), min_size=1, max_size=60)
gaps = st.floats(0.0, 0.2)


@given(steps)
def test_the_running_median_is_that_of_the_window(steps: list[tuple[float, float]]) -> None:
    median, kept, time_s = RunningMedian(WINDOW_S), [], 0.0
    for gap_s, value in steps:
        time_s += gap_s
        median.add(value, time_s)
        median.forget_before(time_s)
        kept = [(then, known) for then, known in [*kept, (time_s, value)] if then >= time_s - WINDOW_S]
        known = [value for _, value in kept]
        assert median.value == statistics.median(known)
        assert (len(median), median.first_s, median.last_s) == (len(kept), kept[0][0], kept[-1][0])
        for limit in (90.0, -90.0):
            assert median.count_beyond(limit) == sum(one * limit > 0 and abs(one) >= 90.0 for one in known)


def test_a_cleared_median_knows_nothing() -> None:
    median = RunningMedian(WINDOW_S)
    median.add(3.0, 0.0)
    median.clear()
    assert not median
    median.add(1.0, 5.0)
    assert median.value == 1.0


@given(st.lists(st.tuples(gaps, values, values), min_size=1, max_size=40))
def test_values_averaged_together_have_the_means_that_each_has_alone(
    steps: list[tuple[float, float, float]],
) -> None:
    together, alone = RunningMeans(0.5, 2), (RunningMean(0.5), RunningMean(0.5))
    for gap_s, first, second in steps:
        together.step((first, second), gap_s)
        for mean, value in zip(alone, (first, second), strict=True):
            mean.step(value, gap_s)
        assert together.seen_s == alone[0].seen_s
        assert together.values == pytest.approx([mean.value for mean in alone], rel=1e-12, nan_ok=True)


def test_the_running_spread_is_the_standard_deviation_of_what_was_seen() -> None:
    spreads = RunningSpreads(1e6, 2)
    wave = [math.sin(0.1 * number) for number in range(1000)]
    for value in wave:
        spreads.step((value, 3.0 * value), 1 / 30)
    assert spreads.values == pytest.approx([statistics.pstdev(wave), 3.0 * statistics.pstdev(wave)], rel=1e-3)
