"""Energy over time: its change, and hits matched between the dancers."""

from __future__ import annotations

import numpy as np

from coach.comparison.result.alignment import Alignment
from coach.comparison.result.measures import Hits
from coach.judging.hits import hit_times_s
from coach.pose.pose_frame import FloatArray
from coach.pose.reference import Reference
from coach.settings.judging_whole import EnergySettings


def acceleration(energy: FloatArray, time_s: FloatArray) -> FloatArray:
    """Change of an energy curve, body heights a second squared, shape (N,); nan next to the unknown."""
    if len(energy) < 2:
        return np.full(len(energy), np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        change: FloatArray = np.gradient(energy, time_s)
    return np.where(np.isfinite(change), change, np.nan)


def match_hits(
    student: Reference, teacher: Reference, alignment: Alignment, settings: EnergySettings, within_s: float
) -> Hits:
    """Hits of both dancers in the common part, each matched with the nearest of the other's that is still free."""
    times = alignment.path_s
    own = _within(hit_times_s(student.flow_energy, student.track.time_s, settings), times[0, 0], times[-1, 0])
    aim = _within(hit_times_s(teacher.flow_energy, teacher.track.time_s, settings), times[0, 1], times[-1, 1])
    mapped = alignment.teacher_at(own)
    candidates = sorted(
        (abs(float(place - target)), i, j)
        for i, place in enumerate(mapped)
        for j, target in enumerate(aim)
        if abs(place - target) <= within_s
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    pairs = []
    for _, i, j in candidates:
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((float(own[i]), float(aim[j])))
    return Hits(own, aim, tuple(sorted(pairs)))


def _within(times_s: FloatArray, start_s: float, end_s: float) -> FloatArray:
    inside: FloatArray = times_s[(times_s >= start_s) & (times_s <= end_s)]
    return inside
