"""Synthesised sounds: each function gives one note or stroke as floats in about -1..1, the same every time."""

from __future__ import annotations

import numpy as np

from coach.routine.channels import FloatArray

_NOISE_SEED = 7


def frequency_hz(note: int) -> float:
    """Frequency of a MIDI note number (69 = A4 = 440 Hz)."""
    return float(440.0 * 2.0 ** ((note - 69) / 12.0))


def kick(rate_hz: int) -> FloatArray:
    """Bass drum: a tone that falls from 130 to 46 Hz."""
    time_s = _times(0.3, rate_hz)
    phase = 2.0 * np.pi * (46.0 * time_s + 84.0 * 0.035 * (1.0 - np.exp(-time_s / 0.035)))
    sound: FloatArray = np.sin(phase) * np.exp(-time_s / 0.09) * _edges(time_s)
    return sound


def clap(rate_hz: int) -> FloatArray:
    """Hand clap: four short bursts of noise, the last one ringing."""
    time_s = _times(0.22, rate_hz)
    noise = _bright_noise(len(time_s), 1)
    bursts = sum(np.where(time_s >= at, np.exp(-(time_s - at) / 0.006), 0.0) for at in (0.0, 0.009, 0.018))
    tail = np.where(time_s >= 0.026, np.exp(-(time_s - 0.026) / 0.05), 0.0)
    sound: FloatArray = noise * (0.6 * bursts + tail) * _edges(time_s)
    return sound


def hat(rate_hz: int, ring_s: float = 0.025) -> FloatArray:
    """Cymbal: bright noise; a longer ``ring_s`` is an open one."""
    time_s = _times(6.0 * ring_s, rate_hz)
    sound: FloatArray = _bright_noise(len(time_s), 2) * np.exp(-time_s / ring_s) * _edges(time_s)
    return sound


def bass(note: int, length_s: float, rate_hz: int) -> FloatArray:
    """Round bass: a few harmonics, the upper ones dying first."""
    time_s = _times(length_s, rate_hz)
    tone = 2.0 * np.pi * frequency_hz(note) * time_s
    harmonics = ((1.0, 3.0), (0.5, 0.25), (0.28, 0.14), (0.12, 0.09))
    sound = sum(level * np.exp(-time_s / fade) * np.sin((n + 1) * tone) for n, (level, fade) in enumerate(harmonics))
    return np.asarray(sound * _edges(time_s), dtype=np.float64) / 1.6


def electric_piano(note: int, length_s: float, rate_hz: int) -> FloatArray:
    """Soft keys: a sine whose phase is shaken by another (frequency modulation), less as it fades."""
    time_s = _times(length_s, rate_hz)
    tone = 2.0 * np.pi * frequency_hz(note) * time_s
    shake = 1.1 * np.exp(-time_s / 0.25)
    sound: FloatArray = np.sin(tone + shake * np.sin(2.0 * tone)) * np.exp(-time_s / 0.9) * _edges(time_s)
    return sound


def flute(note: int, length_s: float, rate_hz: int) -> FloatArray:
    """Melody voice: few harmonics, a soft start and a little vibrato."""
    time_s = _times(length_s, rate_hz)
    vibrato = 0.012 * np.sin(2.0 * np.pi * 5.2 * time_s) * np.clip(time_s / 0.25, 0.0, 1.0)
    tone = 2.0 * np.pi * frequency_hz(note) * time_s + frequency_hz(note) * vibrato / 5.2
    wave = np.sin(tone) + 0.3 * np.sin(2.0 * tone) + 0.12 * np.sin(3.0 * tone)
    envelope = np.clip(time_s / 0.02, 0.0, 1.0) * np.exp(-time_s / 0.7)
    sound: FloatArray = wave * envelope * _edges(time_s, 0.03)
    return sound / 1.3


def bell(note: int, length_s: float, rate_hz: int) -> FloatArray:
    """A small bell: partials that are not quite harmonic."""
    time_s = _times(length_s, rate_hz)
    tone = 2.0 * np.pi * frequency_hz(note) * time_s
    partials = ((1.0, 1.0, 0.35), (2.0, 0.4, 0.2), (2.76, 0.25, 0.12))
    sound = sum(level * np.exp(-time_s / fade) * np.sin(ratio * tone) for ratio, level, fade in partials)
    return np.asarray(sound * _edges(time_s), dtype=np.float64) / 1.6


def _times(length_s: float, rate_hz: int) -> FloatArray:
    return np.arange(round(length_s * rate_hz)) / rate_hz


def _edges(time_s: FloatArray, fade_s: float = 0.008) -> FloatArray:
    """Silence at both ends, against clicks."""
    left_s = time_s[-1] - time_s
    edges: FloatArray = np.clip(time_s / 0.001, 0.0, 1.0) * np.clip(left_s / fade_s, 0.0, 1.0)
    return edges


def _bright_noise(count: int, variant: int) -> FloatArray:
    """Noise without its low half."""
    noise = np.random.default_rng(_NOISE_SEED + variant).uniform(-1.0, 1.0, count + 2)
    bright: FloatArray = noise[2:] - noise[1:-1] + 0.5 * (noise[:-2] - noise[1:-1])
    return bright / 2.0
