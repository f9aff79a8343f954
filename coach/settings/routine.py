"""Settings of the built-in routine: its beat, its stage, its dancer's mistakes and its music."""

from __future__ import annotations

from dataclasses import dataclass

from coach.settings.checks import require_between


@dataclass(frozen=True)
class MovementSettings:
    """How the dancer goes from one key pose to the next.

    Attributes
    ----------
    bpm : float
        Beats a minute of routine and music.
    bounce_m : float
        Depth of the small knee bend on every beat.
    step_lift_m : float
        Height of a foot in the middle of a step.
    step_start_share : float
        Share of the time between two key poses for which a stepping foot still stands.
    arm_lead_s, forearm_lag_s : float
        The upper arm arrives a little before the beat, the forearm a little after it, as in a whip.
    weight_shift_m : float
        How far the hips move over a foot at full weight.
    hip_roll_deg : float
        Hip drop on the free side at full weight; the trunk leans back by ``counter_lean_share`` of it.
    counter_lean_share : float
    """

    bpm: float = 104.0
    bounce_m: float = 0.022
    step_lift_m: float = 0.07
    step_start_share: float = 0.12
    arm_lead_s: float = 0.02
    forearm_lag_s: float = 0.03
    weight_shift_m: float = 0.07
    hip_roll_deg: float = 5.0
    counter_lean_share: float = 0.7

    def __post_init__(self) -> None:
        require_between("bpm", self.bpm, 40.0, 200.0)
        require_between("bounce_m", self.bounce_m, 0.0, 0.1)
        require_between("step_lift_m", self.step_lift_m, 0.0, 0.4)
        require_between("step_start_share", self.step_start_share, 0.0, 0.5)
        require_between("arm_lead_s", self.arm_lead_s, 0.0, 0.2)
        require_between("forearm_lag_s", self.forearm_lag_s, 0.0, 0.2)
        require_between("weight_shift_m", self.weight_shift_m, 0.0, 0.2)
        require_between("hip_roll_deg", self.hip_roll_deg, 0.0, 20.0)
        require_between("counter_lean_share", self.counter_lean_share, 0.0, 1.5)

    @property
    def beat_s(self) -> float:
        """Seconds of one beat."""
        return 60.0 / self.bpm


@dataclass(frozen=True)
class StageCamera:
    """The pinhole camera in front of the stage.

    Attributes
    ----------
    distance_m : float
        From the lens to the stage's centre.
    height_m : float
        Height of the lens above the floor; the optical axis is level.
    view_height_m : float
        Height of the picture at the stage's centre.
    centre_height_m : float
        Height at the stage's centre that is seen in the middle of the picture.
    yaw_deg : float
        The camera walks round the dancer by this angle, positive towards the dancer's left.
    """

    distance_m: float = 4.5
    height_m: float = 1.05
    view_height_m: float = 2.75
    centre_height_m: float = 1.02
    yaw_deg: float = 0.0

    def __post_init__(self) -> None:
        require_between("distance_m", self.distance_m, 1.5, 20.0)
        require_between("height_m", self.height_m, 0.1, 3.0)
        require_between("view_height_m", self.view_height_m, 1.0, 10.0)
        require_between("centre_height_m", self.centre_height_m, 0.0, 3.0)
        require_between("yaw_deg", self.yaw_deg, -180.0, 180.0)


@dataclass(frozen=True)
class MistakeSettings:
    """How large a planted mistake is.

    Attributes
    ----------
    elbow_bend_deg : float
        The bent arm never gets straighter than this (0 = straight).
    lag_s : float
        Delay of the late dancer.
    low_energy_amplitude, small_amplitude : float
        Share of every movement that is left.
    low_energy_blur_s : float
        Half width of the window over which a lazy dancer's movement is softened.
    knee_lift_share : float
        Share of a knee's lift that is left.
    stop_s : float
        How long the stopping dancer stands still.
    blend_s : float
        Time in which a mistake sets in, and in which a dancer who starts over walks back.
    """

    elbow_bend_deg: float = 60.0
    lag_s: float = 0.35
    low_energy_amplitude: float = 0.8
    low_energy_blur_s: float = 0.42
    small_amplitude: float = 0.6
    knee_lift_share: float = 0.3
    stop_s: float = 4.0
    blend_s: float = 0.8

    def __post_init__(self) -> None:
        require_between("elbow_bend_deg", self.elbow_bend_deg, 0.0, 140.0)
        require_between("lag_s", self.lag_s, 0.0, 2.0)
        require_between("low_energy_amplitude", self.low_energy_amplitude, 0.0, 1.0)
        require_between("low_energy_blur_s", self.low_energy_blur_s, 0.0, 1.0)
        require_between("small_amplitude", self.small_amplitude, 0.0, 1.0)
        require_between("knee_lift_share", self.knee_lift_share, 0.0, 1.0)
        require_between("stop_s", self.stop_s, 0.0, 60.0)
        require_between("blend_s", self.blend_s, 0.05, 5.0)


@dataclass(frozen=True)
class AlongSettings:
    """How a drawn student dances along with what is played.

    Attributes
    ----------
    reaction_s : float
        How long the student goes on as before after something changed: a jump, a pause, another speed.
    join_s : float
        Time in which the student then gets to the new place, or to rest.
    """

    reaction_s: float = 0.3
    join_s: float = 0.5

    def __post_init__(self) -> None:
        require_between("reaction_s", self.reaction_s, 0.0, 3.0)
        require_between("join_s", self.join_s, 0.05, 3.0)


@dataclass(frozen=True)
class MusicSettings:
    """The synthesised music.

    Attributes
    ----------
    rate_hz : int
        Sample rate of the mono sound.
    peak : float
        Largest sample, 1 = full scale.
    quantum : int
        Samples are multiples of this: 16 keeps 12 bits, which packs smaller and is not heard.
    drum_volume, bass_volume, chord_volume, melody_volume : float
        Mix.
    """

    rate_hz: int = 16000
    peak: float = 0.8
    quantum: int = 16
    drum_volume: float = 0.8
    bass_volume: float = 0.5
    chord_volume: float = 0.4
    melody_volume: float = 0.6

    def __post_init__(self) -> None:
        require_between("rate_hz", self.rate_hz, 8000, 96000)
        require_between("peak", self.peak, 0.05, 1.0)
        require_between("quantum", self.quantum, 1, 256)
        for name in ("drum_volume", "bass_volume", "chord_volume", "melody_volume"):
            require_between(name, getattr(self, name), 0.0, 2.0)


@dataclass(frozen=True)
class DrawnSourceSettings:
    """The drawn dancer as a camera.

    Attributes
    ----------
    frame_size_px : (int, int)
        Width and height of its pictures.
    fps : float
        Pictures a second.
    noise_level : int
        Largest sensor noise added to a pixel, so that no two pictures are the same.
    tail_s : float
        How long the dancer stays in picture after the last pose.
    """

    frame_size_px: tuple[int, int] = (960, 540)
    fps: float = 30.0
    noise_level: int = 5
    tail_s: float = 2.0

    def __post_init__(self) -> None:
        for value in self.frame_size_px:
            require_between("frame_size_px", value, 64, 8192)
        require_between("fps", self.fps, 1.0, 240.0)
        require_between("noise_level", self.noise_level, 0, 60)
        require_between("tail_s", self.tail_s, 0.0, 60.0)
