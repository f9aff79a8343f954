"""MediaPipe's pose landmarker as a device: a picture in, a `PoseFrame` and a body mask out."""

from __future__ import annotations

import contextlib
import sys
import threading
import types
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from coach.devices.native_log import native_log_to
from coach.devices.network_guard import block_network
from coach.errors import PoseModelError, Sentence
from coach.pose.landmark_table import LANDMARK_COUNT
from coach.pose.pose_frame import FloatArray, PoseFrame
from coach.settings.sensing import DetectorSettings
from coach.vision.pictures import Picture, bgr_to_rgb

_MS: Final = 1000.0
_WARM_UP_SIZE_PX: Final = (640, 480)
_WARM_UP_GREY: Final = 128


@dataclass(frozen=True)
class Detection:
    """What the model saw in one picture.

    Attributes
    ----------
    pose : PoseFrame
        The landmarks of the person; nan for nobody.
    mask : ndarray [shape=(h, w)], float32, or None
        Confidence 0..1 that a pixel is the body, at the size of the picture that was given; None for nobody or
        without masks.
    """

    pose: PoseFrame
    mask: NDArray[np.float32] | None


class PoseDetector:
    """Follows one person from picture to picture.

    May be used and closed by different threads; detections wait for one another. Has to be closed: left to the garbage
    collector MediaPipe can hang.

    Parameters
    ----------
    model_path : Path
        A verified bundle (`coach.devices.pose_models`).
    with_mask : bool
    settings : DetectorSettings
    native_log : Path, optional
        File for the lines that MediaPipe writes to the terminal while it starts; thrown away unless given.

    Raises
    ------
    PoseModelError
        If the model cannot be loaded.
    """

    def __init__(
        self,
        model_path: Path,
        *,
        with_mask: bool = True,
        settings: DetectorSettings | None = None,
        native_log: Path | None = None,
    ) -> None:
        self._settings = DetectorSettings() if settings is None else settings
        self._native_log = native_log
        self._with_mask = with_mask
        self._quiet_calls_left = self._settings.quiet_person_calls
        self._lock = threading.Lock()
        self._last_ms = -1
        self._offset_ms = 0
        with native_log_to(native_log):
            self._landmarker: Any = load_landmarker(model_path, self._settings, with_mask=with_mask, video=True)

    def detect(self, bgr: Picture, time_s: float, frame_size_px: tuple[int, int] | None = None) -> Detection:
        """Find the person in the next picture.

        Parameters
        ----------
        bgr : ndarray [shape=(h, w, 3)], uint8
            Already scaled to the height at which detection is done.
        time_s : float
            Time of the picture; the model smooths by it. Repeated times and a restart of the source are fine.
        frame_size_px : (int, int), optional
            Width and height of the picture before scaling, for the `PoseFrame`; that of ``bgr`` unless given.

        Raises
        ------
        RuntimeError
            If the detector is closed.
        ValueError
            If ``bgr`` is no such picture.
        """
        if bgr.ndim != 3 or bgr.shape[2] != 3 or bgr.dtype != np.uint8:
            raise ValueError(f"the picture must be (h, w, 3) uint8, got {bgr.shape} {bgr.dtype}")
        size_px = (bgr.shape[1], bgr.shape[0]) if frame_size_px is None else frame_size_px
        rgb = bgr_to_rgb(bgr)
        with self._lock:
            if self._landmarker is None:
                raise RuntimeError("the pose detector is closed")
            quiet = native_log_to(self._native_log) if self._quiet_calls_left > 0 else contextlib.nullcontext()
            with quiet:
                result = self._landmarker.detect_for_video(as_mediapipe_image(rgb), self._next_ms(time_s))
            detection = self._detection(result, time_s, size_px)
        if detection.pose.present and self._quiet_calls_left > 0:
            self._quiet_calls_left -= 1
        return detection

    def warm_up(self, picture: Picture | None = None) -> None:
        """Pay the cost of the first detection now.

        Parameters
        ----------
        picture : ndarray [shape=(h, w, 3)], uint8, optional
            With a person in it, for the network of the landmarks too: seen often enough that the model's own warnings
            are over, and the error stream is never turned aside once pictures come. An empty picture follows, so that
            nobody is being tracked afterwards.
        """
        width, height = _WARM_UP_SIZE_PX
        empty = np.full((height, width, 3), _WARM_UP_GREY, dtype=np.uint8)
        persons = () if picture is None else (picture,) * max(1, self._settings.quiet_person_calls)
        for each in (*persons, empty):
            self.detect(each, 0.0)

    def close(self) -> None:
        """Free the model, after the detection under way; harmless when called again."""
        got = self._lock.acquire(timeout=self._settings.close_timeout_s)
        try:
            landmarker, self._landmarker = self._landmarker, None
        finally:
            if got:
                self._lock.release()
        if landmarker is not None:
            with native_log_to(self._native_log):
                landmarker.close()

    def __enter__(self) -> PoseDetector:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _next_ms(self, time_s: float) -> int:
        """Strictly increasing milliseconds; a source that starts over goes on from the last one at its own pace."""
        wanted = round(time_s * _MS) + self._offset_ms
        if wanted <= self._last_ms:
            self._offset_ms += self._last_ms + 1 - wanted
            wanted = self._last_ms + 1
        self._last_ms = wanted
        return wanted

    def _detection(self, result: Any, time_s: float, size_px: tuple[int, int]) -> Detection:
        if not result.pose_landmarks:
            return Detection(PoseFrame.missing(time_s, size_px), None)
        image, world = landmark_array(result.pose_landmarks[0]), landmark_array(result.pose_world_landmarks[0])
        mask = None
        if self._with_mask and result.segmentation_masks:
            view = result.segmentation_masks[0].numpy_view()
            mask = np.array(view.reshape(view.shape[:2]), dtype=np.float32)  # a copy: the view dies with the result
        return Detection(PoseFrame(time_s, image, world, size_px), mask)


