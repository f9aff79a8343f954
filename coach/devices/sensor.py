"""From a picture to an observation: pose, body mask, flow energy and faults. The same live and offline."""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from coach.clock import Clock
from coach.devices.frame_source import Frame
from coach.devices.pose_detector import Detection
from coach.pose.body_height import TORSO_SHARE, BodyHeight
from coach.pose.body_mask import normalised_mask_bits
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.normalise import seen_points
from coach.pose.observation import Observation, PictureFlags
from coach.pose.pose_frame import FloatArray
from coach.settings.sensing import SensingSettings
from coach.vision.motion_meter import MotionMeter
from coach.vision.picture_faults import PictureFaults
from coach.vision.pictures import Picture, grey_small, resize_mask, resize_to_height

_HIPS = [LANDMARK_INDEX["left_hip"], LANDMARK_INDEX["right_hip"]]
_MS = 1000.0


class Detector(Protocol):
    """What the sensor needs of a `PoseDetector`."""

    def detect(self, bgr: Picture, time_s: float, frame_size_px: tuple[int, int] | None = None) -> Detection:
        """Find the person."""
        ...

    def warm_up(self, picture: Picture | None = None) -> None:
        """Pay for the first call."""
        ...

    def close(self) -> None:
        """Free the model."""
        ...


class PersonCounter(Protocol):
    """What the sensor needs of a `SecondPersonDetector`."""

    def sees_second_person(self, bgr: Picture) -> bool:
        """Whether a further person is in the picture."""
        ...

    def close(self) -> None:
        """Free the model."""
        ...


@dataclass(frozen=True)
class SensorTimings:
    """What one observation cost."""

    pose_ms: float
    flow_ms: float
    """Flow, energy, mask and picture faults together."""


class Sensor:
    """Turns the frames of one source into observations, in their order.

    Parameters
    ----------
    detector : Detector
        Closed along with the sensor.
    clock : Clock
        For the timings only.
    settings : SensingSettings
        `SensingSettings.live` or `SensingSettings.offline`.
    person_counter : PersonCounter, optional
        Asked every ``settings.picture.second_person_every_s``; closed along with the sensor.
    """

    def __init__(
        self,
        detector: Detector,
        clock: Clock,
        settings: SensingSettings | None = None,
        person_counter: PersonCounter | None = None,
    ) -> None:
        self._settings = SensingSettings.live() if settings is None else settings
        self._detector = detector
        self._clock = clock
        self._person_counter = person_counter
        self._motion = MotionMeter(self._settings.flow)
        self._faults = PictureFaults(self._settings.picture)
        self._body_height = BodyHeight(self._settings.flow)
        self._counted_s: float | None = None
        self._second_person = PictureFlags.NONE

    def warm_up(self, picture: Picture | None = None) -> None:
        """Pay for the first calls now; ``picture`` (h, w, 3) best has a person in it."""
        height_px = self._settings.detector.picture_height_px
        self._detector.warm_up(None if picture is None else resize_to_height(picture, height_px))

    def observe(self, frame: Frame) -> tuple[Observation, SensorTimings]:
        """Everything that the sensors say about ``frame``; see `Observation`."""
        start_s = self._clock.now_s()
        picture = resize_to_height(frame.bgr, self._settings.detector.picture_height_px)
        detection = self._detector.detect(picture, frame.time_s, frame.size_px)
        pose_end_s = self._clock.now_s()
        observation = self._observation(frame.time_s, picture, detection)
        end_s = self._clock.now_s()
        return observation, SensorTimings((pose_end_s - start_s) * _MS, (end_s - pose_end_s) * _MS)

    def reset(self) -> None:
        """Forget the past, as when the source jumps."""
        self._motion.reset()
        self._faults.reset()
        self._body_height.reset()
        self._counted_s = None
        self._second_person = PictureFlags.NONE

    def close(self) -> None:
        """Close detector and counter; harmless when called again."""
        self._detector.close()
        if self._person_counter is not None:
            self._person_counter.close()

    def __enter__(self) -> Sensor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _observation(self, time_s: float, picture: Picture, detection: Detection) -> Observation:
        grey = grey_small(picture, self._settings.flow.picture_area_px)
        size_px = (grey.shape[1], grey.shape[0])
        pose = detection.pose
        points = seen_points(pose.image[:, :2], pose.visibility, self._settings.flow.min_visibility)
        body_height_px = self._body_height.update(points * size_px / size_px[1], time_s) * size_px[1]
        if detection.mask is None:
            mask = np.zeros(grey.shape, dtype=np.bool_)
        else:
            mask = resize_mask(detection.mask, size_px, self._settings.body_mask.threshold)
        motion = self._motion.update(grey, time_s, mask, points * size_px, body_height_px)
        flags = self._faults.update(grey, time_s, identical=motion.identical, camera_speed=motion.camera_speed)
        flags |= self._second_person_flag(picture, time_s)
        return Observation(
            pose, motion.energy, self._mask_bits(detection.mask, points, body_height_px / size_px[1]), flags
        )

    def _mask_bits(
        self, mask: NDArray[np.float32] | None, points: FloatArray, body_height: float
    ) -> NDArray[np.uint8] | None:
        """The full-size mask on its standard sheet; ``body_height`` in picture heights. None without hips or mask."""
        hips = points[_HIPS].mean(axis=0)
        if mask is None or not (np.isfinite(hips).all() and body_height > 0):
            return None
        height, width = mask.shape
        # Landmarks count from the picture's edge, pixels from their own middle.
        hip_xy_px = (float(hips[0]) * width - 0.5, float(hips[1]) * height - 0.5)
        settings = self._settings.body_mask
        return normalised_mask_bits(mask >= settings.threshold, hip_xy_px, body_height * TORSO_SHARE * height, settings)

    def _second_person_flag(self, picture: Picture, time_s: float) -> PictureFlags:
        every_s = self._settings.picture.second_person_every_s
        if self._person_counter is None or every_s is None:
            return PictureFlags.NONE
        if self._counted_s is None or not 0.0 <= time_s - self._counted_s < every_s:
            self._counted_s = time_s
            seen = self._person_counter.sees_second_person(picture)
            self._second_person = PictureFlags.SECOND_PERSON if seen else PictureFlags.NONE
        return self._second_person
