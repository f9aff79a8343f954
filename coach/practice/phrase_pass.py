"""One time through a phrase: what is collected while it is danced, and how it went."""

from __future__ import annotations

from dataclasses import dataclass, field

from coach.judging.frame_credits import no_credits
from coach.pose.pose_frame import FloatArray
from coach.practice.followed_frame import FollowedFrame
from coach.practice.run_record import PhraseScore
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
    """A phrase that is being danced.

    Attributes
    ----------
    credits_s : ndarray [shape=(CREDIT_COUNT,)], float64
        What it earned so far, see `frame_credits`.
    """

    index: int
    first_s: float
    last_s: float
    frames: list[FollowedFrame] = field(default_factory=list)
    timings_ms: list[float] = field(default_factory=list)
    issues: PhraseIssues = field(default_factory=PhraseIssues)
    wrong: WrongFrames = field(default_factory=WrongFrames)
    credits_s: FloatArray = field(default_factory=no_credits)
