"""Every tunable number of the judges: when a joint is off, what cannot be seen, how the score is made."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from coach.settings.checks import require_below, require_between, require_positive


def _check_positive(settings: object) -> None:
    require_positive(settings, *(item.name for item in fields(settings)))  # type: ignore[arg-type]


@dataclass(frozen=True)
class AngleJudgeSettings:
    """When the angle of a joint is a mistake.

    Attributes
    ----------
    slack_s, slack_step_s : float
        A movement that the teacher shows shifted by up to this time is a matter of timing, not of form; shifts are
        tried at this distance.
    memory_s : float
        Time constant of the error for each shift: one shift has to explain the recent movement, not another one for
        every frame.
    mistake_after_s, forgiven_below_s : float
        A mistake is called once so much time has been spent beyond tolerance, and ends when less of it is left.
    recovery_rate : float
        How much faster time inside tolerance takes that evidence away.
    max_step_s : float
        A longer gap between frames counts as this much time.
    noise_factor : float
        The tolerance is never below this many standard errors of the sensor.
    release_ratio : float
        Share of the tolerance that a called mistake has to come back to.
    offset_window_s, offset_after_s, offset_step_s : float
        A rolling median of the error over the window is the dancer's own style; it needs so much judged time first
        and is computed anew so often.
    style_max_deg : float
        A larger constant offset is a mistake, not style.
    style_max_tolerances : float
        The same as a multiple of the joint's tolerance: the larger of the two counts.
    spread_factor, spread_max_tolerances : float
        A departure has to exceed this many rolling spreads (median absolute deviations), a demand that never grows
        beyond so many tolerances.
    slow_rate_deg_s : float
        The offset is measured while the teacher's joint turns slower than this: in a swing a shift in time looks
        like an offset.
    min_confidence : float
        Below it the follower is not sure enough to blame anybody.
    settle_s, jump_s : float
        Nobody is blamed so soon after the dancer was found, or after the follower's place jumped by so much.
    """

    slack_s: float = 0.25
    slack_step_s: float = 1.0 / 30.0
    memory_s: float = 0.1
    mistake_after_s: float = 0.15
    forgiven_below_s: float = 0.05
    recovery_rate: float = 1.5
    max_step_s: float = 0.1
    noise_factor: float = 1.6
    release_ratio: float = 0.85
    offset_window_s: float = 10.0
    offset_after_s: float = 3.0
    offset_step_s: float = 0.25
    style_max_deg: float = 20.0
    style_max_tolerances: float = 1.25
    spread_factor: float = 2.0
    spread_max_tolerances: float = 1.3
    slow_rate_deg_s: float = 120.0
    min_confidence: float = 0.3
    settle_s: float = 0.4
    jump_s: float = 0.4

    def __post_init__(self) -> None:
        _check_positive(self)
        require_below("forgiven_below_s", self.forgiven_below_s, "mistake_after_s", self.mistake_after_s)


@dataclass(frozen=True)
class NoiseSettings:
    """How the sensor's noise grows where a limb is short in the picture, fast, or badly seen.

    Attributes
    ----------
    clear_length_ratio : float
        A limb at least so long, as a share of its true length, is measured as well as it gets.
    reference_rate_deg_s : float
        At this angular speed the noise has doubled.
    max_factor : float
        The noise never grows beyond this factor.
    still_rate_deg_s, still_for_s : float
        A dancer below this speed for so long stands still: the moment to measure this camera's own noise.
    """

    clear_length_ratio: float = 0.5
    reference_rate_deg_s: float = 1500.0
    max_factor: float = 2.5
    still_rate_deg_s: float = 40.0
    still_for_s: float = 1.0

    def __post_init__(self) -> None:
        _check_positive(self)


@dataclass(frozen=True)
class VisibilitySettings:
    """Which joints can be measured at all. Lengths are in torso lengths, speeds in torso lengths a second.

    Attributes
    ----------
    min_visibility : float
        The sensor's own word, believed only when it says "unseen".
    border_ratio : float
        A landmark nearer to the picture's edge than this share of the picture is a guess.
    min_length_ratio, max_length_ratio : float
        A limb shorter than this share of its usual length points at the camera; a longer one cannot be.
    size_smoothing_s : float
        Time constant of the body's size.
    speed_limit_factor : float
        Multiplies the table of speeds that no dancer reaches.
    jitter_window_s, jitter_limit : float
        A landmark that shakes by more than this (standard error over the window) is a guess.
    acceleration_limit_s2 : float
        What a real limb's acceleration adds to that shake, in torso lengths a second squared.
    distrust_s : float
        How long a limb stays unseen after it jumped or changed sides.
    swap_min_move, swap_ratio : float
        Sides have changed when both limbs of a pair moved at least so far and would have moved less than this share
        of it with left and right exchanged.
    max_gap_s : float
        After a longer gap nothing is known about movement.
    """

    min_visibility: float = 0.5
    border_ratio: float = 0.01
    min_length_ratio: float = 0.4
    max_length_ratio: float = 1.6
    size_smoothing_s: float = 1.0
    speed_limit_factor: float = 1.0
    jitter_window_s: float = 0.3
    jitter_limit: float = 0.12
    acceleration_limit_s2: float = 60.0
    distrust_s: float = 0.4
    swap_min_move: float = 0.12
    swap_ratio: float = 0.4
    max_gap_s: float = 0.3

    def __post_init__(self) -> None:
        _check_positive(self)
        require_below("min_length_ratio", self.min_length_ratio, "max_length_ratio", self.max_length_ratio)


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

    smoothing_s: float = 0.8
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
        _check_positive(self)
        require_below("low_ratio", self.low_ratio, "low_release_ratio", self.low_release_ratio)
        require_below("low_release_ratio", self.low_release_ratio, "high_release_ratio", self.high_release_ratio)
        require_below("high_release_ratio", self.high_release_ratio, "high_ratio", self.high_ratio)


@dataclass(frozen=True)
class TimingSettings:
    """Bands of early and late.

    Attributes
    ----------
    on_ms, off_ms : float
        Up to ``on_ms`` is on the beat, beyond ``off_ms`` is off it.
    window_s, warm_up_s : float
        The median over this window is judged, once so much of it is known.
    release_ratio : float
        Share of ``on_ms`` that a late dancer has to come back to.
    """

    on_ms: float = 100.0
    off_ms: float = 250.0
    window_s: float = 1.2
    warm_up_s: float = 0.6
    release_ratio: float = 0.8

    def __post_init__(self) -> None:
        _check_positive(self)
        require_below("on_ms", self.on_ms, "off_ms", self.off_ms)


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
    slack_s: float = 0.25
    broken_share: float = 0.7
    broken_after_s: float = 0.3

    def __post_init__(self) -> None:
        _check_positive(self)
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
    """

    hand_rest: float = 0.45
    feet_rest: float = 0.35
    smoothing_s: float = 1.5
    warm_up_s: float = 1.0
    small_ratio: float = 0.72
    small_release_ratio: float = 0.8
    min_teacher_reach: float = 0.15

    def __post_init__(self) -> None:
        _check_positive(self)
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
        _check_positive(self)


