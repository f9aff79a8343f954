"""The running stature of the dancer in the picture."""

from __future__ import annotations

import math

import numpy as np
import pytest

from coach.pose.body_height import BodyHeight, stature
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.settings.sensing import FlowSettings
from tests.builders_sensing import standing_xy

SETTINGS = FlowSettings()


@pytest.mark.parametrize("unseen", [(), ("left_ankle", "right_ankle"), ("left_shoulder",)])
def test_stature_needs_neither_feet_nor_head(unseen: tuple[str, ...]) -> None:
    xy = standing_xy((0, 0), 170.0)
    xy[LANDMARK_INDEX["nose"]] = np.nan
    for name in unseen:
        xy[LANDMARK_INDEX[name]] = np.nan
    assert stature(xy) == pytest.approx(170.0, rel=0.03)


def test_stature_of_nobody_is_unknown() -> None:
    assert math.isnan(stature(np.full((33, 2), np.nan)))
    assert math.isnan(BodyHeight(SETTINGS).update(np.full((33, 2), np.nan), 0.0))


@pytest.mark.parametrize("fps", [15, 30, 60])
def test_a_short_bow_leaves_the_height_and_a_walk_forward_raises_it(fps: int) -> None:
    body = BodyHeight(SETTINGS)
    upright = standing_xy((0, 0), 100.0)
    bowed = 0.5 * upright
    height = math.nan
    for index in range(2 * fps):
        height = body.update(upright, index / fps)
    for index in range(2 * fps, 3 * fps):
        height = body.update(bowed, index / fps)
    assert height > 0.9 * stature(upright)
    for index in range(3 * fps, 5 * fps):
        height = body.update(2 * upright, index / fps)
    assert height == pytest.approx(2 * stature(upright), rel=0.02)


def test_the_height_does_not_depend_on_the_frame_rate() -> None:
    heights = []
    for fps in (15, 60):
        body = BodyHeight(SETTINGS)
        body.update(standing_xy((0, 0), 100.0), 0.0)
        for index in range(1, fps + 1):
            height = body.update(standing_xy((0, 0), 80.0), index / fps)
        heights.append(height)
    assert heights[0] == pytest.approx(heights[1], rel=1e-9)
