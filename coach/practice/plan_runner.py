"""Going through a practice plan: after each pass, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from coach.practice.plan import PlanKind, PlanStep, PracticePlan
from coach.session.motion import Span
from coach.settings.practice import PlanSettings


class PlanMessage(Enum):
    """What to tell the dancer about the pass that ended."""

    START = "start"
    FASTER = "faster"
    ONCE_MORE = "once more"
    AGAIN = "again"
    SLOWER = "slower"
    CHAIN = "chain"
    NEXT_PHRASE = "next phrase"
    WHOLE = "whole"
    MOVE_ON = "move on"
    NOT_SEEN = "not seen"
    DONE = "done"


@dataclass(frozen=True)
class PlanMove:
    """What to dance now.

    Attributes
    ----------
    span_s : (float, float)
    tempo_percent : float
    message : PlanMessage
    done : bool
        The plan is over; ``span_s`` and ``tempo_percent`` are those of its last pass.
    kind : PlanKind
    step_index, steps_count : int
        Where in the plan this is, from 0.
    """

    span_s: Span
    tempo_percent: float
    message: PlanMessage
    done: bool
    kind: PlanKind
    step_index: int
    steps_count: int


_ENTERING = {
    PlanKind.PHRASE: PlanMessage.NEXT_PHRASE,
    PlanKind.CHAIN: PlanMessage.CHAIN,
    PlanKind.WHOLE: PlanMessage.WHOLE,
}


class PlanRunner:
    """Decides after each pass of a plan; deterministic, without a clock.

    Parameters
    ----------
    plan : PracticePlan
        With at least one step.
    settings : PlanSettings
    """

    def __init__(self, plan: PracticePlan, settings: PlanSettings) -> None:
        if not plan.steps:
            raise ValueError("a plan needs at least one step")
        self.plan, self._settings = plan, settings
        self._index = 0
        self._done = False
        self._tempo = plan.steps[0].tempo_percent
        self._clean_passes = 0
        self._tries = 0
        """Passes that were not clean since the last clean one, and (next) in the whole of this step."""
        self._tries_of_step = 0
        self.now = self._move(PlanMessage.START)

    def finish_pass(self, score: float | None, judged_share: float) -> PlanMove:
        """A pass of `now` ended.

        Parameters
        ----------
        score : float or None
            0..100 of this pass alone, None where nothing could be judged.
        judged_share : float
            0..1; a pass of which too little was judged does not count.
        """
        if self._done:
            return self.now
        settings = self._settings
        if score is None or judged_share < settings.min_judged_share:
            message: PlanMessage | None = PlanMessage.NOT_SEEN
        elif score >= settings.clean_score:
            message = self._clean(score)
        else:
            message = self._not_clean(score)
        self.now = self._move(self._next_step() if message is None else message)
        return self.now

    def skip(self) -> PlanMove:
        """The dancer wants to go on to the next step."""
        if not self._done:
            self.now = self._move(self._next_step())
        return self.now

    @property
    def step(self) -> PlanStep:
        """The present step."""
        return self.plan.steps[self._index]

    def _clean(self, score: float) -> PlanMessage | None:
        """After a clean pass; None: the step is finished."""
        settings, goal = self._settings, self.step.goal_percent
        self._tries = 0
        if self._tempo < goal:
            steps = 2.0 if score >= settings.leap_score else 1.0
            self._tempo = min(self._tempo + steps * settings.step_percent, goal)
            return PlanMessage.FASTER
        self._clean_passes += 1
        return None if self._clean_passes >= self.step.passes_needed else PlanMessage.ONCE_MORE

    def _not_clean(self, score: float) -> PlanMessage | None:
        settings = self._settings
        self._clean_passes = 0
        self._tries += 1
        self._tries_of_step += 1
        if self._tries >= settings.tries_count or self._tries_of_step >= 2 * settings.tries_count:
            return self._next_step(gave_up=True)
        slower = max(self._tempo - settings.step_percent, settings.slowest_percent)
        if score < settings.poor_score and self.step.kind is not PlanKind.WHOLE and slower < self._tempo:
            self._tempo = slower
            return PlanMessage.SLOWER
        return PlanMessage.AGAIN

    def _next_step(self, *, gave_up: bool = False) -> PlanMessage:
        """Begin the next step, if there is one; returns what to say of it."""
        if self._index + 1 >= len(self.plan.steps):
            self._done = True
            return PlanMessage.DONE
        self._index += 1
        self._begin_step()
        return PlanMessage.MOVE_ON if gave_up else _ENTERING[self.step.kind]

    def _begin_step(self) -> None:
        self._tempo = self.step.tempo_percent
        self._clean_passes = self._tries = self._tries_of_step = 0

    def _move(self, message: PlanMessage) -> PlanMove:
        step = self.step
        return PlanMove(
            step.span_s, self._tempo, message, self._done, step.kind, self._index, len(self.plan.steps)
        )  # fmt: skip