def load_landmarker(
    model_path: Path, settings: DetectorSettings, *, with_mask: bool, video: bool, max_persons: int = 1
) -> Any:
    """MediaPipe's own landmarker, shut off from the network; raises `PoseModelError` if the model does not load."""
    block_network()
    with _without_plotting():
        from mediapipe.tasks.python import vision
        from mediapipe.tasks.python.core.base_options import BaseOptions

    try:
        options = vision.PoseLandmarkerOptions(
            base_options=BaseOptions(model_asset_buffer=model_path.read_bytes()),
            running_mode=vision.RunningMode.VIDEO if video else vision.RunningMode.IMAGE,
            num_poses=max_persons,
            min_pose_detection_confidence=settings.min_detection_confidence,
            min_pose_presence_confidence=settings.min_tracking_confidence,
            min_tracking_confidence=settings.min_tracking_confidence,
            output_segmentation_masks=with_mask,
        )
        return vision.PoseLandmarker.create_from_options(options)
    except (OSError, RuntimeError, ValueError) as error:
        words = "{path}: the pose model cannot be loaded. Delete the file and start again, and it is made anew"
        raise PoseModelError(Sentence(words, path=model_path)) from error


@contextlib.contextmanager
def _without_plotting() -> Iterator[None]:
    """Empty stand-ins for matplotlib while MediaPipe is imported.

    It imports matplotlib for drawings that nobody here makes, which costs 0.3 s of the start and 36 MB. Whoever imports
    matplotlib later gets the real one.
    """
    names = ("matplotlib", "matplotlib.pyplot")
    if any(name in sys.modules for name in names):
        yield
        return
    plotting, pyplot = (types.ModuleType(name) for name in names)
    plotting.pyplot = pyplot  # type: ignore[attr-defined]
    sys.modules.update(zip(names, (plotting, pyplot), strict=True))
    try:
        yield
    finally:
        for name in names:
            sys.modules.pop(name, None)


def as_mediapipe_image(rgb: Picture) -> Any:
    """MediaPipe's picture around ``rgb``, which must be contiguous: MediaPipe ignores strides."""
    import mediapipe

    return mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=np.ascontiguousarray(rgb))


def landmark_array(landmarks: list[Any]) -> FloatArray:
    """MediaPipe's landmarks as an array (33, 4): x, y, z, visibility."""
    array = np.array([(point.x, point.y, point.z, point.visibility) for point in landmarks], dtype=np.float64)
    if array.shape != (LANDMARK_COUNT, 4):
        words = (
            "The pose model gives {count} landmarks instead of {expected}. Give a pose_landmarker .task file, or "
            "none and the right one is fetched"
        )
        raise PoseModelError(Sentence(words, count=len(landmarks), expected=LANDMARK_COUNT))
    return array


def pose_library_version() -> str:
    """Version of MediaPipe, without loading it."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("mediapipe")
    except PackageNotFoundError:
        return "missing"
