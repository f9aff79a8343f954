"""Tunables of the pose maths: visibility, normalisation, angles, smoothing, gaps, trajectory, reference, quality."""

from __future__ import annotations

from dataclasses import dataclass, field

from coach.errors import SettingsError
from coach.settings.checks import require_between, require_positive, require_share


@dataclass(frozen=True)
class NormaliseSettings:
    """How a body is brought to one place, size and upright position.

    Attributes
    ----------
    min_visibility : float
        Landmarks below count as unseen.
    min_torso_length : float
        In picture heights; a shorter torso has neither size nor direction.
    narrow_shoulders, wide_shoulders : float
        Shoulder width over torso length. Up to the first the shoulder line is too short to have a direction (side view)
        and the body is left as it is; from the second on it is turned fully; between them the turn is blended.
    full_roll_deg : float
        Up to this tilt the shoulder line is turned onto the x axis; beyond, the turn fades to none at 90 degrees, where
        the nearest horizontal changes sides, so that a cartwheel makes no jump.
    """

    min_visibility: float = 0.5
    min_torso_length: float = 0.02
    narrow_shoulders: float = 0.15
    wide_shoulders: float = 0.35
    full_roll_deg: float = 60.0

    def __post_init__(self) -> None:
        require_share(self, "min_visibility")
        require_positive(self, "min_torso_length", "wide_shoulders")
        if not 0.0 <= self.narrow_shoulders < self.wide_shoulders:
            raise SettingsError("narrow_shoulders", self.narrow_shoulders, "at least 0 and below wide_shoulders")
        require_between("full_roll_deg", self.full_roll_deg, 1.0, 89.0)


@dataclass(frozen=True)
class AngleSettings:
    """When a joint angle exists.

    Attributes
    ----------
    min_limb_share : float
        A bone shorter in the picture than this share of its full length points at the camera (or away from it): its
        direction, and every angle at it, is noise. Full lengths come from the body's proportions. At 0.25 an upper
        arm at the usual distance is 0.025 picture heights long: there the sensor's noise alone turns it by 10 degrees.
    """

    min_limb_share: float = 0.25

    def __post_init__(self) -> None:
        require_share(self, "min_limb_share")


@dataclass(frozen=True)
class LiveSmoothingSettings:
    """One Euro filter (Casiez, Roussel and Vogel 2012) and short gaps, live.

    Light on purpose. Measured on a drawn dancer that moves like a filmed one and is seen again by the ``full`` model:
    the model's own stream lags 9 ms, this adds 2.5 ms and steadies the joint angles by a quarter where the camera is
    noisy; the heavier usual values (1 Hz, gain 5) add 11 ms and make fast joints 4 degrees worse.

    Attributes
    ----------
    min_visibility : float
        Landmarks below count as unseen.
    min_cutoff_hz : float
        Cut-off at rest: lower is steadier and lags more.
    speed_gain_hz : float
        The paper's beta: what the cut-off gains at a speed of one body height a second.
    speed_cutoff_hz : float
        Cut-off of the speed estimate itself.
    hold_s : float
        An unseen landmark stays where it was for this long, then it is missing.
    max_gap_s : float
        After being unseen for longer, a landmark starts afresh where it is seen again.
    size_memory_s : float
        How slowly the body's size is learnt (it makes the speed independent of the distance to the camera).
    """

    min_visibility: float = 0.5
    min_cutoff_hz: float = 4.0
    speed_gain_hz: float = 30.0
    speed_cutoff_hz: float = 3.0
    hold_s: float = 0.2
    max_gap_s: float = 0.5
    size_memory_s: float = 1.0

    def __post_init__(self) -> None:
        require_share(self, "min_visibility")
        require_positive(
            self, "min_cutoff_hz", "speed_gain_hz", "speed_cutoff_hz", "hold_s", "max_gap_s", "size_memory_s"
        )
        if self.hold_s > self.max_gap_s:
            raise SettingsError("hold_s", self.hold_s, "at most max_gap_s")


