"""Pictures from somewhere: one interface for camera, video file and drawn dancer."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from types import TracebackType

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Frame:
    """One picture.

    Attributes
    ----------
    index : int
        Count of pictures the source has given so far, from 0.
    time_s : float
        Seconds since the source's first picture, from the source's own time stamps.
    bgr : ndarray [shape=(height, width, 3)], uint8
        The picture as the camera sees it (not mirrored), C-contiguous.
    captured_s : float
        When it was taken on the program's clock, for the age of the overlay.
    """

    index: int
    time_s: float
    bgr: NDArray[np.uint8]
    captured_s: float

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height."""
        return self.bgr.shape[1], self.bgr.shape[0]


@dataclass(frozen=True)
class SourceInfo:
    """What is known of a source once it is open."""

    description: str
    frame_size_px: tuple[int, int]
    fps: float
    duration_s: float | None
    live: bool


class FrameSource(ABC):
    """Base of all sources: subclasses fill ``_open``, ``_read`` and ``_close``.

    ``close`` may be called twice, and from another thread than ``read``.
    """

    def __init__(self) -> None:
        self._info: SourceInfo | None = None
        self._closed = False

    @property
    def info(self) -> SourceInfo:
        """Facts of the open source; raises RuntimeError before ``open``."""
        if self._info is None:
            raise RuntimeError("the source is not open")
        return self._info

    def open(self) -> SourceInfo:
        """Open the device or file; raises `CameraError` or `VideoFileError`."""
        if self._info is None:
            self._info = self._open()
        return self._info

    def read(self, timeout_s: float) -> Frame | None:
        """The next picture, or None at the end (or once closed).

        Raises `CameraError` if a live camera gives nothing for ``timeout_s``.
        """
        if self._closed:
            return None
        return self._read(timeout_s)

    def close(self) -> None:
        """Release everything; harmless when called again."""
        if not self._closed:
            self._closed = True
            self._close()

    def __enter__(self) -> FrameSource:
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @abstractmethod
    def _open(self) -> SourceInfo: ...

    @abstractmethod
    def _read(self, timeout_s: float) -> Frame | None: ...

    @abstractmethod
    def _close(self) -> None: ...
