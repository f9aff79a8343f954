"""Sound as the comparison needs it: one low rate, one band; onsets and harmonies as curves over time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.pose.reference import Audio
from coach.settings.comparison_sync import SoundSyncSettings

FloatArray = NDArray[np.float64]

_FILTER_TAPS = 32
_WINDOW_S = 0.064
_BANDS, _PITCHES = 4, 12
_CHROMA_LOW_HZ, _CHROMA_HIGH_HZ = 110.0, 1760.0
_A4_HZ = 440.0
_LOUDNESS_FLOOR = 1e-3
_LEVEL_S = 1.0
_BLOCK = 2048


def at_rate(audio: Audio, rate_hz: int) -> FloatArray:
    """Samples in -1..1 at ``rate_hz``: low-passed, then read at the new times (straight between samples)."""
    samples = audio.pcm.astype(np.float32) / 32768.0
    ratio = audio.rate_hz / rate_hz
    if ratio > 1.0:
        taps = 2 * int(np.ceil(_FILTER_TAPS * ratio / 2)) + 1
        grid = np.arange(taps) - taps // 2
        kernel = np.sinc(0.9 * grid / ratio) * np.hanning(taps + 2)[1:-1]
        samples = np.convolve(samples, (kernel / kernel.sum()).astype(np.float32), mode="same")
    count = int(len(samples) / ratio)
    wanted = np.arange(count) * ratio
    resampled: FloatArray = np.interp(wanted, np.arange(len(samples)), samples)
    return resampled


def sound_shape(samples: FloatArray, settings: SoundSyncSettings) -> FloatArray:
    """Onsets in four bands and twelve pitch classes over time, shape (T, 16), each with mean 0 in every neighbourhood.

    What a room, a phone or a loudspeaker does to music changes levels and colours, hardly when notes begin and which.
    """
    rate_hz = settings.rate_hz
    hop = round(rate_hz / settings.shape_fps)
    size = round(_WINDOW_S * rate_hz)
    count = max((len(samples) - size) // hop + 1, 0)
    if count < 2:
        return np.zeros((0, _BANDS + _PITCHES))
    frequencies: FloatArray = np.fft.rfftfreq(size, 1.0 / rate_hz).astype(np.float64)
    bands = _band_matrix(frequencies, settings)
    pitches = _pitch_matrix(frequencies)
    starts = np.arange(count) * hop
    window = np.hanning(size)
    levels, harmonies = np.empty((count, bands.shape[1])), np.empty((count, _PITCHES))
    for first in range(0, count, _BLOCK):
        index = starts[first : first + _BLOCK, None] + np.arange(size)
        power = np.abs(np.fft.rfft(samples[index] * window, axis=1)) ** 2
        levels[first : first + _BLOCK] = power @ bands
        harmonies[first : first + _BLOCK] = np.sqrt(power) @ pitches
    floor = _LOUDNESS_FLOOR * (levels.mean(axis=0) + 1e-12)
    onsets = np.maximum(np.diff(np.log(levels + floor), axis=0, prepend=np.nan), 0.0)
    onsets[0] = 0.0
    chroma = harmonies / (np.linalg.norm(harmonies, axis=1, keepdims=True) + 1e-9)
    shape = np.concatenate([_levelled(onsets, settings), _levelled(chroma, settings)], axis=1)
    scale = np.sqrt((shape**2).mean(axis=0)) + 1e-9
    shape /= scale
    shape[:, _BANDS:] *= np.sqrt(_BANDS / _PITCHES)
    return shape


def onset_curve(samples: FloatArray, settings: SoundSyncSettings) -> FloatArray:
    """How much begins at each moment, over all bands, shape (T,)."""
    curve: FloatArray = sound_shape(samples, settings)[:, :_BANDS].sum(axis=1)
    return curve


def transposed(shape: FloatArray, semitones: int) -> FloatArray:
    """The shape of the same music so much higher."""
    moved: FloatArray = shape.copy()
    moved[:, _BANDS:] = np.roll(shape[:, _BANDS:], semitones, axis=1)
    return moved


def _levelled(curves: FloatArray, settings: SoundSyncSettings) -> FloatArray:
    """Each curve without its running mean."""
    width = max(2 * round(_LEVEL_S * settings.shape_fps / 2) + 1, 3)
    kernel = np.ones(width)
    weight = np.convolve(np.ones(len(curves)), kernel, mode="same") if len(curves) >= width else None
    if weight is None:
        centred: FloatArray = curves - curves.mean(axis=0)
        return centred
    means = np.stack([np.convolve(column, kernel, mode="same") for column in curves.T], axis=1) / weight[:, None]
    levelled: FloatArray = curves - means
    return levelled


def _band_matrix(frequencies: FloatArray, settings: SoundSyncSettings) -> FloatArray:
    edges = np.geomspace(settings.low_hz, settings.high_hz, _BANDS + 1)
    inside = (frequencies[:, None] >= edges[:-1]) & (frequencies[:, None] < edges[1:])
    return inside.astype(np.float64)


def _pitch_matrix(frequencies: FloatArray) -> FloatArray:
    matrix = np.zeros((len(frequencies), 12))
    inside = (frequencies >= _CHROMA_LOW_HZ) & (frequencies <= _CHROMA_HIGH_HZ)
    pitch = np.rint(12 * np.log2(frequencies[inside] / _A4_HZ)).astype(np.int64) % 12
    matrix[np.flatnonzero(inside), pitch] = 1.0
    return matrix
