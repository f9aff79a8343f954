"""The camera's line through the whole studio: source, sensor and threads, kept while the screens change."""

from __future__ import annotations

import gc
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, suppress
from functools import partial
from types import TracebackType

from coach.alignment.warm_up import warm_up
from coach.app.getting_ready import Tell
from coach.app.live import LiveChain, SensedFrame
from coach.app.pose_setup import OpenedSensor
from coach.app.studio.questions import Questions
from coach.app.studio.scene import FrameHandler
from coach.clock import Clock
from coach.devices.camera import CameraSource
from coach.devices.frame_source import FrameSource
from coach.errors import CameraError, CoachError, Sentence, WorkerError
from coach.settings.devices import CameraSettings

OpenFrames = Callable[[], FrameSource]
OpenSensor = Callable[[], AbstractContextManager[OpenedSensor]]


def silent(_step: str) -> None:
    """Tell nobody."""


class CameraLine:
    """One source of pictures at a time, one sensor for all of them, and the handler of the scene that is shown.

    All methods but `prepare` are for the main thread. Scenes change the handler by setting `handler`: a frame that is
    being looked at is finished by the old one, the next goes to the new one.

    Parameters
    ----------
    open_frames : callable
        Opens the source; again for each `start_again`.
    open_sensor : callable
        Gives the sensor as a context; opened once.
    every_frame : bool
        Nothing is left out: files at full speed.
    """

    def __init__(
        self,
        open_frames: OpenFrames,
        open_sensor: OpenSensor,
        settings: CameraSettings,
        clock: Clock,
        *,
        every_frame: bool = False,
    ) -> None:
        self._open_frames, self._open_sensor = open_frames, open_sensor
        self._settings, self._clock, self._every_frame = settings, clock, every_frame
        self.handler: FrameHandler | None = None
        self.source: FrameSource | None = None
        self.opened: OpenedSensor | None = None
        self._generation = 0
        self._sensor_stack = ExitStack()
        self._chain: LiveChain | None = None
        self.questions = Questions(lambda: self._chain is not None and self._chain.running)
        """For calls between two frames."""
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="camera line")
        self._opening: Future[FrameSource] | None = None
        self._opening_trouble: str | None = None
        self._try_again_s: float | None = None

    # -- opening ---------------------------------------------------------------------------------------------------
    def prepare(self, tell: Tell = silent) -> FrameSource:
        """Open source and sensor, in whichever thread this is; raises what the user has to know."""
        tell("Looking for the camera")
        source = self.source = self._open_frames()
        try:
            self._load(tell)
        except BaseException:
            source.close()
            raise
        return source

    def _load(self, tell: Tell) -> None:
        """What all sources need: loaded once, fresh for each."""
        if self.opened is not None:
            self.opened.sensor.reset()
            return
        # All of it stays: each collection that went through it, now or later, would hold up three pictures.
        gc.disable()
        try:
            tell("Loading the pose model")
            self.opened = self._sensor_stack.enter_context(self._open_sensor())
            tell("Getting ready to follow you")
            warm_up()
            gc.freeze()
        finally:
            gc.enable()

    def start(self, source: FrameSource) -> None:
        """Let the pictures of a prepared source come."""
        assert self.opened is not None
        self._generation += 1
        self._chain = LiveChain(
            source,
            self.opened.sensor,
            partial(self._handle, self._generation),
            every_frame=self._every_frame,
            settings=self._settings,
            commands=self.questions.waiting,
        )
        self._chain.start()

    def start_soon(self, open_frames: OpenFrames | None = None) -> None:
        """Open the source (or another one) in the background, in place of the present one."""
        if open_frames is not None:
            self._open_frames = open_frames
        chain, self._chain = self._chain, None
        self._generation += 1  # what still comes from there is nobody's any more
        waiting = self._opening
        self._try_again_s = self._opening_trouble = None

        def prepare_anew() -> FrameSource:
            if waiting is not None:
                _close_opened(waiting)  # overtaken before it was ever started
            if chain is not None:
                chain.stop()
            try:
                return self.prepare()
            except CameraError:
                self._load(silent)  # whatever stands in for the camera then begins at once
                raise

        if waiting is not None:
            waiting.cancel()
        self._opening = self._executor.submit(prepare_anew)

    def update(self) -> None:
        """Take what was opened, try again what was not, carry out calls that no thread carries out; often.

        Raises
        ------
        CoachError
            What ended a thread, once; what did not open is only told in `trouble`.
        """
        if self._opening is not None and self._opening.done():
            opening, self._opening = self._opening, None
            self._take(opening)
        if self._try_again_s is not None and self._clock.now_s() >= self._try_again_s:
            self._try_again_s = None
            self._opening = self._executor.submit(self.prepare)
        self.questions.update()
        if self._chain is not None and not self._chain.running:
            self._check(self._chain)

    def _take(self, opening: Future[FrameSource]) -> None:
        try:
            source = opening.result()
        except CameraError as error:
            self._opening_trouble = Sentence(
                "{camera}: {problem}. It is used as soon as it answers", camera=error.camera, problem=error.problem
            )
            self._try_again_s = self._clock.now_s() + self._settings.reopen_interval_s
            return
        except CoachError as error:
            self._opening_trouble = error.sentence
            return
        self._opening_trouble = None
        self.start(source)

    def _check(self, chain: LiveChain) -> None:
        """The source is over, or a thread failed, which is told once."""
        try:
            chain.check()
        except CoachError:
            self._chain = None
            with suppress(WorkerError):  # the failure that ended the other thread is the cause
                chain.stop()
            raise

    # -- while it runs ---------------------------------------------------------------------------------------------
    @property
    def running(self) -> bool:
        """Whether pictures may still come."""
        return self._opening is not None or (self._chain is not None and self._chain.running)

    @property
    def opening(self) -> bool:
        """Whether a source is being opened at this moment."""
        return self._opening is not None

    @property
    def trouble(self) -> str | None:
        """Why no pictures come at the moment, in words; None while all is well."""
        return self._opening_trouble or (self._chain.trouble if self._chain is not None else None)

    @property
    def device_name(self) -> str:
        """Of the camera; what stands in for it has a name too."""
        source = self.source
        if isinstance(source, CameraSource):
            return source.device_name
        return source.info.description if source is not None else ""

    @property
    def dropped(self) -> int:
        """Pictures of this source that were left out so far."""
        return self._chain.dropped if self._chain is not None else 0

    def close(self) -> None:
        """Stop everything, the cause of trouble first; harmless when called again."""
        chain, self._chain = self._chain, None
        opening, self._opening = self._opening, None
        self._executor.shutdown(wait=False, cancel_futures=True)
        try:
            if chain is not None:
                chain.stop()
        finally:
            if opening is not None:
                opening.add_done_callback(_close_opened)
            if self.source is not None:
                self.source.close()
            self._sensor_stack.close()

    def __enter__(self) -> CameraLine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.close()
        except WorkerError:
            if error is None:  # the failure that is already on its way matters more
                raise

    def _handle(self, generation: int, sensed: SensedFrame) -> None:
        handler = self.handler
        if handler is not None and generation == self._generation:
            handler.handle(sensed)


def _close_opened(opening: Future[FrameSource]) -> None:
    """A source that was opened too late is nobody's."""
    if not opening.cancelled() and opening.exception() is None:
        opening.result().close()
