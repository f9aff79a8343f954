"""What the sensors say about one moment: the input of the whole session, and of a recording."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Flag, auto

import numpy as np
from numpy.typing import NDArray

from coach.pose.pose_frame import PoseFrame


class PictureFlags(Flag):
    """What is wrong with the picture itself; several may hold at once."""

    NONE = 0
    DARK = auto()
    BLURRED = auto()
    CAMERA_MOVED = auto()
    SECOND_PERSON = auto()
    FROZEN = auto()


@dataclass(frozen=True)
class FlowEnergy:
    """Optical flow inside the body mask, in body heights a second.

    Attributes
    ----------
    whole : float
        Mean flow magnitude over the mask; nan where it could not be measured.
    parts : ndarray [shape=(n_parts,)], float64
        The same per part of ``landmark_table.BODY_PARTS``; nan for a part not seen.
    background : float
        Median flow magnitude outside the mask: the camera's own movement and noise.
    """

    whole: float
    parts: NDArray[np.float64]
    background: float


@dataclass(frozen=True)
class Observation:
    """One moment of a dancer.

    Attributes
    ----------
    pose : PoseFrame
        Landmarks; nobody is a frame of nan.
    energy : FlowEnergy or None
        None for the first frame and after a gap.
    mask_bits : ndarray [shape=(256, 32)], uint8, or None
        The body mask, centred on the hips and scaled by the body (see ``body_mask``).
    picture : PictureFlags
        Faults of the picture.
    """

    pose: PoseFrame
    energy: FlowEnergy | None = None
    mask_bits: NDArray[np.uint8] | None = None
    picture: PictureFlags = PictureFlags.NONE

    @property
    def time_s(self) -> float:
        """Time of the picture on its source's clock."""
        return self.pose.time_s
