"""The practice plan: the weakest phrases slowed down, looped, sped up, chained with their neighbours, then the whole.

Phrases are taken from the last to the first and each is then danced together with the one that follows it (backward
chaining): what comes next is always something that the dancer knows already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from coach.judging.score_credits import timing_credit
from coach.practice.run_record import PhraseScore, RunRecord
from coach.session.motion import Span
from coach.settings.practice import PlanSettings


class PlanKind(Enum):
    """What a step of the plan is for."""

    PHRASE = "phrase"
    CHAIN = "chain"
    WHOLE = "whole"


@dataclass(frozen=True)
class PlanStep:
    """A stretch to be danced until it is clean.

    Attributes
    ----------
    kind : PlanKind
    span_s : (float, float)
    tempo_percent : float
        Where it begins; clean passes speed it up to ``goal_percent``.
    goal_percent : float
    passes_needed : int
        Clean passes at the goal.
    """

    kind: PlanKind
    span_s: Span
    tempo_percent: float
    goal_percent: float
    passes_needed: int


@dataclass(frozen=True)
class PracticePlan:
    """What to practise, in order.

    Attributes
    ----------
    reference : str
        Name in the library.
    steps : tuple of PlanStep
    """

    reference: str
    steps: tuple[PlanStep, ...]


def standing(phrase: PhraseScore, settings: PlanSettings) -> float | None:
    """How well a phrase goes, 0..100: its score and, where it is known, its timing; None where nothing was judged.

    The score itself leaves timing aside; a phrase that is right but late needs practice all the same.
    """
    if phrase.score is None or phrase.judged_share < settings.min_judged_share:
        return None
    if phrase.timing_ms is None:
        return phrase.score
    return phrase.score + settings.timing_share * (100.0 * timing_credit(phrase.timing_ms) - phrase.score)


def weakest_phrases(record: RunRecord, settings: PlanSettings) -> tuple[PhraseScore, ...]:
    """The phrases to practise, weakest first: those below ``weak_score``, but always one where any was judged."""
    judged = [(value, phrase) for phrase in record.phrases if (value := standing(phrase, settings)) is not None]
    ranked = sorted(judged, key=lambda entry: (entry[0], entry[1].start_s))
    weak = [phrase for value, phrase in ranked if value < settings.weak_score][: settings.phrases_count]
    return tuple(weak or [phrase for _, phrase in ranked[:1]])


def make_plan(record: RunRecord, settings: PlanSettings) -> PracticePlan | None:
    """The plan after a run; None where no phrase could be judged."""
    weakest = weakest_phrases(record, settings)
    if not weakest:
        return None
    phrases = sorted(record.phrases, key=lambda phrase: phrase.start_s)
    steps: list[PlanStep] = []
    for phrase in sorted(weakest, key=lambda phrase: -phrase.start_s):
        steps.append(phrase_step((phrase.start_s, phrase.end_s), settings, standing(phrase, settings)))
        chain_s = _chain(phrase, phrases)
        if chain_s is not None:
            steps.append(PlanStep(PlanKind.CHAIN, chain_s, settings.full_percent, settings.full_percent, 1))
    whole_s = record.span_s or (phrases[0].start_s, phrases[-1].end_s)
    if len(phrases) > 1:
        steps.append(PlanStep(PlanKind.WHOLE, whole_s, settings.full_percent, settings.full_percent, 1))
    return PracticePlan(record.reference, tuple(steps))


def plan_for_span(
    reference: str, span_s: Span, settings: PlanSettings, standing_now: float | None = None
) -> PracticePlan:
    """A plan of one stretch alone: slow (less so if it goes well already), faster, at full speed."""
    return PracticePlan(reference, (phrase_step(span_s, settings, standing_now),))


def phrase_step(span_s: Span, settings: PlanSettings, standing_now: float | None = None) -> PlanStep:
    """A stretch slowed down and brought up to speed; what goes well already begins faster."""
    tempo_percent = settings.slow_percent
    if standing_now is not None and standing_now >= settings.weak_score:
        tempo_percent = settings.full_percent - settings.step_percent
    elif standing_now is not None and standing_now >= settings.clean_score:
        tempo_percent = min(settings.slow_percent + settings.step_percent, settings.full_percent)
    return PlanStep(PlanKind.PHRASE, span_s, tempo_percent, settings.full_percent, settings.clean_passes)


def _chain(phrase: PhraseScore, phrases: Sequence[PhraseScore]) -> Span | None:
    """The phrase with the one after it; the last one with the one before; None for the only one."""
    at = next(index for index, other in enumerate(phrases) if other.start_s == phrase.start_s)
    if at + 1 < len(phrases):
        return phrase.start_s, phrases[at + 1].end_s
    return (phrases[at - 1].start_s, phrase.end_s) if at > 0 else None
