"""What the follower says after each frame."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class TrackState(Enum):
    """Where the follower stands."""

    SEARCHING = "searching"
    FOLLOWING = "following"
    LOST = "lost"
    FINISHED = "finished"


class FollowMode(Enum):
    """Who leads: the music, or the student."""

    ALONG = "along"
    FOLLOW = "follow"


class MirrorMode(Enum):
    """Whether the student dances the teacher's mirror image."""

    AUTO = "auto"
    ON = "on"
    OFF = "off"


@dataclass(frozen=True)
class TrackedPosition:
    """The dancer's place in the choreography at one moment.

    Attributes
    ----------
    time_s : float
        The student's clock.
    state : TrackState
    reference_s : float or None
        Place in the choreography; None while searching or lost.
    confidence : float
        0..1, the follower's own probability of being right.
    tempo : float
        Reference seconds per student second, 1.0 while unknown.
    mirrored : bool
        Whether the student is followed as the teacher's mirror image.
    ambiguous : bool
        Whether a repeat of the same movement explains the student nearly as well.
    """

    time_s: float
    state: TrackState
    reference_s: float | None
    confidence: float
    tempo: float
    mirrored: bool
    ambiguous: bool = False
