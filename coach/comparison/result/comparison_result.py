"""Everything about one student and one teacher."""

from __future__ import annotations

from dataclasses import dataclass

from coach.comparison.result.alignment import Alignment
from coach.comparison.result.findings import Feedback, JointSummary, WorstMoment
from coach.comparison.result.frame_table import FrameTable
from coach.comparison.result.measures import Hits, MaskResult, Ratios, TimingResult
from coach.comparison.result.score import ScoreResult
from coach.comparison.result.sync import SyncResult


@dataclass(frozen=True)
class ClipFacts:
    """One clip.

    Attributes
    ----------
    title : str
    duration_s, fps : float
    frame_count : int
    active_s : (float, float)
        From the first to the last moment with movement.
    common_s : (float, float)
        The part of it that the other clip shows as well.
    """

    title: str
    duration_s: float
    fps: float
    frame_count: int
    active_s: tuple[float, float]
    common_s: tuple[float, float]


@dataclass(frozen=True)
class ComparisonResult:
    """Everything about one student and one teacher.

    Attributes
    ----------
    mirrored : bool
        The student dances the teacher's mirror image.
    style : str
        Name of the preset (see ``coach.settings.comparison``).
    strictness : float
    worst : tuple of WorstMoment
        Up to ten, worst first.
    joints : tuple of JointSummary
    feedback : Feedback
        Our own plain words.
    phrased : Feedback or None
        The same in a language model's words, if that was asked for and no fact was bent.
    """

    teacher: ClipFacts
    student: ClipFacts
    mirrored: bool
    style: str
    strictness: float
    sync: SyncResult
    alignment: Alignment
    timing: TimingResult
    frames: FrameTable
    hits: Hits
    ratios: tuple[Ratios, ...]
    mask: MaskResult
    score: ScoreResult
    worst: tuple[WorstMoment, ...]
    joints: tuple[JointSummary, ...]
    feedback: Feedback
    phrased: Feedback | None = None

    @property
    def told(self) -> Feedback:
        """The words to show."""
        return self.phrased or self.feedback
