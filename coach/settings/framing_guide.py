"""Every tunable number of the guide to a good place in front of the camera."""

from __future__ import annotations

from dataclasses import dataclass

from coach.settings.checks import require_between, require_positive


@dataclass(frozen=True)
class GuideSettings:
    """How the guide waits.

    Attributes
    ----------
    ready_after_s : float
        All has to be well for so long.
    grace_s : float
        A fault that passes within this time is none: sensors blink.
    min_shown_s : float
        An instruction can be read for at least so long before another takes its place.
    max_gap_s : float
        Time without pictures beyond this does not count as standing well.
    """

    ready_after_s: float = 2.0
    grace_s: float = 0.2
    min_shown_s: float = 1.0
    max_gap_s: float = 0.5

    def __post_init__(self) -> None:
        require_positive(self, "ready_after_s", "max_gap_s")
        require_between("grace_s", self.grace_s, 0.0, self.ready_after_s)
        require_between("min_shown_s", self.min_shown_s, 0.0, 5.0)
