"""All that the screen, the voice and the log need to know about one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from coach.alignment.tracked_position import TrackedPosition
from coach.judging.score_reading import ScoreReading as ScoreReading
from coach.judging.verdicts import Cue, EnergyReading, FramingHint, JointReading
from coach.pose.pose_frame import PoseFrame


@dataclass(frozen=True)
class SessionState:
    """The session after one frame.

    Attributes
    ----------
    frame_index : int
        Count of the frames fed so far, from 0.
    pose : PoseFrame
        The smoothed pose, in the picture's own (unmirrored) coordinates.
    position : TrackedPosition
    timing_ms : float or None
        Early (positive) or late (negative): against the music (``along``) or the own steady tempo (``follow``).
    seen : float
        Share of the judged joints that could be seen in this frame.
    joints : tuple of JointReading
        In the order of ``joint_table.JOINTS``, named by the student's own left and right.
    energy : EnergyReading
    score : ScoreReading
    framing : FramingHint or None
    cue : Cue or None
        The cue chosen at this frame, once.
    praise_word : str or None
        "Good", "Great" or "Perfect" chosen at this frame.
    limb_timing_ms : mapping
        Limbs (``left_arm`` ...) out of time with the rest of the body: early positive, late negative.
    """

    frame_index: int
    pose: PoseFrame
    position: TrackedPosition
    timing_ms: float | None
    seen: float
    joints: tuple[JointReading, ...]
    energy: EnergyReading
    score: ScoreReading
    framing: FramingHint | None = None
    cue: Cue | None = None
    praise_word: str | None = None
    limb_timing_ms: Mapping[str, float] = field(default_factory=dict)

    @property
    def time_s(self) -> float:
        """The student's clock."""
        return self.pose.time_s
