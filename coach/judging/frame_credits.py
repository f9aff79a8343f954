"""What one frame earns in every part of the score, as one row of numbers that can be added up over time."""

from __future__ import annotations

from typing import Final

import numpy as np

from coach.judging.angle_comparison import AngleComparison
from coach.judging.extension_judge import UNSEEN_EXTENSION, ExtensionReading
from coach.judging.moment import UNSEEN_ENERGY
from coach.judging.path_judge import UNSEEN_PATH, PathReading
from coach.judging.score_credits import joint_credits, path_credit, ratio_credit, timing_credit
from coach.judging.timing_judge import UNKNOWN_TIMING, TimingReading
from coach.judging.verdicts import EnergyReading, EnergyVerdict
from coach.pose.joint_table import JOINT_COUNT
from coach.pose.pose_frame import FloatArray
from coach.settings.judging_score import ScoreSettings

PATH, EXTENSION, TIMING = range(3)
_OTHERS: Final = 3
JOINTS_EARNED: Final = slice(0, JOINT_COUNT)
JOINTS_JUDGED: Final = slice(JOINT_COUNT, 2 * JOINT_COUNT)
OTHERS_EARNED: Final = slice(2 * JOINT_COUNT, 2 * JOINT_COUNT + _OTHERS)
OTHERS_JUDGED: Final = slice(2 * JOINT_COUNT + _OTHERS, 2 * (JOINT_COUNT + _OTHERS))
FOLLOWED: Final = 2 * (JOINT_COUNT + _OTHERS)
LOST: Final = FOLLOWED + 1
CREDIT_COUNT: Final = LOST + 1
"""A row holds the joints' credits and whether they were judged, the same of path, extension and timing, and whether the
dancer was followed or lost. Times the seconds that frames lasted, rows add up to those of a stretch."""
LONGEST_FRAME_S: Final = 0.1
"""A longer gap between frames counts as this much time."""


def frame_credits(
    comparison: AngleComparison,
    settings: ScoreSettings,
    *,
    path: PathReading = UNSEEN_PATH,
    extension: ExtensionReading = UNSEEN_EXTENSION,
    energy: EnergyReading = UNSEEN_ENERGY,
    timing: TimingReading = UNKNOWN_TIMING,
) -> FloatArray:
    """The row of a frame in which the dancer was followed, shape (CREDIT_COUNT,), each number 0..1."""
    row = np.zeros(CREDIT_COUNT)
    earned = joint_credits(comparison.excess_deg, comparison.tolerance_deg, comparison.style, settings)
    judged = earned == earned
    np.copyto(row[JOINTS_EARNED], earned, where=judged)
    row[JOINTS_JUDGED] = judged
    others = (
        None if path.cosine is None else path_credit(path.cosine),
        _size_credit(extension, energy),
        None if timing.median_ms is None else timing_credit(timing.median_ms),
    )
    for part, credit in enumerate(others):
        if credit is not None:
            row[OTHERS_EARNED.start + part] = credit
            row[OTHERS_JUDGED.start + part] = 1.0
    row[FOLLOWED] = 1.0
    return row


def no_credits() -> FloatArray:
    """The sum over no time at all."""
    return np.zeros(CREDIT_COUNT)


def _size_credit(extension: ExtensionReading, energy: EnergyReading) -> float | None:
    """Mean credit of what is known of extension and energy."""
    credits = []
    if extension.ratio is not None:
        credits.append(ratio_credit(extension.ratio))
    if energy.verdict is not EnergyVerdict.UNSEEN and energy.student is not None and energy.teacher:
        credits.append(ratio_credit(energy.student / energy.teacher))
    return sum(credits) / len(credits) if credits else None
