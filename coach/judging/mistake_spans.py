"""The mistakes of a session as spans of the choreography: for the log's end and the report."""

from __future__ import annotations

from dataclasses import dataclass, replace

from coach.judging.angle_comparison import AngleComparison
from coach.pose.joint_table import JOINTS

_JOIN_WITHIN_S = 0.3
_LEAST_S = 0.1


@dataclass
class MistakeSpan:
    """One joint wrong from ``start_s`` to ``end_s`` of the choreography; the means are over time."""

    joint: str
    start_s: float
    end_s: float
    error_deg: float
    tolerance_deg: float
    wrong_s: float
    weight: float

    @property
    def badness(self) -> float:
        """Weight times time times how far beyond tolerance."""
        return self.weight * self.wrong_s * abs(self.error_deg) / self.tolerance_deg


class MistakeSpans:
    """Collects mistakes; a short interruption does not end one."""

    def __init__(self) -> None:
        self._spans: list[MistakeSpan] = []
        self._open: dict[int, MistakeSpan] = {}

    def step(self, comparison: AngleComparison, reference_s: float, gap_s: float) -> None:
        """Take in one frame."""
        for index in comparison.mistake.nonzero()[0].tolist():
            error = float(comparison.excess_deg[index])
            tolerance = float(comparison.tolerance_deg[index])
            span = self._open.get(index)
            same = (
                span is not None
                and -_JOIN_WITHIN_S <= reference_s - span.end_s <= _JOIN_WITHIN_S
                and span.error_deg * error > 0
            )
            if span is None or not same:
                joint = JOINTS[index]
                span = MistakeSpan(joint.name, reference_s, reference_s, error, tolerance, 0.0, joint.weight)
                self._open[index] = span
                self._spans.append(span)
            span.end_s = max(span.end_s, reference_s)
            span.wrong_s += gap_s
            share = gap_s / span.wrong_s if span.wrong_s > 0 else 1.0
            span.error_deg += share * (error - span.error_deg)
            span.tolerance_deg += share * (tolerance - span.tolerance_deg)

    def drop(self, start_s: float, end_s: float) -> None:
        """Take out what touches this stretch of the choreography."""
        self._open.clear()
        self._spans = [span for span in self._spans if span.end_s < start_s or span.start_s >= end_s]

    def worst(self, count: int) -> list[MistakeSpan]:
        """Copies of the ``count`` worst, worst first; none that was hardly there, or mostly within its tolerance."""
        lasting = [one for one in self._spans if one.wrong_s >= _LEAST_S and abs(one.error_deg) > one.tolerance_deg]
        return [replace(span) for span in sorted(lasting, key=lambda span: -span.badness)[:count]]
