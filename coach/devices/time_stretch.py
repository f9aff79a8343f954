"""Slower or faster music at the same pitch."""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coach.devices.audio_file import filtered_tempo, from_pcm, to_pcm
from coach.errors import SettingsError
from coach.pose.reference import Audio
from coach.settings.devices import SoundSettings


def stretched(audio: Audio, tempo: float, settings: SoundSettings | None = None) -> Audio:
    """``audio`` at another tempo, with its pitch kept and exactly ``1 / tempo`` times as long.

    Uses the Signalsmith stretcher (package python-stretch) where it is installed, else FFmpeg's ``atempo``, whose
    attacks are a little softer.

    Parameters
    ----------
    audio : Audio
    tempo : float
        0.5 is half as fast; between ``settings.tempo_min`` and ``settings.tempo_max``.

    Raises
    ------
    SettingsError
        ``tempo`` is out of range.
    """
    settings = settings or SoundSettings()
    if not settings.tempo_min <= tempo <= settings.tempo_max:
        raise SettingsError("tempo", tempo, f"between {settings.tempo_min:g} and {settings.tempo_max:g}")
    if tempo == 1.0 or len(audio.pcm) == 0:
        return audio
    stretcher = _stretcher(audio.rate_hz)
    samples = filtered_tempo(audio, tempo) if stretcher is None else _signalsmith(stretcher, audio, tempo)
    return Audio(_fitted(to_pcm(samples), round(len(audio.pcm) / tempo)), audio.rate_hz)


def _stretcher(rate_hz: int) -> Any | None:
    try:
        stretcher = importlib.import_module("python_stretch.Signalsmith").Stretch()
    except ImportError:  # no wheel for this computer
        return None
    stretcher.preset(1, rate_hz)
    return stretcher


def _signalsmith(stretcher: Any, audio: Audio, tempo: float) -> NDArray[np.float32]:
    stretcher.setTimeFactor(tempo)
    samples: NDArray[np.float32] = stretcher.process(from_pcm(audio.pcm)[np.newaxis])[0]
    return samples


def _fitted(pcm: NDArray[np.int16], length: int) -> NDArray[np.int16]:
    """``pcm`` cut or filled up with silence to ``length`` samples."""
    return np.pad(pcm[:length], (0, max(0, length - len(pcm))))
