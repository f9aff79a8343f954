"""Further takes of a dance: how far they differ, joint by joint and moment by moment, is the teacher's own freedom."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from coach.alignment.offline_dtw import align
from coach.judging.angle_comparison import TABLE_TOLERANCE_DEG
from coach.judging.teacher_tables import TeacherTables
from coach.pose.feature_vector import features_of_track
from coach.pose.pose_frame import FloatArray
from coach.pose.reference import Reference
from coach.settings.alignment import AlignmentSettings
from coach.settings.judging import JudgingSettings
from coach.settings.judging_takes import TakeSettings

_SHIFTS = 11


def with_freedom(
    tables: TeacherTables, reference: Reference, judging: JudgingSettings, alignment: AlignmentSettings
) -> TeacherTables:
    """The teacher's tables with the freedom that the takes show; as they are where there is no other take."""
    if not reference.takes:
        return tables
    rules = judging.takes
    errors = np.stack([_errors_deg(tables, reference, take, judging, alignment) for take in reference.takes])
    spread = _spread_deg(errors, tables.time_s, rules.window_s)
    freedom = np.minimum(rules.spread_factor * spread, rules.max_tolerances * TABLE_TOLERANCE_DEG)
    return replace(tables, freedom_deg=freedom)


def moments_of(
    take: Reference, reference: Reference, settings: TakeSettings, alignment: AlignmentSettings
) -> FloatArray:
    """Time in the take for each of the reference's frames, shape (T,); nan where the take shows something else."""
    features = [features_of_track(clip.track, alignment.features) for clip in (take, reference)]
    found = align(features[0], take.track.time_s, features[1], reference.track.time_s, alignment)
    mismatch = np.interp(reference.track.time_s, found.student_s, found.mismatch)
    moments = found.teacher_at(reference.track.time_s)
    same = _running_mean(mismatch, reference.track.time_s, settings.window_s) <= settings.max_mismatch
    matched: FloatArray = np.where(same, moments, np.nan)
    return matched


def _errors_deg(
    tables: TeacherTables, reference: Reference, take: Reference, judging: JudgingSettings, alignment: AlignmentSettings
) -> FloatArray:
    """Smallest difference of the take's angles from the reference's around the same moment, less what the sensor itself
    gets wrong in both, shape (T, 14)."""
    own = TeacherTables.from_reference(take, judging)
    moments = moments_of(take, reference, judging.takes, alignment)
    known = np.isfinite(moments)
    errors = np.full_like(tables.angles_deg, np.nan)
    noise = tables.noise_deg[known] ** 2 + own.noise_deg[own.indices_at(moments[known])] ** 2
    for shift_s in np.linspace(-judging.takes.slack_s, judging.takes.slack_s, _SHIFTS):
        rows = own.indices_at(moments[known] + shift_s)
        errors[known] = np.fmin(errors[known], np.abs(own.angles_deg[rows] - tables.angles_deg[known]))
    errors[known] = np.sqrt(np.maximum(errors[known] ** 2 - noise, 0.0))
    return errors


def _spread_deg(errors_deg: FloatArray, time_s: FloatArray, window_s: float) -> FloatArray:
    """Root mean square over the takes (N, T, 14), and its median in a window around each moment: what differs for an
    instant is the sensor's fault or a matter of timing. 0 where nothing is known."""
    known = np.isfinite(errors_deg)
    squares = np.where(known, errors_deg, 0.0) ** 2
    spread = np.sqrt(squares.sum(axis=0) / np.maximum(known.sum(axis=0), 1))
    first, after = _window(time_s, window_s)
    medians = [np.median(spread[start:end], axis=0) for start, end in zip(first, after, strict=True)]
    return np.array(medians)


def _running_mean(values: FloatArray, time_s: FloatArray, window_s: float) -> FloatArray:
    """Mean of ``values`` (T,) over the window around each time."""
    first, after = _window(time_s, window_s)
    sums = np.concatenate([[0.0], np.cumsum(values)])
    means: FloatArray = (sums[after] - sums[first]) / (after - first)
    return means


def _window(time_s: FloatArray, window_s: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """First frame of the window around each time, and the frame after its last."""
    first = np.searchsorted(time_s, time_s - 0.5 * window_s)
    return first, np.searchsorted(time_s, time_s + 0.5 * window_s, side="right")


def matched_share(moments: FloatArray) -> float:
    """Share of the reference's frames that were found in a take."""
    return float(np.isfinite(moments).mean()) if len(moments) else math.nan
