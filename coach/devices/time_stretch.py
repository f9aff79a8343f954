"""Slower or faster music at the same pitch."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coach.devices.audio_file import filtered_tempo, from_pcm, to_pcm
from coach.errors import SettingsError
from coach.pose.reference import Audio
from coach.settings.devices import SoundSettings

_ROOT = Path(__file__).resolve().parents[2]


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


def stretched_apart(audio: Audio, tempo: float, timeout_s: float) -> Audio:
    """The same as `stretched`, made in a process of its own: this one keeps drawing and following meanwhile.

    Where that process fails, the sound is made here after all.
    """
    if tempo == 1.0 or len(audio.pcm) == 0:
        return audio
    try:
        done = subprocess.run(
            [sys.executable, "-m", "coach.devices.stretch_process", str(audio.rate_hz), repr(tempo)],
            input=np.ascontiguousarray(audio.pcm).tobytes(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(_ROOT), os.environ.get("PYTHONPATH", "")])},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            timeout=timeout_s,
            check=True,
        )
        pcm = np.frombuffer(done.stdout, np.int16)
    except (OSError, ValueError, subprocess.SubprocessError):
        return stretched(audio, tempo)
    return Audio(pcm, audio.rate_hz) if len(pcm) == round(len(audio.pcm) / tempo) else stretched(audio, tempo)


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
