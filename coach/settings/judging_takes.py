"""Tunables of the teacher's own freedom, as several takes of one dance show it."""

from __future__ import annotations

from dataclasses import dataclass

from coach.settings.checks import require_all_positive, require_between


@dataclass(frozen=True)
class TakeSettings:
    """How far takes may differ, and what follows for the student.

    Attributes
    ----------
    spread_factor, max_tolerances : float
        The tolerance is at least so many times the takes' spread, but never more than so many of the joint's own.
    window_s : float
        The spread is that of this stretch: a few takes say too little about one moment.
    slack_s : float
        What is there so shortly before or after is no difference but a matter of timing, as it is for the student.
    max_mismatch, min_matched_share : float
        Where poses fit worse than this it is not the same movement; a video in which less than this share of the dance
        is found is no take of it (another dance: at most 0.15; the same dance by somebody else, elsewhere: 0.55).
    """

    spread_factor: float = 2.0
    max_tolerances: float = 3.0
    window_s: float = 0.8
    slack_s: float = 0.25
    max_mismatch: float = 0.8
    min_matched_share: float = 0.35

    def __post_init__(self) -> None:
        require_all_positive(self)
        require_between("min_matched_share", self.min_matched_share, 0.1, 1.0)
