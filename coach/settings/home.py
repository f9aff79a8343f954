"""Every tunable number of the home screen: the estimate of how hard a dance is, and how the list moves."""

from __future__ import annotations

from dataclasses import dataclass, field

from coach.settings.checks import require_below, require_between, require_positive


@dataclass(frozen=True)
class DifficultySettings:
    """What counts as easy and as hard. Each pair is where a part of the estimate is 0 and 1.

    The easy ends are those of slow first steps for beginners, the hard ends a little above a quick filmed dance.

    Attributes
    ----------
    easy_speed, hard_speed : float
        Mean speed of the main joints in body heights a second.
    easy_range, hard_range : float
        Mean space that a main joint sweeps within one beat, in body heights.
    easy_limbs, hard_limbs : float
        Arms and legs that move within one beat.
    moving_range : float
        A limb moves in a beat if its end sweeps more than this, in body heights.
    levels : int
        The estimate is a whole number from 1 to this.
    beat_without_beats_s : float
        Length of a beat where the reference knows none.
    """

    easy_speed: float = 0.15
    hard_speed: float = 0.60
    easy_range: float = 0.06
    hard_range: float = 0.24
    easy_limbs: float = 1.0
    hard_limbs: float = 3.6
    moving_range: float = 0.08
    levels: int = 5
    beat_without_beats_s: float = 0.5

    def __post_init__(self) -> None:
        require_positive(self, "moving_range", "beat_without_beats_s")
        require_between("levels", self.levels, 2, 10)
        for part in ("speed", "range", "limbs"):
            easy, hard = getattr(self, f"easy_{part}"), getattr(self, f"hard_{part}")
            require_below(f"easy_{part}", easy, f"hard_{part}", hard)


@dataclass(frozen=True)
class HomeSettings:
    """How the home screen behaves.

    Attributes
    ----------
    scroll_s : float
        Time in which the list comes most of the way to the chosen card.
    moves_after_s : float
        The chosen teacher begins to dance so long after being chosen.
    camera_gone_after_s : float
        Without a picture for so long the camera counts as away.
    tone_every_s : float
        The check of the loudspeaker sounds so often.
    kept_dances_count : int
        Movements of references that are kept in memory; of all others a still pose only.
    """

    scroll_s: float = 0.12
    moves_after_s: float = 0.25
    camera_gone_after_s: float = 1.0
    tone_every_s: float = 2.0
    kept_dances_count: int = 3
    difficulty: DifficultySettings = field(default_factory=DifficultySettings)

    def __post_init__(self) -> None:
        require_positive(self, "scroll_s", "camera_gone_after_s", "tone_every_s", "kept_dances_count")
        require_between("moves_after_s", self.moves_after_s, 0.0, 5.0)
