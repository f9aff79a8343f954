"""The pictures of a tape in order of time, in bounded memory."""

from __future__ import annotations

import threading
from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.judging.verdicts import JointReading
from coach.pose.pose_frame import PoseFrame
from coach.settings.replay import TapeSettings
from coach.vision.jpeg import decode_jpeg

_STATE_BYTES = 6_000
"""What a pose and its readings take beside the picture."""
_ROOM_SHARE = 0.9
"""A tape that is full is thinned to this share, so that it does not happen at every picture."""


@dataclass(frozen=True)
class TapedFrame:
    """A picture of the student, and what was known of it.

    Attributes
    ----------
    time_s : float
        The student's clock.
    captured_s : float
        The program's clock.
    reference_s : float or None
        Place in the choreography.
    mirrored : bool
        Whether the student danced the teacher's mirror image.
    joints : tuple of JointReading
    """

    time_s: float
    captured_s: float
    reference_s: float | None
    mirrored: bool
    pose: PoseFrame
    joints: tuple[JointReading, ...]
    jpeg: bytes

    def bgr(self) -> NDArray[np.uint8]:
        """The picture, not mirrored, decoded anew (some milliseconds)."""
        return decode_jpeg(self.jpeg)

    @property
    def bytes_count(self) -> int:
        """Memory that it takes, about."""
        return len(self.jpeg) + _STATE_BYTES


class TapeStore:
    """The frames in order of time, from several threads."""

    def __init__(self, settings: TapeSettings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._frames: list[TapedFrame] = []
        self.bytes_count = 0

    def __len__(self) -> int:
        return len(self._frames)

    @property
    def newest_s(self) -> float | None:
        """When the newest one was taken."""
        with self._lock:
            return self._frames[-1].captured_s if self._frames else None

    def add(self, taped: TapedFrame) -> None:
        """Keep one more; a time that goes back begins a new tape."""
        with self._lock:
            if self._frames and taped.captured_s <= self._frames[-1].captured_s:
                self._frames, self.bytes_count = [], 0
            self._frames.append(taped)
            self.bytes_count += taped.bytes_count
            if self.bytes_count > self._settings.max_bytes_count:
                self._thin()
            if taped.captured_s - self._frames[0].captured_s > self._settings.max_s:
                self.bytes_count -= self._frames.pop(0).bytes_count

    def frames(self) -> tuple[TapedFrame, ...]:
        """A copy of all."""
        with self._lock:
            return tuple(self._frames)

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._frames, self.bytes_count = [], 0

    def nearest(self, wanted_s: float, *, captured: bool) -> TapedFrame | None:
        """The frame nearest to a time on either clock."""

        def time_of(taped: TapedFrame) -> float:
            return taped.captured_s if captured else taped.time_s

        with self._lock:
            index = bisect_left(self._frames, wanted_s, key=time_of)
            near = self._frames[max(0, index - 1) : index + 1]
        return min(near, key=lambda taped: abs(time_of(taped) - wanted_s), default=None)

    def _thin(self) -> None:
        """Leave out every second of the oldest pictures, as long as no gap gets too long; then the oldest go."""
        enough = _ROOM_SHARE * self._settings.max_bytes_count
        kept: list[TapedFrame] = []
        total = self.bytes_count
        skipped = False
        for index, taped in enumerate(self._frames):
            last = index + 1 == len(self._frames)
            following_s = self._frames[index + 1].captured_s if not last else taped.captured_s
            gap_s = following_s - kept[-1].captured_s if kept else float("inf")
            if total > enough and not last and not skipped and gap_s <= self._settings.sparse_s:
                total -= taped.bytes_count
                skipped = True
            else:
                kept.append(taped)
                skipped = False
        surplus = 0
        while total > enough and surplus + 1 < len(kept):
            total -= kept[surplus].bytes_count
            surplus += 1
        self._frames, self.bytes_count = kept[surplus:], total
