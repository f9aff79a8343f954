"""How long one count lasts, from the sound alone: the period at which onsets come again and again."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from coach.comparison.sound_signal import at_rate, onset_curve
from coach.pose.reference import Audio
from coach.settings.comparison_sync import SoundSyncSettings

_SHORTEST_S, _LONGEST_S, _STEP_S = 0.33, 0.76, 0.002
_USUAL_S, _OCTAVES = 0.5, 0.8
_MULTIPLES: Final = (1, 2, 3, 4, 8)
_MIN_REGULARITY: Final = 0.2
_MIN_DURATION_S: Final = 8.0


def beat_period_s(audio: Audio | None, settings: SoundSyncSettings) -> float | None:
    """Seconds between two beats (80 to 180 a minute), None where the sound has no clear beat.

    The autocorrelation of the onsets, summed over multiples of the period, with a liking for about 120 beats a minute
    (Ellis, "Beat tracking by dynamic programming", Journal of New Music Research 36, 2007).
    """
    if audio is None or audio.duration_s < _MIN_DURATION_S:
        return None
    onsets = onset_curve(at_rate(audio, settings.rate_hz), settings)
    length = 1 << math.ceil(math.log2(2 * len(onsets)))
    spectrum = np.fft.rfft(onsets, length)
    again = np.fft.irfft(np.abs(spectrum) ** 2, length)[: len(onsets)]
    if not again[0] > 0:
        return None
    lags_s = np.arange(len(again)) / settings.shape_fps
    periods = np.arange(_SHORTEST_S, _LONGEST_S, _STEP_S)
    regularity = sum(np.interp(count * periods, lags_s, again / again[0]) for count in _MULTIPLES) / len(_MULTIPLES)
    liked = regularity * np.exp(-0.5 * (np.log2(periods / _USUAL_S) / _OCTAVES) ** 2)
    best = int(np.argmax(liked))
    return float(periods[best]) if liked[best] >= _MIN_REGULARITY else None
