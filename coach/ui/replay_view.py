"""What the replay shows, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from coach.gestures.gesture import Gesture, GestureAction
from coach.judging.verdicts import JointReading
from coach.pose.pose_frame import PoseFrame
from coach.ui.preview_pane import NO_PREVIEW, PreviewView
from coach.ui.teacher_framing import TeacherFraming


class ReplayItem(Enum):
    """What can be chosen."""

    PLAY = "play"
    SPEED = "speed"
    NEXT_MOMENT = "next moment"
    BACK = "back"


@dataclass(frozen=True)
class ReplayMoment:
    """A thing to work on, on the student's clock; ``number`` is that of its card."""

    number: int
    time_s: float
    text: str


@dataclass(frozen=True)
class ReplayView:
    """One moment of the replay.

    Attributes
    ----------
    bgr : ndarray [shape=(h, w, 3)], uint8, or None
    judged : bool
        Whether the student was followed at that moment.
    time_s, start_s, end_s : float
        Where in the run, on the student's clock.
    reference_s : float or None
        Where in the choreography.
    moments : tuple of ReplayMoment
    items : tuple of ReplayItem
    """

    bgr: NDArray[np.uint8] | None
    pose: PoseFrame | None
    joints: tuple[JointReading, ...]
    judged: bool
    now_s: float
    time_s: float
    start_s: float
    end_s: float
    reference_s: float | None = None
    title: str = ""
    teacher: PoseFrame | None = None
    teacher_name: str = ""
    teacher_mirrored: bool = False
    teacher_framing: TeacherFraming | None = None
    moments: tuple[ReplayMoment, ...] = ()
    moment: int | None = None
    playing: bool = True
    speed_percent: float = 100.0
    items: tuple[ReplayItem, ...] = tuple(ReplayItem)
    chosen: ReplayItem = ReplayItem.PLAY
    preview: PreviewView = NO_PREVIEW
    bindings: Mapping[Gesture, GestureAction] = field(default_factory=dict)
