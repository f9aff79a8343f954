"""All that the cue planner looks at in one frame."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from coach.alignment.tracked_position import TrackedPosition
from coach.judging.extension_judge import UNSEEN_EXTENSION, ExtensionReading
from coach.judging.hit_judge import NO_HITS, HitReading
from coach.judging.limb_timing_judge import IN_TIME, LimbReading
from coach.judging.path_judge import UNSEEN_PATH, PathReading
from coach.judging.timing_judge import UNKNOWN_TIMING, TimingReading, TimingVerdict
from coach.judging.verdicts import EnergyReading, EnergyVerdict, FramingHint, JointReading

_FAINT = 0.88
"""Energy or reach below this share of the teacher's is a doubt, though no fault yet."""

UNSEEN_ENERGY = EnergyReading(None, None, EnergyVerdict.UNSEEN)


def _towards_camera() -> float:
    return 1.0


@dataclass(frozen=True)
class Moment:
    """One frame's verdicts.

    Attributes
    ----------
    time_s : float
        The student's clock.
    position : TrackedPosition
    joints : tuple of JointReading
    energy, hits, timing, extension, path
        The other judges' readings.
    hold_broken : bool
        The student moves through a hold of the teacher's.
    framing : FramingHint or None
    facing : callable
        Gives a number, worked out only for what is said: above 0 the dancer faces the camera, below 0 shows the back,
        near 0 a side (``NormalisedPose.facing``).
    mirror_decided : bool
        Whether it is known that the dancer dances the teacher's way or its mirror image.
    ambiguous : frozenset of str
        Joints that the mirror image holds otherwise at this moment: not blamed before it is decided.
    limbs : LimbReading
        Limbs out of time.
    """

    time_s: float
    position: TrackedPosition
    joints: tuple[JointReading, ...] = ()
    energy: EnergyReading = UNSEEN_ENERGY
    hits: HitReading = NO_HITS
    timing: TimingReading = UNKNOWN_TIMING
    extension: ExtensionReading = UNSEEN_EXTENSION
    path: PathReading = UNSEEN_PATH
    hold_broken: bool = False
    framing: FramingHint | None = None
    facing: Callable[[], float] = _towards_camera
    mirror_decided: bool = True
    ambiguous: frozenset[str] = frozenset()
    limbs: LimbReading = IN_TIME

    @property
    def is_faint(self) -> bool:
        """Whether energy or reach are short of the teacher's, if not yet by enough for a verdict."""
        energy = self.energy
        low = energy.student is not None and energy.teacher is not None and energy.student < _FAINT * energy.teacher
        return low or (self.extension.ratio is not None and self.extension.ratio < _FAINT)

    @property
    def is_doubtful(self) -> bool:
        """Whether something is short of right, if not yet of a verdict: no moment to praise."""
        return self.is_faint or self.timing.verdict not in (TimingVerdict.ON, TimingVerdict.UNKNOWN)
