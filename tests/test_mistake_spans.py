"""What of a session's mistakes is worth being shown at its end."""

from __future__ import annotations

from dataclasses import replace

from coach.judging.mistake_spans import MistakeSpans
from tests.builders_judging import comparison, one_joint

GAP_S = 1 / 30


def spans_of(error_deg: float, tolerance_deg: float, frames: int) -> list[str]:
    spans = MistakeSpans()
    for frame in range(frames):
        one = comparison(one_joint("left_elbow", error_deg), tolerance_deg=tolerance_deg)
        called = replace(one, mistake=one_joint("left_elbow", 1.0) > 0)  # a verdict outlasts what it was called for
        spans.step(called, 5.0 + frame * GAP_S, GAP_S)
    return [span.joint for span in spans.worst(10)]


def test_what_lasted_is_shown():
    assert spans_of(-60.0, 15.0, 10) == ["left_elbow"]


def test_a_single_picture_is_not():
    assert spans_of(-126.0, 15.0, 1) == []


def test_nor_is_what_kept_within_its_tolerance_on_the_whole():
    assert spans_of(-5.0, 15.0, 10) == []
