"""Putting pictures into pictures: mirroring, scaling, blurring, dimming, blending, and a PNG of the result."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from coach.vision.pictures import Picture, flip

Box = tuple[int, int, int, int]
"""Left, top, width, height in pixels."""

_BACKDROP_SIZE_PX: Final = (48, 27)
_BACKDROP_BLUR_PX: Final = 5.0


def contain(picture_px: tuple[int, int], box: Box) -> Box:
    """The largest place inside ``box`` that keeps the picture's shape, centred."""
    left, top, width_px, height_px = box
    scale = min(width_px / picture_px[0], height_px / picture_px[1])
    inner_px = max(1, round(picture_px[0] * scale)), max(1, round(picture_px[1] * scale))
    return left + (width_px - inner_px[0]) // 2, top + (height_px - inner_px[1]) // 2, *inner_px


def region(pixels: Picture, box: Box) -> Picture:
    """The part of ``pixels`` inside ``box``, as a view, cut at the edges."""
    left, top, width_px, height_px = box
    return pixels[max(0, top) : max(0, top + height_px), max(0, left) : max(0, left + width_px)]


def scale_into(target: Picture, bgr: Picture, *, mirrored: bool) -> None:
    """Scale a camera picture to the size of ``target`` (h, w, 4, a window's pixel order), as in a mirror if wanted."""
    picture = _scaled(bgr, (target.shape[1], target.shape[0]))
    cv2.cvtColor(flip(picture) if mirrored else picture, cv2.COLOR_BGR2BGRA, dst=target)


def _scaled(picture: Picture, size_px: tuple[int, int]) -> Picture:
    """The picture in another size, for the eye: halved while that is not too small, then what is left.

    Averaging areas of any other size costs five times as much and looks the same.
    """
    while picture.shape[1] >= 2 * size_px[0] and picture.shape[0] >= 2 * size_px[1]:
        picture = _resized(picture, (picture.shape[1] // 2, picture.shape[0] // 2))
    return picture if (picture.shape[1], picture.shape[0]) == size_px else _resized(picture, size_px)


def _resized(picture: Picture, size_px: tuple[int, int]) -> Picture:
    """OpenCV takes the mean of four pixels where this is exactly one half."""
    return np.asarray(cv2.resize(picture, size_px, interpolation=cv2.INTER_LINEAR), np.uint8)


def backdrop_into(
    target: Picture, bgr: Picture, bgr_tint: tuple[int, int, int], strength: float, *, mirrored: bool
) -> None:
    """Fill ``target`` (h, w, 4) with the picture's own colours, blurred beyond recognition and mixed into a tint."""
    small = _scaled(bgr, _BACKDROP_SIZE_PX)
    soft = cv2.GaussianBlur(flip(small) if mirrored else small, (0, 0), _BACKDROP_BLUR_PX)
    tint = np.full_like(small, bgr_tint)
    mixed = cv2.cvtColor(cv2.addWeighted(soft, strength, tint, 1.0 - strength, 0.0), cv2.COLOR_BGR2BGRA)
    cv2.resize(mixed, (target.shape[1], target.shape[0]), dst=target, interpolation=cv2.INTER_LINEAR)


def round_corners(pixels: Picture, behind: Picture, box: Box, radius_px: int) -> None:
    """Let what lies ``behind`` (as large as ``pixels``) show round the corners of ``box``."""
    left, top, width_px, height_px = box
    if min(width_px, height_px) < 2 * radius_px or region(pixels, box).shape[:2] != (height_px, width_px):
        return
    distance = _corner(radius_px)
    for right in (False, True):
        for bottom in (False, True):
            x = left + width_px - radius_px if right else left
            y = top + height_px - radius_px if bottom else top
            share = distance[:: -1 if bottom else 1, :: -1 if right else 1, None]
            part = (x, y, radius_px, radius_px)
            inside, outside = region(pixels, part), region(behind, part)
            inside[:] = np.round(inside * share + outside * (1.0 - share))


@lru_cache(maxsize=8)
def _corner(radius_px: int) -> NDArray[np.float32]:
    """Coverage of the upper left corner of a rounded rectangle."""
    from_centre = radius_px - np.arange(radius_px) - 0.5
    distance = np.hypot(from_centre[:, None], from_centre[None, :])
    return np.asarray(np.clip(radius_px - distance + 0.5, 0.0, 1.0), np.float32)


def copy(source: Picture, target: Picture) -> None:
    """Overwrite ``target`` (a view of equal shape)."""
    np.copyto(target, source)


def dim(pixels: Picture, share: float) -> None:
    """Multiply the brightness by ``share``."""
    if pixels.size:
        cv2.convertScaleAbs(pixels, pixels, share)


def glass(
    mask: Picture,
    fill_bgr: tuple[int, int, int],
    edge_bgr: tuple[int, int, int],
    opacities: tuple[float, float],
    edge_px: float,
) -> Picture:
    """``mask`` (h, w) as a pane of glass with a soft bright rim: shape (h, w, 4), BGRA.

    ``opacities`` are those of the pane and of its rim.
    """
    soft = cv2.GaussianBlur(mask, (0, 0), edge_px / 2)
    # A blurred step passes one half right at the rim: opacity rises towards there and falls to 0 outside.
    level = np.linspace(0.0, 1.0, 256)
    rim = np.clip(1.0 - np.abs(2.0 * level - 1.0), 0.0, 1.0) ** 0.7
    inside = np.clip(2.0 * level - 1.0, 0.0, 1.0)
    tables = [np.round(fill + (edge - fill) * rim) for fill, edge in zip(fill_bgr, edge_bgr, strict=True)]
    tables.append(np.round(255 * np.maximum(rim * opacities[1], inside * opacities[0])))
    return np.asarray(cv2.merge([cv2.LUT(soft, table.astype(np.uint8)) for table in tables]), np.uint8)


def cut_out(size_px: tuple[int, int], draw: Callable[[Picture], None]) -> Picture:
    """What ``draw`` paints into pixels (h, w, 4), with nothing behind it: BGRA, its soft edges transparent.

    It is painted on black and on white; where the two differ, the ground shows through.
    """
    on_black = np.zeros((size_px[1], size_px[0], 4), np.uint8)
    on_white = np.full_like(on_black, 255)
    draw(on_black)
    draw(on_white)
    alpha = cv2.bitwise_not(cv2.subtract(on_white, on_black)[..., 0])
    full = cv2.merge([np.maximum(alpha, 1)] * 3)
    return np.asarray(cv2.merge([cv2.divide(on_black[..., :3], full, scale=255.0), alpha]), np.uint8)


def encode_png(pixels: Picture) -> bytes:
    """The picture as a PNG file's content; the fourth channel of a window is no transparency and is left out."""
    done, data = cv2.imencode(".png", pixels[..., :3])
    if not done:
        raise ValueError(f"cannot make a PNG of a picture of shape {pixels.shape}")
    return bytes(data)
