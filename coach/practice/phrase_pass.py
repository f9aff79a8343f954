"""One time through a phrase: what is collected while it is danced, and how it went."""

from __future__ import annotations

from dataclasses import dataclass, field

from coach.practice.run_record import PhraseScore
from coach.practice.stretch_score import FollowedFrame
from coach.practice.work_on import PhraseIssues, WrongFrames


@dataclass(frozen=True)
class PhrasePass:
    """A phrase was danced once.

    Attributes
    ----------
    index : int
        In the `PhraseMap`.
    complete : bool
        Whether most of it was danced.
    """

    index: int
    score: PhraseScore
    complete: bool


@dataclass(frozen=True)
class PassScore:
    """How everything since the last pass went.

    Attributes
    ----------
    score : float or None
        0..100; None where nothing could be judged.
    judged_share : float
    """

    score: float | None
    judged_share: float


@dataclass
class OpenPass:
    """A phrase that is being danced."""

    index: int
    first_s: float
    last_s: float
    frames: list[FollowedFrame] = field(default_factory=list)
    timings_ms: list[float] = field(default_factory=list)
    issues: PhraseIssues = field(default_factory=PhraseIssues)
    wrong: WrongFrames = field(default_factory=WrongFrames)
    lost_s: float = 0.0
