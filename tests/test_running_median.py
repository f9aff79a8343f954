"""The running median against what it stands for, computed the long way."""

from __future__ import annotations

import statistics

from hypothesis import given
from hypothesis import strategies as st

from coach.judging.running_median import RunningMedian

WINDOW_S = 1.0
values = st.floats(-500.0, 500.0).map(lambda value: round(value, 1))
steps = st.lists(st.tuples(st.floats(0.0, 0.4), values), min_size=1, max_size=60)


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
