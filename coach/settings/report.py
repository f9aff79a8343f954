"""Every number of the comparison's report page, its pictures and the side-by-side video."""

from __future__ import annotations

from dataclasses import dataclass, field

from coach.errors import SettingsError
from coach.settings.checks import require_between

Rgb = tuple[int, int, int]


@dataclass(frozen=True)
class PageSettings:
    """The report page.

    Attributes
    ----------
    rate_fps : float
        Figures and curves are thinned to it: more is not seen, and makes the page large.
    samples_limit : int
        A longer clip is thinned further, so that the page of five minutes still opens at once.
    landmark_unit : float
        Landmarks are rounded to this share of the picture's height.
    sure_visibility : float
        Landmarks below it are drawn faintly.
    follow_s : float
        The view follows a dancer who travels with a mean over so long.
    path_step_s : float
        Rows of the warping path that add less than this are left out of the page (not of ``result.json``).
    """

    rate_fps: float = 30.0
    samples_limit: int = 5400
    landmark_unit: float = 0.001
    sure_visibility: float = 0.5
    follow_s: float = 3.0
    path_step_s: float = 0.05

    def __post_init__(self) -> None:
        require_between("rate_fps", self.rate_fps, 1.0, 240.0)
        require_between("samples_limit", self.samples_limit, 2, 1_000_000)
        require_between("landmark_unit", self.landmark_unit, 1e-5, 0.1)
        require_between("sure_visibility", self.sure_visibility, 0.0, 1.0)
        require_between("follow_s", self.follow_s, 0.0, 60.0)
        require_between("path_step_s", self.path_step_s, 0.0, 10.0)


@dataclass(frozen=True)
class OverlayLook:
    """Colours and line widths of what is drawn over pictures: the product's palette, told apart by colour-blind people.

    Widths and radii are shares of the picture's height.
    """

    ink: Rgb = (12, 16, 26)
    panel: Rgb = (16, 21, 34)
    text: Rgb = (246, 248, 251)
    text_dim: Rgb = (190, 199, 214)
    bone: Rgb = (238, 243, 250)
    teacher: Rgb = (238, 214, 230)
    teacher_far: Rgb = (168, 128, 158)
    good: Rgb = (86, 180, 233)
    style: Rgb = (240, 228, 66)
    mistake: Rgb = (240, 152, 0)
    bone_width: float = 0.006
    limb_width: float = 0.012
    halo_width: float = 0.003
    mark_radius: float = 0.009

    def __post_init__(self) -> None:
        for name in ("bone_width", "limb_width", "halo_width", "mark_radius"):
            require_between(name, getattr(self, name), 0.0, 0.2)


@dataclass(frozen=True)
class StillSettings:
    """The small pictures of the worst moments.

    Attributes
    ----------
    height_px : int
        Of the picture that is kept.
    decode_height_px : int
        The video is decoded at this height before the dancer is cut out.
    margin : float
        Room around the dancer, in shares of the dancer's height.
    aspect : float
        Width over height.
    quality_percent : int
        Of the JPEG.
    """

    height_px: int = 240
    decode_height_px: int = 480
    margin: float = 0.10
    aspect: float = 0.75
    quality_percent: int = 80
    look: OverlayLook = field(default_factory=OverlayLook)

    def __post_init__(self) -> None:
        require_between("height_px", self.height_px, 32, 2160)
        require_between("decode_height_px", self.decode_height_px, 32, 4320)
        require_between("margin", self.margin, 0.0, 2.0)
        require_between("aspect", self.aspect, 0.2, 5.0)
        require_between("quality_percent", self.quality_percent, 1, 100)


@dataclass(frozen=True)
class SideBySideSettings:
    """The side-by-side video.

    Attributes
    ----------
    height_px : int
        Of both pictures, without the strip below.
    strip_px, gap_px : int
        Height of the strip with names and times, and distance between the pictures.
    width_limit_px : int
        Of one picture: a wide one is made smaller.
    rate_fps : float
    crf : int
        x264's quality: smaller is better and larger.
    preset : str
        x264's trade of time for size.
    sound_bit_rate : int
        Bits a second of the AAC sound.
    unsure_visibility : float
        Bones with an end below it are dashed.
    """

    height_px: int = 600
    strip_px: int = 64
    gap_px: int = 8
    width_limit_px: int = 960
    rate_fps: float = 30.0
    crf: int = 26
    preset: str = "superfast"
    sound_bit_rate: int = 128_000
    unsure_visibility: float = 0.5
    look: OverlayLook = field(default_factory=OverlayLook)

    def __post_init__(self) -> None:
        require_between("height_px", self.height_px, 64, 4320)
        require_between("strip_px", self.strip_px, 0, 400)
        require_between("gap_px", self.gap_px, 0, 400)
        require_between("width_limit_px", self.width_limit_px, 32, 7680)
        require_between("rate_fps", self.rate_fps, 1.0, 240.0)
        require_between("crf", self.crf, 0, 51)
        require_between("sound_bit_rate", self.sound_bit_rate, 8_000, 512_000)
        require_between("unsure_visibility", self.unsure_visibility, 0.0, 1.0)
        if not self.preset:
            raise SettingsError("preset", self.preset, "a preset of x264 such as veryfast")
