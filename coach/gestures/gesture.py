"""Poses that command the coach, and what they may command: values only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class GestureAction(Enum):
    """What a dancer can ask for without touching anything."""

    PAUSE = "pause"
    RESTART = "restart"
    BACK = "back"
    NEXT = "next"
    UP = "up"
    DOWN = "down"
    SELECT = "select"


class Gesture(Enum):
    """A pose that is held, named by the dancer's own left and right."""

    LEFT_HAND_UP = "left hand up"
    RIGHT_HAND_UP = "right hand up"
    BOTH_HANDS_UP = "both hands up"
    LEFT_ARM_OUT = "left arm out"
    RIGHT_ARM_OUT = "right arm out"
    ARMS_CROSSED = "arms crossed"
    HANDS_ON_HEAD = "hands on head"
    HANDS_ON_HIPS = "hands on hips"


@dataclass(frozen=True)
class GestureState:
    """What the dancer is asking for at this moment.

    Attributes
    ----------
    held : Gesture or None
        The gesture being held, None for none.
    action : GestureAction or None
        What ``held`` will do.
    share : float
        0..1 of the time it has to be held: fills the ring on the screen.
    fired : GestureAction or None
        What was asked for at this very frame, once per hold.
    """

    held: Gesture | None = None
    action: GestureAction | None = None
    share: float = 0.0
    fired: GestureAction | None = None


NO_GESTURE = GestureState()
