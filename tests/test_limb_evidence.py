"""Trembling is told from dancing, at any frame rate."""

from __future__ import annotations

import numpy as np
import pytest

from coach.judging.limb_evidence import JumpEvidence
from coach.pose.landmark_table import LANDMARK_COUNT, LANDMARK_INDEX
from coach.settings.judging import VisibilitySettings

_WRIST = LANDMARK_INDEX["left_wrist"]


def _trusted(fps: float, move) -> list[bool]:
    evidence = JumpEvidence(VisibilitySettings())
    found = []
    for frame in range(round(3.0 * fps)):
        xy = np.zeros((LANDMARK_COUNT, 2))
        xy[_WRIST] = move(frame / fps, frame)
        found.append(bool(evidence.step(xy, frame / fps)[_WRIST]))
    return found


@pytest.mark.parametrize("fps", [15.0, 20.0, 30.0, 60.0])
def test_a_fast_swing_is_believed_at_any_frame_rate(fps):
    assert all(_trusted(fps, lambda time_s, _: (0.8 * np.sin(2.0 * np.pi * 2.6 * time_s), 0.0)))


@pytest.mark.parametrize("fps", [30.0, 60.0])
def test_a_tremble_is_not(fps):
    shaken = _trusted(fps, lambda _, frame: (0.2 * (-1) ** frame, 0.0))
    assert not any(shaken[round(fps) :])
