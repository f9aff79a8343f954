"""Panels are computed at one corner only: they look as if every pixel had been."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.ui.shapes import rounded_frame, rounded_rect

SIDES = st.integers(1, 120)
FILL, EDGE = (10, 20, 30), (200, 180, 90)
ROUNDING = 1.01
"""Of 255: half a step may fall to either side."""


def depth(size_px: tuple[int, int], radius_px: float) -> np.ndarray:
    """How deep each pixel lies inside the shape (negative outside), one by one."""
    width, height = size_px
    radius = min(radius_px, width / 2, height / 2)
    depths = np.empty((height, width))
    for row in range(height):
        for column in range(width):
            x, y = min(column + 0.5, width - column - 0.5), min(row + 0.5, height - row - 0.5)
            in_corner = x < radius and y < radius
            depths[row, column] = radius - np.hypot(radius - x, radius - y) if in_corner else min(x, y)
    return depths


@settings(max_examples=60, deadline=None)
@given(width=SIDES, height=SIDES, radius=st.floats(0, 60), opacity=st.floats(0, 1))
def test_each_pixel_of_a_panel(width: int, height: int, radius: float, opacity: float) -> None:
    panel = rounded_rect((width, height), radius, FILL, opacity, EDGE, 0.4)
    depths = depth((width, height), radius)
    line = 0.4 * np.clip(1.0 - np.abs(1.0 - depths), 0.0, 1.0)
    alpha = line + opacity * (1.0 - line)
    assert panel.shape == (height, width, 4)
    assert panel.dtype == np.uint8
    assert panel.flags.c_contiguous
    assert np.abs(panel[..., 3] - 255.0 * alpha * np.clip(0.5 + depths, 0.0, 1.0)).max() <= ROUNDING
    share = np.where(alpha > 0, line / np.where(alpha > 0, alpha, 1.0), 0.0)[..., None]
    assert np.abs(panel[..., :3] - (np.array(FILL) * (1 - share) + np.array(EDGE) * share)).max() <= ROUNDING


@settings(max_examples=60, deadline=None)
@given(width=SIDES, height=SIDES, radius=st.floats(0, 60), line=st.floats(0.5, 12))
def test_each_pixel_of_a_frame(width: int, height: int, radius: float, line: float) -> None:
    frame = rounded_frame((width, height), radius, line, EDGE)
    depths = depth((width, height), radius)
    cover = np.clip(line / 2 + 0.5 - np.abs(depths - line / 2), 0.0, 1.0)
    assert np.abs(frame[..., 3] - 255.0 * cover).max() <= ROUNDING
    assert (frame[..., :3] == EDGE).all()


@pytest.mark.parametrize("size_px", [(1, 1), (400, 3), (3, 400), (301, 200)])
def test_a_panel_is_the_same_from_all_sides(size_px: tuple[int, int]) -> None:
    panel = rounded_rect(size_px, 12.0, FILL, 0.8, EDGE, 0.4)
    assert (panel == panel[::-1]).all()
    assert (panel == panel[:, ::-1]).all()
