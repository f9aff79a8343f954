"""What comparing one frame's angles found, and the verdicts that follow from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.judging.verdicts import JointReading, JointVerdict
from coach.pose.joint_table import JOINT_COUNT, JOINT_NAMES, JOINTS
from coach.pose.pose_frame import FloatArray

BoolArray = NDArray[np.bool_]

TABLE_TOLERANCE_DEG: FloatArray = np.array([joint.tolerance_deg for joint in JOINTS])
"""Each joint's own tolerance, shape (14,), in the order of ``joint_table.JOINTS``."""


@dataclass(frozen=True)
class AngleComparison:
    """The numbers behind one frame's verdicts, each of shape (14,); nan where not judged.

    Attributes
    ----------
    error_deg : ndarray
        Angle minus the teacher's at the tracked moment.
    excess_deg : ndarray
        What no shift in time explains of the recent movement: a running mean, signed.
    tolerance_deg : ndarray
        Never nan.
    mistake, style : ndarray of bool
    """

    error_deg: FloatArray
    excess_deg: FloatArray
    tolerance_deg: FloatArray
    mistake: BoolArray
    style: BoolArray

    @property
    def judged(self) -> BoolArray:
        """Which joints were judged."""
        return np.isfinite(self.excess_deg)


def nothing_compared(tolerance_deg: FloatArray) -> AngleComparison:
    """Nobody is followed, or nothing can be seen."""
    unknown = np.full(JOINT_COUNT, np.nan)
    nothing = np.zeros(JOINT_COUNT, dtype=bool)
    return AngleComparison(unknown, unknown, tolerance_deg, nothing, nothing)


def readings(angles: FloatArray, target: FloatArray, comparison: AngleComparison) -> tuple[JointReading, ...]:
    """The frame's verdicts, from angles, the teacher's angles (14,) and what their comparison found."""
    columns = (_known(angles), _known(target), _known(comparison.error_deg), comparison.tolerance_deg.tolist())
    return tuple(map(JointReading, JOINT_NAMES, *columns, _verdicts(comparison)))


def _verdicts(comparison: AngleComparison) -> list[JointVerdict]:
    rows = zip(comparison.judged.tolist(), comparison.mistake.tolist(), comparison.style.tolist(), strict=True)
    return [
        (_MISTAKE if mistake else _STYLE if style else _GOOD) if judged else _UNSEEN for judged, mistake, style in rows
    ]


def _known(values: FloatArray) -> list[float | None]:
    return [value if value == value else None for value in values.tolist()]


_GOOD, _STYLE, _MISTAKE, _UNSEEN = JointVerdict.GOOD, JointVerdict.STYLE, JointVerdict.MISTAKE, JointVerdict.UNSEEN
