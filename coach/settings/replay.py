"""Every tunable of the pictures that are kept of a run, and of looking at them."""

from __future__ import annotations

from dataclasses import dataclass

from coach.settings.checks import require_between, require_positive


@dataclass(frozen=True)
class TapeSettings:
    """Pictures of the present run, in memory only.

    Attributes
    ----------
    height_px : int
        Pictures are made this small (never larger).
    quality_percent : int
        Of the JPEG.
    pictures_per_s : float
        No more are kept.
    max_s, max_bytes_count : float, int
        The oldest go beyond this age; above this size they are thinned.
    sparse_s : float
        Thinned pictures are no farther apart than this; only then the oldest go.
    """

    height_px: int = 480
    quality_percent: int = 72
    pictures_per_s: float = 30.0
    max_s: float = 900.0
    max_bytes_count: int = 200_000_000
    sparse_s: float = 0.25

    def __post_init__(self) -> None:
        require_between("height_px", self.height_px, 120, 480)
        require_between("quality_percent", self.quality_percent, 20, 95)
        require_between("pictures_per_s", self.pictures_per_s, 2, 60)
        require_positive(self, "max_s", "max_bytes_count", "sparse_s")


@dataclass(frozen=True)
class ReplaySettings:
    """Looking at the last run.

    Attributes
    ----------
    skip_s : float
        What left and right jump.
    speeds_percent : tuple of float
        One after the other by the speed button.
    before_s : float
        A thing to work on is shown from so long before it.
    """

    skip_s: float = 2.0
    speeds_percent: tuple[float, ...] = (100.0, 50.0, 25.0)
    before_s: float = 1.5

    def __post_init__(self) -> None:
        require_positive(self, "skip_s", "before_s")
        for speed_percent in self.speeds_percent:
            require_between("speeds_percent", speed_percent, 5, 200)
