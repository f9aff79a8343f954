"""Tunables of the sensor's noise: how it grows, and how this camera's own is measured."""

from __future__ import annotations

from dataclasses import dataclass, field

from coach.settings.checks import require_all_positive, require_between, require_positive


@dataclass(frozen=True)
class StillSettings:
    """When a dancer stands still, so that what moves is this camera's own noise.

    Attributes
    ----------
    stretch_s, block_s : float
        Stillness is judged over such a stretch, on angles averaged over such blocks of it.
    still_deg : float
        Standard deviation of the averages, beyond what jitter makes, up to which the dancer stands still.
    jitter_ratio : float
        Variance of the averages that jitter of variance 1 within the blocks makes: 2 to 5 where somebody stands still
        before a camera that errs partly slowly, 10 to 140 (medians) where somebody dances.
    max_deg : float
        Averages that deviate by more are movement, whatever the jitter.
    teacher_deg : float
        The same of the teacher's angles: beyond it the dancer has no reason to stand still.
    min_joints, min_seen_share : int, float
        So many joints have to be seen, each for this share of the stretch.
    min_stretches, stretches_count : int
        Nothing is learnt from fewer stretches than this; the middle of the last so many counts.
    """

    stretch_s: float = 1.5
    block_s: float = 0.25
    still_deg: float = 4.0
    jitter_ratio: float = 4.0
    max_deg: float = 12.0
    teacher_deg: float = 3.0
    min_joints: int = 4
    min_seen_share: float = 0.8
    min_stretches: int = 2
    stretches_count: int = 5

    def __post_init__(self) -> None:
        require_all_positive(self)
        require_between("block_s", self.block_s, 0.05, self.stretch_s / 3.0)
        require_between("min_stretches", self.min_stretches, 1, self.stretches_count)
        require_between("min_seen_share", self.min_seen_share, 0.0, 1.0)


@dataclass(frozen=True)
class NoiseSettings:
    """How the sensor's noise grows where a limb is short in the picture, fast, or badly seen.

    Attributes
    ----------
    clear_length_ratio : float
        A limb at least so long, as a share of its true length, is measured as well as it gets.
    length_power : float
        The noise of a shorter one grows with this power of its length.
    reference_rate_deg_s : float
        At this angular speed the noise has doubled.
    max_factor : float
        The noise never grows beyond this factor.
    still : StillSettings
        How this camera's own is measured.
    """

    clear_length_ratio: float = 0.75
    length_power: float = 2.0
    reference_rate_deg_s: float = 500.0
    max_factor: float = 4.0
    still: StillSettings = field(default_factory=StillSettings)

    def __post_init__(self) -> None:
        require_positive(self, "clear_length_ratio", "length_power", "reference_rate_deg_s", "max_factor")
