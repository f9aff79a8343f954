"""Whether landmarks lie in or near the body's outline: a limb that something hides is not in it."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.pose.body_height import TORSO_SHARE, BodyHeight
from coach.pose.body_mask import MaskBits
from coach.pose.landmark_table import LANDMARK_COUNT, LANDMARK_INDEX
from coach.pose.pose_frame import FloatArray, PoseFrame
from coach.pose.reference import MASK_SIZE_PX
from coach.settings.judging import VisibilitySettings
from coach.settings.sensing import BodyMaskSettings, FlowSettings

BoolArray = NDArray[np.bool_]

_LEFT_HIP, _RIGHT_HIP = LANDMARK_INDEX["left_hip"], LANDMARK_INDEX["right_hip"]
_TRUNK: Final = np.array([LANDMARK_INDEX["left_shoulder"], LANDMARK_INDEX["right_shoulder"], _LEFT_HIP, _RIGHT_HIP])
_CENTRE_PX = (MASK_SIZE_PX - 1) / 2
_TURNS = np.arange(8) * (np.pi / 4.0)
_RINGS: Final[FloatArray] = np.concatenate(
    [radius * np.stack([np.cos(_TURNS), np.sin(_TURNS)]) for radius in (0.5, 1.0)], axis=1
)
"""Where around a landmark the mask is looked up, x and y (2, 16), in shares of the distance that still counts as near.
"""
_ROW_BYTES: Final = MASK_SIZE_PX // 8
_BIT: Final = np.array([128, 64, 32, 16, 8, 4, 2, 1], dtype=np.uint8)
_NO_EVIDENCE: Final[BoolArray] = np.ones(LANDMARK_COUNT, dtype=np.bool_)


class MaskSupport:
    """Looks landmarks up in the body mask, frame by frame.

    The mask comes on a sheet whose scale is the dancer's running height (`BodyHeight`), which is measured here again.

    Parameters
    ----------
    settings : VisibilitySettings
    """

    def __init__(self, settings: VisibilitySettings) -> None:
        self._settings = settings
        self._torso_px = BodyMaskSettings().torso_px
        flow = FlowSettings()
        self._min_visibility = flow.min_visibility
        self._height = BodyHeight(flow)
        self._outside_since_s = np.full(LANDMARK_COUNT, np.inf)

    def step(self, pose: PoseFrame, mask_bits: MaskBits | None) -> BoolArray:
        """Which landmarks the body mask supports, or has stopped supporting only just now.

        Parameters
        ----------
        pose : PoseFrame
            As the sensor gave it, of the same picture as the mask.
        mask_bits : ndarray [shape=(256, 32)], uint8, or None
            None, or a mask that misses the trunk, has no say.

        Returns
        -------
        ndarray [shape=(33,)], bool
        """
        xy = pose.square_xy()
        seen_xy = np.where(pose.visibility[:, None] >= self._min_visibility, xy, np.nan)
        height = self._height.update(seen_xy, pose.time_s)
        if mask_bits is None or not height > 0:
            return self._since(_NO_EVIDENCE, pose.time_s)
        hips = 0.5 * (xy[_LEFT_HIP] + xy[_RIGHT_HIP])
        places = (xy - hips) * (self._torso_px / (height * TORSO_SHARE)) + _CENTRE_PX
        return self._since(supported(mask_bits, places, self._settings.mask_near_torsos * self._torso_px), pose.time_s)

    def _since(self, support: BoolArray, time_s: float) -> BoolArray:
        self._outside_since_s = np.where(support, np.inf, np.minimum(self._outside_since_s, time_s))
        recent: BoolArray = time_s - self._outside_since_s < self._settings.hidden_after_s
        return recent


def supported(mask_bits: MaskBits, places_px: FloatArray, near_px: float) -> BoolArray:
    """Which places (33, 2) on the sheet lie in the mask or near it, shape (33,).

    True also for what lies beyond the sheet, where nothing is known, and for everything if the mask misses the trunk.
    """
    if not np.isfinite(places_px.take(_TRUNK, axis=0)).all():
        return _NO_EVIDENCE
    found = _is_body(mask_bits, places_px.T)
    outside = np.flatnonzero(~found)
    if len(outside):
        around_px = places_px[outside].T[:, :, None] + near_px * _RINGS[:, None, :]
        found[outside] = _is_body(mask_bits, around_px).any(axis=-1)
    return found if found.take(_TRUNK).all() else _NO_EVIDENCE


def _is_body(mask_bits: MaskBits, points_px: FloatArray) -> BoolArray:
    """Whether points (2, ...) lie in the mask, or beyond the sheet, shape (...)."""
    x, y = points_px
    on_sheet = (np.minimum(x, y) >= 0) & (np.maximum(x, y) <= MASK_SIZE_PX - 1)
    columns, rows = np.rint(np.where(on_sheet, points_px, 0.0)).astype(np.intp)
    bits = mask_bits.take(rows * _ROW_BYTES + (columns >> 3)) & _BIT.take(columns & 7)
    body: BoolArray = (bits != 0) | ~on_sheet
    return body
