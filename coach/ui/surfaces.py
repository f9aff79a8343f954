"""pygame surfaces as arrays and arrays as surfaces, without copies where pygame allows it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Final

import numpy as np
import pygame
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]

_MASKS: Final = (0x00FF0000, 0x0000FF00, 0x000000FF, 0)
"""Blue, green, red, unused in memory: what displays and OpenCV's BGRA have in common."""


def new_surface(size_px: tuple[int, int]) -> pygame.Surface:
    """A surface in memory, laid out like a 32-bit display."""
    return pygame.Surface(size_px, 0, 32, _MASKS)


def is_paintable(surface: pygame.Surface) -> bool:
    """Whether `paint` can write into it: 32 bits in the usual order."""
    return surface.get_bitsize() == 32 and surface.get_masks()[:3] == _MASKS[:3]


def paint(surface: pygame.Surface, draw: Callable[[Pixels], None]) -> None:
    """Give the surface's own pixels, shape (h, w, 4) in the order BGRX, to ``draw``; they must not be kept.

    The surface is locked while the array lives, which is why the array exists inside this call only.
    """
    width_px, height_px = surface.get_size()
    buffer: Any = surface.get_buffer()
    rows = np.frombuffer(buffer, np.uint8).reshape(height_px, surface.get_pitch() // 4, 4)
    draw(rows[:, :width_px])
    del rows, buffer


def surface_of(rgba: Pixels) -> pygame.Surface:
    """A picture with transparency, in the layout that blits fastest."""
    bgra = np.array(rgba, order="C")
    bgra[..., 0], bgra[..., 2] = rgba[..., 2], rgba[..., 0]
    return surface_of_bgra(bgra)


def surface_of_bgra(bgra: Pixels) -> pygame.Surface:
    """The same for a contiguous picture in that layout, which is not copied."""
    pixels: Any = bgra
    return pygame.image.frombuffer(pixels, (bgra.shape[1], bgra.shape[0]), "BGRA")


class SurfaceCache:
    """Ready-drawn surfaces, the least recently used ones forgotten above ``max_bytes_count``."""

    def __init__(self, max_bytes_count: int) -> None:
        self._max_bytes_count = max_bytes_count
        self._entries: OrderedDict[Hashable, pygame.Surface] = OrderedDict()
        self._bytes_count = 0

    @property
    def bytes_count(self) -> int:
        """Memory of all kept pixels."""
        return self._bytes_count

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: Hashable, make: Callable[[], pygame.Surface]) -> pygame.Surface:
        """The surface of ``key``, made on first use."""
        entry = self._entries.get(key)
        if entry is not None:
            self._entries.move_to_end(key)
            return entry
        entry = make()
        self._entries[key] = entry
        self._bytes_count += _bytes_of(entry)
        while self._bytes_count > self._max_bytes_count and len(self._entries) > 1:
            _, oldest = self._entries.popitem(last=False)
            self._bytes_count -= _bytes_of(oldest)
        return entry


def _bytes_of(surface: pygame.Surface) -> int:
    return int(surface.get_pitch() * surface.get_height())
