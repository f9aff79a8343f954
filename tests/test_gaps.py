"""How much time a frame stands for."""

from __future__ import annotations

import math

import pytest

from coach.judging.gaps import MAX_GAP_S, gap_s


@pytest.mark.parametrize(
    ("last_s", "now_s", "passed_s"),
    [(None, 7.0, 0.0), (1.0, 1.25, 0.25), (1.0, 60.0, MAX_GAP_S), (3.0, 2.0, 0.0)],
    ids=["first", "usual", "pause", "back"],
)
def test_a_frame_stands_for_the_time_since_the_last_one_and_no_pause(last_s, now_s, passed_s):
    assert gap_s(last_s, now_s) == passed_s


def test_the_longest_gap_is_the_callers_to_choose():
    assert gap_s(0.0, 60.0, 0.1) == 0.1
    assert gap_s(0.0, 60.0, math.inf) == 60.0
