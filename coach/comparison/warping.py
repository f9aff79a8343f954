"""The warping path: cut to what both clips show, aligned by the poses, slopes limited; how well it holds together."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from coach.alignment.offline_dtw import Band, OfflineAlignment, align
from coach.comparison.active_range import active_range_s, movement_energy
from coach.comparison.errors import NothingInCommonError
from coach.comparison.result.alignment import Alignment
from coach.comparison.slope_limit import limit_slope, smooth
from coach.comparison.synchronise import Clip, Synchronised
from coach.pose.feature_vector import mirror_features
from coach.pose.pose_frame import FloatArray
from coach.settings.comparison import ComparisonSettings

_NO_SKIP_PRICE = 3.0


@dataclass(frozen=True)
class Warp:
    """The path with all that belongs to it.

    Attributes
    ----------
    alignment : Alignment
        One row for each student frame of the common part.
    student_active_s, teacher_active_s : (float, float)
    index : ndarray [shape=(N,)], int64
        The student's frames in the common part.
    fits : ndarray [shape=(N,)], bool
        Where the poses fit well enough to be the same dance.
    followed : ndarray [shape=(N,)], bool
        Where the place is known and can be judged: there, and everywhere if the music tells the place.
    """

    alignment: Alignment
    student_active_s: tuple[float, float]
    teacher_active_s: tuple[float, float]
    index: np.ndarray[tuple[int, ...], np.dtype[np.int64]]
    fits: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
    followed: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

    @property
    def student_common_s(self) -> tuple[float, float]:
        """From, to on the student's clock."""
        return float(self.alignment.path_s[0, 0]), float(self.alignment.path_s[-1, 0])

    @property
    def teacher_common_s(self) -> tuple[float, float]:
        """From, to on the teacher's clock."""
        return float(self.alignment.path_s[0, 1]), float(self.alignment.path_s[-1, 1])


def warp(teacher: Clip, student: Clip, synchronised: Synchronised, settings: ComparisonSettings) -> Warp:
    """Align two clips.

    Raises
    ------
    NothingInCommonError
        The clips share too little.
    """
    rules = settings.warping
    teacher_active = active_range_s(movement_energy(teacher.reference), teacher.time_s, rules)
    student_active = active_range_s(movement_energy(student.reference), student.time_s, rules)
    start_s, end_s = _common(teacher, student, synchronised, settings, student_active, teacher_active)
    index = np.flatnonzero((student.time_s >= start_s) & (student.time_s <= end_s))
    if end_s - start_s < rules.min_common_s or len(index) < 3:
        raise NothingInCommonError(end_s - start_s)
    found = _align(teacher, student, synchronised, settings, index, whole=True)
    times = student.time_s[index]
    places = found.teacher_at(times)
    known = np.isfinite(places)
    index, times, places = index[known], times[known], places[known]
    if len(index) < 3 or times[-1] - times[0] < rules.min_common_s:
        raise NothingInCommonError(float(times[-1] - times[0]) if len(index) else 0.0)
    places = smooth(times, limit_slope(times, places, rules.min_slope, rules.max_slope), rules.smoothing_s)
    places = np.clip(np.maximum.accumulate(places), teacher.time_s[0], teacher.time_s[-1])
    mismatch = np.interp(times, *_mean_by_time(found))
    fits = _fits(times, mismatch, settings)
    followed = np.ones_like(fits) if synchronised.certain else fits
    alignment = Alignment(np.stack([times, places], axis=1), mismatch)
    return Warp(alignment, student_active, teacher_active, index.astype(np.int64), fits, followed)


def _common(
    teacher: Clip,
    student: Clip,
    synchronised: Synchronised,
    settings: ComparisonSettings,
    student_active: tuple[float, float],
    teacher_active: tuple[float, float],
) -> tuple[float, float]:
    """The part of the student's clip that the teacher's shows as well, on the student's clock."""
    first_s = last_s = synchronised.sync.offset_s
    if not synchronised.certain:
        index = np.flatnonzero((student.time_s >= student_active[0]) & (student.time_s <= student_active[1]))
        if len(index) < 3:
            return student_active
        found = _align(teacher, student, synchronised, settings, index, whole=False)
        matched_s = float(found.student_s[-1] - found.student_s[0])
        shortest_s = min(student_active[1] - student_active[0], teacher_active[1] - teacher_active[0])
        if matched_s < settings.warping.min_matched_share * shortest_s:
            return student_active
        first_s = float(found.student_s[0] - found.teacher_s[0])
        last_s = float(found.student_s[-1] - found.teacher_s[-1])
    return max(student_active[0], teacher_active[0] + first_s), min(student_active[1], teacher_active[1] + last_s)


def _align(
    teacher: Clip,
    student: Clip,
    synchronised: Synchronised,
    settings: ComparisonSettings,
    index: np.ndarray[tuple[int, ...], np.dtype[np.intp]],
    whole: bool,
) -> OfflineAlignment:
    """Align the student's frames ``index``; ``whole``: every one of them, what is danced badly is to be judged."""
    features = mirror_features(teacher.features) if synchronised.mirrored else teacher.features
    alignment = settings.coach.alignment
    if whole:
        alignment = replace(alignment, offline=replace(alignment.offline, skip_price=_NO_SKIP_PRICE))
    band = Band(synchronised.sync.offset_s, settings.warping.band_s) if synchronised.certain else None
    return align(features, teacher.time_s, student.features[index], student.time_s[index], alignment, band)


def _mean_by_time(found: OfflineAlignment) -> tuple[FloatArray, FloatArray]:
    times, place = np.unique(found.student_s, return_inverse=True)
    return times, np.bincount(place, weights=found.mismatch) / np.bincount(place)


def _fits(
    times: FloatArray, mismatch: FloatArray, settings: ComparisonSettings
) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Where the running mean of the mismatch is that of the same dance."""
    rules = settings.warping
    mean = smooth(times, mismatch, rules.followed_window_s)
    limit = 0.5 * (rules.same_dance_mismatch + rules.other_dance_mismatch)
    fits: np.ndarray[tuple[int, ...], np.dtype[np.bool_]] = mean <= limit
    return fits
