"""How well a pose fits each gesture: one number a gesture, from limits on where the arms are.

Every limit is a clear one about the upper body in the picture, so that it holds for small rooms too, whatever the legs
do. A gesture with one arm wants the other to hang: dancers hardly ever hold that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from coach.gestures.body_view import ArmView, BodyView, body_view
from coach.gestures.gesture import Gesture
from coach.pose.pose_frame import FloatArray
from coach.settings.gestures import GestureShapeSettings, Limit

GESTURES: Final = tuple(Gesture)
_FREE: Final = 10.0
"""Score of a limit that does not apply."""


def gesture_scores(square_xy: FloatArray, visibility: FloatArray, settings: GestureShapeSettings) -> FloatArray:
    """How well poses fit the gestures, in the order of `GESTURES`.

    Parameters
    ----------
    square_xy : ndarray [shape=(..., 33, 2)], float64
        Positions in picture heights.
    visibility : ndarray [shape=(..., 33)], float64
    settings : GestureShapeSettings

    Returns
    -------
    ndarray [shape=(..., 8)], float64
        0 and above: within all limits; -1: one limit is missed by its whole slack. nan where the arms that matter
        are not seen.
    """
    body = body_view(square_xy, visibility, settings)
    scores: FloatArray = np.stack([score_of(gesture, body, settings) for gesture in GESTURES], axis=-1)
    return scores


def score_of(gesture: Gesture, body: BodyView, settings: GestureShapeSettings) -> FloatArray:
    """The same for one gesture and a body looked at already, shape (...,)."""
    facing = _at_least(body.facing, settings.facing)
    return _worst(facing, *_SHAPES[gesture](body, settings))


def _at_least(value: FloatArray, limit: Limit) -> FloatArray:
    return (value - limit.at) / limit.slack


def _at_most(value: FloatArray, limit: Limit) -> FloatArray:
    return (limit.at - value) / limit.slack


def _worst(*scores: FloatArray) -> FloatArray:
    worst: FloatArray = np.minimum.reduce(np.broadcast_arrays(*scores))
    return worst


def _turn_deg(angle_deg: FloatArray, target_deg: float) -> FloatArray:
    """Size of the turn between directions, 0..180."""
    turn: FloatArray = np.abs((angle_deg - target_deg + 180.0) % 360.0 - 180.0)
    return turn


def _hanging(arm: ArmView, settings: GestureShapeSettings) -> FloatArray:
    """An arm that takes no part; what lies below the picture hangs."""
    upper = _at_most(np.abs(arm.upper_deg), settings.hanging_upper_deg)
    upper = np.where(np.isnan(upper) & arm.below_picture, _FREE, upper)
    bend = _at_most(_turn_deg(arm.fore_deg - arm.upper_deg, 0.0), settings.hanging_bend_deg)
    low = _at_least(arm.reach[..., 1], settings.hanging_wrist)
    near = _at_most(np.abs(arm.reach[..., 0]), settings.hanging_aside)
    # A hand at the thigh is often hidden or cut off; a hand that is seen has to be there.
    return _worst(upper, *(np.where(np.isnan(score), _FREE, score) for score in (bend, low, near)))


def _up(arm: ArmView, settings: GestureShapeSettings) -> tuple[FloatArray, ...]:
    above = -arm.from_head[..., 1]
    clear = np.fmax(np.abs(arm.from_head[..., 0]) - settings.up_beside_head, above - settings.up_over_head)
    return (
        _at_most(_turn_deg(arm.fore_deg, 180.0), settings.up_fore_deg),
        _at_least(above, settings.up_above_head),
        _at_least(arm.wrist[..., 0], settings.up_outwards),
        _at_least(clear, Limit(0.0, settings.up_above_head.slack)),
    )


def _out(arm: ArmView, settings: GestureShapeSettings) -> tuple[FloatArray, ...]:
    return (
        _at_most(_turn_deg(arm.upper_deg, 90.0), settings.out_deg),
        _at_most(_turn_deg(arm.fore_deg, 90.0), settings.out_deg),
        _at_least(arm.reach[..., 0], settings.out_reach),
    )


def _crossed(body: BodyView, settings: GestureShapeSettings) -> tuple[FloatArray, ...]:
    scores = [_at_least(-body.left.wrist[..., 0] - body.right.wrist[..., 0], settings.crossed_by)]
    for arm in (body.left, body.right):
        scores.append(_at_least(-arm.fore[..., 1], settings.crossed_above_elbow))
        scores.append(_at_most(-arm.reach[..., 1], settings.crossed_under_shoulder))
    return tuple(scores)


def _on_head(arm: ArmView, settings: GestureShapeSettings) -> tuple[FloatArray, ...]:
    return (
        _at_most(np.abs(arm.from_head[..., 0]), settings.head_across),
        _at_most(-arm.from_head[..., 1], settings.head_up),
        _at_most(arm.from_head[..., 1], settings.head_down),
        _at_least(arm.upper[..., 0], settings.head_elbow_out),
        _at_least(-arm.fore[..., 0], settings.head_inwards),
    )


def _on_hip(arm: ArmView, settings: GestureShapeSettings) -> tuple[FloatArray, ...]:
    return (
        _at_most(np.hypot(arm.from_hip[..., 0], arm.from_hip[..., 1]), settings.hips_near),
        _at_least(arm.upper[..., 0], settings.hips_elbow_out),
        _at_least(-arm.fore[..., 0], settings.hips_inwards),
    )


_Shape = Callable[[BodyView, GestureShapeSettings], tuple[FloatArray, ...]]

_SHAPES: Final[dict[Gesture, _Shape]] = {
    Gesture.LEFT_HAND_UP: lambda body, s: (*_up(body.left, s), _hanging(body.right, s)),
    Gesture.RIGHT_HAND_UP: lambda body, s: (*_up(body.right, s), _hanging(body.left, s)),
    Gesture.BOTH_HANDS_UP: lambda body, s: (*_up(body.left, s), *_up(body.right, s)),
    Gesture.LEFT_ARM_OUT: lambda body, s: (*_out(body.left, s), _hanging(body.right, s)),
    Gesture.RIGHT_ARM_OUT: lambda body, s: (*_out(body.right, s), _hanging(body.left, s)),
    Gesture.ARMS_CROSSED: lambda body, s: _crossed(body, s),
    Gesture.HANDS_ON_HEAD: lambda body, s: (*_on_head(body.left, s), *_on_head(body.right, s)),
    Gesture.HANDS_ON_HIPS: lambda body, s: (*_on_hip(body.left, s), *_on_hip(body.right, s)),
}
