"""Short sounds of the program itself: the ticks of a count-in and a bell for praise."""

from __future__ import annotations

import numpy as np

from coach.pose.reference import Audio
from coach.routine import instruments
from coach.routine.channels import FloatArray

_PEAK = 0.6
_TICK_NOTE, _ACCENT_NOTE = 84, 91
_PRAISE_NOTES = (79, 84, 88)


def count_in_tick(rate_hz: int, accent: bool = False) -> Audio:
    """One tick of a count-in; the accented one is higher."""
    return _audio(instruments.bell(_ACCENT_NOTE if accent else _TICK_NOTE, 0.12, rate_hz), rate_hz)


def praise_bell(rate_hz: int) -> Audio:
    """Three rising notes."""
    gap = round(0.07 * rate_hz)
    notes = [instruments.bell(note, 0.7, rate_hz) for note in _PRAISE_NOTES]
    mix = np.zeros(len(notes[0]) + gap * (len(notes) - 1))
    for index, note in enumerate(notes):
        mix[index * gap : index * gap + len(note)] += note
    return _audio(mix, rate_hz)


def _audio(samples: FloatArray, rate_hz: int) -> Audio:
    scale = 32767.0 * _PEAK / max(float(np.abs(samples).max()), 1e-9)
    return Audio(np.rint(samples * scale).astype(np.int16), rate_hz)
