"""Now and then: is there a second person in the picture? Looked for by a detector of its own, for two at once."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np

from coach.devices.native_log import native_log_to
from coach.devices.pose_detector import as_mediapipe_image, landmark_array, load_landmarker
from coach.pose.normalise import normalise
from coach.pose.pose_frame import FloatArray, square_xy
from coach.settings.sensing import DetectorSettings, PictureSettings
from coach.vision.pictures import Picture, bgr_to_rgb


class SecondPersonDetector:
    """Looks at single pictures, without memory.

    Parameters
    ----------
    model_path : Path
    picture : PictureSettings, optional
    detector : DetectorSettings, optional
    native_log : Path, optional
        As for `PoseDetector`.
    """

    def __init__(
        self,
        model_path: Path,
        picture: PictureSettings | None = None,
        detector: DetectorSettings | None = None,
        native_log: Path | None = None,
    ) -> None:
        self._settings = picture or PictureSettings()
        self._native_log = native_log
        with native_log_to(native_log):
            self._landmarker: Any = load_landmarker(
                model_path, detector or DetectorSettings(), with_mask=False, video=False, max_persons=2
            )

    def sees_second_person(self, bgr: Picture) -> bool:
        """Whether two people of about one size, apart from each other, are in ``bgr`` (h, w, 3).

        Raises RuntimeError if closed.
        """
        if self._landmarker is None:
            raise RuntimeError("the second person's detector is closed")
        with native_log_to(self._native_log):
            result = self._landmarker.detect(as_mediapipe_image(bgr_to_rgb(bgr)))
        if len(result.pose_landmarks) < 2:
            return False
        size_px = (bgr.shape[1], bgr.shape[0])
        return self._are_two([landmark_array(person) for person in result.pose_landmarks[:2]], size_px)

    def close(self) -> None:
        """Free the model; harmless when called again."""
        landmarker, self._landmarker = self._landmarker, None
        if landmarker is not None:
            with native_log_to(self._native_log):
                landmarker.close()

    def __enter__(self) -> SecondPersonDetector:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _are_two(self, images: list[FloatArray], size_px: tuple[int, int]) -> bool:
        image = np.stack(images)
        bodies = normalise(square_xy(image, size_px), image[..., 3])
        small, large = np.sort(bodies.torso_length)
        distance = np.hypot(*(bodies.hip_centre[0] - bodies.hip_centre[1]))
        return bool(
            small >= self._settings.second_person_min_size * large
            and distance >= self._settings.second_person_min_distance * large
        )
