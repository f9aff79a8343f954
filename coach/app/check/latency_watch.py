"""What the latency check takes from the camera: brightness of the picture's regions, and poses as they were sensed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue

import numpy as np
from numpy.typing import NDArray

from coach.app.live import SensedFrame
from coach.app.studio.preview import Preview
from coach.pose.pose_frame import FloatArray, PoseFrame

REGIONS = (4, 6)
"""Rows and columns: somewhere the light of the screen falls on a face or a wall."""
_EVERY_PX = 4


@dataclass(frozen=True)
class Seen:
    """One picture of the camera.

    Attributes
    ----------
    brightness : ndarray [shape=(R,)], float64
        Mean of each region, 0..255.
    """

    captured_s: float
    brightness: FloatArray
    pose: PoseFrame


class LatencyWatch:
    """Handler of the camera while latency is measured; the preview goes on."""

    def __init__(self, preview: Preview) -> None:
        self._preview = preview
        self.actions = preview.actions
        self._seen: SimpleQueue[Seen] = SimpleQueue()
        self.measuring = False
        """Whether pictures are wanted."""

    def handle(self, sensed: SensedFrame) -> None:
        """Take in one frame."""
        if self.measuring:
            frame = sensed.frame
            self._seen.put(Seen(frame.captured_s, region_brightness(frame.bgr), sensed.observation.pose))
        self._preview.handle(sensed)
        while self.measuring and not self.actions.empty():
            self.actions.get()  # hands that clap ask for nothing

    def take(self) -> list[Seen]:
        """All that came since the last call."""
        taken = []
        with suppress(Empty):
            while True:
                taken.append(self._seen.get_nowait())
        return taken


def region_brightness(bgr: NDArray[np.uint8]) -> FloatArray:
    """Mean brightness of each of the `REGIONS`, shape (rows * columns,); a part of the pixels is enough."""
    grey = bgr[::_EVERY_PX, ::_EVERY_PX].mean(axis=2)
    rows, columns = REGIONS
    height, width = grey.shape[0] // rows * rows, grey.shape[1] // columns * columns
    blocks = grey[:height, :width].reshape(rows, height // rows, columns, width // columns)
    means: FloatArray = blocks.mean(axis=(1, 3)).ravel()
    return means
