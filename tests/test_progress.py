from __future__ import annotations

import io

from coach.clock import ManualClock
from coach.report.progress import ProgressBar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_plain_lines_are_rare_and_tell_the_time_left() -> None:
    stream, clock = io.StringIO(), ManualClock()
    bar = ProgressBar("Reading", stream, clock)
    for step in range(101):
        bar.update(step / 100)
        clock.advance(0.25)
    bar.finish()
    lines = stream.getvalue().splitlines()
    assert lines[0] == "Reading: 0%"
    assert len(lines) == 6
    assert lines[2] == "Reading: 40%, 0:15 left"


def test_a_terminal_gets_one_line_that_is_redrawn() -> None:
    stream, clock = Terminal(), ManualClock()
    bar = ProgressBar("Reading", stream, clock)
    bar.update(0.0)
    clock.advance(2.0)
    bar.update(0.5)
    bar.finish()
    bar.finish()
    assert stream.getvalue().count("\n") == 1
    assert "[##############..............]  50%, 0:02 left" in stream.getvalue()


def test_unknown_length_counts_seconds() -> None:
    stream = io.StringIO()
    ProgressBar("Waiting", stream, ManualClock()).update(None)
    assert stream.getvalue() == "Waiting ... 0 s\n"