@dataclass(frozen=True)
class ScoreSettings:
    """The score, 0..100.

    Attributes
    ----------
    angles_weight, trajectory_weight, extension_weight : float
        The owner's weights 50, 30 and 20; parts that could not be judged leave the others their share.
    full_tolerances, zero_tolerances : float
        Up to so many tolerances a joint earns everything, from so many on nothing.
    style_credit : float
        What a constant offset (style) earns at least.
    enough_followed_share : float
        A dancer who could be followed for less than this share of the time does not dance this dance: the score
        shrinks in proportion.
    bin_s : float
        The totals are kept per stretch of the choreography of this length.
    word_interval_s, word_window_s : float
        Words come no closer than this and speak of so long a stretch.
    perfect_credit, great_credit, good_credit : float
        What the stretch must have earned.
    """

    angles_weight: float = 50.0
    trajectory_weight: float = 30.0
    extension_weight: float = 20.0
    full_tolerances: float = 1.0
    zero_tolerances: float = 2.1
    style_credit: float = 0.9
    enough_followed_share: float = 0.6
    bin_s: float = 0.5
    word_interval_s: float = 2.0
    word_window_s: float = 1.0
    perfect_credit: float = 0.985
    great_credit: float = 0.93
    good_credit: float = 0.84

    def __post_init__(self) -> None:
        _check_positive(self)
        require_below("full_tolerances", self.full_tolerances, "zero_tolerances", self.zero_tolerances)
        require_between("word_interval_s", self.word_interval_s, MIN_WORD_INTERVAL_S, 60.0)


MIN_WORD_INTERVAL_S = 0.8
"""Words of praise closer together than this are noise."""


@dataclass(frozen=True)
class JudgingSettings:
    """All judges' settings together; ``strictness`` multiplies the joints' own tolerances (smaller is stricter)."""

    strictness: float = 1.0
    angles: AngleJudgeSettings = field(default_factory=AngleJudgeSettings)
    noise: NoiseSettings = field(default_factory=NoiseSettings)
    visibility: VisibilitySettings = field(default_factory=VisibilitySettings)
    energy: EnergySettings = field(default_factory=EnergySettings)
    timing: TimingSettings = field(default_factory=TimingSettings)
    hold: HoldSettings = field(default_factory=HoldSettings)
    extension: ExtensionSettings = field(default_factory=ExtensionSettings)
    path: PathSettings = field(default_factory=PathSettings)
    score: ScoreSettings = field(default_factory=ScoreSettings)

    def __post_init__(self) -> None:
        require_between("strictness", self.strictness, 0.25, 4.0)
