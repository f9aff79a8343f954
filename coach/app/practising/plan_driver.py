"""Rounds of a loop scored as they end, and a practice plan gone through by itself; in the thread of the session."""

from __future__ import annotations

from coach.app.practising.controls import Controls
from coach.app.practising.rounds import RoundEnd
from coach.practice.phrase_pass import PassScore
from coach.practice.plan import PlanStep, PracticePlan
from coach.practice.plan_runner import PlanMove, PlanRunner
from coach.practice.run_recorder import RunRecorder
from coach.settings.practice import PlanSettings


class PlanDriver:
    """Listens to the rounds of one practice.

    Parameters
    ----------
    controls : Controls
    recorder : RunRecorder or None
        Scores the rounds; without it nothing is scored, and no plan goes on.
    settings : PlanSettings
    """

    def __init__(self, controls: Controls, recorder: RunRecorder | None, settings: PlanSettings) -> None:
        self._controls, self._recorder, self._settings = controls, recorder, settings
        self._runner: PlanRunner | None = None
        self.move: PlanMove | None = None
        """What the plan wants now; None without a plan."""
        self.last: PassScore | None = None
        """How the last round went."""

    @property
    def steps(self) -> tuple[PlanStep, ...]:
        """Of the plan that is gone through."""
        runner = self._runner  # once: the session's thread may end the plan meanwhile
        return runner.plan.steps if runner is not None else ()

    @property
    def done(self) -> bool:
        """Whether a plan was gone through to its end."""
        move = self.move
        return move is not None and move.done

    def begin(self, plan: PracticePlan) -> None:
        """Go through ``plan`` from now on."""
        self._runner = PlanRunner(plan, self._settings)
        self._follow(self._runner.now)

    def stop(self) -> None:
        """The dancer goes an own way."""
        self._runner = self.move = None

    def skip(self) -> None:
        """On to the next step of the plan."""
        if self._runner is not None:
            self._follow(self._runner.skip())

    def round_ended(self, end: RoundEnd) -> None:
        """A round was danced."""
        if self._recorder is None:
            return
        scored = self._recorder.finish_pass()
        if not end.whole:
            return
        self.last = scored
        if self._runner is not None:
            self._follow(self._runner.finish_pass(scored.score, scored.judged_share))

    def _follow(self, move: PlanMove) -> None:
        before, self.move = self.move, move
        if move.done:
            self._runner = None
            self._controls.set_loop(None)
            return
        if before is None or move.tempo_percent != before.tempo_percent:
            self._controls.set_tempo(move.tempo_percent)
        if before is None or move.span_s != before.span_s:
            self._controls.set_loop(move.span_s)
