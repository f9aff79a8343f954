"""The tunable numbers of alignment: features, evidence, timing, offline alignment."""

from __future__ import annotations

from dataclasses import dataclass, field

from coach.errors import SettingsError
from coach.settings.checks import require_between, require_positive, require_share
from coach.settings.tracker import AgreementSettings, MusicPriorSettings, TrackerSettings, TrustSettings
from coach.settings.transitions import PaceSettings, TransitionSettings


@dataclass(frozen=True)
class FeatureSettings:
    """How a pose becomes the numbers that are compared.

    Attributes
    ----------
    min_visibility : float
        Landmarks below count as unseen. Far lower than for judging: a guessed arm still says more about the place than
        none, and the comparison bears outliers.
    min_scale : float
        In picture heights; a smaller body has no features.
    """

    min_visibility: float = 0.1
    min_scale: float = 0.02

    def __post_init__(self) -> None:
        require_share(self, "min_visibility")
        require_positive(self, "min_scale")


@dataclass(frozen=True)
class EvidenceSettings:
    """How much one moment says about the place in the choreography.

    A mismatch is the mean of ``log2(1 + difference**2 / scale)`` over the features: about 0.5 for two dancers in the
    same place, 1.5 and more for arbitrary poses.

    Attributes
    ----------
    nats_per_s : float
        Evidence gathered in a second by one unit of mismatch. Poses of neighbouring frames are nearly the same
        observation, so this is far below what independent frames would give.
    pose_scale : float
        Squared difference of one feature that is usual between two dancers in the same place.
    unseen_square : float
        Squared difference that counts where the reference is unseen.
    mismatch_cap : float
        More mismatch makes nothing less likely: a dancer in the right place may do something else for a moment.
    stranger_ratio : float
        Mismatch expected of somebody who does something else, as a share of the mean mismatch over all places.
        Measured over `fit_memory_s`: the right place 0.15-0.59, the best place of other dances 0.62-0.75.
    min_mean_mismatch : float
        The mean counts as at least so much (a short section has places much like one another).
    motion_lags_s : tuple of float
        Times of the reference over which the change of the features is taken: the student's over what its pace makes of
        them.
    motion_weights : tuple of float
        Weight of each of these changes against the pose itself.
    motion_scales : tuple of float
        Squared difference of each that is usual between two dancers in the same place.
    still_window_s : float
        A dancer is still if no feature moved for so long.
    still_smoothing_s : float
        The features are averaged over so long before that, because what jitters does not move.
    still_range, moving_range : float
        Root mean square range of the features over the window: below the first (averaged, without the jitter) the
        dancer is still, above the second the reference moves.
    jitter_range_ratio : float
        Squared range of the averaged features that jitter of variance 1 makes: measured 3.3-5.4 where somebody stands
        before a noisy camera (9 of 10 moments), and 10 and more where somebody dances (99 of 100).
    max_jitter : float
        No more than this standard deviation is put down to jitter.
    still_nats_per_s : float
        Evidence against every moving place of the reference while the dancer is still.
    absent_nats_per_s : float
        Evidence for being lost while nobody is seen.
    """

    nats_per_s: float = 18.0
    pose_scale: float = 0.03
    unseen_square: float = 0.05
    mismatch_cap: float = 2.1
    stranger_ratio: float = 0.735
    min_mean_mismatch: float = 0.75
    motion_lags_s: tuple[float, ...] = (0.4,)
    motion_weights: tuple[float, ...] = (0.4,)
    motion_scales: tuple[float, ...] = (0.12,)
    still_window_s: float = 0.6
    still_smoothing_s: float = 0.2
    still_range: float = 0.035
    moving_range: float = 0.12
    jitter_range_ratio: float = 6.0
    max_jitter: float = 0.04
    still_nats_per_s: float = 25.0
    absent_nats_per_s: float = 12.0

    def __post_init__(self) -> None:
        require_positive(
            self,
            "nats_per_s",
            "pose_scale",
            "unseen_square",
            "mismatch_cap",
            "stranger_ratio",
        )
        require_positive(self, "still_window_s", "still_smoothing_s", "max_jitter")
        require_between("jitter_range_ratio", self.jitter_range_ratio, 0, 100)
        require_positive(self, "still_range", "moving_range", "still_nats_per_s", "absent_nats_per_s")
        require_between("min_mean_mismatch", self.min_mean_mismatch, 0, 10)
        for name in ("motion_lags_s", "motion_weights", "motion_scales"):
            values = getattr(self, name)
            if len(values) != len(self.motion_lags_s) or not values or min(values) <= 0:
                raise SettingsError(name, values, "numbers above 0, as many as motion_lags_s, at least one")


