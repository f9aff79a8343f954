"""The body's outline on a standard sheet: 256 by 256 bits, hips in the middle, torso of one length."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.pose.reference import MASK_SIZE_PX
from coach.settings.sensing import BodyMaskSettings

MaskBits = NDArray[np.uint8]
_CENTRE_PX = (MASK_SIZE_PX - 1) / 2


def normalised_mask_bits(
    mask: NDArray[np.bool_], hip_xy_px: tuple[float, float], torso_px: float, settings: BodyMaskSettings
) -> MaskBits:
    """Move and scale a body mask onto the standard sheet, nearest pixel for pixel.

    Parameters
    ----------
    mask : ndarray [shape=(h, w)], bool
    hip_xy_px : (float, float)
        Hip centre in pixels of ``mask`` (a pixel's own place is its middle).
    torso_px : float
        Length of the torso in the same pixels.
    settings : BodyMaskSettings

    Returns
    -------
    ndarray [shape=(256, 32)], uint8
        Packed along x, first pixel in the highest bit. What lies outside the picture is not body.

    Raises
    ------
    ValueError
        If hips or torso are not finite or the torso has no length.
    """
    if not (np.isfinite(hip_xy_px).all() and np.isfinite(torso_px) and torso_px > 0):
        raise ValueError(f"the mask needs finite hips and a torso above 0, got {hip_xy_px} and {torso_px}")
    columns, column_inside = _source_index(hip_xy_px[0], torso_px / settings.torso_px, mask.shape[1])
    rows, row_inside = _source_index(hip_xy_px[1], torso_px / settings.torso_px, mask.shape[0])
    sheet = mask.take(rows, axis=0).take(columns, axis=1)
    sheet &= column_inside
    sheet &= row_inside[:, None]
    return np.packbits(sheet, axis=1)


def unpack_mask(bits: MaskBits) -> NDArray[np.bool_]:
    """Bits (..., 256, 32) as booleans (..., 256, 256)."""
    return np.unpackbits(bits, axis=-1).astype(np.bool_)


def mirror_mask_bits(bits: MaskBits) -> MaskBits:
    """The masks (..., 256, 32) of the mirrored dancer; twice is the original."""
    return np.packbits(np.unpackbits(bits, axis=-1)[..., ::-1], axis=-1)


def mask_area_share(bits: MaskBits) -> NDArray[np.float64]:
    """Share of the sheet that is body, shape (...,)."""
    words = np.ascontiguousarray(bits).view(np.uint64)  # an eighth of the work
    count = np.bitwise_count(words).sum(axis=(-2, -1), dtype=np.int64)
    return np.asarray(count / MASK_SIZE_PX**2, dtype=np.float64)


def _source_index(centre: float, scale: float, length: int) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """For each of the sheet's 256 pixels along one axis: the source pixel, and whether it lies in the picture."""
    wanted = np.rint(centre + (np.arange(MASK_SIZE_PX) - _CENTRE_PX) * scale)
    inside = (wanted >= 0) & (wanted <= length - 1)
    return np.clip(wanted, 0, length - 1).astype(np.intp), inside
