"""The poses of the last ticks and those between, against a list that is searched."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.alignment.pose_history import PoseHistory
from tests.builders_alignment import with_gaps


def slow_twin(poses: list[np.ndarray], ticks: float) -> np.ndarray:
    """`PoseHistory.back`, one number at a time."""

    def at(back: int) -> np.ndarray:
        return poses[-1 - back] if back < len(poses) else np.full(len(poses[0]), np.nan)

    whole = int(ticks)
    share = ticks - whole
    if share < 0.02:
        return at(whole)
    found = []
    for after, before in zip(at(whole).tolist(), at(whole + 1).tolist(), strict=True):
        if np.isnan(after):
            found.append(before)
        elif np.isnan(before):
            found.append(after)
        else:
            found.append((1 - share) * after + share * before)
    return np.array(found)


@given(
    pushed=st.integers(1, 40),
    longest=st.integers(1, 14),
    share=st.floats(0.0, 1.0),
    gaps=st.floats(0.0, 0.9),
    seed=st.integers(0, 999),
)
def test_equals_its_twin(pushed: int, longest: int, share: float, gaps: float, seed: int) -> None:
    poses = list(with_gaps(np.random.default_rng(seed), (pushed, 3), gaps))
    history = PoseHistory(3, longest)
    for pose in poses:
        history.push(pose)
    ticks = share * longest
    assert history.back(ticks) == pytest.approx(slow_twin(poses, ticks), nan_ok=True)


def test_reaches_no_further_than_it_is_long() -> None:
    history = PoseHistory(1, 4)
    for tick in range(20):
        history.push(np.array([float(tick)]))
    assert history.back(4.0)[0] == history.back(99.0)[0] == 15.0
    assert history.back(-1.0)[0] == 19.0
    history.reset()
    assert np.isnan(history.back(0.0)[0])
