"""Which gesture does what: never one that the dance itself contains, and the same ones wherever that allows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.gestures.gesture import Gesture, GestureAction
from coach.gestures.gesture_shapes import GESTURES, gesture_scores
from coach.pose.landmark_table import mirrored_name
from coach.pose.pose_frame import FloatArray, PoseTrack
from coach.settings.gestures import ContainedSettings, GestureSettings

PRACTICE_ACTIONS: Final = (GestureAction.PAUSE, GestureAction.RESTART, GestureAction.BACK, GestureAction.NEXT)
"""While dancing."""

MENU_ACTIONS: Final = (GestureAction.SELECT, GestureAction.UP, GestureAction.DOWN, GestureAction.BACK)
"""On every other screen. An arm points to what comes before or after, a hand up means yes, crossed arms mean away."""

_WISHES: Final[dict[GestureAction, tuple[Gesture, ...]]] = {
    GestureAction.PAUSE: (
        Gesture.RIGHT_HAND_UP,
        Gesture.LEFT_HAND_UP,
        Gesture.HANDS_ON_HEAD,
        Gesture.HANDS_ON_HIPS,
        Gesture.ARMS_CROSSED,
    ),
    GestureAction.SELECT: (Gesture.RIGHT_HAND_UP, Gesture.LEFT_HAND_UP, Gesture.BOTH_HANDS_UP, Gesture.HANDS_ON_HEAD),
    GestureAction.BACK: (Gesture.LEFT_ARM_OUT, Gesture.ARMS_CROSSED, Gesture.LEFT_HAND_UP),
    GestureAction.NEXT: (Gesture.RIGHT_ARM_OUT, Gesture.RIGHT_HAND_UP),
    GestureAction.RESTART: (
        Gesture.BOTH_HANDS_UP,
        Gesture.HANDS_ON_HEAD,
        Gesture.ARMS_CROSSED,
        Gesture.LEFT_HAND_UP,
    ),
    GestureAction.UP: (Gesture.LEFT_ARM_OUT, Gesture.LEFT_HAND_UP),
    GestureAction.DOWN: (Gesture.RIGHT_ARM_OUT, Gesture.RIGHT_HAND_UP),
}
"""What each action would like to be asked for with, best first; hands on the hips only to pause, for they also rest."""

_WORTH: Final = {
    GestureAction.PAUSE: 100,
    GestureAction.SELECT: 100,
    GestureAction.DOWN: 70,
    GestureAction.UP: 65,
    GestureAction.BACK: 60,
    GestureAction.NEXT: 50,
    GestureAction.RESTART: 40,
}
"""Price of leaving an action out: far above that of any gesture."""

_NOT_A_PAIR: Final = 6
_PAIRS: Final = ((GestureAction.BACK, GestureAction.NEXT), (GestureAction.UP, GestureAction.DOWN))
_HANDED: Final = frozenset({GestureAction.PAUSE, GestureAction.SELECT})


def mirrored_gesture(gesture: Gesture) -> Gesture:
    """The gesture in the mirror."""
    return Gesture(mirrored_name(gesture.value))


def bindings_for(
    actions: Sequence[GestureAction],
    track: PoseTrack | None,
    settings: GestureSettings,
    *,
    left_handed: bool = False,
) -> dict[Gesture, GestureAction]:
    """Gestures for ``actions``, none of which the dance contains.

    Parameters
    ----------
    actions : sequence of GestureAction
        `PRACTICE_ACTIONS` or `MENU_ACTIONS`.
    track : PoseTrack or None
        The dance, of which both mirror images count (a student may dance either); None where nobody dances.
    settings : GestureSettings
    left_handed : bool
        The left hand goes up, not the right one. Arms that point keep their direction on the screen.

    Returns
    -------
    dict
        Each gesture with what it does. An action without a safe gesture is missing. Where all is free, a gesture does
        the same or the like on every screen.
    """
    taken = frozenset() if track is None else contained_gestures(track, settings)
    choices = [_choices(action, taken, left_handed=left_handed) for action in actions]
    best = min(product(*choices), key=lambda chosen: _price(dict(zip(actions, chosen, strict=True)), choices))
    return {gesture: action for action, gesture in zip(actions, best, strict=True) if gesture is not None}


def contained_gestures(track: PoseTrack, settings: GestureSettings) -> frozenset[Gesture]:
    """The gestures in whose pose, or near it, the dance or its mirror image stays for a while."""
    scores = gesture_scores(track.square_xy(), track.image[..., 3], settings.shape)
    found = {
        gesture
        for index, gesture in enumerate(GESTURES)
        if longest_stay_s(track.time_s, scores[:, index], settings.contained) >= settings.contained.contained_s
    }
    return frozenset(found | {mirrored_gesture(gesture) for gesture in found})


def longest_stay_s(time_s: FloatArray, scores: FloatArray, settings: ContainedSettings) -> float:
    """The longest time for which ``scores`` (T,) stay at ``settings.score`` or above, but for short gaps."""
    with np.errstate(invalid="ignore"):
        near: NDArray[np.intp] = np.flatnonzero(scores >= settings.score)
    if len(near) == 0:
        return 0.0
    breaks = np.flatnonzero(np.diff(time_s[near]) > settings.bridge_s)
    first = near[np.concatenate([[0], breaks + 1])]
    last = near[np.concatenate([breaks, [len(near) - 1]])]
    return float((time_s[last] - time_s[first]).max())


def _choices(action: GestureAction, taken: Iterable[Gesture], *, left_handed: bool) -> list[Gesture | None]:
    wishes = _WISHES[action]
    if left_handed and action in _HANDED:
        wishes = tuple(mirrored_gesture(gesture) for gesture in wishes)
    return [*(gesture for gesture in wishes if gesture not in taken), None]


def _price(chosen: Mapping[GestureAction, Gesture | None], choices: list[list[Gesture | None]]) -> float:
    """How far a choice is from what was wished for; infinite where one gesture would do two things."""
    used = [gesture for gesture in chosen.values() if gesture is not None]
    if len(set(used)) < len(used):
        return float("inf")
    price = 0.0
    for (action, gesture), wishes in zip(chosen.items(), choices, strict=True):
        price += _WORTH[action] if gesture is None else wishes.index(gesture)
    for first, second in _PAIRS:
        one, other = chosen.get(first), chosen.get(second)
        if one is not None and other is not None and mirrored_gesture(one) is not other:
            price += _NOT_A_PAIR
    return price
