"""Runs, phrases and learners for the tests of practising."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from coach.practice.run_record import PhraseScore, RunRecord, WorstMoment

PHRASE_S = 4.0


def make_phrase(index: int, score: float | None, judged_share: float = 0.95, **changes: object) -> PhraseScore:
    """Phrase ``index`` of a dance in phrases of four seconds."""
    phrase = PhraseScore(index * PHRASE_S, (index + 1) * PHRASE_S, score, judged_share, 1, -20.0)
    return replace(phrase, **changes)  # type: ignore[arg-type]


def make_moment(text: str = "Left arm straighter", start_s: float = 9.0, **changes: object) -> WorstMoment:
    """A bent left arm."""
    moment = WorstMoment(start_s, start_s + 2.0, "left_elbow", -42.0, 21.0, start_s + 1.4, start_s + 1.1, text)
    return replace(moment, **changes)  # type: ignore[arg-type]


def make_run(*scores: float | None, **changes: object) -> RunRecord:
    """A run whose phrases scored ``scores``."""
    known = [score for score in scores if score is not None]
    run = RunRecord(
        reference="first-steps",
        title="First Steps",
        started_utc="2026-11-20T18:30:00+00:00",
        danced_s=PHRASE_S * len(scores),
        tempo_percent=100.0,
        mode="along",
        mirrored=False,
        span_s=None,
        score=sum(known) / len(known) if known else None,
        angles=81.0,
        trajectory=88.0,
        extension=72.0,
        timing=64.0,
        judged_share=0.93,
        seen_share=0.97,
        phrases=tuple(make_phrase(index, score) for index, score in enumerate(scores)),
    )
    return replace(run, **changes)  # type: ignore[arg-type]


@dataclass
class Learner:
    """Somebody who learns phrase by phrase: practice helps most where it is neither too hard nor too easy.

    Attributes
    ----------
    skills : dict
        Phrase to 0..1.
    """

    skills: dict[int, float]
    gain: float = 0.16
    danced_s: float = 0.0
    passes: list[tuple[float, float, float]] = field(default_factory=list)

    def dance(self, span_s: tuple[float, float], tempo_percent: float) -> float:
        """One pass over a stretch; its score."""
        first, last = round(span_s[0] / PHRASE_S), round(span_s[1] / PHRASE_S)
        scores = []
        for phrase in range(first, last):
            skill = self.skills[phrase]
            ease = min(1.0, skill + (100.0 - tempo_percent) / 100.0)
            scores.append(100.0 * ease)
            # Alone in a loop it is fresh at once; among many others most of it is forgotten till it comes again.
            focus = 1.0 if last - first <= 2 else 0.35
            challenge = max(0.0, 1.0 - abs(ease - 0.75) / 0.5)
            self.skills[phrase] = min(1.0, skill + self.gain * focus * challenge)
        self.danced_s += (span_s[1] - span_s[0]) / (tempo_percent / 100.0)
        score = sum(scores) / len(scores)
        self.passes.append((*span_s, tempo_percent))
        return score
