"""What the dancer asks for with the body: a pose that is held still for about a second."""

from __future__ import annotations

import math
from collections.abc import Mapping

from coach.gestures.body_view import BodyView, body_view
from coach.gestures.gesture import NO_GESTURE, Gesture, GestureAction, GestureState
from coach.gestures.gesture_shapes import score_of
from coach.gestures.last_seen import LastSeen
from coach.gestures.stillness import Stillness
from coach.pose.pose_frame import PoseFrame
from coach.settings.gestures import GestureSettings


class GestureReader:
    """Reads gestures from the poses of one dancer, raw or smoothed, at any frame rate.

    A gesture works once it was held for ``hold_s``: within its limits and with resting hands. Landmarks that flicker
    do not matter, movement empties the ring, leaving the pose ends it. What worked has to be left before anything can
    work again, and so has whatever is held when a reader begins, or begins again after a pause: what opened one screen
    does nothing on the next. Not for several threads at once.

    Parameters
    ----------
    bindings : mapping
        What each gesture does; the others are not looked for (see `coach.gestures.bindings.bindings_for`).
    settings : GestureSettings
    """

    def __init__(self, bindings: Mapping[Gesture, GestureAction], settings: GestureSettings) -> None:
        self.bindings = dict(bindings)
        self._settings = settings
        self._stillness = Stillness(settings.stillness)
        self._last_seen = LastSeen(settings.hold.keep_s, settings.shape.min_visibility)
        self.reset()

    def reset(self) -> None:
        """Forget the dancer; a gesture being held has to be left before it works."""
        self._stillness.reset()
        self._last_seen.reset()
        self._last_s: float | None = None
        self._held: Gesture | None = None
        self._held_s = 0.0
        self._away_s = 0.0
        self._done: Gesture | None = None
        self._to_be_left: tuple[Gesture, ...] = tuple(self.bindings)
        self._left_s = 0.0
        self._unseen_s = 0.0

    def step(self, pose: PoseFrame, time_s: float) -> GestureState:
        """What is asked for after this frame; where ``time_s`` goes back or jumps ahead the reader starts anew."""
        if self._last_s is not None and not 0.0 <= time_s - self._last_s <= self._settings.hold.forget_s:
            self.reset()
        passed_s = 0.0 if self._last_s is None else min(time_s - self._last_s, self._settings.hold.max_step_s)
        self._last_s = time_s
        points, known = self._last_seen.step(pose.square_xy(), pose.visibility, time_s)
        body = body_view(points, known, self._settings.shape)
        scores = {gesture: float(score_of(gesture, body, self._settings.shape)) for gesture in self.bindings}
        still = self._is_still(body, time_s)
        if self._to_be_left:
            return self._wait_until_left(scores, passed_s)
        self._follow(scores, passed_s, still=still)
        return self._state()

    def _state(self) -> GestureState:
        """The state to show; what was held long enough is done at this moment."""
        held, hold_s = self._held, self._settings.hold.hold_s
        if held is None:
            return NO_GESTURE
        action = self.bindings[held]
        if self._held_s < hold_s:
            return GestureState(held, action, self._held_s / hold_s)
        self._done, self._to_be_left, self._left_s, self._unseen_s = held, (held,), 0.0, 0.0
        self._hold(None)
        return GestureState(held, action, 1.0, action)

    def _follow(self, scores: Mapping[Gesture, float], passed_s: float, *, still: bool) -> None:
        """Let time pass for the gesture being held, or against it."""
        hold = self._settings.hold
        now = self._fitting(scores)
        if self._held is None:
            self._hold(now)
            return
        if now is self._held:
            rate = self._clearness(scores[now]) if still else -hold.moving_drain
            self._held_s = max(0.0, self._held_s + rate * passed_s)
            self._away_s = 0.0
            return
        self._away_s += passed_s
        unseen = math.isnan(scores[self._held])
        if self._away_s > (hold.unseen_grace_s if unseen else hold.left_grace_s):
            self._hold(now)

    def _clearness(self, score: float) -> float:
        """How fast the ring fills: a pose at its limits has to be held longer than a clear one."""
        hold = self._settings.hold
        share = min(max(score / hold.clear_score, 0.0), 1.0)
        return hold.doubtful_rate + (1.0 - hold.doubtful_rate) * share

    def _hold(self, gesture: Gesture | None) -> None:
        self._held, self._held_s, self._away_s = gesture, 0.0, 0.0

    def _fitting(self, scores: Mapping[Gesture, float]) -> Gesture | None:
        """The bound gesture that fits best, the one being held a little longer than others."""
        best, best_score = None, 0.0
        for gesture, score in scores.items():
            eased = score - self._settings.hold.stay_score if gesture is self._held else score
            if eased >= best_score:
                best, best_score = gesture, eased
        return best

    def _wait_until_left(self, scores: Mapping[Gesture, float], passed_s: float) -> GestureState:
        """What worked, and at first whatever is held, has to be left."""
        hold = self._settings.hold
        seen = [scores[gesture] for gesture in self._to_be_left if not math.isnan(scores[gesture])]
        if not seen:
            self._unseen_s += passed_s
        elif max(seen) < hold.stay_score:
            self._left_s += passed_s
        else:
            self._left_s = self._unseen_s = 0.0
        if self._left_s >= hold.release_s or self._unseen_s >= hold.unseen_release_s:
            self._done, self._to_be_left = None, ()
        elif self._done is not None and self._left_s == 0.0:
            return GestureState(self._done, self.bindings[self._done], 1.0)
        return NO_GESTURE

    def _is_still(self, body: BodyView, time_s: float) -> bool:
        """Whether the shoulders and the hands, as far as they are seen, rest."""
        limits = self._settings.stillness
        neck, *hands = (self._stillness.speeds(body.resting, time_s) / body.size).tolist()
        return neck <= limits.body_speed and not any(speed > limits.hand_speed for speed in hands)
