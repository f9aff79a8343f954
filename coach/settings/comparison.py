"""Tunables of comparing two clips, and presets per style: weights and tolerances in one place."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from coach.errors import SettingsError
from coach.settings.checks import require_below, require_between, require_positive, require_share
from coach.settings.comparison_sync import MovementSyncSettings, SoundSyncSettings
from coach.settings.session import CoachSettings


@dataclass(frozen=True)
class WarpingSettings:
    """The active range, and what the warping path may do.

    Attributes
    ----------
    active_share, active_hold_s : float
        The dance begins and ends where the energy stays above this share of its median for so long.
    min_common_s : float
        Clips with less in common cannot be compared.
    band_s : float
        With the same sound in both clips the path stays within this distance of the music.
    min_slope, max_slope : float
        Teacher seconds per student second.
    smoothing_s : float
        The steps of the path are evened out over this time.
    same_dance_mismatch, other_dance_mismatch : float
        Mean mismatch along the path, over `followed_window_s`, up to which this is the same dance, and from which it
        is not.
    followed_window_s : float
    min_matched_share : float
        Without a sure offset, what does not fit is left out - unless less than this share of the clip remains.
    """

    active_share: float = 0.2
    active_hold_s: float = 0.5
    min_common_s: float = 2.0
    band_s: float = 1.0
    min_slope: float = 0.2
    max_slope: float = 4.0
    smoothing_s: float = 0.3
    same_dance_mismatch: float = 0.55
    other_dance_mismatch: float = 0.9
    followed_window_s: float = 3.0
    min_matched_share: float = 0.5

    def __post_init__(self) -> None:
        require_share(self, "active_share", "min_matched_share")
        require_positive(self, "active_hold_s", "min_common_s", "band_s", "smoothing_s", "followed_window_s")
        require_between("min_slope", self.min_slope, 0.0, 1.0)
        require_between("max_slope", self.max_slope, 1.0, 20.0)
        require_below(
            "same_dance_mismatch", self.same_dance_mismatch, "other_dance_mismatch", self.other_dance_mismatch
        )


@dataclass(frozen=True)
class OutlineSettings:
    """Body outlines.

    Attributes
    ----------
    harmonics : int
        Elliptic Fourier harmonics that are kept: enough for limbs, too few for folds of cloth.
    outline_points : int
        Points of a smoothed outline.
    sheet_px : int
        Side of the sheet on which shapes are compared.
    tolerance_torso : float
        Width of the Gaussian around the teacher's shape, in torso lengths.
    window_step : int
        Every how many frames the masks are compared.
    min_area_share : float
        A mask smaller than this share of the sheet is nobody.
    slack_s : float
        The teacher's best matching outline within this time counts.
    full_score, zero_score : float
        Fits that earn everything and nothing: the best that another body reaches, and what unrelated poses reach.
    crop_torso : float
        Half the side of the crop around a joint, in torso lengths.
    """

    harmonics: int = 8
    outline_points: int = 128
    sheet_px: int = 128
    tolerance_torso: float = 0.12
    window_step: int = 2
    min_area_share: float = 0.01
    slack_s: float = 0.1
    full_score: float = 0.95
    zero_score: float = 0.7
    crop_torso: float = 0.3

    def __post_init__(self) -> None:
        require_between("harmonics", self.harmonics, 5, 8)
        require_between("outline_points", self.outline_points, 32, 1024)
        require_between("sheet_px", self.sheet_px, 32, 256)
        require_between("window_step", self.window_step, 1, 30)
        require_positive(self, "tolerance_torso", "crop_torso")
        require_share(self, "min_area_share", "full_score", "zero_score")
        require_between("slack_s", self.slack_s, 0.0, 1.0)
        require_below("zero_score", self.zero_score, "full_score", self.full_score)


@dataclass(frozen=True)
class FindingSettings:
    """What is told.

    Attributes
    ----------
    most_worst : int
        Spikes in the table.
    told_worst : int
        Spikes in words.
    context_s : float
        Spikes of one joint closer together than this are told once.
    rest_speed : float
        A limb slower than this (torso lengths a second) has no direction.
    direction_window_s : float
        Velocities are differences over this time.
    hit_within_s : float
        Hits of both dancers so near each other are the same hit.
    on_beat_ms : float
        Up to this is on the beat.
    body_mask_share : float
        Share of the outline in the body part of the score; the rest is extension and energy.
    """

    most_worst: int = 10
    told_worst: int = 3
    context_s: float = 2.0
    rest_speed: float = 0.6
    direction_window_s: float = 0.2
    hit_within_s: float = 0.3
    on_beat_ms: float = 100.0
    body_mask_share: float = 0.5

    def __post_init__(self) -> None:
        require_between("most_worst", self.most_worst, 1, 100)
        require_between("told_worst", self.told_worst, 1, 10)
        require_positive(self, "context_s", "rest_speed", "direction_window_s", "hit_within_s", "on_beat_ms")
        require_share(self, "body_mask_share")


@dataclass(frozen=True)
class ComparisonSettings:
    """Everything that `coach.comparison` hands down; ``coach`` is what live coaching uses as well."""

    style: str = "hip-hop"
    coach: CoachSettings = field(default_factory=CoachSettings)
    sound: SoundSyncSettings = field(default_factory=SoundSyncSettings)
    movement: MovementSyncSettings = field(default_factory=MovementSyncSettings)
    warping: WarpingSettings = field(default_factory=WarpingSettings)
    outline: OutlineSettings = field(default_factory=OutlineSettings)
    finding: FindingSettings = field(default_factory=FindingSettings)


def _strict_lines() -> ComparisonSettings:
    """Ballet and its like: lines count, a constant offset is no style but a fault, little freedom in time."""
    settings = ComparisonSettings(style="ballet")
    judging = settings.coach.judging
    angles = replace(judging.angles, style_max_deg=8.0, style_max_tolerances=0.6, slack_s=0.15)
    score = replace(judging.score, style_credit=0.6)
    strict = replace(judging, strictness=0.7, angles=angles, score=score)
    return replace(
        settings,
        coach=replace(settings.coach, judging=strict),
        outline=replace(settings.outline, tolerance_torso=0.09),
    )


PRESETS: Final = MappingProxyType({"hip-hop": ComparisonSettings(), "ballet": _strict_lines()})
"""Settings per style; the first is the default."""


def preset(style: str, strictness: float = 1.0) -> ComparisonSettings:
    """The settings of a style, with the tolerances multiplied by ``strictness`` (above 1 forgives more).

    Raises
    ------
    SettingsError
        For an unknown style.
    """
    if style not in PRESETS:
        raise SettingsError("style", style, f"one of {', '.join(PRESETS)}")
    settings = PRESETS[style]
    judging = settings.coach.judging
    judging = replace(judging, strictness=judging.strictness * strictness)
    return replace(settings, coach=replace(settings.coach, judging=judging))
