"""A drawn student who dances along with what is played, as a person does: on from the new place, a little late."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from coach.routine.channels import FloatArray
from coach.routine.dancer_pose import mixed_pose
from coach.routine.student_script import StudentScript
from coach.session.motion import Motion, Place
from coach.settings.routine import AlongSettings, DrawnSourceSettings


class Lead(Protocol):
    """What is played, as far as a dancer hears it; all times are those of the dancer's clock."""

    @property
    def start_s(self) -> float:
        """Where the practised part of the dance begins."""

    @property
    def end_s(self) -> float:
        """Where it ends."""

    @property
    def surprising(self) -> bool:
        """Whether its changes have to be heard; otherwise it is the dancer who makes them."""

    @property
    def shift_s(self) -> float:
        """How far the clock of `motion` runs ahead of the dancer's."""

    def begin(self, now_s: float) -> Motion:
        """How it moves when it begins now."""

    def motion(self, now_s: float) -> Motion | None:
        """How it moves; None while nobody has begun."""


class DanceAlong:
    """An act: dance the script's dance along with a lead, mistakes included, which stay at their places in the dance.

    A surprising change is noticed ``settings.reaction_s`` later; then the student gets to where the lead is, or stops
    where the lead stands still. Rounds of a loop are expected, and need no time to be noticed. The same lead at the
    same times gives the same poses; times never go back.

    Parameters
    ----------
    script : StudentScript
        At tempo 1: its clock counts seconds of the dance.
    lead : callable
        Asked for the lead at the first picture, with which the dance begins.
    settings : AlongSettings, optional
    tail_s : float, optional
        How long the student is still to be seen after the end of the dance.
    again : bool
        At the end begin anew, in silence.
    """

    blend_s = 0.0
    lasts_s = math.inf

    def __init__(
        self,
        script: StudentScript,
        lead: Callable[[], Lead],
        settings: AlongSettings | None = None,
        *,
        tail_s: float = DrawnSourceSettings.tail_s,
        again: bool = False,
    ) -> None:
        self._script, self._find_lead = script, lead
        self._settings = settings or AlongSettings()
        self._tail_s, self._again = tail_s, again
        self._lead: Lead | None = None
        self._heard = self._motion = Motion(0.0, 1.0)
        self._noticed_s: float | None = None
        self._ahead_s = 0.0
        """How far the script's clock is ahead of the place: what was danced twice, or stood through, on the way."""
        self._rounds_count = 0
        self._pose: FloatArray | None = None
        self._left_pose: FloatArray | None = None
        self._left_s = 0.0

    def target(self, now_s: float) -> FloatArray:
        """The pose at ``now_s``."""
        self._listen(now_s)
        rounds_count = self._place(now_s).reached_count
        if rounds_count != self._rounds_count:
            self._rounds_count = rounds_count
            self._leave(now_s)
        pose = self._script.pose(min(self._danced_s(now_s), self._end_s))
        passed_s = now_s - self._left_s
        if self._left_pose is not None and passed_s < self._settings.join_s:
            share = passed_s / self._settings.join_s
            pose = mixed_pose(self._left_pose, pose, share * share * (3.0 - 2.0 * share))
        self._pose = pose
        return pose

    def over(self, now_s: float) -> bool:
        """Whether the dance was danced to its end, and the tail after it."""
        self._listen(now_s)
        return self._noticed_s is None and self._at_end(now_s)

    def _listen(self, now_s: float) -> None:
        if self._lead is None:
            self._lead = self._find_lead()
            self._heard = self._motion = self._lead.begin(now_s)
            self._ahead_s = self._ahead_at(self._motion.position_s)
            return
        heard = self._lead.motion(now_s)
        if heard is None or heard == self._heard:
            self._noticed_s = None
            if self._again and self._at_end(now_s):
                self._turn_to(Motion(self._lead.start_s, self._motion.tempo, now_s + self._lead.shift_s), now_s)
            return
        if self._noticed_s is None:
            self._noticed_s = now_s
        if now_s - self._noticed_s >= (self._settings.reaction_s if self._lead.surprising else 0.0):
            self._noticed_s = None
            stops = heard.origin_s is None and heard.jumps_count == self._heard.jumps_count
            self._heard = heard
            if stops:  # here, not where the music was a moment ago
                self._motion = replace(self._motion.at(self._card_s(now_s), math.inf), origin_s=None)
            else:
                self._turn_to(heard, now_s)

    def _turn_to(self, motion: Motion, now_s: float) -> None:
        """Leave the way for another, from the present pose."""
        self._motion = motion
        self._rounds_count = self._place(now_s).reached_count
        self._leave(now_s)

    def _leave(self, now_s: float) -> None:
        self._left_pose, self._left_s = self._pose, now_s
        self._ahead_s = self._ahead_at(self._place(now_s).position_s)

    def _place(self, now_s: float) -> Place:
        """Where the student believes the lead to be; it does not end before the student does."""
        return self._motion.place(self._card_s(now_s), math.inf)

    def _danced_s(self, now_s: float) -> float:
        """On the script's clock."""
        return self._place(now_s).position_s + self._ahead_s

    def _at_end(self, now_s: float) -> bool:
        if self._motion.origin_s is None or self._motion.loop is not None:
            return False
        return self._danced_s(now_s) - self._end_s > self._tail_s * self._motion.tempo

    @property
    def _end_s(self) -> float:
        """Of the practised part, on the script's clock."""
        return self._script.end_s(self._lead.end_s if self._lead is not None else self._script.routine.duration_s)

    def _ahead_at(self, reference_s: float) -> float:
        return self._script.time_at(reference_s) - reference_s

    def _card_s(self, now_s: float) -> float:
        return now_s + (self._lead.shift_s if self._lead is not None else 0.0)
