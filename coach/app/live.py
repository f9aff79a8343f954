"""The live chain: a capture thread and a coaching thread, joined by newest-only slots, and what they hand on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from types import TracebackType

from coach.devices.camera import CameraSource
from coach.devices.frame_source import Frame, FrameSource
from coach.devices.latest_slot import LatestSlot, SlotClosed
from coach.devices.sensor import Sensor, SensorTimings
from coach.devices.worker import Worker
from coach.errors import CameraError, WorkerError
from coach.pose.observation import Observation
from coach.settings.devices import CameraSettings

HAND_OVER_TIMEOUT_S = 0.1
"""How long a thread waits before it looks whether it should stop."""

STOP_TIMEOUT_S = 3.0


@dataclass(frozen=True)
class SensedFrame:
    """A picture with what was seen in it."""

    frame: Frame
    observation: Observation
    timings: SensorTimings


class CaptureWorker(Worker):
    """Reads a source into a slot.

    With ``every_frame`` it waits until each picture has been taken (nothing is dropped: files at full speed),
    otherwise the newest picture replaces the last (cameras).
    """

    def __init__(
        self, source: FrameSource, slot: LatestSlot[Frame], every_frame: bool, settings: CameraSettings
    ) -> None:
        super().__init__("camera", STOP_TIMEOUT_S)
        self._source, self._slot, self._every_frame, self._settings = source, slot, every_frame, settings
        self.trouble: str | None = None
        """Why no pictures come at the moment, in words; the camera is tried again until they do."""

    def _run(self) -> None:
        while not self.stopping:
            try:
                frame = self._source.read(self._settings.stall_timeout_s)
            except CameraError as error:
                if not isinstance(self._source, CameraSource):
                    raise
                self._bring_back(self._source, error)
                continue
            if frame is None:
                return
            try:
                self._hand_over(frame)
            except SlotClosed:
                return

    def _bring_back(self, camera: CameraSource, error: CameraError) -> None:
        """Keep the session while an unplugged camera is away."""
        self.trouble = error.sentence
        while not self.wait_s(self._settings.reopen_interval_s):
            self.trouble = self._reopened(camera)
            if self.trouble is None:
                return

    @staticmethod
    def _reopened(camera: CameraSource) -> str | None:
        """Try once; why it failed, or None."""
        try:
            camera.reopen()
        except CameraError as error:
            return error.sentence
        return None

    def _hand_over(self, frame: Frame) -> None:
        if not self._every_frame:
            self._slot.put(frame)
            return
        while not self.stopping and not self._slot.put_wait(frame, HAND_OVER_TIMEOUT_S):
            pass

    def _interrupt(self) -> None:
        self._slot.close()
        self._source.close()

    def _finish(self) -> None:
        self._slot.close()


def carry_out(commands: SimpleQueue[Callable[[], None]]) -> None:
    """Run all calls that wait, in their order."""
    while True:
        try:
            call = commands.get_nowait()
        except Empty:
            return
        call()


class SensingWorker(Worker):
    """Takes pictures from a slot, senses them, and gives each to a handler: coach or recorder.

    The handler runs in this thread. Commands from the screen are calls put into `command`; they are carried out
    between two frames, so that the handler needs no locks.
    """

    def __init__(
        self,
        slot: LatestSlot[Frame],
        sensor: Sensor,
        handle: Callable[[SensedFrame], None],
        commands: SimpleQueue[Callable[[], None]],
    ) -> None:
        super().__init__("coach", STOP_TIMEOUT_S)
        self._slot, self._sensor, self._handle, self._commands = slot, sensor, handle, commands

    def command(self, call: Callable[[], None]) -> None:
        """Run ``call`` in this thread before the next frame."""
        self._commands.put(call)

    def _run(self) -> None:
        while not self.stopping:
            self._obey()
            try:
                frame = self._slot.get(HAND_OVER_TIMEOUT_S)
            except SlotClosed:
                return
            if frame is not None:
                observation, timings = self._sensor.observe(frame)
                self._handle(SensedFrame(frame, observation, timings))

    def _obey(self) -> None:
        carry_out(self._commands)

    def _interrupt(self) -> None:
        self._slot.close(discard=True)

    def _finish(self) -> None:
        self._slot.close(discard=True)


class LiveChain:
    """Source, sensor and handler running in their threads inside a ``with`` block, or until the source ends.

    Leaving the block stops and joins both threads. A thread that hangs is a `WorkerError` there, unless another
    failure is already on its way: that one is the cause, and what the user has to know.

    Parameters
    ----------
    commands : SimpleQueue, optional
        Calls to carry out between two frames; given by whoever wants to keep them when the chain ends.
    """

    def __init__(
        self,
        source: FrameSource,
        sensor: Sensor,
        handle: Callable[[SensedFrame], None],
        *,
        every_frame: bool,
        settings: CameraSettings | None = None,
        commands: SimpleQueue[Callable[[], None]] | None = None,
    ) -> None:
        self._source, self._every_frame = source, every_frame
        self._slot: LatestSlot[Frame] = LatestSlot()
        self._capture = CaptureWorker(source, self._slot, every_frame, settings or CameraSettings())
        self._sensing = SensingWorker(self._slot, sensor, handle, SimpleQueue() if commands is None else commands)

    @property
    def dropped(self) -> int:
        """Pictures that were replaced by newer ones before they could be looked at."""
        if self._every_frame:  # one may be left over when the chain is stopped: nothing replaced it
            return 0
        return self._slot.dropped + (self._source.dropped if isinstance(self._source, CameraSource) else 0)

    @property
    def trouble(self) -> str | None:
        """Why no pictures come at the moment, in words; None while all is well."""
        return self._capture.trouble

    @property
    def running(self) -> bool:
        """Whether frames may still come."""
        return self._sensing.alive

    def start(self) -> None:
        """Start both threads."""
        self._sensing.start()
        self._capture.start()

    def command(self, call: Callable[[], None]) -> None:
        """Run ``call`` between two frames, in the thread of the handler."""
        self._sensing.command(call)

    def check(self) -> None:
        """Raise here what went wrong in a thread."""
        self._sensing.check()
        self._capture.check()

    def stop(self) -> None:
        """Stop both threads and wait for them; raises `WorkerError` if one hangs, after trying both."""
        self._capture.stop()
        self._sensing.stop()
        try:
            self._sensing.join(STOP_TIMEOUT_S)
        finally:
            self._capture.join(STOP_TIMEOUT_S)

    def __enter__(self) -> LiveChain:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.stop()
        except WorkerError:
            if error is None:
                raise
