"""What a drawn dancer can be told to do before a camera besides dancing: walk in, stand somewhere, hold a gesture."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

from coach.gestures.gesture import Gesture
from coach.routine.channels import CHANNEL_INDEX, FloatArray
from coach.routine.dancer_pose import mixed_pose
from coach.routine.gesture_poses import gesture_pose, standing_pose
from coach.routine.routine import first_steps_routine
from coach.settings.checks import require_between
from coach.settings.routine import MovementSettings

_X: Final = [CHANNEL_INDEX[name] for name in ("x", "left_foot_x", "right_foot_x")]
_Z: Final = [CHANNEL_INDEX[name] for name in ("z", "left_foot_z", "right_foot_z")]
_SWAYING: Final = (("x", 0.003, 3.7), ("z", 0.003, 4.3), ("head_turn", 1.0, 5.1), ("lean", 0.3, 3.1))
_OUTSIDE_X_M: Final = 3.6
_NEAR_Z_M: Final = 2.6
_FEET_CUT_OFF_Z_M: Final = 1.9

MOVEMENT: Final = MovementSettings()


class Act(Protocol):
    """Something to do."""

    @property
    def blend_s(self) -> float:
        """Time in which it sets in."""

    @property
    def lasts_s(self) -> float:
        """How long it lasts, that time included; then comes the next act. May be infinite."""

    def target(self, now_s: float) -> FloatArray:
        """The pose vector aimed at, at a time of the dancer's clock."""


@dataclass(frozen=True)
class Stand:
    """Stand at ease at a place (metres: ``x`` to the picture's right, ``z`` towards the camera), going there first."""

    x: float = 0.0
    z: float = 0.0
    blend_s: float = 0.8
    lasts_s: float = math.inf

    def target(self, now_s: float) -> FloatArray:
        """Standing, as still as a person stands."""
        return _placed(standing_pose(MOVEMENT), self.x, self.z, now_s)


@dataclass(frozen=True)
class HoldGesture:
    """Hold a gesture for ``hold_s`` after the arms have arrived."""

    gesture: Gesture
    hold_s: float = 1.5
    x: float = 0.0
    z: float = 0.0
    blend_s: float = 0.45

    def __post_init__(self) -> None:
        require_between("hold_s", self.hold_s, 0.0, 3600.0)

    @property
    def lasts_s(self) -> float:
        """Until the arms go down."""
        return self.blend_s + self.hold_s

    def target(self, now_s: float) -> FloatArray:
        """The gesture's pose."""
        return _placed(gesture_pose(self.gesture, MOVEMENT), self.x, self.z, now_s)


class Movement(Protocol):
    """A routine, or what a student makes of it."""

    def pose(self, time_s: float) -> FloatArray:
        """The pose vector at a moment of the routine."""


@dataclass(frozen=True)
class Dance:
    """Dance a routine.

    Attributes
    ----------
    place : callable
        From the dancer's clock to the moment of the routine, None to wait in its first pose: the music's own position,
        or `from_moment`.
    routine : Movement
    """

    place: Callable[[float], float | None]
    routine: Movement = field(default_factory=first_steps_routine)
    blend_s: float = 0.3
    lasts_s: float = math.inf

    def target(self, now_s: float) -> FloatArray:
        """The routine's pose."""
        return self.routine.pose(self.place(now_s) or 0.0)


def from_moment(at_s: float, start_s: float = 0.0, tempo: float = 1.0) -> Callable[[float], float | None]:
    """For `Dance`: at ``start_s`` of the routine when the dancer's clock shows ``at_s``, waiting there until then."""
    return lambda now_s: start_s + tempo * max(0.0, now_s - at_s)


def away(side: float = -1.0) -> Stand:
    """Out of the picture on the left (-1) or right (1), at once."""
    return Stand(side * _OUTSIDE_X_M, blend_s=0.0)


def leave(side: float = -1.0) -> Stand:
    """Walk out of the picture."""
    return Stand(side * _OUTSIDE_X_M, blend_s=2.0)


def walk_in() -> Stand:
    """Walk to the middle."""
    return Stand(blend_s=2.0)


def too_near() -> Stand:
    """Stand so near that neither head nor feet fit into the picture."""
    return Stand(z=_NEAR_Z_M, blend_s=1.5)


def feet_cut_off() -> Stand:
    """Stand so near that the feet are below the picture."""
    return Stand(z=_FEET_CUT_OFF_Z_M, blend_s=1.5)


class Performer:
    """A dancer who does one act after the other, each growing out of the pose in which it began.

    The same calls give the same poses. Times never go back.
    """

    def __init__(self, first: Act | None = None) -> None:
        self._acts: list[Act] = [first or Stand()]
        self._since_s = 0.0
        self._from: FloatArray | None = None  # the first act has been going on for long

    def do(self, acts: tuple[Act, ...], now_s: float) -> None:
        """Begin ``acts`` now, one after the other; afterwards stand at ease."""
        self._from = self.pose(now_s)
        self._since_s = now_s
        self._acts = [*acts] or [Stand()]

    @property
    def waiting_count(self) -> int:
        """How many acts are still to come."""
        return len(self._acts) - 1

    def pose(self, now_s: float) -> FloatArray:
        """The pose vector at ``now_s``."""
        while now_s - self._since_s >= self._acts[0].lasts_s:
            end_s = self._since_s + self._acts[0].lasts_s
            self._from = self._mixed(end_s)
            self._since_s = end_s
            self._acts = self._acts[1:] or [Stand()]
        return self._mixed(now_s)

    def _mixed(self, now_s: float) -> FloatArray:
        act = self._acts[0]
        passed_s = now_s - self._since_s
        target = act.target(now_s)
        if self._from is None or passed_s >= act.blend_s:
            return target
        share = passed_s / act.blend_s
        return mixed_pose(self._from, target, share * share * (3.0 - 2.0 * share))


def _placed(values: FloatArray, x: float, z: float, now_s: float) -> FloatArray:
    """The pose at a place on the stage, swaying a little as people do."""
    values[_X] += x
    values[_Z] += z
    for name, size, period_s in _SWAYING:
        values[CHANNEL_INDEX[name]] += size * math.sin(2.0 * math.pi * now_s / period_s)
    return values
