"""What to tell the dancer: the worst spikes, one good thing, timing, and what could not be judged."""

from __future__ import annotations

from coach.comparison.result.findings import Feedback, JointSummary, WorstMoment
from coach.comparison.result.measures import Hits, TimingResult
from coach.comparison.result.score import ScoreResult

_SEEN_SHARE = 0.4
_MIN_GOOD = 0.7
_GOOD_PART = 85.0
_SAME_DANCE_SHARE = 0.5
_LIKENESS = (
    (92.0, "Danced like the teacher"),
    (75.0, "Close to the teacher"),
    (55.0, "The dance is there"),
    (0.0, "Still some way from the teacher"),
)
"""From which score on the dance is called so."""


def feedback(
    worst: tuple[WorstMoment, ...],
    joints: tuple[JointSummary, ...],
    score: ScoreResult,
    timing: TimingResult,
    hits: Hits,
    told: int,
    mirrored: bool,
) -> Feedback:
    """Put the findings into words."""
    sentences = {(moment.joint, moment.error_deg > 0): f"{_capital(moment.words)}." for moment in reversed(worst)}
    in_order = [sentences[key] for key in dict.fromkeys((moment.joint, moment.error_deg > 0) for moment in worst)]
    return Feedback(
        worst=tuple(in_order[:told]),
        good=_good(joints, score, hits),
        timing=timing.words,
        not_judged=_not_judged(joints, score),
        headline=_headline(score, worst, mirrored),
    )


def _headline(score: ScoreResult, worst: tuple[WorstMoment, ...], mirrored: bool) -> str:
    """The dance in one sentence: how like the teacher's, and what to work on first."""
    if score.total is None:
        return "Too little could be seen to judge the dance."
    mirror = ", danced as the teacher's mirror image" if mirrored else ""
    if score.followed_share < _SAME_DANCE_SHARE:
        return f"Most of this is not the teacher's dance{mirror}."
    likeness = next(words for limit, words in _LIKENESS if score.total >= limit)
    if not worst:
        return f"{likeness}{mirror}; no joint stood out."
    joints = list(dict.fromkeys(moment.label for moment in worst))[:2]
    return f"{likeness}{mirror}; work on the {' and the '.join(joints)} first."


def _good(joints: tuple[JointSummary, ...], score: ScoreResult, hits: Hits) -> str:
    """The best of what can be praised, honestly; empty where too little was seen."""
    for part in sorted(score.parts, key=lambda part: -(part.value or 0.0)):
        if part.value is not None and part.value >= _GOOD_PART and part.name != "angles":
            return f"{_capital(part.label)}: {part.value:.0f} of 100."
    share = hits.matched_share
    if share is not None and share >= _MIN_GOOD and len(hits.teacher_s) > 1:
        return f"{len(hits.pairs)} of {len(hits.teacher_s)} hits were on the teacher's."
    seen = [joint for joint in joints if joint.judged_share >= _SEEN_SHARE]
    if not seen:
        return ""
    best = max(seen, key=lambda joint: joint.good_share + joint.style_share)
    return f"The {best.label} was right {100 * (best.good_share + best.style_share):.0f} % of the time."


def _not_judged(joints: tuple[JointSummary, ...], score: ScoreResult) -> tuple[str, ...]:
    if score.followed_share < _SAME_DANCE_SHARE:
        share = f"{100 * score.followed_share:.0f} %"
        return (f"Only {share} of it looks like the teacher's dance; the rest says little about single joints.",)
    parts = tuple(f"{_capital(part.label)} could not be judged." for part in score.parts if part.value is None)
    hidden = tuple(
        f"{_capital(joint.label)}: seen well enough only {100 * joint.judged_share:.0f} % of the time."
        for joint in joints
        if joint.judged_share < 0.5
    )
    return parts + hidden


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
