"""The follower's clock: whatever it gives out was seen when it says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.alignment.tick_clock import TickClock

TICK_S = 1.0 / 15.0


def given_out(time_s: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Values of all ticks for a feature that is the time itself, and when they are said to have been seen."""
    clock = TickClock(1, TICK_S, 0.35)
    values, seen_s = [], []
    for time in time_s.tolist():
        for pose in clock.feed(np.array([time]), time):
            values.append(float(pose[0]))
            seen_s.append(clock.pose_s)
    return np.array(values), np.array(seen_s)


@given(
    st.sampled_from([12.0, 15.0, 20.0, 24.0, 29.97, 30.0, 50.0, 60.0, 120.0]), st.integers(0, 1000), st.floats(0, 0.3)
)
def test_a_pose_is_of_the_time_it_is_said_to_be_of(fps: float, seed: int, jitter: float) -> None:
    """At any frame rate, with stamps that jitter by a share of a frame."""
    steps = 1.0 + jitter * np.random.default_rng(seed).uniform(-1.0, 1.0, round(4 * fps))
    values, seen_s = given_out(np.cumsum(steps) / fps)
    np.testing.assert_allclose(values, seen_s, atol=1e-9)
    assert (np.diff(seen_s) > 0).all()
    assert np.abs(np.diff(seen_s).mean() - TICK_S) < 0.01


@pytest.mark.parametrize("fps", [30.0, 60.0])
def test_a_tick_that_is_due_does_not_wait_for_the_next_frame(fps: float) -> None:
    clock, given = TickClock(1, TICK_S, 0.35), 0
    for index in range(120):
        given += sum(1 for _ in clock.feed(np.zeros(1), index / fps))
        assert given >= 1 + int(index / fps / TICK_S + 1e-9)
