"""Held stillness: the teacher freezes, does the student?"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.alignment.tracked_position import TrackedPosition, TrackState
from coach.judging.gaps import gap_s
from coach.judging.teacher_tables import TeacherTables
from coach.pose.observation import FlowEnergy
from coach.pose.pose_frame import FloatArray
from coach.settings.judging_whole import EnergySettings, HoldSettings


class HoldJudge:
    """Says when the student moves through a hold of the teacher's."""

    def __init__(self, tables: TeacherTables, settings: HoldSettings, energy: EnergySettings) -> None:
        self._settings = settings
        self._max_background = energy.max_background
        self.use(tables)

    def use(self, tables: TeacherTables) -> None:
        """Compare with other tables from now on."""
        self._tables = tables
        still = tables.energy <= self._settings.still_share * tables.median_energy
        self._held = long_spans(still, tables.time_s, self._settings.still_for_s, self._settings.slack_s)
        self.reset()

    def reset(self) -> None:
        """Forget the dancer."""
        self._moving_s = 0.0
        self._last_s: float | None = None

    def step(self, energy: FlowEnergy | None, position: TrackedPosition, time_s: float) -> bool:
        """Whether the student is breaking a hold at this frame."""
        passed_s, self._last_s = gap_s(self._last_s, time_s), time_s
        holds = (
            position.state is TrackState.FOLLOWING
            and position.reference_s is not None
            and bool(self._held[self._tables.index_at(position.reference_s)])
        )
        measured = energy is not None and energy.background <= self._max_background
        if not holds or energy is None or not measured:
            self._moving_s = 0.0
            return False
        moving = energy.whole > self._settings.broken_share * self._tables.median_energy
        self._moving_s = max(self._moving_s + (passed_s if moving else -passed_s), 0.0)
        return self._moving_s >= self._settings.broken_after_s


def long_spans(flags: NDArray[np.bool_], time_s: FloatArray, min_s: float, trim_s: float) -> NDArray[np.bool_]:
    """The spans of ``flags`` that last at least ``min_s``, shortened by ``trim_s`` at both ends."""
    kept = np.zeros(len(flags), dtype=bool)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        first_s, last_s = time_s[start], time_s[end - 1]
        if last_s - first_s >= min_s:
            kept |= (time_s >= first_s + trim_s) & (time_s <= last_s - trim_s)
    return kept
