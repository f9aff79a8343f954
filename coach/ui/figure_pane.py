"""A teacher's figure as a small picture of its own."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pygame

from coach.ui.canvas import Canvas
from coach.ui.surfaces import surface_of_bgra
from coach.ui.teacher_framing import Figure
from coach.ui.teacher_overlay import depth_of, torso_length
from coach.ui.theme import Rgb
from coach.vision.figure import FigureColours, draw_figure
from coach.vision.marks import bgra


def figure_surface(
    canvas: Canvas,
    figure: Figure,
    size_px: tuple[int, int],
    behind: Rgb,
    parts: Collection[str] = (),
    *,
    flipped: bool = False,
) -> pygame.Surface:
    """The figure on a plain ground, as large as its window of the reference allows.

    ``parts`` (the figure's own left and right) stand out; ``flipped`` draws the mirror image.
    """
    theme = canvas.theme
    pixels = np.empty((size_px[1], size_px[0], 4), np.uint8)
    pixels[:] = bgra(behind)
    pose = figure.pose
    if pose.present:
        centre_x, half_width, top, bottom = figure.window
        scale = min(size_px[1] / max(bottom - top, 1e-6), size_px[0] / max(2 * half_width, 1e-6))
        points = pose.square_xy()
        x = size_px[0] / 2 + (points[:, 0] - centre_x) * (-scale if flipped else scale)
        placed = np.stack((x, size_px[1] - (bottom - points[:, 1]) * scale), axis=-1)
        colours = FigureColours(bgra(theme.teacher), bgra(theme.teacher_far), bgra(theme.mistake), bgra(behind))
        draw_figure(pixels, placed, depth_of(pose) * scale, torso_length(placed), colours, parts)
    return surface_of_bgra(pixels)
