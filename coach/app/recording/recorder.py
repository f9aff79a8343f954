"""The recorder at work: preview, count-in, and every observation into the journal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from coach.app.live import HAND_OVER_TIMEOUT_S, SensedFrame
from coach.devices.frame_source import Frame
from coach.devices.latest_slot import LatestSlot, SlotClosed
from coach.judging.framing import FramingJudge
from coach.judging.verdicts import FramingHint
from coach.pose.observation import Observation
from coach.pose.pose_frame import PoseFrame
from coach.storage.recording_journal import JournalWriter


class RecordPhase(Enum):
    """Where a recording stands."""

    PREVIEW = "preview"
    COUNT_IN = "count-in"
    RECORDING = "recording"
    DONE = "done"


@dataclass(frozen=True)
class RecordedFrame:
    """A picture and how the recording stood when it came."""

    frame: Frame
    pose: PoseFrame
    framing: FramingHint | None
    phase: RecordPhase
    elapsed_s: float
    countdown_s: float


class Recorder:
    """Handles the frames of one recording, all in the thread of the sensor.

    Parameters
    ----------
    start_journal : callable
        Given the first recorded frame, opens the journal.
    count_in_s : float
        From `begin` to the first recorded frame, on the source's clock.
    limit_s : float or None
        Recording stops by itself after this time.
    """

    def __init__(
        self,
        start_journal: Callable[[Frame], JournalWriter],
        framing: FramingJudge,
        *,
        every_frame: bool,
        count_in_s: float,
        limit_s: float | None,
    ) -> None:
        self._start_journal, self._framing = start_journal, framing
        self._every_frame, self._count_in_s, self._limit_s = every_frame, count_in_s, limit_s
        self._begin_asked = self._stop_asked = False
        self._count_in_from_s = 0.0
        self._first_s = 0.0
        self.frames: LatestSlot[RecordedFrame] = LatestSlot()
        self.phase = RecordPhase.PREVIEW
        self.journal: JournalWriter | None = None

    def begin(self) -> None:
        """Start the count-in with the next frame."""
        self._begin_asked = True

    def stop(self) -> None:
        """End the recording; a frame that is on its way is not recorded any more."""
        self._stop_asked = True

    @property
    def done(self) -> bool:
        """Whether it is over: stopped (even if no frame comes any more), or the time is up."""
        return self._stop_asked or self.phase is RecordPhase.DONE

    def handle(self, sensed: SensedFrame) -> None:
        """Record one frame, or only show it."""
        if self.phase is RecordPhase.DONE:
            return
        time_s = sensed.frame.time_s
        self._move_on(sensed.frame)
        if self.phase is RecordPhase.RECORDING:
            self._record(sensed.observation)
        counted_s = time_s - self._count_in_from_s
        self._hand_on(
            RecordedFrame(
                sensed.frame,
                sensed.observation.pose,
                self._framing.step(sensed.observation, time_s),
                self.phase,
                time_s - self._first_s if self.journal is not None else 0.0,
                self._count_in_s - counted_s if self.phase is RecordPhase.COUNT_IN else 0.0,
            )
        )

    def close(self) -> None:
        """Finish the journal; harmless when called again."""
        self.phase = RecordPhase.DONE
        if self.journal is not None:
            self.journal.close()

    def _move_on(self, frame: Frame) -> None:
        if self._stop_asked:
            self.phase = RecordPhase.DONE
        if self.phase is RecordPhase.PREVIEW and self._begin_asked:
            self.phase, self._count_in_from_s = RecordPhase.COUNT_IN, frame.time_s
        counted_s = frame.time_s - self._count_in_from_s
        if self.phase is RecordPhase.COUNT_IN and counted_s >= self._count_in_s:
            self.journal = self._start_journal(frame)
            self.phase, self._first_s = RecordPhase.RECORDING, frame.time_s

    def _record(self, observation: Observation) -> None:
        if self._limit_s is not None and observation.time_s - self._first_s > self._limit_s:
            self.phase = RecordPhase.DONE
        elif self.journal is not None:
            self.journal.append(observation)

    def _hand_on(self, recorded: RecordedFrame) -> None:
        try:
            if not self._every_frame:
                self.frames.put(recorded)
                return
            while not self.frames.put_wait(recorded, HAND_OVER_TIMEOUT_S):
                pass
        except SlotClosed:
            self.phase = RecordPhase.DONE
