"""One pose as the sensor saw it, and a whole track of poses: plain arrays, checked at the door."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from coach.pose.landmark_table import LANDMARK_COUNT

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class PoseFrame:
    """The landmarks of one picture.

    Attributes
    ----------
    time_s : float
        Time of the picture on its source's clock (seconds since the source's first frame).
    image : ndarray [shape=(33, 4)], float64
        x and y as fractions of the picture's width and height (0..1, y down), z in the same unit as
        x, visibility 0..1. A landmark that is missing is nan in x, y, z and 0 in visibility.
    world : ndarray [shape=(33, 4)], float64
        x, y, z in metres from the hip centre (y down, z away from the camera), visibility.
    frame_size_px : (int, int)
        Width and height of the picture, needed to make x and y comparable.
    """

    time_s: float
    image: FloatArray
    world: FloatArray
    frame_size_px: tuple[int, int]

    def __post_init__(self) -> None:
        for name in ("image", "world"):
            shape = getattr(self, name).shape
            if shape != (LANDMARK_COUNT, 4):
                raise ValueError(f"{name} must have shape ({LANDMARK_COUNT}, 4), got {shape}")

    @classmethod
    def missing(cls, time_s: float, frame_size_px: tuple[int, int]) -> PoseFrame:
        """A picture without a person."""
        return cls(time_s, missing_landmarks(), missing_landmarks(), frame_size_px)

    @property
    def present(self) -> bool:
        """Whether any person was seen."""
        return bool(np.isfinite(self.image[:, 0]).any())

    @property
    def visibility(self) -> FloatArray:
        """Visibility of each landmark, shape (33,), 0 where missing."""
        return self.image[:, 3]

    def square_xy(self) -> FloatArray:
        """x and y in picture heights, shape (33, 2), to be read only: equal units on both axes."""
        return self._square_xy

    @cached_property
    def _square_xy(self) -> FloatArray:
        """Worked out once: half a dozen judges ask for it."""
        scaled = square_xy(self.image, self.frame_size_px)
        scaled.flags.writeable = False
        return scaled

    def with_image(self, image: FloatArray) -> PoseFrame:
        """The same frame with other image landmarks."""
        return replace(self, image=image)


@dataclass(frozen=True)
class PoseTrack:
    """The poses of a whole clip.

    Attributes
    ----------
    time_s : ndarray [shape=(T,)], float64
        Strictly increasing time stamps; never a frame count divided by a rate.
    image, world : ndarray [shape=(T, 33, 4)], float64
        As in `PoseFrame`.
    frame_size_px : (int, int)
        Width and height of the pictures.
    """

    time_s: FloatArray
    image: FloatArray
    world: FloatArray
    frame_size_px: tuple[int, int]

    def __post_init__(self) -> None:
        count = self.time_s.shape[0]
        for name in ("image", "world"):
            shape = getattr(self, name).shape
            if shape != (count, LANDMARK_COUNT, 4):
                raise ValueError(f"{name} must have shape ({count}, {LANDMARK_COUNT}, 4), got {shape}")
        if count > 1 and not (np.diff(self.time_s) > 0).all():
            raise ValueError("time_s must be strictly increasing")

    @classmethod
    def from_frames(cls, frames: list[PoseFrame]) -> PoseTrack:
        """Stack frames of one size; raises ValueError for an empty list."""
        if not frames:
            raise ValueError("a pose track needs at least one frame")
        return cls(
            np.array([frame.time_s for frame in frames], dtype=np.float64),
            np.stack([frame.image for frame in frames]),
            np.stack([frame.world for frame in frames]),
            frames[0].frame_size_px,
        )

    def __len__(self) -> int:
        return int(self.time_s.shape[0])

    def frame(self, index: int) -> PoseFrame:
        """The pose at ``index``."""
        return PoseFrame(float(self.time_s[index]), self.image[index], self.world[index], self.frame_size_px)

    def square_xy(self) -> FloatArray:
        """x and y in picture heights, shape (T, 33, 2)."""
        return square_xy(self.image, self.frame_size_px)


def square_xy(image: FloatArray, frame_size_px: tuple[int, int]) -> FloatArray:
    """x and y of ``image`` (..., 4) in picture heights: shape (..., 2)."""
    width_px, height_px = frame_size_px
    scaled: FloatArray = image[..., :2] * np.array([width_px / height_px, 1.0])
    return scaled


def missing_landmarks() -> FloatArray:
    """Landmarks of nobody: nan with visibility 0, shape (33, 4)."""
    landmarks = np.full((LANDMARK_COUNT, 4), np.nan)
    landmarks[:, 3] = 0.0
    return landmarks
