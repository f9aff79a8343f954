"""What the practice screen shows besides the dance itself, as plain data: loop, plan, stage, guide, pause, gestures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from coach.gestures.gesture import NO_GESTURE, Gesture, GestureAction, GestureState
from coach.pose.pose_frame import PoseFrame
from coach.practice.framing_guide import GuideReading
from coach.practice.stages import Stage
from coach.ui.teacher_framing import TeacherFraming


class TeacherSide(Enum):
    """From where the teacher is seen."""

    MIRROR = "mirror"
    BEHIND = "behind"

    @property
    def following(self) -> TeacherSide:
        """The other one."""
        return TeacherSide.BEHIND if self is TeacherSide.MIRROR else TeacherSide.MIRROR


class PauseChoice(Enum):
    """What can be chosen in a pause."""

    GO_ON = "go on"
    LOOP = "loop"
    SLOWER = "slower"
    FASTER = "faster"
    START_AGAIN = "start again"
    FINISH = "finish"


@dataclass(frozen=True)
class LoopView:
    """The loop.

    Attributes
    ----------
    span_s : (float, float) or None
        A and B; None while there is only A, or none.
    mark_s : float or None
        A, while B is still to come.
    drag_s : (float, float) or None
        What the mouse is marking at this moment.
    passes_count : int
    last_score : float or None
        0..100 of the pass danced last.
    """

    span_s: tuple[float, float] | None = None
    mark_s: float | None = None
    drag_s: tuple[float, float] | None = None
    passes_count: int = 0
    last_score: float | None = None


@dataclass(frozen=True)
class CardView:
    """The first large pose of the next phrase.

    Attributes
    ----------
    limbs : tuple of str
        The teacher's own left and right.
    """

    pose: PoseFrame
    limbs: tuple[str, ...]
    framing: TeacherFraming | None = None


@dataclass(frozen=True)
class PauseView:
    """The menu of a pause.

    Attributes
    ----------
    loop_on : bool
        Whether there is a loop to end.
    dance_gestures, menu_gestures : mapping
        What can be asked for while dancing, and here.
    """

    choices: tuple[PauseChoice, ...]
    chosen: PauseChoice
    loop_on: bool = False
    dance_gestures: Mapping[Gesture, GestureAction] = field(default_factory=dict)
    menu_gestures: Mapping[Gesture, GestureAction] = field(default_factory=dict)


@dataclass(frozen=True)
class ToolsView:
    """All of it.

    Attributes
    ----------
    stage : Stage
        How much is shown while dancing.
    captions : bool
    plan : (int, int) or None
        The plan's step from 1, and how many there are.
    delayed_bgr : ndarray [shape=(h, w, 3)], uint8, or None
        What the camera saw ``delay_s`` ago, while the mirror lags behind.
    gesture_label : str
        What the gesture that is held will do.
    guide_gestures : mapping
        What can be asked for while dancing: taught while the dancer finds a place.
    upper_body_only : bool
    home_waits : bool
        Whether Esc leads home, and not out of the program.
    camera_away : bool
        There is none, or it went away.
    """

    stage: Stage = Stage.GUIDE
    captions: bool = True
    teacher_side: TeacherSide = TeacherSide.MIRROR
    loop: LoopView = LoopView()
    plan: tuple[int, int] | None = None
    card: CardView | None = None
    delay_s: float = 0.0
    delayed_bgr: NDArray[np.uint8] | None = None
    metronome_on: bool = False
    gesture: GestureState = NO_GESTURE
    gesture_label: str = ""
    guide: GuideReading | None = None
    guide_text: str = ""
    guide_gestures: Mapping[Gesture, GestureAction] = field(default_factory=dict)
    upper_body_only: bool = False
    pause: PauseView | None = None
    home_waits: bool = False
    camera_away: bool = False
