"""The masks of a clip as smooth shapes on a sheet: outline, descriptors, area, where the joints lie on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.comparison.outline import elliptic_fourier, from_elliptic_fourier, polygon_area
from coach.comparison.shape_tools import ShapeTools
from coach.pose.body_height import TORSO_SHARE, BodyHeight
from coach.pose.body_mask import unpack_mask
from coach.pose.joint_table import JOINTS
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.normalise import seen_points
from coach.pose.pose_frame import FloatArray
from coach.pose.reference import MASK_SIZE_PX, Reference
from coach.settings.comparison import OutlineSettings
from coach.settings.sensing import BodyMaskSettings, FlowSettings

_HIPS = [LANDMARK_INDEX["left_hip"], LANDMARK_INDEX["right_hip"]]
_SHOULDERS = [LANDMARK_INDEX["left_shoulder"], LANDMARK_INDEX["right_shoulder"]]
_VERTICES: Final = np.array([LANDMARK_INDEX[joint.points[1]] if joint.points else -1 for joint in JOINTS])


@dataclass(frozen=True)
class Silhouette:
    """One frame's shape, in torso lengths from the middle of the hips (x right, y down).

    Attributes
    ----------
    outline : ndarray [shape=(P, 2)], float64
        Smoothed by elliptic Fourier descriptors.
    area : float
        Torso lengths squared.
    joints : ndarray [shape=(14, 2)], float64
        Where the judged joints lie; nan where unseen, trunk and neck have none.
    spine : ndarray [shape=(2,)], float64
        From the middle of the hips to the middle of the shoulders.
    """

    outline: FloatArray
    area: float
    joints: FloatArray
    spine: FloatArray


class Silhouettes:
    """All shapes of one clip, made when they are asked for; the last ones are kept."""

    KEPT = 64

    def __init__(self, clip: Reference, tools: ShapeTools, settings: OutlineSettings) -> None:
        self._clip, self._tools, self._settings = clip, tools, settings
        self._torso_px = BodyMaskSettings().torso_px
        self._xy, self._size = _steady_size(clip)
        self._shapes: dict[int, Silhouette | None] = {}

    @property
    def count(self) -> int:
        """Number of frames."""
        return self._clip.frame_count

    def __getitem__(self, index: int) -> Silhouette | None:
        """The shape of a frame, None where there is no body."""
        if index not in self._shapes:
            if len(self._shapes) >= self.KEPT:
                del self._shapes[next(iter(self._shapes))]
            self._shapes[index] = self._make(index)
        return self._shapes[index]

    def mask(self, index: int) -> NDArray[np.bool_]:
        """The raw mask (256, 256)."""
        return unpack_mask(self._clip.masks[index])

    def _make(self, index: int) -> Silhouette | None:
        mask = self.mask(index)
        if mask.mean() < self._settings.min_area_share:
            return None
        corners = self._tools.outline(mask)
        if corners is None or len(corners) < 2 * self._settings.harmonics:
            return None
        raw = (corners - (MASK_SIZE_PX - 1) / 2) / self._torso_px
        coefficients, middle = elliptic_fourier(raw, self._settings.harmonics)
        outline = from_elliptic_fourier(coefficients, middle, self._settings.outline_points)
        area = polygon_area(outline)
        if area <= 0:
            return None
        points = (self._xy[index] - self._xy[index, _HIPS].mean(axis=0)) / self._size[index]
        joints = np.where((_VERTICES >= 0)[:, None], points[_VERTICES], np.nan)
        return Silhouette(outline, area, joints, points[_SHOULDERS].mean(axis=0))


def _steady_size(clip: Reference) -> tuple[FloatArray, FloatArray]:
    """Seen landmarks in picture heights, and the torso length that the masks were scaled by, shape (T,)."""
    settings = FlowSettings()
    xy = seen_points(clip.track.square_xy(), clip.track.image[..., 3], settings.min_visibility)
    height = BodyHeight(settings)
    times = clip.track.time_s.tolist()
    size = np.array([height.update(pose, time_s) * TORSO_SHARE for pose, time_s in zip(xy, times, strict=True)])
    return xy, size
