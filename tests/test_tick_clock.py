"""The follower's clock: whatever it gives out was seen when it says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.alignment.tick_clock import TickClock

TICK_S = 1.0 / 15.0


IN_STEP_FPS = [15.0, 30.0, 60.0, 120.0]
RATES_FPS = [12.0, 20.0, 24.0, 29.97, 50.0, *IN_STEP_FPS]


def given_out(time_s: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Values of all ticks for a feature that is the time itself, and the times that they are said to belong to."""
    clock = TickClock(1, TICK_S, 0.35)
    values, belongs_s = [], []
    for time in time_s.tolist():
        for pose in clock.feed(np.array([time]), time):
            values.append(float(pose[0]))
            belongs_s.append(clock.pose_s)
    return np.array(values), np.array(belongs_s)


@pytest.mark.parametrize("first_s", [0.0, 0.012, -0.012])
@pytest.mark.parametrize("fps", RATES_FPS)
def test_poses_belong_to_the_time_they_are_said_to(fps: float, first_s: float) -> None:
    """At any frame rate, also if the first frame, which starts the clock, comes at a time of its own."""
    time_s = np.arange(round(10 * fps)) / fps
    time_s[0] += first_s * 30.0 / fps
    values, belongs_s = given_out(time_s)
    error_s = (values - belongs_s)[30:]
    assert abs(error_s.mean()) < 1e-3
    assert np.abs(error_s).max() < 0.5 * TICK_S
    if fps in IN_STEP_FPS:
        assert np.median(np.abs(error_s)) < 1e-3
    np.testing.assert_allclose(np.diff(belongs_s)[30:], TICK_S, atol=0.15 * TICK_S)


@given(st.sampled_from(RATES_FPS), st.integers(0, 1000), st.floats(0, 0.3))
def test_stamps_that_jitter_make_nobody_late(fps: float, seed: int, jitter: float) -> None:
    time_s = (np.arange(round(20 * fps)) + jitter * np.random.default_rng(seed).uniform(-1, 1, round(20 * fps))) / fps
    values, belongs_s = given_out(time_s)
    assert abs((values - belongs_s)[30:].mean()) < 2e-3
    assert (np.diff(belongs_s) > 0).all()


@pytest.mark.parametrize("fps", [30.0, 60.0])
def test_a_tick_that_is_due_does_not_wait_for_the_next_frame(fps: float) -> None:
    clock, given = TickClock(1, TICK_S, 0.35), 0
    for index in range(120):
        given += sum(1 for _ in clock.feed(np.zeros(1), index / fps))
        assert given >= 1 + int(index / fps / TICK_S + 1e-9)
