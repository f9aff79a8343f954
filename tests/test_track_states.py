"""From what is likely to what is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.alignment.estimate import NO_ESTIMATE
from coach.alignment.track_states import TrackStates
from coach.alignment.tracked_position import TrackState
from coach.settings.tracker import TrackerSettings

TICK_S = 1 / 15
HERE = replace(NO_ESTIMATE, index=100.0, confidence=0.9, around=0.95, lost=0.02, fit=0.3)
ENDED = replace(NO_ESTIMATE, index=100.0, confidence=0.05, around=0.1, lost=0.05, finished=0.85, fit=0.3)


def followed_for(seconds: float, ticks_left: float) -> TrackStates:
    states = TrackStates(TrackerSettings(), TICK_S)
    for _ in range(round(seconds / TICK_S)):
        states.learn_fit(HERE.fit)
        states.step(HERE, trusted=True, ticks_left=ticks_left, halted=False)
    return states


@pytest.mark.parametrize(("left_s", "state"), [(0.5, TrackState.FINISHED), (9.0, TrackState.LOST)])
def test_who_has_finished_was_followed_until_shortly_before_the_end(left_s: float, state: TrackState) -> None:
    states = followed_for(6.0, left_s / TICK_S)
    assert states.now is TrackState.FOLLOWING
    assert states.step(ENDED, trusted=True, ticks_left=left_s / TICK_S, halted=False) is state


def test_who_is_not_trusted_has_not_finished() -> None:
    states = followed_for(6.0, 0.5 / TICK_S)
    assert states.step(ENDED, trusted=False, ticks_left=0.5 / TICK_S, halted=False) is TrackState.LOST


def test_who_is_not_trusted_is_lost_but_keeps_a_place_to_go_on_from() -> None:
    states = followed_for(6.0, 300.0)
    assert states.step(HERE, trusted=False, ticks_left=300.0, halted=False) is TrackState.LOST
    assert states.placed
    assert states.step(HERE, trusted=True, ticks_left=300.0, halted=False) is TrackState.FOLLOWING
    assert states.step(HERE, trusted=True, ticks_left=300.0, halted=True) is TrackState.LOST
    assert not states.placed
