"""A video that plays in its own time."""

import threading

import numpy as np
import pytest

from coach.clock import ManualClock, SystemClock
from coach.devices.frame_source import Frame, FrameSource, SourceInfo
from coach.devices.paced_source import PacedSource
from coach.settings.devices import PacingSettings


class Endless(FrameSource):
    """Pictures at 30 a second that cost nothing."""

    def __init__(self, count=1000):
        super().__init__()
        self.count, self.given = count, 0

    def _open(self):
        return SourceInfo("endless", (2, 2), 30.0, self.count / 30, live=False)

    def _read(self, timeout_s):
        self.given += 1
        if self.given > self.count:
            return None
        index = self.given - 1
        return Frame(index, index / 30, np.zeros((2, 2, 3), np.uint8), 0.0)

    def _close(self):
        pass


def test_pictures_come_when_their_time_has_come():
    clock = ManualClock(50.0)
    with PacedSource(Endless(), clock) as source:
        assert source.info.live
        for index in range(100):
            frame = source.read(1.0)
            assert frame.index == index
            assert frame.captured_s == pytest.approx(50.0 + frame.time_s)
            assert clock.now_s() == pytest.approx(50.0 + frame.time_s)
    assert source.late == 0


def test_a_late_reader_gets_all_that_waits_at_once():
    clock = ManualClock()
    with PacedSource(Endless(), clock) as source:
        source.read(1.0)
        clock.advance(1.0)
        frames = [source.read(1.0) for _ in range(30)]
        assert clock.now_s() == 1.0
        assert frames[-1].time_s == pytest.approx(1.0)
        assert source.late > 20
        assert source.dropped == 0


def test_dropping_late_pictures_catches_up_but_never_starves_the_reader():
    clock, settings = ManualClock(), PacingSettings(late_s=0.1, drops_in_a_row_limit=10)
    with PacedSource(Endless(), clock, settings, drop_late=True) as source:
        source.read(1.0)
        clock.advance(0.3)
        frame = source.read(1.0)
        assert 0.3 - frame.time_s <= 0.1 + 1e-9
        clock.advance(20.0)  # far behind: still a picture after ten dropped ones
        before = source.dropped
        assert source.read(1.0) is not None
        assert source.dropped - before == 10
        assert frame.index == 1


def test_closing_ends_a_long_wait():
    class Slow(Endless):
        def _read(self, timeout_s):
            frame = super()._read(timeout_s)
            return Frame(frame.index, frame.index * 1000.0, frame.bgr, 0.0)

    source = PacedSource(Slow(), SystemClock())
    source.open()
    source.read(1.0)
    ended = []
    reader = threading.Thread(target=lambda: ended.append(source.read(1.0)), daemon=True)
    reader.start()
    source.close()
    reader.join(10.0)
    assert ended == [None]


def test_end_of_the_file_is_the_end():
    with PacedSource(Endless(3), ManualClock()) as source:
        assert [source.read(1.0) is None for _ in range(5)] == [False, False, False, True, True]
