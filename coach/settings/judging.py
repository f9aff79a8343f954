"""Tunables of judging joints: when one is off, and what cannot be seen; and all judges' settings together."""

from __future__ import annotations

from dataclasses import dataclass, field

from coach.settings.checks import require_all_positive, require_below, require_between
from coach.settings.judging_hits import HitSettings
from coach.settings.judging_noise import NoiseSettings
from coach.settings.judging_score import ScoreSettings
from coach.settings.judging_takes import TakeSettings
from coach.settings.judging_whole import (
    EnergySettings,
    ExtensionSettings,
    HoldSettings,
    LimbJudgeSettings,
    PathSettings,
    TimingJudgeSettings,
)


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
    choice_memory_s : float
        Time constant of the error by which the shift is chosen: a dancer who was in time so far is not a quarter of a
        second out of it from one moment to the next.
    partner_say : float
        How much a shift that explains one joint has to explain the limb's other joints as well.
    far_cost : float
        A shift by all of ``slack_s`` has to explain so many tolerances more than none.
    mistake_after_s, forgiven_below_s : float
        A mistake is called once so much time has been spent beyond tolerance, and ends when less of it is left.
    recovery_rate : float
        How much faster time inside tolerance takes that evidence away.
    max_step_s : float
        A longer gap between frames counts as this much time.
    noise_factor, minor_noise_factor : float
        The tolerance is never below this many standard errors of the sensor; for joints that count little (wrists,
        ankles, neck) the second, as they are spoken of only if they stay wrong for long.
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
        A departure has to exceed this many rolling spreads (standard deviations, from the median absolute deviation), a
        demand that never grows beyond so many tolerances.
    slow_rate_deg_s : float
        The offset is measured while the teacher's joint turns slower than this: in a swing a shift in time looks
        like an offset.
    min_confidence : float
        Below it the follower is not sure enough to blame anybody.
    settle_s, jump_s : float
        Nobody is blamed so soon after the dancer was found, or after the follower's place jumped by so much.
    free_turn_deg, turned_noise_ratio : float
        Each degree beyond ``free_turn_deg`` by which the two are turned apart is worth so many degrees of noise
        (``python -m tests.bench.noise_table --views``).
    max_turned_deg, side_smoothing_s : float
        Dancers who are turned apart by more are seen from different sides: their angles in the picture do not compare.
        The student's side is a running mean with this time constant.
    """

    slack_s: float = 0.25
    slack_step_s: float = 1.0 / 30.0
    memory_s: float = 0.05
    choice_memory_s: float = 0.3
    partner_say: float = 1.0
    far_cost: float = 0.3
    mistake_after_s: float = 0.15
    forgiven_below_s: float = 0.05
    recovery_rate: float = 1.5
    max_step_s: float = 0.1
    noise_factor: float = 2.0
    minor_noise_factor: float = 1.4
    release_ratio: float = 0.85
    offset_window_s: float = 10.0
    offset_after_s: float = 3.0
    offset_step_s: float = 0.25
    style_max_deg: float = 20.0
    style_max_tolerances: float = 1.25
    spread_factor: float = 2.0
    spread_max_tolerances: float = 1.1
    slow_rate_deg_s: float = 120.0
    min_confidence: float = 0.3
    settle_s: float = 0.4
    jump_s: float = 0.4
    free_turn_deg: float = 15.0
    turned_noise_ratio: float = 0.5
    max_turned_deg: float = 60.0
    side_smoothing_s: float = 0.15

    def __post_init__(self) -> None:
        require_all_positive(self)
        require_below("forgiven_below_s", self.forgiven_below_s, "mistake_after_s", self.mistake_after_s)


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
    mask_near_torsos : float
        A landmark is supported by the body mask where some of it lies within so many torso lengths.
    made_up_after_s : float
        A limb whose outer half cannot be measured for so long, though it should be in the picture, may be made up:
        its shoulder or hip is not judged either.
    hidden_after_s : float
        A landmark outside the mask for so long is hidden (one frame may be the mask's fault).
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
    mask_near_torsos: float = 0.08
    hidden_after_s: float = 0.1
    made_up_after_s: float = 0.15

    def __post_init__(self) -> None:
        require_all_positive(self)
        require_below("min_length_ratio", self.min_length_ratio, "max_length_ratio", self.max_length_ratio)


@dataclass(frozen=True)
class JudgingSettings:
    """All judges' settings together.

    Attributes
    ----------
    strictness : float
        Multiplies the joints' own tolerances (smaller is stricter).
    mirror_same_deg : float
        Up to here teacher and mirror image hold a joint alike: then it can be judged before it is known which of the
        two the dancer follows.
    """

    strictness: float = 1.0
    mirror_same_deg: float = 12.0
    angles: AngleJudgeSettings = field(default_factory=AngleJudgeSettings)
    noise: NoiseSettings = field(default_factory=NoiseSettings)
    visibility: VisibilitySettings = field(default_factory=VisibilitySettings)
    takes: TakeSettings = field(default_factory=TakeSettings)
    energy: EnergySettings = field(default_factory=EnergySettings)
    hits: HitSettings = field(default_factory=HitSettings)
    timing: TimingJudgeSettings = field(default_factory=TimingJudgeSettings)
    limbs: LimbJudgeSettings = field(default_factory=LimbJudgeSettings)
    hold: HoldSettings = field(default_factory=HoldSettings)
    extension: ExtensionSettings = field(default_factory=ExtensionSettings)
    path: PathSettings = field(default_factory=PathSettings)
    score: ScoreSettings = field(default_factory=ScoreSettings)

    def __post_init__(self) -> None:
        require_between("strictness", self.strictness, 0.25, 4.0)
