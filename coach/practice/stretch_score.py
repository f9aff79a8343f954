"""The score of a stretch, or of one pass of it: the session's own credits and its own formula.

`SessionScore` adds up frame by frame over the whole choreography. Here frames are only collected while dancing and
credited in one go when a phrase ends, so that it costs the sensing thread next to nothing; the sums are additive.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coach.judging.score_credits import joint_credits, path_credit, ratio_credit, timing_credit
from coach.judging.score_reading import ScoreReading
from coach.judging.session_score import SessionScore
from coach.judging.teacher_tables import TeacherTables
from coach.judging.verdicts import EnergyReading, EnergyVerdict
from coach.pose.joint_table import JOINT_COUNT
from coach.pose.pose_frame import FloatArray
from coach.session.judge_panel import PanelReading
from coach.settings.judging import AngleJudgeSettings
from coach.settings.judging_whole import ScoreSettings

_OTHER_PARTS = 3
"""Path, extension, timing: in this order in `SessionScore`."""
_PIECE_S = 0.15


class FollowedFrame(NamedTuple):
    """A frame in which the dancer was followed: how long it lasted, when, where, and what was said of it."""

    gap_s: float
    time_s: float
    place_s: float
    panel: PanelReading
    limb_timing_ms: Mapping[str, float]


@dataclass(frozen=True)
class CreditSums:
    """Credits and judged time of a stretch, which can be added.

    Attributes
    ----------
    joint_earned_s, joint_judged_s : ndarray [shape=(14,)], float64
    other_earned_s, other_judged_s : ndarray [shape=(3,)], float64
    followed_s, lost_s : float
    """

    joint_earned_s: FloatArray
    joint_judged_s: FloatArray
    other_earned_s: FloatArray
    other_judged_s: FloatArray
    followed_s: float
    lost_s: float

    def __add__(self, other: CreditSums) -> CreditSums:
        return CreditSums(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))


NO_CREDITS = CreditSums(
    np.zeros(JOINT_COUNT), np.zeros(JOINT_COUNT), np.zeros(_OTHER_PARTS), np.zeros(_OTHER_PARTS), 0.0, 0.0
)


class StretchScore(SessionScore):
    """Turns the frames of a stretch into a score as `SessionScore` would.

    Parameters
    ----------
    tables : TeacherTables
    settings : ScoreSettings
    angles : AngleJudgeSettings
        As for `SessionScore`: the same level of chance.
    """

    def __init__(self, tables: TeacherTables, settings: ScoreSettings, angles: AngleJudgeSettings) -> None:
        one_bin = replace(settings, bin_s=tables.duration_s + 1.0)
        super().__init__(tables, one_bin, angles)

    def credits(self, frames: Sequence[FollowedFrame], lost_s: float = 0.0) -> CreditSums:
        """Credits of frames; ``lost_s`` is the time between them in which nobody could be followed."""
        if not frames:
            return replace(NO_CREDITS, lost_s=lost_s)
        gap_s = np.array([frame.gap_s for frame in frames])
        comparisons = [frame.panel.comparison for frame in frames]
        earned = joint_credits(
            np.stack([one.excess_deg for one in comparisons]),
            np.stack([one.tolerance_deg for one in comparisons]),
            np.stack([one.style for one in comparisons]),
            self._settings,
        )
        joint_earned_s, joint_judged_s = _weighed(earned, gap_s)
        other_earned_s, other_judged_s = _others(frames, gap_s)
        return CreditSums(
            joint_earned_s, joint_judged_s, other_earned_s, other_judged_s, float(gap_s.sum()), lost_s
        )  # fmt: skip

    def reading_of(self, sums: CreditSums) -> ScoreReading:
        """The score that such credits make."""
        filled = deepcopy(self)
        filled.joint_earned_s[0], filled.joint_judged_s[0] = sums.joint_earned_s, sums.joint_judged_s
        filled._other_earned_s[0], filled._other_judged_s[0] = sums.other_earned_s, sums.other_judged_s
        filled._followed_s[0], filled._lost_s = sums.followed_s, sums.lost_s
        return filled.reading()


def _weighed(credit: FloatArray, gap_s: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Credit and judged time of each column, over time."""
    judged: NDArray[np.bool_] = np.isfinite(credit)
    return gap_s @ np.where(judged, credit, 0.0), gap_s @ judged


def _others(frames: Sequence[FollowedFrame], gap_s: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The same for path, extension and timing, which are slow means: one frame stands for its neighbours."""
    piece = np.floor(np.cumsum(gap_s) / _PIECE_S).astype(np.int64)
    _, first, of_piece = np.unique(piece, return_index=True, return_inverse=True)
    piece_s = np.bincount(of_piece.reshape(-1), weights=gap_s).astype(np.float64)
    return _weighed(np.array([_other_credits(frames[index].panel) for index in first.tolist()]), piece_s)


def _other_credits(panel: PanelReading) -> tuple[float, float, float]:
    """Path, extension and timing; nan where not judged."""
    cosine, early_ms = panel.path.cosine, panel.timing.median_ms
    return (
        np.nan if cosine is None else path_credit(cosine),
        _size_credit(panel.extension.ratio, panel.energy),
        np.nan if early_ms is None else timing_credit(early_ms),
    )


def _size_credit(reach_ratio: float | None, energy: EnergyReading) -> float:
    """Mean credit of what is known of extension and energy."""
    ratios = [] if reach_ratio is None else [reach_ratio]
    if energy.verdict is not EnergyVerdict.UNSEEN and energy.student is not None and energy.teacher:
        ratios.append(energy.student / energy.teacher)
    return sum(ratio_credit(ratio) for ratio in ratios) / len(ratios) if ratios else np.nan
