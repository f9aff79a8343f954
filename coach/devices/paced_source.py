"""A file that stands in for a camera: its pictures come when their time has come, not before."""

from __future__ import annotations

import dataclasses

from coach.clock import Clock
from coach.devices.frame_source import Frame, FrameSource, SourceInfo
from coach.settings.devices import PacingSettings


class PacedSource(FrameSource):
    """Gives the pictures of another source at real-time pace.

    The clock starts with the first picture read. A reader that comes late gets the pictures that wait at once, one
    after the other (a newest-only slot behind this source then drops what is too old), unless ``drop_late``.

    Parameters
    ----------
    source : FrameSource
        Gives pictures without waiting, with growing times.
    clock : Clock
    settings : PacingSettings, optional
    drop_late : bool
        Leave out pictures that are later than ``settings.late_s``, as a camera would; never more than
        ``settings.drops_in_a_row_limit`` in a row.
    """

    def __init__(
        self, source: FrameSource, clock: Clock, settings: PacingSettings | None = None, *, drop_late: bool = False
    ) -> None:
        super().__init__()
        self._source, self._clock = source, clock
        self._settings = settings or PacingSettings()
        self._drop_late = drop_late
        self._start_s: float | None = None
        self._given = 0
        self.late = 0
        self.dropped = 0

    def _open(self) -> SourceInfo:
        return dataclasses.replace(self._source.open(), live=True)

    def _read(self, timeout_s: float) -> Frame | None:
        in_a_row = 0
        while True:
            frame = self._source.read(timeout_s)
            if frame is None:
                return None
            if self._start_s is None:
                self._start_s = self._clock.now_s() - frame.time_s
            due_s = self._start_s + frame.time_s
            if not self._wait_until(due_s):
                return None
            now_s = self._clock.now_s()
            if now_s - due_s > self._settings.late_s:
                self.late += 1
                if self._drop_late and in_a_row < self._settings.drops_in_a_row_limit:
                    in_a_row += 1
                    self.dropped += 1
                    continue
            self._given += 1
            return dataclasses.replace(frame, index=self._given - 1, captured_s=now_s)

    def _wait_until(self, due_s: float) -> bool:
        """Wait in short slices; False once the source was closed."""
        while not self._closed:
            left_s = due_s - self._clock.now_s()
            if left_s <= 0:
                return True
            self._clock.sleep_s(min(left_s, self._settings.slice_s))
        return False

    def _close(self) -> None:
        self._source.close()
