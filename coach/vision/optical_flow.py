"""Dense optical flow between two small grey pictures (DIS: Kroeger et al., ECCV 2016)."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from coach.settings.sensing import FlowSettings
from coach.vision.pictures import Picture


class FlowMeter:
    """Keeps the flow object with its buffers; one per thread."""

    def __init__(self, settings: FlowSettings) -> None:
        preset = cv2.DISOPTICAL_FLOW_PRESET_MEDIUM if settings.thorough else cv2.DISOPTICAL_FLOW_PRESET_ULTRAFAST
        self._dis = cv2.DISOpticalFlow.create(preset)

    def flow(self, previous: Picture, grey: Picture) -> NDArray[np.float32]:
        """Movement from ``previous`` to ``grey``, both (h, w).

        It is measured backwards, so that the vectors stand at the points of ``grey`` and fit its mask.

        Returns
        -------
        ndarray [shape=(h, w, 2)], float32
            x and y in pixels.
        """
        found = self._dis.calc(grey, previous, None)  # type: ignore[call-overload]  # None: no first guess
        backwards = np.asarray(found, dtype=np.float32)
        return np.negative(backwards, out=backwards)
