"""Tunables of everything between a picture and an observation: model, detector, flow, mask, picture faults."""

from __future__ import annotations

from dataclasses import dataclass, field

from coach.settings.checks import require_between


@dataclass(frozen=True)
class DownloadSettings:
    """Fetching the pose model.

    Attributes
    ----------
    connect_timeout_s : float
        Longest wait for an answer; short, for without a network the next source is tried at once.
    stall_timeout_s : float
        A download program that writes nothing for so long is stopped.
    poll_s : float
        How often its progress is looked at.
    max_download_bytes : int
        No model is larger.
    """

    connect_timeout_s: float = 5.0
    stall_timeout_s: float = 90.0
    poll_s: float = 0.2
    max_download_bytes: int = 200_000_000

    def __post_init__(self) -> None:
        require_between("connect_timeout_s", self.connect_timeout_s, 0.1, 600)
        require_between("stall_timeout_s", self.stall_timeout_s, 0.1, 3600)
        require_between("poll_s", self.poll_s, 0.01, 10)
        require_between("max_download_bytes", self.max_download_bytes, 1, 1e12)


@dataclass(frozen=True)
class DetectorSettings:
    """The pose detector.

    Attributes
    ----------
    picture_height_px : int
        Pictures higher than this are scaled down before detection; smaller ones stay as they are.
    min_detection_confidence, min_tracking_confidence : float
        Thresholds handed to the pose model.
    quiet_person_calls : int
        Detections with a person during which the model's own log lines are kept off the terminal
        (each of its warnings comes once).
    close_timeout_s : float
        Longest wait for a detection under way when the detector is closed.
    """

    picture_height_px: int = 480
    min_detection_confidence: float = 0.5
    min_tracking_confidence: float = 0.5
    quiet_person_calls: int = 3
    close_timeout_s: float = 3.0

    def __post_init__(self) -> None:
        require_between("picture_height_px", self.picture_height_px, 64, 4320)
        require_between("min_detection_confidence", self.min_detection_confidence, 0, 1)
        require_between("min_tracking_confidence", self.min_tracking_confidence, 0, 1)
        require_between("quiet_person_calls", self.quiet_person_calls, 0, 1000)
        require_between("close_timeout_s", self.close_timeout_s, 0, 60)


@dataclass(frozen=True)
class FlowSettings:
    """Optical flow and the energy made of it.

    Attributes
    ----------
    picture_area_px : int
        Area of the grey picture on which flow is computed.
    thorough : bool
        The slower, finer preset. Teacher and student have to be measured by the same one: the finer one gives 4 % more
        for the whole body, 15-20 % more for the arms and 6 % less for the legs.
    min_interval_s, max_gap_s : float
        Pictures are compared with the latest one at least so much older; a gap longer than the second starts anew.
    hold_identical_s : float
        A picture equal to the one before is taken for a repeated frame up to this time, for stillness after it.
    noise_floor_px : float
        Flow magnitude of something that does not move; removed in quadrature.
    min_mask_px, min_part_px : int
        Pixels of the flow picture below which body or part are not judged.
    min_background_px : int
        Sampled pixels outside the mask below which the camera's own movement is unknown.
    sample_step_px : int
        Every how many pixels body and background are sampled; the flow itself is coarser.
    background_margin_px : int
        Pixels next to the mask that do not count as background.
    min_gradient : int
        Sobel gradient from which a pixel of the background has structure that flow can follow.
    min_visibility : float
        Landmarks seen less than this mark no body part.
    body_rise_s, body_fall_s : float
        Time constants of the running body height, which grows quickly and shrinks slowly (mostly foreshortening).
    """

    picture_area_px: int = 65536
    thorough: bool = False
    min_interval_s: float = 0.03
    max_gap_s: float = 0.25
    hold_identical_s: float = 0.06
    noise_floor_px: float = 0.1
    min_mask_px: int = 200
    min_part_px: int = 40
    min_background_px: int = 100
    sample_step_px: int = 2
    background_margin_px: int = 4
    min_gradient: int = 60
    min_visibility: float = 0.5
    body_rise_s: float = 0.3
    body_fall_s: float = 8.0

    def __post_init__(self) -> None:
        require_between("picture_area_px", self.picture_area_px, 1024, 4_000_000)
        require_between("min_interval_s", self.min_interval_s, 0, 1)
        require_between("max_gap_s", self.max_gap_s, 0.01, 5)
        require_between("hold_identical_s", self.hold_identical_s, 0, 1)
        require_between("noise_floor_px", self.noise_floor_px, 0, 5)
        for name in ("min_mask_px", "min_part_px", "min_background_px"):
            require_between(name, getattr(self, name), 1, 1_000_000)
        require_between("sample_step_px", self.sample_step_px, 1, 16)
        require_between("background_margin_px", self.background_margin_px, 0, 64)
        require_between("min_gradient", self.min_gradient, 1, 510)
        require_between("min_visibility", self.min_visibility, 0, 1)
        require_between("body_rise_s", self.body_rise_s, 0.01, 60)
        require_between("body_fall_s", self.body_fall_s, 0.01, 600)


