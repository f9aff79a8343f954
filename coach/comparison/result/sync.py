"""How the clocks of two clips stand to each other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class SyncMethod(Enum):
    """What the offset between the clips was found with."""

    SOUND = "sound"
    """The very same recording in both clips (phase correlation)."""
    SOUND_SHAPE = "sound_shape"
    """Onsets and harmonies: the same music, recorded anew."""
    MOVEMENT = "movement"
    """The dancers' poses alone."""


class SoundRelation(Enum):
    """How the two sounds stand to each other."""

    SAME = "same"
    OTHER_TEMPO = "other_tempo"
    DIFFERENT = "different"
    MISSING = "missing"


@dataclass(frozen=True)
class SyncPeak:
    """A candidate offset: ``strength`` is comparable within one result only; ``movement`` 0..1 is how well the poses
    agree there (nan where that was not looked at)."""

    offset_s: float
    strength: float
    movement: float


@dataclass(frozen=True)
class SyncResult:
    """How the clips' clocks stand to each other.

    Attributes
    ----------
    offset_s : float
        The student's time minus the teacher's at the same sound; where there is none, at the best fit of the movement
        with both clips at one tempo, which is no more than a place to begin.
    confidence : float
        0..1.
    method : SyncMethod
    sound : SoundRelation
    tempo_ratio : float or None
        Teacher seconds per student second, of the music or, without a common one, of the movement, where it differs
        from 1.
    peaks : tuple of SyncPeak
        Candidates, the chosen one first.
    words : str
        One sentence for people.
    """

    offset_s: float
    confidence: float
    method: SyncMethod
    sound: SoundRelation
    tempo_ratio: float | None
    peaks: tuple[SyncPeak, ...]
    words: str

    @property
    def sound_offset_s(self) -> float | None:
        """`offset_s` where it is that of a common sound: only that holds from the beginning of the clips to the end."""
        return None if self.method is SyncMethod.MOVEMENT else self.offset_s
