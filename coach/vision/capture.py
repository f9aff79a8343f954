"""The only place that opens a camera with OpenCV."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from coach.settings.devices import CameraSettings

Image = NDArray[np.uint8]


@dataclass(frozen=True)
class CaptureFacts:
    """What an open camera says of itself (cameras are not always truthful)."""

    width_px: int
    height_px: int
    rate_fps: float
    pixel_format: str
    backend: str


class Capture(Protocol):
    """An open camera. Used by one thread only; every call may block for long or raise."""

    def facts(self) -> CaptureFacts:
        """Size, rate and format that the camera settled on."""
        ...

    def read(self) -> Image | None:
        """The next picture (BGR, C-contiguous, the caller's own), or None if there was none."""
        ...

    def release(self) -> None:
        """Give the camera back."""
        ...


class OpenCvCapture:
    """A camera through OpenCV.

    Parameters
    ----------
    index : int
        Number of the camera, from 0.
    settings : CameraSettings

    Raises
    ------
    OSError
        The camera does not open.
    """

    def __init__(self, index: int, settings: CameraSettings) -> None:
        # A missing camera would put a dozen lines on stderr.
        cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
        self._device = cv2.VideoCapture(index, _backend())
        if not self._device.isOpened():
            self._device.release()
            raise OSError(f"camera {index} does not open")
        # The format first: with the raw format the size would be refused or slow.
        self._device.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*settings.pixel_format))
        self._device.set(cv2.CAP_PROP_FRAME_WIDTH, settings.width_px)
        self._device.set(cv2.CAP_PROP_FRAME_HEIGHT, settings.height_px)
        self._device.set(cv2.CAP_PROP_FPS, settings.rate_fps)
        self._device.set(cv2.CAP_PROP_BUFFERSIZE, 1)

    def facts(self) -> CaptureFacts:
        """Size, rate and format that the camera settled on."""
        letters = int(self._device.get(cv2.CAP_PROP_FOURCC)) & 0xFFFFFFFF
        return CaptureFacts(
            width_px=int(self._device.get(cv2.CAP_PROP_FRAME_WIDTH)),
            height_px=int(self._device.get(cv2.CAP_PROP_FRAME_HEIGHT)),
            rate_fps=float(self._device.get(cv2.CAP_PROP_FPS)),
            pixel_format=letters.to_bytes(4, "little").decode("ascii", "replace").strip("\0 "),
            backend=str(self._device.getBackendName()),
        )

    def read(self) -> Image | None:
        """The next picture, or None if there was none."""
        good, picture = self._device.read()
        if not good or picture is None or picture.size == 0:
            return None
        return as_bgr(np.asarray(picture, dtype=np.uint8))

    def release(self) -> None:
        """Give the camera back."""
        self._device.release()


def open_capture(index: int, settings: CameraSettings) -> Capture:
    """Open camera ``index``; raises OSError if it does not open. May take 20 s."""
    return OpenCvCapture(index, settings)


def as_bgr(picture: NDArray[np.uint8]) -> Image:
    """Turn the grey or four-channel picture of an unusual camera into BGR.

    Parameters
    ----------
    picture : ndarray [shape=(height, width) or (height, width, 1, 3 or 4)], uint8
    """
    channels = 1 if picture.ndim == 2 else picture.shape[2]
    if channels == 1:
        return np.asarray(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR), dtype=np.uint8)
    if channels == 4:
        return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGRA2BGR), dtype=np.uint8)
    return np.ascontiguousarray(picture)


def _backend() -> int:
    """The system's own camera interface: trying all of them takes longer and says more on stderr."""
    return int({"Linux": cv2.CAP_V4L2, "Darwin": cv2.CAP_AVFOUNDATION}.get(platform.system(), cv2.CAP_ANY))