@dataclass(frozen=True)
class OfflineSmoothingSettings:
    """Gap filling and zero-phase smoothing of a recorded track.

    Attributes
    ----------
    min_visibility : float
        Landmarks below count as unseen.
    max_gap_s : float
        Longest time between two sightings that is bridged; longer gaps stay missing.
    sigma_s : float
        Width of the Gaussian window in time. Measured as above: at 0.035 s the median error of the joint angles, fast
        ones too, changes by less than 0.1 degree, the peak speed of hands and feet stays within 3 % of the truth
        (0.05 s: 3-9 % low, 0.08 s: 20 %), and the jitter falls by 40 % (by two thirds with a noisy camera).
    reach_sigmas : float
        Where the window is cut off.
    """

    min_visibility: float = 0.5
    max_gap_s: float = 0.5
    sigma_s: float = 0.035
    reach_sigmas: float = 3.0

    def __post_init__(self) -> None:
        require_share(self, "min_visibility")
        require_positive(self, "max_gap_s", "sigma_s", "reach_sigmas")


@dataclass(frozen=True)
class TrajectorySettings:
    """The path on the floor (see ``coach.pose.trajectory``).

    Attributes
    ----------
    min_visibility : float
        Landmarks below count as unseen.
    focal_length_diagonals : float
        Focal length in picture diagonals: 0.6 is a 26 mm phone camera as well as a 78 degree webcam. It scales the
        depth axis only, the same for teacher and student.
    size_sigma_s : float
        Smoothing of the apparent body size in a recording.
    size_cutoff_hz : float
        The same live, where only the past is known.
    max_gap_s : float
        After being unseen for longer, the live size starts afresh.
    """

    min_visibility: float = 0.5
    focal_length_diagonals: float = 0.6
    size_sigma_s: float = 0.3
    size_cutoff_hz: float = 0.8
    max_gap_s: float = 0.5

    def __post_init__(self) -> None:
        require_share(self, "min_visibility")
        require_positive(self, "focal_length_diagonals", "size_sigma_s", "size_cutoff_hz", "max_gap_s")


@dataclass(frozen=True)
class KeyMomentSettings:
    """Held poses: where movement comes to rest (see ``coach.pose.key_moments``).

    Attributes
    ----------
    sigma_s : float
        Smoothing of the movement before its lows are looked for.
    min_energy_share : float
        Share of the moments at which the movement must be known for the flow energy to be used at all.
    rest_share : float
        A low counts if it is at most this share of the peak before it.
    peak_share : float
        A peak counts if it is at least this share of the median movement.
    min_apart_s : float
        Of lows closer together the deepest is kept.
    """

    sigma_s: float = 0.08
    min_energy_share: float = 0.8
    rest_share: float = 0.5
    peak_share: float = 1.0
    min_apart_s: float = 0.4

    def __post_init__(self) -> None:
        require_share(self, "min_energy_share", "rest_share")
        require_positive(self, "sigma_s", "peak_share", "min_apart_s")


@dataclass(frozen=True)
class OfflineSettings:
    """From a raw recorded stream to a reference.

    Attributes
    ----------
    min_person_frame_count : int
        A recording with fewer pictures of a person is refused.
    """

    min_person_frame_count: int = 15
    smoothing: OfflineSmoothingSettings = field(default_factory=OfflineSmoothingSettings)
    trajectory: TrajectorySettings = field(default_factory=TrajectorySettings)
    key_moments: KeyMomentSettings = field(default_factory=KeyMomentSettings)

    def __post_init__(self) -> None:
        if self.min_person_frame_count < 2:
            raise SettingsError("min_person_frame_count", self.min_person_frame_count, "at least 2")


@dataclass(frozen=True)
class QualitySettings:
    """What the summary of a recording mentions.

    Attributes
    ----------
    min_visibility : float
        Landmarks below count as unseen.
    bridge_s : float
        Stretches of the same fault this close together are one.
    min_fault_s : float
        Shorter faults of the picture are not mentioned.
    min_unseen_s : float
        Shorter times of a hidden joint are not mentioned: every turn hides something.
    """

    min_visibility: float = 0.5
    bridge_s: float = 0.5
    min_fault_s: float = 0.3
    min_unseen_s: float = 1.0

    def __post_init__(self) -> None:
        require_share(self, "min_visibility")
        require_positive(self, "bridge_s", "min_fault_s", "min_unseen_s")


@dataclass(frozen=True)
class PoseSettings:
    """All settings of the pose maths."""

    normalise: NormaliseSettings = field(default_factory=NormaliseSettings)
    angles: AngleSettings = field(default_factory=AngleSettings)
    live: LiveSmoothingSettings = field(default_factory=LiveSmoothingSettings)
    offline: OfflineSettings = field(default_factory=OfflineSettings)
    quality: QualitySettings = field(default_factory=QualitySettings)
