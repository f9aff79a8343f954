"""The tunable numbers of the score, and of the words that go with it."""

from __future__ import annotations

from dataclasses import dataclass

from coach.settings.checks import require_all_positive, require_below, require_between

MIN_WORD_INTERVAL_S = 0.8
"""Words of praise closer together than this are noise."""


@dataclass(frozen=True)
class ScoreSettings:
    """The score, 0..100.

    Attributes
    ----------
    angles_weight, trajectory_weight, extension_weight : float
        The owner's weights 50, 30 and 20; parts that could not be judged leave the others their share.
    full_tolerances, zero_tolerances : float
        Up to so many tolerances a joint earns everything, from so many on nothing.
    style_credit : float
        What a constant offset (style) earns at least.
    min_followed_share : float
        A dancer who could be followed for less than this share of the time gets no score at all.
    enough_followed_share : float
        A dancer who could be followed for less than this share of the time does not dance this dance: the score
        shrinks in proportion.
    bin_s : float
        The totals are kept per stretch of the choreography of this length.
    word_interval_s, word_window_s : float
        Words come no closer than this and speak of so long a stretch.
    perfect_credit, great_credit, good_credit : float
        What the stretch must have earned.
    """

    angles_weight: float = 50.0
    trajectory_weight: float = 30.0
    extension_weight: float = 20.0
    full_tolerances: float = 1.0
    zero_tolerances: float = 2.1
    style_credit: float = 0.9
    min_followed_share: float = 0.1
    enough_followed_share: float = 0.6
    bin_s: float = 0.5
    word_interval_s: float = 2.0
    word_window_s: float = 1.0
    perfect_credit: float = 0.985
    great_credit: float = 0.93
    good_credit: float = 0.84

    def __post_init__(self) -> None:
        require_all_positive(self)
        require_below("full_tolerances", self.full_tolerances, "zero_tolerances", self.zero_tolerances)
        require_between("word_interval_s", self.word_interval_s, MIN_WORD_INTERVAL_S, 60.0)
