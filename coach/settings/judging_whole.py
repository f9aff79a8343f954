"""Tunables of all that is judged over the whole body: energy, timing, limbs, freezes, extension, path."""

from __future__ import annotations

from dataclasses import dataclass

from coach.settings.checks import require_all_positive, require_below


@dataclass(frozen=True)
class EnergySettings:
    """Energy, hits and held stillness; energies in body heights a second.

    Attributes
    ----------
    smoothing_s : float
        Time constant of the running mean of both dancers.
    low_ratio, low_release_ratio, high_ratio, high_release_ratio : float
        Student to teacher: where low and high begin, and where they end again.
    min_teacher, min_teacher_share : float
        Where the teacher moves less than this (or than this share of the routine's median), energy is not judged.
    max_background : float
        A background that moves faster is a moving camera: not judged.
    warm_up_s : float
        Judged time before the first verdict, and after each gap.
    hit_peak_factor, hit_stop_ratio, hit_within_s, hit_memory_s : float
        A hit rises to this multiple of the running mean and falls to this share of its peak within so long; one hit
        is not counted twice within the memory.
    """

    smoothing_s: float = 0.7
    low_ratio: float = 0.62
    low_release_ratio: float = 0.72
    high_ratio: float = 1.8
    high_release_ratio: float = 1.6
    min_teacher: float = 0.02
    min_teacher_share: float = 0.4
    max_background: float = 0.25
    warm_up_s: float = 1.0
    hit_peak_factor: float = 1.7
    hit_stop_ratio: float = 0.45
    hit_within_s: float = 0.25
    hit_memory_s: float = 0.3

    def __post_init__(self) -> None:
        require_all_positive(self)
        require_below("low_ratio", self.low_ratio, "low_release_ratio", self.low_release_ratio)
        require_below("low_release_ratio", self.low_release_ratio, "high_release_ratio", self.high_release_ratio)
        require_below("high_release_ratio", self.high_release_ratio, "high_ratio", self.high_ratio)


@dataclass(frozen=True)
class TimingJudgeSettings:
    """Bands of early and late.

    Attributes
    ----------
    on_ms, off_ms : float
        Up to ``on_ms`` is on the beat, beyond ``off_ms`` is off it.
    max_ms : float
        Further away the dancer is at another place, not early or late.
    window_s, warm_up_s : float
        The median over this window is judged, once its first and last known values are so far apart.
    release_ratio : float
        Share of ``on_ms`` that a late dancer has to come back to.
    """

    on_ms: float = 100.0
    off_ms: float = 250.0
    max_ms: float = 5000.0
    window_s: float = 1.2
    warm_up_s: float = 0.6
    release_ratio: float = 0.8

    def __post_init__(self) -> None:
        require_all_positive(self)
        require_below("on_ms", self.on_ms, "off_ms", self.off_ms)


@dataclass(frozen=True)
class LimbJudgeSettings:
    """When one limb is early or late.

    Attributes
    ----------
    off_ms, release_ms : float
        Where out of time begins, and where it ends again.
    doubt_ms : float
        From so much on a limb's form is not blamed yet: it may turn out to be its timing.
    min_gain : float
        Share of the limb's movement that being out of time has to explain, beyond what being in time does.
    known_after_s : float
        Nothing is called so soon after the dancer was found: too little movement is known, any shift may fit it.
    window_s, after_s : float
        The median over this window is judged, once so much of it is known.
    """

    off_ms: float = 130.0
    release_ms: float = 80.0
    doubt_ms: float = 90.0
    min_gain: float = 0.15
    known_after_s: float = 2.5
    window_s: float = 0.8
    after_s: float = 0.5

    def __post_init__(self) -> None:
        require_all_positive(self)
        require_below("release_ms", self.release_ms, "off_ms", self.off_ms)


@dataclass(frozen=True)
class HoldSettings:
    """Held stillness ("freeze"), as shares of the routine's median energy.

    Attributes
    ----------
    still_share, still_for_s : float
        The teacher holds while below this for at least so long.
    slack_s : float
        At both ends of a hold so much time is left to the dancer.
    broken_share, broken_after_s : float
        The student who moves more than this for so long breaks the hold.
    """

    still_share: float = 0.25
    still_for_s: float = 0.8
    slack_s: float = 0.15
    broken_share: float = 0.7
    broken_after_s: float = 0.2

    def __post_init__(self) -> None:
        require_all_positive(self)
        require_below("still_share", self.still_share, "broken_share", self.broken_share)


@dataclass(frozen=True)
class ExtensionSettings:
    """How far hands and feet reach, in torso lengths of the own body.

    Attributes
    ----------
    hand_rest, feet_rest : float
        Reach of a hanging hand (from the middle of the hips) and of feet side by side: only what goes beyond counts.
    smoothing_s, warm_up_s : float
        Time constant of the running means, and judged time before the first verdict.
    small_ratio, small_release_ratio : float
        Student's reach to teacher's: where "small" begins and ends.
    min_teacher_reach : float
        Where the teacher reaches less far than this beyond rest (mean of the limbs), extension is not judged.
    range_smoothing_s, range_after_s : float
        Time constant of the range (standard deviation) of the reach, and judged time before it counts.
    narrow_ratio, narrow_release_ratio, min_teacher_range : float
        The same limits for the range.
    mask_small_ratio, mask_large_ratio, min_teacher_mask_range : float
        Change of the outline's area (standard deviation over mean), student's to teacher's: below the first, reach
        counts as small from its release limit on; from the second on nobody is small; and the teacher's own change
        from which on it is compared at all.
    """

    hand_rest: float = 0.45
    feet_rest: float = 0.35
    smoothing_s: float = 1.5
    warm_up_s: float = 2.5
    small_ratio: float = 0.72
    small_release_ratio: float = 0.8
    min_teacher_reach: float = 0.15
    range_smoothing_s: float = 2.0
    range_after_s: float = 2.5
    narrow_ratio: float = 0.8
    narrow_release_ratio: float = 0.86
    min_teacher_range: float = 0.1
    mask_small_ratio: float = 0.65
    mask_large_ratio: float = 0.9
    min_teacher_mask_range: float = 0.04

    def __post_init__(self) -> None:
        require_all_positive(self)
        require_below("narrow_ratio", self.narrow_ratio, "narrow_release_ratio", self.narrow_release_ratio)
        require_below("mask_small_ratio", self.mask_small_ratio, "mask_large_ratio", self.mask_large_ratio)
        require_below("small_ratio", self.small_ratio, "small_release_ratio", self.small_release_ratio)


@dataclass(frozen=True)
class PathSettings:
    """The way over the floor, in body heights.

    Attributes
    ----------
    window_s : float
        Velocities are differences over this time.
    slack_s : float
        The teacher's best matching velocity within this distance counts.
    min_teacher_speed, min_student_speed : float
        Slower is standing: a direction is not judged.
    wrong_cosine : float
        Below it (the negative of this number) the way is the wrong one.
    wrong_after_s : float
        How long it has to last.
    """

    window_s: float = 0.4
    slack_s: float = 0.25
    min_teacher_speed: float = 0.15
    min_student_speed: float = 0.08
    wrong_cosine: float = 0.5
    wrong_after_s: float = 0.3

    def __post_init__(self) -> None:
        require_all_positive(self)
