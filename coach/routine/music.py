"""The music of "First Steps", synthesised: five sections unlike one another, a break for the freeze, and an ending."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from coach.pose.reference import Audio
from coach.routine import instruments
from coach.routine.channels import FloatArray
from coach.routine.routine import Routine
from coach.settings.routine import MusicSettings

BAR_BEATS: Final = 4
_BEATS_PER_PART: Final = 16
_FREEZE: Final = (64.0, 66.0)
_LAST_CHORD_BEAT: Final = 78.0
_C, _F, _G, _AM, _EM, _DM = (60, 64, 67), (60, 65, 69), (59, 62, 67), (60, 64, 69), (59, 64, 67), (62, 65, 69)
_ROOTS: Final = {_C: 36, _F: 41, _G: 43, _AM: 45, _EM: 40, _DM: 38}


@dataclass(frozen=True)
class Part:
    """Sixteen beats: a chord for each bar, a melody as (beat, MIDI note, beats), and which drums play.

    ``kick``, ``clap``, ``hat`` are beats within a bar.
    """

    chords: tuple[tuple[int, int, int], ...]
    melody: tuple[tuple[float, int, float], ...]
    kick: tuple[float, ...]
    clap: tuple[float, ...]
    hat: tuple[float, ...]


_FOUR: Final = (0.0, 1.0, 2.0, 3.0)
_OFF: Final = (0.5, 1.5, 2.5, 3.5)
_EIGHTHS: Final = tuple(index / 2.0 for index in range(8))

PARTS: Final[tuple[Part, ...]] = (
    Part(
        (_C, _AM, _F, _G),
        ((8, 76, 1), (9, 79, 1), (10, 77, 1.5), (12, 74, 1), (13, 76, 0.5), (13.5, 77, 0.5), (14, 79, 1.5)),
        (0.0, 2.0), (), _OFF,
    ),
    Part(
        (_C, _G, _AM, _F),
        (
            (0, 84, 0.75), (1.5, 83, 0.5), (2, 79, 1.5), (4, 79, 0.75), (5.5, 81, 0.5), (6, 83, 1.5),
            (8, 81, 0.75), (9.5, 79, 0.5), (10, 76, 1.5), (12, 77, 0.5), (13, 79, 0.5), (14, 81, 0.5), (15, 83, 0.75),
        ),
        _FOUR, (1.0, 3.0), _OFF,
    ),
    Part(
        (_AM, _F, _C, _G),
        (
            (0, 81, 0.5), (0.5, 84, 0.5), (1, 81, 1), (4, 77, 0.5), (4.5, 81, 0.5), (5, 77, 1), (7, 79, 0.5),
            (8, 79, 0.5), (8.5, 84, 0.5), (9, 79, 1), (11, 76, 0.5), (12, 74, 0.5), (12.5, 79, 0.5), (13, 83, 1),
            (14.5, 79, 1),
        ),
        (0.0, 1.5, 2.0), (1.0, 3.0), _EIGHTHS,
    ),
    Part(
        (_DM, _EM, _F, _G),
        ((0, 74, 3), (4, 76, 3), (8, 77, 1.5), (10, 81, 1.5), (12, 79, 1), (13, 81, 1), (14, 83, 1), (15, 86, 1)),
        (0.0, 2.5), (2.0,), (0.0, 1.0, 2.0, 3.0),
    ),
    Part(
        (_C, _G, _F, _C),
        (
            (3, 79, 0.5), (3.5, 81, 0.5), (4, 83, 0.75), (5.5, 81, 0.5), (6, 79, 1), (7, 83, 0.75),
            (8, 84, 0.75), (9, 81, 0.5), (9.5, 84, 0.5), (10, 81, 1), (12, 79, 0.5), (12.5, 81, 0.5), (13, 83, 1),
        ),
        _FOUR, (1.0, 3.0), _EIGHTHS,
    ),
)  # fmt: skip
"""The music of each section of the routine."""


def first_steps_music(routine: Routine, settings: MusicSettings | None = None) -> Audio:
    """The whole music: first beat at time 0, as long as the routine, the same bytes every time."""
    settings = settings or MusicSettings()
    mixer = _Mixer(routine, settings)
    for index, part in enumerate(PARTS):
        _play_part(mixer, part, float(index * _BEATS_PER_PART))
    _play_ending(mixer)
    return Audio(mixer.pcm(), settings.rate_hz)


class _Mixer:
    """A line of samples on which sounds are laid by beat."""

    def __init__(self, routine: Routine, settings: MusicSettings) -> None:
        self.settings = settings
        self.beat_s = routine.beat_s
        self._samples = np.zeros(round(routine.duration_s * settings.rate_hz))

    def add(self, beat: float, sound: FloatArray, volume: float) -> None:
        """Lay ``sound`` at ``beat``; what is beyond the end is cut."""
        start = round(beat * self.beat_s * self.settings.rate_hz)
        room = len(self._samples) - start
        if room > 0:
            self._samples[start : start + len(sound)] += volume * sound[:room]

    def pcm(self) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
        """The mix, gently rounded off at loud places, faded out at the end."""
        mix = np.tanh(1.1 * self._samples)
        fade = np.clip(np.arange(len(mix))[::-1] / (0.5 * self.settings.rate_hz), 0.0, 1.0)
        mix = mix * fade
        scale = 32767.0 * self.settings.peak / max(float(np.abs(mix).max()), 1e-9)
        quantum = self.settings.quantum
        return (np.rint(mix * scale / quantum) * quantum).astype(np.int16)


def _play_part(mixer: _Mixer, part: Part, start: float) -> None:
    settings, rate_hz = mixer.settings, mixer.settings.rate_hz
    for bar, chord in enumerate(part.chords):
        beat = start + bar * BAR_BEATS
        for strokes, sound, volume in (
            (part.kick, instruments.kick(rate_hz), 1.0),
            (part.clap, instruments.clap(rate_hz), 0.5),
            (part.hat, instruments.hat(rate_hz), 0.32),
        ):
            for stroke in strokes:
                if _sounds(beat + stroke):
                    mixer.add(beat + stroke, sound, volume * settings.drum_volume)
        _play_harmony(mixer, chord, beat)
    for at, note, beats in part.melody:
        if _sounds(start + at):
            sound = instruments.flute(note, (beats + 0.4) * mixer.beat_s, rate_hz)
            mixer.add(start + at, sound, settings.melody_volume * 0.6)


def _play_harmony(mixer: _Mixer, chord: tuple[int, int, int], beat: float) -> None:
    """Bass on a walking rhythm, chords after the beat."""
    settings, rate_hz = mixer.settings, mixer.settings.rate_hz
    root = _ROOTS[chord]
    for at, step, beats in ((0.0, 0, 0.9), (1.5, 0, 0.4), (2.0, 7, 0.9), (3.0, 12, 0.45), (3.5, 7, 0.45)):
        if _sounds(beat + at):
            mixer.add(
                beat + at, instruments.bass(root + step, beats * mixer.beat_s, rate_hz), settings.bass_volume * 0.7
            )
    for at, beats in ((0.0, 1.4), (1.5, 0.9), (2.5, 1.4)):
        if _sounds(beat + at):
            for note in chord:
                sound = instruments.electric_piano(note, beats * mixer.beat_s, rate_hz)
                mixer.add(beat + at, sound, settings.chord_volume * 0.5)


def _play_ending(mixer: _Mixer) -> None:
    """A stroke for the freeze, and the last chord for the last pose."""
    settings, rate_hz = mixer.settings, mixer.settings.rate_hz
    for beat, notes, length_s in ((_FREEZE[0], _C, 1.1), (_LAST_CHORD_BEAT + 0.5, (*_C, 72, 76), 2.0)):
        mixer.add(beat, instruments.kick(rate_hz), settings.drum_volume)
        mixer.add(beat, instruments.hat(rate_hz, 0.16), 0.3 * settings.drum_volume)
        mixer.add(beat, instruments.bass(_ROOTS[_C], length_s, rate_hz), 0.7 * settings.bass_volume)
        for note in notes:
            mixer.add(beat, instruments.electric_piano(note, length_s, rate_hz), 0.6 * settings.chord_volume)


def _sounds(beat: float) -> bool:
    """Whether the band plays: not in the freeze, nor after the last chord."""
    return not (_FREEZE[0] <= beat < _FREEZE[1]) and beat < _LAST_CHORD_BEAT
