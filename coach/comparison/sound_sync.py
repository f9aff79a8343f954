"""The offset between two sounds: the same recording, the same music recorded anew, another tempo, or another sound."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.comparison.correlation import Correlation, curve_correlation, phase_correlation
from coach.comparison.result.sync import SoundRelation, SyncMethod
from coach.comparison.sound_signal import at_rate, sound_shape, transposed
from coach.pose.reference import Audio
from coach.settings.comparison_sync import SoundSyncSettings

FloatArray = NDArray[np.float64]

_SILENCE = 1e-4


@dataclass(frozen=True)
class SoundSync:
    """What the sounds say.

    Attributes
    ----------
    relation : SoundRelation
    method : SyncMethod
        Which correlation the candidates come from.
    candidates : tuple of (float, float)
        Offset in seconds (student minus teacher) and strength, strongest first; empty unless the sound is the same.
    confidence : float
        0..1 that this is the same sound at the first of them or at one of its repeats.
    tempo_ratio : float or None
        Teacher's music seconds per student's where the tempo differs.
    """

    relation: SoundRelation
    method: SyncMethod = SyncMethod.SOUND
    candidates: tuple[tuple[float, float], ...] = ()
    confidence: float = 0.0
    tempo_ratio: float | None = None


def sync_sounds(teacher: Audio | None, student: Audio | None, settings: SoundSyncSettings) -> SoundSync:
    """Compare two sounds.

    Returns
    -------
    SoundSync
        ``MISSING`` where one of them is missing, silent or too short.
    """
    if teacher is None or student is None:
        return SoundSync(SoundRelation.MISSING)
    sounds = [at_rate(audio, settings.rate_hz) for audio in (teacher, student)]
    if any(len(s) < settings.min_overlap_s * settings.rate_hz or np.abs(s).max() < _SILENCE for s in sounds):
        return SoundSync(SoundRelation.MISSING)
    return sync_samples(sounds[0], sounds[1], settings)


def sync_samples(teacher: FloatArray, student: FloatArray, settings: SoundSyncSettings) -> SoundSync:
    """The same for samples at ``settings.rate_hz``."""
    phase = phase_correlation(
        teacher,
        student,
        settings.rate_hz,
        (settings.low_hz, settings.high_hz),
        settings.whitening,
        settings.min_overlap_s,
    )
    sigmas = phase.best()[1]
    # Two songs of one tempo agree a little at every beat: many peaks, none of them high.
    rivals = len(phase.peaks(settings.rival_share, settings.peak_apart_s, settings.most_rivals + 1))
    if sigmas >= (settings.min_sigmas if rivals <= settings.most_rivals else settings.sure_sigmas):
        confidence = _between(sigmas, settings.min_sigmas, settings.sure_sigmas)
        return SoundSync(SoundRelation.SAME, SyncMethod.SOUND, _candidates(phase, settings), confidence)
    shapes = sound_shape(teacher, settings), sound_shape(student, settings)
    if min(len(shape) for shape in shapes) < settings.min_overlap_s * settings.shape_fps:
        return SoundSync(SoundRelation.DIFFERENT)
    plain = curve_correlation(*shapes, settings.shape_fps, _shape_overlap_s(shapes, settings))
    margin = plain.margin()
    ratio, other_margin = _best_tempo(*shapes, settings)
    if margin >= settings.min_margin and margin >= other_margin:
        confidence = _between(margin, settings.min_margin, settings.sure_margin)
        return SoundSync(SoundRelation.SAME, SyncMethod.SOUND_SHAPE, _candidates(plain, settings), confidence)
    if other_margin >= settings.min_margin:
        return SoundSync(SoundRelation.OTHER_TEMPO, SyncMethod.SOUND_SHAPE, tempo_ratio=ratio)
    return SoundSync(SoundRelation.DIFFERENT)


def _candidates(correlation: Correlation, settings: SoundSyncSettings) -> tuple[tuple[float, float], ...]:
    return tuple(correlation.peaks(settings.peak_share, settings.peak_apart_s, settings.most_peaks))


def _shape_overlap_s(shapes: tuple[FloatArray, FloatArray], settings: SoundSyncSettings) -> float:
    """Short overlaps agree by chance: at least a quarter of the shorter sound."""
    return max(2 * settings.min_overlap_s, 0.25 * min(len(shape) for shape in shapes) / settings.shape_fps)


def _best_tempo(teacher: FloatArray, student: FloatArray, settings: SoundSyncSettings) -> tuple[float, float]:
    """Ratio other than 1 at which the fit of onsets and harmonies stands out most, and by how much."""
    excerpt = student[: round(settings.tempo_excerpt_s * settings.shape_fps)]
    best, margin = 1.0, 0.0
    count = int(np.log(settings.max_tempo / settings.min_tempo) / np.log1p(settings.tempo_step))
    for ratio in np.geomspace(settings.min_tempo, settings.max_tempo, count + 1).tolist():
        if abs(ratio - 1.0) <= settings.same_tempo:
            continue
        stretched = _stretched(excerpt, ratio)
        overlap_s = _shape_overlap_s((teacher, stretched), settings)
        # Played at another speed the pitch changes too; stretched by software it does not.
        for semitones in sorted({0, -round(12 * math.log2(ratio))}):
            turned = transposed(stretched, semitones)
            value = curve_correlation(teacher, turned, settings.shape_fps, overlap_s).margin()
            if value > margin:
                best, margin = ratio, value
    return best, margin


def _stretched(curves: FloatArray, ratio: float) -> FloatArray:
    """``curves`` lasting ``ratio`` times as long."""
    places = np.arange(int(len(curves) * ratio)) / ratio
    return np.stack([np.interp(places, np.arange(len(curves)), column) for column in curves.T], axis=1)


def _between(value: float, low: float, high: float) -> float:
    return 0.5 + 0.5 * float(np.clip((value - low) / (high - low), 0.0, 1.0))