@dataclass(frozen=True)
class OfflineAlignmentSettings:
    """Alignment of two whole clips.

    Attributes
    ----------
    tick_fps : float
        Both clips are brought to this rate.
    skip_price : float
        Mismatch at which a student's moment before or after the dance is left out.
    step_price : float
        Price of a step that is not one frame forward in both clips.
    between_s : float
        The place between two ticks is found over so much of the path to either side.
    """

    tick_fps: float = 30.0
    skip_price: float = 1.05
    step_price: float = 0.3
    between_s: float = 0.3

    def __post_init__(self) -> None:
        require_between("tick_fps", self.tick_fps, 5, 240)
        require_positive(self, "skip_price", "between_s")
        require_between("step_price", self.step_price, 0, 100)


@dataclass(frozen=True)
class TimingSettings:
    """Early and late.

    Attributes
    ----------
    range_s : float
        Largest lateness that is looked for in one limb, either way.
    lag_s : float
        Step of that search.
    memory_s : float
        How long a movement counts for a limb's timing.
    min_movement : float
        Root mean square movement of a limb's features within the memory below which its timing is unknown.
    max_residual : float
        Share of that movement that the best lag may leave unexplained.
    constant_s : float
        Observation time after which half of the measured constant delay is taken off, and all of it is told.
    max_delay_ms : float
        No more than so much lateness is put down to camera and sound: an ordinary webcam is 30-100 ms late,
        loudspeakers 10-50 ms. Bluetooth is later, which is what a latency check is for.
    bin_ms : float
        Resolution of the constant delay.
    steady_s : float
        Time over which a dancer's own tempo counts as steady where there is no music.
    """

    range_s: float = 0.5
    lag_s: float = 1 / 30
    memory_s: float = 1.5
    min_movement: float = 0.08
    max_residual: float = 0.6
    constant_s: float = 5.0
    max_delay_ms: float = 150.0
    bin_ms: float = 5.0
    steady_s: float = 4.0

    def __post_init__(self) -> None:
        require_between("max_delay_ms", self.max_delay_ms, 0, 1000)
        require_positive(
            self, "range_s", "lag_s", "memory_s", "min_movement", "max_residual", "constant_s", "bin_ms", "steady_s"
        )


@dataclass(frozen=True)
class AlignmentSettings:
    """All settings of `coach.alignment`."""

    features: FeatureSettings = field(default_factory=FeatureSettings)
    evidence: EvidenceSettings = field(default_factory=EvidenceSettings)
    transitions: TransitionSettings = field(default_factory=TransitionSettings)
    pace: PaceSettings = field(default_factory=PaceSettings)
    music: MusicPriorSettings = field(default_factory=MusicPriorSettings)
    tracker: TrackerSettings = field(default_factory=TrackerSettings)
    agreement: AgreementSettings = field(default_factory=AgreementSettings)
    trust: TrustSettings = field(default_factory=TrustSettings)
    offline: OfflineAlignmentSettings = field(default_factory=OfflineAlignmentSettings)
    timing: TimingSettings = field(default_factory=TimingSettings)
