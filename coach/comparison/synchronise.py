"""Sound and movement together: one offset, how sure it is, and a sentence about it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coach.alignment.tracked_position import MirrorMode
from coach.comparison.movement_sync import MovementFit, agreement, movement_fit
from coach.comparison.result.sync import SoundRelation, SyncMethod, SyncPeak, SyncResult
from coach.comparison.sound_sync import SoundSync, sync_sounds
from coach.pose.feature_vector import features_of_track, mirror_features
from coach.pose.pose_frame import FloatArray
from coach.pose.reference import Reference
from coach.settings.comparison import ComparisonSettings

_REPEAT_WITHIN_S = 0.5
_STRENGTH_SHARE = 0.3


@dataclass(frozen=True)
class Clip:
    """A reference and its features for alignment."""

    reference: Reference
    features: FloatArray

    @classmethod
    def of_reference(cls, reference: Reference, settings: ComparisonSettings) -> Clip:
        """Compute the features."""
        return cls(reference, features_of_track(reference.track, settings.coach.alignment.features))

    @property
    def time_s(self) -> FloatArray:
        """Times of the frames."""
        return self.reference.track.time_s


@dataclass(frozen=True)
class Synchronised:
    """The offset, and whether the student dances the mirror image; ``certain``: the sound says so,
    which allows to cut the clips and to bound the path."""

    sync: SyncResult
    mirrored: bool
    certain: bool


def synchronise(teacher: Clip, student: Clip, settings: ComparisonSettings, mirror: MirrorMode) -> Synchronised:
    """Find the offset from the sound where there is a common one, helped by the movement, or from movement alone."""
    sound = sync_sounds(teacher.reference.audio, student.reference.audio, settings.sound)
    student_s = student.time_s
    stretched = sound.tempo_ratio if sound.relation is SoundRelation.OTHER_TEMPO and sound.tempo_ratio else 1.0
    fits = {
        mirrored: movement_fit(
            mirror_features(teacher.features) if mirrored else teacher.features,
            teacher.time_s,
            student.features,
            student_s * stretched,
            settings.coach.alignment.evidence,
            settings.movement,
        )
        for mirrored in _hypotheses(mirror)
    }
    if sound.candidates:
        return _from_sound(sound, fits, settings)
    mirrored = _better({key: fit.best()[1] for key, fit in fits.items()}, settings)
    offset_s, mismatch = _refined(fits[mirrored])
    sure = agreement(mismatch, settings.movement)
    ratio = sound.tempo_ratio
    sync = SyncResult(
        offset_s=offset_s,
        confidence=sure,
        method=SyncMethod.MOVEMENT,
        sound=sound.relation,
        tempo_ratio=ratio,
        peaks=(SyncPeak(offset_s, -mismatch, sure),),
        words=_MOVEMENT_WORDS[sound.relation].format(percent=0 if ratio is None else abs(round(100 * (ratio - 1)))),
    )
    return Synchronised(sync, mirrored, certain=False)


def _hypotheses(mirror: MirrorMode) -> tuple[bool, ...]:
    return {MirrorMode.ON: (True,), MirrorMode.OFF: (False,), MirrorMode.AUTO: (False, True)}[mirror]


def _better(mismatches: dict[bool, float], settings: ComparisonSettings) -> bool:
    """Whether the mirror image fits, by a margin."""
    if len(mismatches) == 1:
        return next(iter(mismatches))
    return mismatches[True] < (1.0 - settings.movement.mirror_margin) * mismatches[False]


def _from_sound(sound: SoundSync, fits: dict[bool, MovementFit], settings: ComparisonSettings) -> Synchronised:
    """Choose among the repeats of the music by strength and by how the poses fit there."""
    strongest = sound.candidates[0][1]
    rated = []
    for offset_s, strength in sound.candidates:
        near = {mirrored: fit.near(offset_s, _REPEAT_WITHIN_S) for mirrored, fit in fits.items()}
        mirrored = _better(near, settings)
        moves = agreement(near[mirrored], settings.movement)
        rated.append((moves + _STRENGTH_SHARE * strength / strongest, SyncPeak(offset_s, strength, moves), mirrored))
    rated.sort(key=lambda item: -item[0])
    _, best, mirrored = rated[0]
    repeats = len(rated) > 1
    words = (
        "Both clips carry the same recording."
        if sound.method is SyncMethod.SOUND
        else ("Both clips carry the same music, recorded anew.")
    )
    if repeats:
        words += " The music repeats itself; the movement chose the place."
    sync = SyncResult(
        offset_s=best.offset_s,
        confidence=sound.confidence * (1.0 if best.strength == strongest or best.movement > 0 else 0.5),
        method=sound.method,
        sound=sound.relation,
        tempo_ratio=None,
        peaks=tuple(peak for _, peak, _ in rated),
        words=words,
    )
    return Synchronised(sync, mirrored, certain=True)


def _refined(fit: MovementFit) -> tuple[float, float]:
    """The best offset between the ticks, by a parabola, and its mismatch."""
    index = int(np.argmin(fit.mismatch))
    offset_s, mismatch = float(fit.offset_s[index]), float(fit.mismatch[index])
    if not 0 < index < len(fit.mismatch) - 1:
        return offset_s, mismatch
    before, after = float(fit.mismatch[index - 1]), float(fit.mismatch[index + 1])
    bend = before - 2 * mismatch + after
    if not (np.isfinite(bend) and bend > 0):
        return offset_s, mismatch
    step_s = float(fit.offset_s[1] - fit.offset_s[0])
    return offset_s + 0.5 * (before - after) / bend * step_s, mismatch


_MOVEMENT_WORDS = {
    SoundRelation.MISSING: "One of the clips has no sound: they were put in step by the movement alone.",
    SoundRelation.DIFFERENT: "The clips have no sound in common: they were put in step by the movement alone.",
    SoundRelation.OTHER_TEMPO: (
        "The music is the same at another tempo ({percent} % apart): the clips were put in step by the movement alone."
    ),
    SoundRelation.SAME: "The clips were put in step by the movement alone.",
}
