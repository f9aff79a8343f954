"""Every tunable of practising: phrases, the record of a run, the plan, fading, flash cards."""

from __future__ import annotations

from dataclasses import dataclass, field

from coach.settings.checks import require_below, require_between, require_positive, require_share
from coach.settings.replay import ReplaySettings, TapeSettings


@dataclass(frozen=True)
class HistogramSettings:
    """Early and late as a histogram; bin 0 is the earliest, as the meter has early at its left.

    Attributes
    ----------
    range_ms, bin_ms : float
        From ``+range_ms`` (early) to ``-range_ms`` (late) in steps of ``bin_ms``; what lies farther out is counted in
        the outermost bins.
    """

    range_ms: float = 400.0
    bin_ms: float = 50.0

    def __post_init__(self) -> None:
        require_positive(self, "range_ms", "bin_ms")
        require_between("range_ms / bin_ms", self.range_ms / self.bin_ms, 1, 100)

    @property
    def bins_count(self) -> int:
        """Number of bins."""
        return 2 * round(self.range_ms / self.bin_ms)

    def index_of(self, timing_ms: float) -> int:
        """The bin of a difference, early positive."""
        return min(max(int((self.range_ms - timing_ms) // self.bin_ms), 0), self.bins_count - 1)

    def middle_ms(self, index: int) -> float:
        """The middle of a bin, early positive."""
        return self.range_ms - (index + 0.5) * self.bin_ms


@dataclass(frozen=True)
class PhraseSettings:
    """How a choreography is divided into phrases for practising.

    Attributes
    ----------
    longest_s : float
        Without beats a section is divided into equal parts no longer than this.
    usual_s : float
        Length of the parts where there are neither beats nor sections.
    rest_share : float
        A piece shorter than this share of the median phrase belongs to the phrase before it (or after, at the start).
    complete_share : float
        A phrase of which so much was danced has been danced.
    step_back_s : float
        A place that falls back by more than this begins a new pass.
    """

    longest_s: float = 8.0
    usual_s: float = 6.0
    rest_share: float = 0.5
    complete_share: float = 0.6
    step_back_s: float = 1.0

    def __post_init__(self) -> None:
        require_positive(self, "longest_s", "usual_s", "step_back_s")
        require_share(self, "rest_share", "complete_share")


@dataclass(frozen=True)
class RecordSettings:
    """What is kept of a run.

    Attributes
    ----------
    worst_count : int
        Things to work on that are kept.
    unseen_from_share : float
        A joint that could not be seen for at least this share of the dance is named.
    unseen_after_s : float
        Nothing is said of what was not seen in a shorter dance.
    long_share : float
        What is off apart from single joints (late, small ...) is worth working on if it lasted for this share of a
        phrase.
    min_moment_s : float
        A joint's mistake that lasted less is no thing to work on.
    """

    worst_count: int = 6
    unseen_from_share: float = 0.2
    unseen_after_s: float = 4.0
    long_share: float = 0.35
    min_moment_s: float = 0.2

    def __post_init__(self) -> None:
        require_positive(self, "worst_count", "unseen_after_s", "min_moment_s")
        require_share(self, "unseen_from_share", "long_share")


@dataclass(frozen=True)
class PlanSettings:
    """How the weakest phrases become a plan. Tempos in percent of the music's, scores 0..100.

    Attributes
    ----------
    phrases_count : int
        Weakest phrases in one plan: more than three are no plan.
    weak_score : float
        A phrase that scored this or more needs no practice (but the weakest one is always offered).
    timing_share : float
        How much early and late count beside the score when the weakest phrases are looked for.
    min_judged_share : float
        A pass of which less could be judged says nothing.
    slow_percent, step_percent, full_percent : float
        Where a phrase begins, what a clean pass adds, where it ends.
    slowest_percent : float
        Poor passes slow down to here.
    clean_score, poor_score : float
        A pass is clean from here on, and poor below there; in between it is danced again at the same speed.
    leap_score : float
        A pass this good may skip one step of speed.
    tries_count : int
        After so many passes that were not clean at one speed the plan goes on: never stuck.
    clean_passes : int
        At full speed, before a phrase is chained with its neighbour.
    """

    phrases_count: int = 3
    weak_score: float = 85.0
    timing_share: float = 0.2
    min_judged_share: float = 0.3
    slow_percent: float = 70.0
    step_percent: float = 10.0
    full_percent: float = 100.0
    slowest_percent: float = 50.0
    clean_score: float = 75.0
    poor_score: float = 50.0
    leap_score: float = 93.0
    tries_count: int = 5
    clean_passes: int = 1

    def __post_init__(self) -> None:
        require_positive(self, "phrases_count", "step_percent", "tries_count", "clean_passes")
        require_share(self, "min_judged_share", "timing_share")
        for name in ("weak_score", "clean_score", "poor_score", "leap_score"):
            require_between(name, getattr(self, name), 0, 100)
        require_between("slowest_percent", self.slowest_percent, 25, 100)
        require_between("slow_percent", self.slow_percent, self.slowest_percent, self.full_percent)
        require_between("full_percent", self.full_percent, 50, 120)
        require_below("poor_score", self.poor_score, "clean_score", self.clean_score)


@dataclass(frozen=True)
class StageSettings:
    """How what is shown fades.

    Attributes
    ----------
    clean_score, poor_score : float
        As in `PlanSettings`.
    min_judged_share : float
        A pass of which less could be judged changes nothing.
    clean_passes : int
        Clean passes without a poor one before less is shown.
    """

    clean_score: float = 75.0
    poor_score: float = 55.0
    min_judged_share: float = 0.3
    clean_passes: int = 2

    def __post_init__(self) -> None:
        require_between("clean_score", self.clean_score, 0, 100)
        require_below("poor_score", self.poor_score, "clean_score", self.clean_score)
        require_share(self, "min_judged_share")
        require_positive(self, "clean_passes")


@dataclass(frozen=True)
class FlashCardSettings:
    """The preview of the next phrase's first large pose.

    Attributes
    ----------
    lead_counts : float
        Shown from so many counts before the phrase.
    lead_s : float
        The same where no beats are known.
    within_share : float
        The pose is looked for in this first share of the phrase.
    before_s : float
        A pose is compared with the one so long before the phrase.
    large_torsos : float
        A pose is large if one limb's end has moved by so many torso lengths since; otherwise the largest is taken.
    second_share : float
        A second limb is filled in if it moved at least this share of what the first one did.
    """

    lead_counts: float = 2.0
    lead_s: float = 1.2
    within_share: float = 0.6
    before_s: float = 0.3
    large_torsos: float = 0.6
    second_share: float = 0.85

    def __post_init__(self) -> None:
        require_positive(self, "lead_counts", "lead_s", "before_s", "large_torsos")
        require_share(self, "within_share", "second_share")


@dataclass(frozen=True)
class PracticeToolSettings:
    """All of the above, and the replay."""

    histogram: HistogramSettings = field(default_factory=HistogramSettings)
    phrases: PhraseSettings = field(default_factory=PhraseSettings)
    record: RecordSettings = field(default_factory=RecordSettings)
    plan: PlanSettings = field(default_factory=PlanSettings)
    stages: StageSettings = field(default_factory=StageSettings)
    cards: FlashCardSettings = field(default_factory=FlashCardSettings)
    tape: TapeSettings = field(default_factory=TapeSettings)
    replay: ReplaySettings = field(default_factory=ReplaySettings)
