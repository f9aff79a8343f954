"""A reference: everything known about a teacher's choreography, as plain arrays (the content of the HDF5 file)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from coach.pose.pose_frame import PoseTrack

MASK_SIZE_PX = 256
"""Side of the square body mask that is stored for each frame."""


@dataclass(frozen=True)
class Section:
    """A named stretch of the choreography."""

    name: str
    start_s: float
    end_s: float


@dataclass(frozen=True)
class Audio:
    """Mono sound that starts with the reference's first frame."""

    pcm: NDArray[np.int16]
    rate_hz: int

    @property
    def duration_s(self) -> float:
        """Length of the sound."""
        return len(self.pcm) / self.rate_hz


@dataclass(frozen=True)
class ReferenceInfo:
    """Where a reference comes from (the attributes of the file)."""

    name: str
    title: str
    teacher: str = ""
    created_utc: str = ""
    source_kind: str = "video"
    source_sha256: str = ""
    mirrored: bool = False
    pose_model: str = ""
    pose_library_version: str = ""
    software_version: str = ""


@dataclass(frozen=True)
class Reference:
    """A teacher's choreography.

    Attributes
    ----------
    info : ReferenceInfo
    track : PoseTrack
        Smoothed landmarks, T frames, the first at time 0.
    fps : float
        Median frame rate, for people; times come from ``track.time_s``.
    masks : ndarray [shape=(T, 256, 32)], uint8
        Body masks, bit-packed along x.
    trajectory : ndarray [shape=(T, 2)], float64
        Hip centre on the floor in body heights: x to the picture's right, y towards the camera.
    flow_energy : ndarray [shape=(T,)], float64
        Body heights a second, nan where unknown.
    flow_energy_parts : ndarray [shape=(T, n_parts)], float64
        The same per body part.
    audio : Audio or None
    sections : tuple of Section
    key_moments_s, beats_s : ndarray, float64
    takes : tuple of Reference
        Further takes of the same choreography.
    """

    info: ReferenceInfo
    track: PoseTrack
    fps: float
    masks: NDArray[np.uint8]
    trajectory: NDArray[np.float64]
    flow_energy: NDArray[np.float64]
    flow_energy_parts: NDArray[np.float64]
    audio: Audio | None = None
    sections: tuple[Section, ...] = ()
    key_moments_s: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    beats_s: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    takes: tuple[Reference, ...] = ()

    @property
    def duration_s(self) -> float:
        """Time of the last frame."""
        return float(self.track.time_s[-1])

    @property
    def frame_count(self) -> int:
        """Number of frames T."""
        return len(self.track)
