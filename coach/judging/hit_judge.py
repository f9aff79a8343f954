"""Does the student have the teacher's hits? Counted, and called soft while most of the last ones were missing.

A hit is compared as a fall of energy in shares of the dancer's own level around it: who dances with less force, further
away or in other clothes hits as sharply. It may come a little early or late; being out of time is told elsewhere.
"""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

import numpy as np

from coach.alignment.tracked_position import TrackedPosition, TrackState
from coach.judging.energy_judge import measured_energy
from coach.judging.gaps import MAX_GAP_S
from coach.judging.hits import Travelled, hit_times_s, sharpness, travelled
from coach.judging.running_mean import AdvanceRate
from coach.judging.teacher_tables import TeacherTables
from coach.pose.observation import FlowEnergy
from coach.settings.judging_hits import HitSettings
from coach.settings.judging_whole import EnergySettings


class HitReading(NamedTuple):
    """The teacher's hits so far: how many could be judged, and how many of them the student had.

    Attributes
    ----------
    had, judged : int
    streak : int
        So many of the last ones in a row the student had.
    soft : bool
        Most of the last few were missing, the last one a moment ago.
    """

    had: int = 0
    judged: int = 0
    streak: int = 0
    soft: bool = False


NO_HITS = HitReading()


class _Hit(NamedTuple):
    """One of the teacher's; ``time_s`` on the clock of who looks at it."""

    time_s: float
    sharpness: float
    level: float


class HitJudge:
    """Watches the student's energy at the teacher's clear hits.

    Not judged: while the dancer is not followed, dances at another tempo or waits, moves much less than the teacher
    (that is told as low energy), and where the energy was not measured.
    """

    def __init__(self, tables: TeacherTables, settings: HitSettings, energy: EnergySettings) -> None:
        self._settings, self._energy = settings, energy
        self._had = self._judged = self._streak = 0
        self.use(tables)

    def use(self, tables: TeacherTables) -> None:
        """Compare with other tables from now on."""
        self._hits = _clear_hits(tables, self._settings, self._energy)
        self._hits_s = np.array([hit.time_s for hit in self._hits])
        self.reset()

    def reset(self) -> None:
        """Forget what was under way; what was counted stays."""
        self._curve: deque[Travelled] = deque()
        self._advance = AdvanceRate()
        self._last: tuple[float, float] | None = None
        self._passed: deque[_Hit] = deque()
        self._recent: deque[tuple[float, bool]] = deque(maxlen=self._settings.recent_count)

    def step(self, energy: FlowEnergy | None, position: TrackedPosition, time_s: float) -> HitReading:
        """Take in one frame; ``energy`` is None where it was not measured."""
        self._measure(measured_energy(energy, self._energy.max_background), time_s)
        if position.state is not TrackState.FOLLOWING or position.reference_s is None:
            self._passed.clear()
            self._advance.reset()
            self._last = None
            return self._reading(time_s)
        rate = self._advance.step(position.reference_s, time_s)
        if not self._settings.min_rate <= rate <= 1.0 / self._settings.min_rate:
            self._passed.clear()
            self._last = None
        else:
            self._pass_by(position.reference_s, time_s)
        while self._passed and time_s >= self._passed[0].time_s + self._settings.after_s:
            self._compare(self._passed.popleft(), time_s)
        return self._reading(time_s)

    def _measure(self, energy: float, time_s: float) -> None:
        curve = self._curve
        curve.append(curve[-1].after(energy, time_s) if curve else Travelled(time_s, 0.0, 0.0))
        while len(curve) > 1 and curve[1].time_s <= time_s - self._settings.level_s - 2.0 * self._settings.after_s:
            curve.popleft()

    def _pass_by(self, reference_s: float, time_s: float) -> None:
        """Note the teacher's hits between the last place and this one, at the student's time."""
        last, self._last = self._last, (reference_s, time_s)
        if last is None or not 0.0 < reference_s - last[0] <= MAX_GAP_S:
            return
        first, after = np.searchsorted(self._hits_s, [last[0], reference_s], side="right")
        for hit in self._hits[first:after]:
            share = (hit.time_s - last[0]) / (reference_s - last[0])
            self._passed.append(hit._replace(time_s=last[1] + share * (time_s - last[1])))

    def _compare(self, hit: _Hit, time_s: float) -> None:
        settings = self._settings
        own, level = sharpness(self._curve, hit.time_s, settings.before_s, settings.after_s, settings)
        if not (own == own and level >= settings.min_level_ratio * hit.level):
            return
        ratio = own / hit.sharpness
        if settings.missed_ratio <= ratio < settings.had_ratio:
            return
        had = ratio >= settings.had_ratio
        self._judged += 1
        self._had += had
        self._streak = self._streak + 1 if had else 0
        self._recent.append((time_s, had))

    def _reading(self, time_s: float) -> HitReading:
        return HitReading(self._had, self._judged, self._streak, self._soft(time_s))

    def _soft(self, time_s: float) -> bool:
        settings, recent = self._settings, self._recent
        if not recent or recent[-1][1] or time_s - recent[-1][0] > settings.told_within_s:
            return False
        lately = [had for judged_s, had in recent if time_s - judged_s <= settings.memory_s]
        return len(lately) == settings.recent_count and lately.count(False) >= settings.soft_count


def _clear_hits(tables: TeacherTables, settings: HitSettings, energy: EnergySettings) -> list[_Hit]:
    """The teacher's hits that are sharp enough for somebody to miss them."""
    curve = travelled(tables.energy, tables.time_s)
    found = []
    for hit_s in hit_times_s(tables.energy, tables.time_s, energy).tolist():
        sharp, level = sharpness(curve, hit_s, settings.teacher_before_s, settings.teacher_after_s, settings)
        if sharp >= settings.min_sharpness:
            found.append(_Hit(hit_s, sharp, level))
    return found
