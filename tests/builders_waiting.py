"""Waiting for threads in tests: as long as it takes on a busy computer, and not at all on a quick one."""

from __future__ import annotations

from collections.abc import Callable

from coach.app.result.replay_tape import ReplayTape
from coach.clock import SystemClock
from coach.devices.frame_source import Frame
from coach.session.session_state import SessionState

LONGEST_S = 30.0
_STEP_S = 0.001


def wait_until(condition: Callable[[], bool]) -> None:
    """Until ``condition`` holds; fails if it never does."""
    clock = SystemClock()
    end_s = clock.now_s() + LONGEST_S
    while not condition():
        assert clock.now_s() < end_s, f"it did not come true within {LONGEST_S:.0f} s"
        clock.sleep_s(_STEP_S)


def add_to(tape: ReplayTape, frame: Frame, state: SessionState) -> None:
    """Give a picture to a tape and wait until it is in there, or refused."""
    tape.add(frame, state)
    if tape._last_s == frame.captured_s:
        wait_until(lambda: tape.newest_s == frame.captured_s)
