"""Pictures of the present run, kept in memory only: for the delayed mirror, the result's stills and the replay.

Nothing here is ever written to the disk: what the camera saw is gone when the tape is closed or the program ends.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.app.result.tape_store import TapedFrame, TapeStore
from coach.devices.frame_source import Frame
from coach.devices.latest_slot import LatestSlot, SlotClosed
from coach.devices.worker import Worker
from coach.session.session_state import SessionState
from coach.settings.replay import TapeSettings
from coach.vision.jpeg import encode_jpeg
from coach.vision.pictures import resize_to_height

_STOP_TIMEOUT_S = 2.0
_WAIT_S = 0.2
_JITTER_SHARE = 0.4
"""Pictures may come so much early, as a share of their distance: a camera's own rate must not be halved."""


class ReplayTape:
    """Keeps the pictures of one run in bounded memory.

    `add` only hands over; pictures are made small and compressed in a thread of its own, which begins with the first
    one. If it cannot keep up, pictures are left out. All other calls are for the main thread.

    Parameters
    ----------
    settings : TapeSettings
    """

    def __init__(self, settings: TapeSettings) -> None:
        self._settings = settings
        self._store = TapeStore(settings)
        self._slot: LatestSlot[tuple[Frame, SessionState]] = LatestSlot()
        self._worker: _Compressor | None = None
        self._last_s: float | None = None
        self._shown: tuple[TapedFrame, NDArray[np.uint8]] | None = None

    def add(self, frame: Frame, state: SessionState) -> None:
        """Keep a picture, unless one was kept just before; in the thread of the sensor."""
        apart_s = (1.0 - _JITTER_SHARE) / self._settings.pictures_per_s
        if self._last_s is not None and 0.0 <= frame.captured_s - self._last_s < apart_s:
            return
        if self._worker is None:
            self._worker = _Compressor(self._slot, self._store, self._settings)
            self._worker.start()
        self._last_s = frame.captured_s
        try:
            self._slot.put((frame, state))
        except SlotClosed:
            return

    def __len__(self) -> int:
        return len(self._store)

    @property
    def newest_s(self) -> float | None:
        """When the newest picture that is kept was taken, on the program's clock."""
        return self._store.newest_s

    @property
    def bytes_count(self) -> int:
        """Memory of all that is kept, about."""
        return self._store.bytes_count

    def frames(self) -> tuple[TapedFrame, ...]:
        """All that is kept, oldest first."""
        return self._store.frames()

    def at(self, time_s: float) -> TapedFrame | None:
        """The picture nearest to a time of the student's clock; None on an empty tape."""
        return self._store.nearest(time_s, captured=False)

    def delayed(self, now_s: float, delay_s: float) -> NDArray[np.uint8] | None:
        """What the camera saw ``delay_s`` ago, not mirrored; None while there is nothing so old.

        The same array is given as long as it is the same picture.

        Parameters
        ----------
        now_s : float
            On the clock of ``Frame.captured_s``.
        delay_s : float
        """
        wanted_s = now_s - delay_s
        taped = self._store.nearest(wanted_s, captured=True)
        if taped is None or taped.captured_s > wanted_s + self._settings.sparse_s:
            return None
        if self._shown is None or self._shown[0] is not taped:
            self._shown = (taped, taped.bgr())
        return self._shown[1]

    def stop(self) -> None:
        """No more pictures come; those that there are stay."""
        self._slot.close()
        if self._worker is not None:
            self._worker.stop()

    def close(self) -> None:
        """Forget everything; harmless when called again."""
        self.stop()
        if self._worker is not None:
            self._worker.join(_STOP_TIMEOUT_S)
        self._store.clear()
        self._shown = None


class _Compressor(Worker):
    """Makes pictures small."""

    def __init__(self, slot: LatestSlot[tuple[Frame, SessionState]], store: TapeStore, settings: TapeSettings) -> None:
        super().__init__("replay", _STOP_TIMEOUT_S)
        self._slot, self._store, self._settings = slot, store, settings

    def _run(self) -> None:
        while True:
            try:
                item = self._slot.get(_WAIT_S)
            except SlotClosed:
                return
            if item is not None:
                self._store.add(self._taped(*item))

    def _taped(self, frame: Frame, state: SessionState) -> TapedFrame:
        small = resize_to_height(frame.bgr, self._settings.height_px)
        position = state.position
        return TapedFrame(
            time_s=frame.time_s,
            captured_s=frame.captured_s,
            reference_s=position.reference_s,
            mirrored=position.mirrored,
            pose=state.pose,
            joints=state.joints,
            jpeg=encode_jpeg(small, self._settings.quality_percent, smallest=False),
        )

    def _interrupt(self) -> None:
        self._slot.close()
