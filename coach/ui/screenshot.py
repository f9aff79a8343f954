"""The screen as a PNG file."""

from __future__ import annotations

from pathlib import Path

import pygame

from coach.errors import CoachError, Sentence
from coach.ui.surfaces import Pixels, paint
from coach.vision.compose import encode_png


def save_screenshot(surface: pygame.Surface, path: Path) -> None:
    """Write what ``surface`` shows; raises `CoachError` where the file cannot be written."""
    png: list[bytes] = []

    def read(pixels: Pixels) -> None:
        png.append(encode_png(pixels))

    paint(surface, read)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(png[0])
    except OSError as error:
        reason = error.strerror or str(error)
        raise CoachError(
            Sentence(
                "{path}: the picture cannot be saved ({reason}). Choose another place for it", path=path, reason=reason
            )
        ) from error
