"""A webcam as a source of frames: opened with a time limit, watched, opened again."""

from __future__ import annotations

import math

from coach.clock import Clock
from coach.devices.camera_errors import (
    camera_busy,
    camera_frozen,
    camera_gone,
    camera_slow,
    camera_stopped,
    no_camera,
)
from coach.devices.camera_list import CameraIdentity, CameraLister, list_cameras, same_camera
from coach.devices.camera_thread import CameraThread, CaptureOpener, Shot
from coach.devices.frame_source import Frame, FrameSource, SourceInfo
from coach.devices.latest_slot import SlotClosed
from coach.errors import CameraError, Sentence, WorkerError
from coach.settings.devices import CameraSettings
from coach.vision.capture import CaptureFacts, open_capture

_WAIT_SLICE_S = 0.1  # short enough for Ctrl-C and for closing while a camera opens


class CameraSource(FrameSource):
    """A webcam.

    When `read` raises `CameraError`, the session can be kept: read again (the camera may have had a hiccup), or
    call `reopen` every ``settings.reopen_interval_s`` until it succeeds. Times and frame numbers run on.

    Parameters
    ----------
    index : int
        Number of the camera, from 0.
    settings : CameraSettings
    clock : Clock
    opener : callable, optional
        Opens the device; tests give a scripted one.
    lister : callable, optional
        Lists the cameras there are, or None where that cannot be known.
    """

    def __init__(
        self,
        index: int,
        settings: CameraSettings,
        clock: Clock,
        opener: CaptureOpener = open_capture,
        lister: CameraLister = list_cameras,
    ) -> None:
        super().__init__()
        self._index, self._settings, self._clock = index, settings, clock
        self._opener, self._lister = opener, lister
        self._identity: CameraIdentity | None = None
        self._thread: CameraThread | None = None
        self._first_s: float | None = None
        self._last_s = -math.inf
        self._given = 0
        self._dropped_before = 0

    @property
    def name(self) -> str:
        """What to call the camera in messages."""
        return (
            Sentence("camera {index} ({name})", index=self._index, name=self._identity.name)
            if self._identity
            else Sentence("camera {index}", index=self._index)
        )

    @property
    def device_name(self) -> str:
        """What the camera calls itself, whatever its number is today."""
        return self._identity.name if self._identity is not None else Sentence("camera {index}", index=self._index)

    @property
    def frozen(self) -> bool:
        """Whether the picture has not changed lately (an error follows if it stays so)."""
        return self._thread is not None and self._thread.frozen

    @property
    def dropped(self) -> int:
        """Pictures that the camera gave and nobody took in time."""
        return self._dropped_before + (self._thread.slot.dropped if self._thread else 0)

    @property
    def facts(self) -> CaptureFacts | None:
        """What the camera says of itself; None before it is open."""
        return self._thread.facts if self._thread else None

    def reopen(self) -> SourceInfo:
        """Try once to open the same camera again, whatever its number is now; call it from the reading thread.

        Raises
        ------
        CameraError
            It is not back yet; another camera is never taken instead.
        """
        if self._closed:
            raise camera_stopped(self.name)
        self._leave_thread()
        present = self._lister()
        if self._identity is not None and present is not None:
            found = same_camera(self._identity, present)
            if found is None:
                raise camera_gone(self.name)
            self._identity, self._index = found, found.index
        self._info = self._start()
        return self._info

    def _open(self) -> SourceInfo:
        present = self._lister()
        if present is not None:
            self._identity = next((camera for camera in present if camera.index == self._index), None)
            if self._identity is None:
                raise no_camera(self._index, present)
        try:
            return self._start()
        except CameraError:
            self._leave_thread()
            raise

    def _start(self) -> SourceInfo:
        thread = self._thread = CameraThread(self._index, self._settings, self._clock, self._opener)
        thread.start()
        for _ in range(math.ceil(self._settings.open_timeout_s / _WAIT_SLICE_S)):
            if thread.settled.wait(_WAIT_SLICE_S) or self._closed:
                break
        else:
            thread.stop()
            raise camera_slow(self.name, self._settings.open_timeout_s)
        if self._closed or thread.facts is None:
            raise self._open_failure(thread)
        rate_fps = thread.facts.rate_fps
        known = math.isfinite(rate_fps) and rate_fps > 0
        return SourceInfo(
            description=self.name,
            frame_size_px=thread.size_px,
            fps=rate_fps if known else self._settings.rate_fps,
            duration_s=None,
            live=True,
        )

    def _open_failure(self, thread: CameraThread) -> CameraError:
        thread.stop()
        error = camera_busy(self.name, certain=self._identity is not None)
        try:
            thread.check()
        except Exception as cause:
            error.__cause__ = cause
        return error

    def _read(self, timeout_s: float) -> Frame | None:
        thread = self._thread
        if thread is None:  # the last attempt to open it again failed
            raise camera_stopped(self.name)
        while True:
            try:
                shot = thread.slot.get(timeout_s)
            except SlotClosed:
                shot = None
            if self._closed:
                return None
            if shot is None:
                raise self._stop_failure(thread)
            if shot.stuck:
                raise camera_frozen(self.name)
            if shot.captured_s > self._last_s:  # times must grow, whatever the clock's grain
                return self._frame(shot)

    def _frame(self, shot: Shot) -> Frame:
        if self._first_s is None:
            self._first_s = shot.captured_s
        self._last_s = shot.captured_s
        self._given += 1
        return Frame(self._given - 1, shot.captured_s - self._first_s, shot.bgr, shot.captured_s)

    def _stop_failure(self, thread: CameraThread) -> CameraError:
        present = self._lister()
        gone = self._identity is not None and present is not None and same_camera(self._identity, present) is None
        error = camera_gone(self.name) if gone else camera_stopped(self.name)
        try:
            thread.check()
        except Exception as cause:
            error.__cause__ = cause
        return error

    def _close(self) -> None:
        self._leave_thread()

    def _leave_thread(self) -> None:
        """Stop the thread; one that is blocked in the camera is left behind and releases it when it wakes."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        self._dropped_before += thread.slot.dropped
        thread.stop()
        try:
            thread.join(self._settings.close_timeout_s)
        except WorkerError:
            return
