"""Pictures as JPEG files."""

from __future__ import annotations

import cv2

from coach.vision.pictures import Picture


def encode_jpeg(picture: Picture, quality_percent: int) -> bytes:
    """``picture`` (h, w, 3) BGR or (h, w, 4) BGRA (no transparency) as the content of a JPEG file."""
    options = [cv2.IMWRITE_JPEG_QUALITY, quality_percent, cv2.IMWRITE_JPEG_OPTIMIZE, 1]
    done, data = cv2.imencode(".jpg", picture[..., :3], options)
    if not done:
        raise ValueError(f"cannot make a JPEG of a picture of shape {picture.shape}")
    return bytes(data)
