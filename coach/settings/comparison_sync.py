"""Tunables of finding how far two clips' clocks are apart."""

from __future__ import annotations

from dataclasses import dataclass

from coach.settings.checks import require_below, require_between, require_positive, require_share


@dataclass(frozen=True)
class SoundSyncSettings:
    """Finding the offset of two sounds.

    Attributes
    ----------
    rate_hz : int
        The sound is brought down to this rate.
    low_hz, high_hz : float
        Band that is compared: below it phones hear nothing, above it rooms leave nothing.
    whitening : float
        Power of the spectrum's magnitude that is divided out: 1 is the phase transform.
    min_sigmas, sure_sigmas : float
        Height of the phase correlation's peak over its noise from which two sounds are the same recording, and at
        which that is certain.
    rival_share, most_rivals
        With more than so many peaks of at least this share of the highest, only ``sure_sigmas`` are believed.
    peak_share, peak_apart_s, most_peaks
        Further peaks of at least this share of the highest, so far apart, are candidates (the music repeats itself).
    min_overlap_s : float
        Offsets at which the clips share less than this are not looked at.
    shape_fps : float
        Rate of onsets and harmonies.
    min_margin, sure_margin : float
        By how much the correlation (up to 1) of onsets and harmonies has to stand out of that at other offsets for two
        sounds to be the same music, and at which that is certain. Any two songs of one tempo agree at every beat.
    min_tempo, max_tempo, tempo_step : float
        Tempos that are tried, as a ratio, and the relative step between them.
    same_tempo : float
        A ratio within this of 1 is the same tempo.
    tempo_excerpt_s : float
        So much of the sound is compared at other tempos.
    """

    rate_hz: int = 8000
    low_hz: float = 80.0
    high_hz: float = 3400.0
    whitening: float = 0.9
    min_sigmas: float = 12.0
    sure_sigmas: float = 30.0
    rival_share: float = 0.8
    most_rivals: int = 3
    peak_share: float = 0.15
    peak_apart_s: float = 0.25
    most_peaks: int = 6
    min_overlap_s: float = 3.0
    shape_fps: float = 50.0
    min_margin: float = 0.2
    sure_margin: float = 0.35
    min_tempo: float = 0.7
    max_tempo: float = 1.4
    tempo_step: float = 0.005
    same_tempo: float = 0.008
    tempo_excerpt_s: float = 40.0

    def __post_init__(self) -> None:
        require_between("rate_hz", self.rate_hz, 2000, 48000)
        require_between("most_rivals", self.most_rivals, 1, 20)
        require_positive(self, "low_hz", "high_hz", "peak_apart_s", "most_peaks", "min_overlap_s", "shape_fps")
        require_share(self, "whitening", "rival_share", "peak_share", "min_margin", "sure_margin")
        require_below("low_hz", self.low_hz, "high_hz", self.high_hz)
        require_below("high_hz", self.high_hz, "half of rate_hz", self.rate_hz / 2)
        require_below("min_sigmas", self.min_sigmas, "sure_sigmas", self.sure_sigmas)
        require_below("min_margin", self.min_margin, "sure_margin", self.sure_margin)
        require_between("min_tempo", self.min_tempo, 0.3, 1.0)
        require_between("max_tempo", self.max_tempo, 1.0, 3.0)
        require_between("tempo_step", self.tempo_step, 0.0005, 0.1)
        require_between("same_tempo", self.same_tempo, 0.0, 0.1)
        require_positive(self, "tempo_excerpt_s")


@dataclass(frozen=True)
class MovementSyncSettings:
    """Finding the offset from the poses.

    Attributes
    ----------
    coarse_fps : float
        All offsets are tried at this rate.
    min_overlap_s, min_overlap_share : float
        Offsets with less of the shorter clip in common are not looked at.
    stranger_mismatch : float
        Mean mismatch of poses that have nothing to do with each other; 0 would be perfect.
    same_mismatch : float
        Mean mismatch of two dancers in the same place.
    mirror_margin : float
        The mirror image is believed only if its mismatch is lower by this share.
    """

    coarse_fps: float = 10.0
    min_overlap_s: float = 3.0
    min_overlap_share: float = 0.3
    stranger_mismatch: float = 1.05
    same_mismatch: float = 0.6
    mirror_margin: float = 0.12

    def __post_init__(self) -> None:
        require_between("coarse_fps", self.coarse_fps, 2, 60)
        require_positive(self, "min_overlap_s", "stranger_mismatch", "same_mismatch")
        require_share(self, "min_overlap_share", "mirror_margin")
        require_below("same_mismatch", self.same_mismatch, "stranger_mismatch", self.stranger_mismatch)
