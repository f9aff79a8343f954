"""Every number of the screen and the sound. Sizes are design units: pixels on a 1024x680 window, scaled with it."""

from __future__ import annotations

from dataclasses import dataclass, field

from coach.errors import SettingsError


def _check(name: str, value: float, ok: bool, allowed: str) -> None:
    if not ok:
        raise SettingsError(name, value, allowed)


@dataclass(frozen=True)
class WindowSettings:
    """The window.

    Attributes
    ----------
    size_px : (int, int)
        First size of the window.
    min_size_px : (int, int)
        The layout is right from here on.
    title : str
        Name in the window's frame and on the splash.
    design_size : (int, int)
        Window size at which one design unit is one pixel.
    cache_bytes_count : int
        Most memory that ready-drawn texts and shapes may take.
    """

    size_px: tuple[int, int] = (1280, 720)
    min_size_px: tuple[int, int] = (640, 480)
    title: str = "Dance Coach"
    design_size: tuple[int, int] = (1024, 680)
    cache_bytes_count: int = 32_000_000

    def __post_init__(self) -> None:
        smallest_px = min(*self.size_px, *self.min_size_px)
        _check("window size", smallest_px, smallest_px >= 320, "at least 320 pixels on each side")
        _check("cache_bytes_count", self.cache_bytes_count, self.cache_bytes_count > 0, "above 0")


@dataclass(frozen=True)
class BodySettings:
    """How the student and the teacher are drawn.

    Attributes
    ----------
    emphasised_limbs_count : int
        Limbs drawn thick at once: more than two teach less.
    min_visibility : float
        Landmarks below it are drawn as a thin dashed line.
    ghost_opacity : float
        Of the teacher's figure over the student.
    ghost_settle_s : float
        Time in which the ghost's size follows the student's; bending forward must not blow it up.
    framing_window_s : float
        The teacher's card follows the dancer sideways with this slowness.
    framing_zoom_s : float
        The same for nearer and farther; slow, so that a squat stays a squat.
    """

    emphasised_limbs_count: int = 2
    min_visibility: float = 0.5
    ghost_opacity: float = 0.45
    ghost_settle_s: float = 1.5
    framing_window_s: float = 3.0
    framing_zoom_s: float = 10.0

    def __post_init__(self) -> None:
        _check("emphasised_limbs_count", self.emphasised_limbs_count, self.emphasised_limbs_count >= 0, "0 or more")
        for name in ("min_visibility", "ghost_opacity"):
            value = getattr(self, name)
            _check(name, value, 0 <= value <= 1, "between 0 and 1")
        for name in ("ghost_settle_s", "framing_window_s", "framing_zoom_s"):
            value = getattr(self, name)
            _check(name, value, value > 0, "above 0 seconds")


@dataclass(frozen=True)
class MeterSettings:
    """Early/late and energy meters.

    Attributes
    ----------
    on_ms, off_ms : float
        Within ``on_ms`` a dancer is on the beat, beyond ``off_ms`` off it: a body has no sharper instant.
    range_ms : float
        End of the scale.
    energy_full : float
        Right end of the energy bar in body heights a second, where the reference does not say.
    """

    on_ms: float = 100.0
    off_ms: float = 250.0
    range_ms: float = 400.0
    energy_full: float = 2.0

    def __post_init__(self) -> None:
        _check("on_ms", self.on_ms, 0 < self.on_ms < self.off_ms, "above 0 and below off_ms")
        _check("off_ms", self.off_ms, self.off_ms < self.range_ms, "below range_ms")
        _check("energy_full", self.energy_full, self.energy_full > 0, "above 0")


@dataclass(frozen=True)
class CaptionSettings:
    """How long words stay.

    Attributes
    ----------
    hold_s : float
        A cue stays readable for this long.
    fade_s : float
        Length of its coming and going.
    praise_hold_s : float
        A praise word beside the score.
    """

    hold_s: float = 4.0
    fade_s: float = 0.2
    praise_hold_s: float = 1.2

    def __post_init__(self) -> None:
        _check("hold_s", self.hold_s, self.hold_s > 2 * self.fade_s >= 0, "more than twice fade_s")
        _check("praise_hold_s", self.praise_hold_s, self.praise_hold_s > 0, "above 0 seconds")


@dataclass(frozen=True)
class SoundSettings:
    """Music, voice and clicks.

    Attributes
    ----------
    rate_hz : int
        Sample rate of the sound device.
    buffer_samples_count : int
        Of the device: 512 at 44.1 kHz are 12 ms.
    music_volume, ducked_volume, voice_volume, click_volume : float
        0..1; ``ducked_volume`` is the music's while a cue is spoken.
    duck_ramp_s : float
        Time in which the music comes back.
    fade_in_s, fade_out_s : float
        Ramps where music starts and ends, so that no jump clicks.
    ending_s : float
        After the ramp of an end there is silence for so long; the channel is freed within.
    restore_s : float
        So long after its start a sound that comes round again is without its ramp: its first samples are on their
        way to the loudspeaker by then.
    """

    rate_hz: int = 44_100
    buffer_samples_count: int = 512
    music_volume: float = 0.8
    ducked_volume: float = 0.25
    voice_volume: float = 1.0
    click_volume: float = 0.6
    duck_ramp_s: float = 0.3
    fade_in_s: float = 0.004
    fade_out_s: float = 0.008
    ending_s: float = 0.4
    restore_s: float = 0.1

    def __post_init__(self) -> None:
        _check("rate_hz", self.rate_hz, 8_000 <= self.rate_hz <= 192_000, "between 8000 and 192000")
        for name in ("music_volume", "ducked_volume", "voice_volume", "click_volume"):
            value = getattr(self, name)
            _check(name, value, 0 <= value <= 1, "between 0 and 1")
        _check("duck_ramp_s", self.duck_ramp_s, self.duck_ramp_s > 0, "above 0 seconds")


@dataclass(frozen=True)
class UiSettings:
    """All of the above."""

    window: WindowSettings = field(default_factory=WindowSettings)
    body: BodySettings = field(default_factory=BodySettings)
    meters: MeterSettings = field(default_factory=MeterSettings)
    caption: CaptionSettings = field(default_factory=CaptionSettings)
    sound: SoundSettings = field(default_factory=SoundSettings)
