"""Whole-picture work with OpenCV: size, colour order, mirror, and figures about quality."""

from __future__ import annotations

import math
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]

cv2.setNumThreads(1)  # the one place: two threads here only steal from the pose model on a small computer

_GREY_MAX: Final = 255.0
_MIN_CONTRAST_VARIANCE: Final = 4.0
"""Grey-level variance below which a picture is flat and its sharpness says nothing."""


def resize_to_height(picture: Picture, height_px: int) -> Picture:
    """``picture`` scaled down to ``height_px``, its shape kept; a smaller one is returned as it is."""
    height, width = picture.shape[:2]
    if height <= height_px:
        return picture
    return _resized(picture, max(1, round(width * height_px / height)), height_px)


def grey_small(bgr: Picture, area_px: int) -> Picture:
    """Grey version of ``bgr`` (h, w, 3) of about ``area_px`` pixels and the same shape, never enlarged."""
    width, height = size_of_area((bgr.shape[1], bgr.shape[0]), area_px)
    grey = np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    return grey if (height, width) == grey.shape else _resized(grey, width, height)


def size_of_area(size_px: tuple[int, int], area_px: int) -> tuple[int, int]:
    """Width and height of about ``area_px`` in the shape of ``size_px`` (width, height), never larger than it."""
    width, height = size_px
    scale = min(1.0, math.sqrt(area_px / (width * height)))
    return max(1, round(width * scale)), max(1, round(height * scale))


def bgr_to_rgb(bgr: Picture) -> Picture:
    """Colour order turned round, in a new contiguous array."""
    return np.ascontiguousarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), dtype=np.uint8)


def flip(picture: Picture) -> Picture:
    """The picture as in a mirror, in a new contiguous array."""
    return np.ascontiguousarray(cv2.flip(picture, 1), dtype=np.uint8)


def brightness(grey: Picture) -> float:
    """Mean grey level, 0 black .. 1 white."""
    return float(cv2.mean(grey)[0]) / _GREY_MAX


def sharpness(grey: Picture) -> float:
    """Variance of the Laplacian over the variance of the grey levels; nan for a flat picture.

    The plain variance of the Laplacian (Pech-Pacheco et al., 2000) falls with the light; the quotient does not.
    """
    contrast = float(np.square(cv2.meanStdDev(grey)[1]).item())
    if contrast < _MIN_CONTRAST_VARIANCE:
        return math.nan
    laplacian = cv2.Laplacian(grey, cv2.CV_16S)
    return float(np.square(cv2.meanStdDev(laplacian)[1]).item()) / contrast


def resize_mask(mask: NDArray[np.float32], size_px: tuple[int, int], threshold: float) -> NDArray[np.bool_]:
    """Soft mask (h, w) scaled to ``size_px`` (width, height): True where it reaches ``threshold``."""
    same = (mask.shape[1], mask.shape[0]) == size_px
    small = mask if same else cv2.resize(mask, size_px, interpolation=cv2.INTER_LINEAR)
    return np.asarray(small >= threshold)


def _resized(picture: Picture, width: int, height: int) -> Picture:
    # Below half the size single pixels would be skipped without averaging; above it, averaging only costs time.
    averaged = 2 * height <= picture.shape[0]
    interpolation = cv2.INTER_AREA if averaged else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(picture, (width, height), interpolation=interpolation), dtype=np.uint8)


def textured(grey: Picture, min_gradient: int) -> NDArray[np.bool_]:
    """Where a grey picture has structure: the Sobel gradient (sum of both axes) reaches ``min_gradient``."""
    across = cv2.convertScaleAbs(cv2.Sobel(grey, cv2.CV_16S, 1, 0))
    down = cv2.convertScaleAbs(cv2.Sobel(grey, cv2.CV_16S, 0, 1))
    return np.asarray(cv2.add(across, down) >= min_gradient)