@dataclass(frozen=True)
class BodyMaskSettings:
    """The stored body mask.

    Attributes
    ----------
    threshold : float
        Confidence from which a pixel belongs to the body.
    torso_px : float
        Length of the torso in the stored mask; 48 of 256 leaves room for arms stretched overhead and for jumps.
    """

    threshold: float = 0.5
    torso_px: float = 48.0

    def __post_init__(self) -> None:
        require_between("threshold", self.threshold, 0.01, 0.99)
        require_between("torso_px", self.torso_px, 8, 128)


@dataclass(frozen=True)
class PictureSettings:
    """When a picture counts as faulty.

    Attributes
    ----------
    dark_below : float
        Mean brightness, 0..1.
    blurred_below : float
        Sharpness as of `pictures.sharpness`.
    camera_moved_above : float
        Median flow of the background, picture heights a second.
    fault_lasts_s : float
        A fault is reported once it has held this long: one bad frame is none.
    frozen_after_s : float
        Identical pictures for this long mean that the camera hangs.
    second_person_every_s : float or None
        How often a second detector looks for a further person (about twice the work of one detection each time);
        None never looks.
    second_person_min_size : float
        A further person smaller than this share of the dancer's torso is ignored.
    second_person_min_distance : float
        Hips nearer than this many torso lengths belong to the same person.
    """

    dark_below: float = 0.12
    blurred_below: float = 0.015
    camera_moved_above: float = 0.1
    fault_lasts_s: float = 0.3
    frozen_after_s: float = 2.0
    second_person_every_s: float | None = None
    second_person_min_size: float = 0.5
    second_person_min_distance: float = 1.0

    def __post_init__(self) -> None:
        require_between("dark_below", self.dark_below, 0, 1)
        require_between("blurred_below", self.blurred_below, 0, 10)
        require_between("camera_moved_above", self.camera_moved_above, 0, 100)
        require_between("fault_lasts_s", self.fault_lasts_s, 0, 60)
        require_between("frozen_after_s", self.frozen_after_s, 0.1, 600)
        if self.second_person_every_s is not None:
            require_between("second_person_every_s", self.second_person_every_s, 0, 600)
        require_between("second_person_min_size", self.second_person_min_size, 0, 10)
        require_between("second_person_min_distance", self.second_person_min_distance, 0, 10)


@dataclass(frozen=True)
class ModelChoiceSettings:
    """Which model suits this computer.

    Attributes
    ----------
    budget_share : float
        Share of the time between two frames that detection may take; the rest is for flow, tracking, drawing.
    heavy_cost_ratio : float
        Cost of ``heavy`` over that of ``full``, at least: where this is too slow already it is not even fetched.
    measured_frames, warm_up_frames : int
        Detections that are timed, and those before that are not.
    """

    budget_share: float = 0.7
    heavy_cost_ratio: float = 2.5
    measured_frames: int = 20
    warm_up_frames: int = 5

    def __post_init__(self) -> None:
        require_between("budget_share", self.budget_share, 0.05, 1)
        require_between("heavy_cost_ratio", self.heavy_cost_ratio, 1, 10)
        require_between("measured_frames", self.measured_frames, 3, 1000)
        require_between("warm_up_frames", self.warm_up_frames, 0, 1000)


@dataclass(frozen=True)
class SensingSettings:
    """All of the sensor's; `live` and `offline` are the two ways in which it is used."""

    detector: DetectorSettings = field(default_factory=DetectorSettings)
    flow: FlowSettings = field(default_factory=FlowSettings)
    body_mask: BodyMaskSettings = field(default_factory=BodyMaskSettings)
    picture: PictureSettings = field(default_factory=PictureSettings)

    @classmethod
    def live(cls) -> SensingSettings:
        """For a camera: whatever fits between two frames."""
        return cls()

    @classmethod
    def offline(cls) -> SensingSettings:
        """For a recording: the same figures, and a look for a second person now and then."""
        return cls(picture=PictureSettings(second_person_every_s=0.5))
