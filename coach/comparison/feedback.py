"""What to tell the dancer: the worst spikes, one good thing, timing, and what could not be judged."""

from __future__ import annotations

from coach.comparison.result import Feedback, Hits, JointSummary, ScoreResult, TimingResult, WorstMoment

_SEEN_SHARE = 0.4
_MIN_GOOD = 0.7
_GOOD_PART = 85.0
_SAME_DANCE_SHARE = 0.5


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
        headline=_headline(score, mirrored),
    )


def _headline(score: ScoreResult, mirrored: bool) -> str:
    if score.total is None:
        return "Too little could be seen for a score."
    mirror = ", danced as the teacher's mirror image" if mirrored else ""
    return f"{score.total:.0f} of 100{mirror}; {100 * score.judged_share:.0f} % of the joints' time could be judged."


def _good(joints: tuple[JointSummary, ...], score: ScoreResult, hits: Hits) -> str:
    """The best of what can be praised, honestly."""
    for part in sorted(score.parts, key=lambda part: -(part.value or 0.0)):
        if part.value is not None and part.value >= _GOOD_PART and part.name != "angles":
            return f"What was good: {part.label} ({part.value:.0f} of 100)."
    share = hits.matched_share
    if share is not None and share >= _MIN_GOOD and len(hits.teacher_s) > 1:
        return f"What was good: {len(hits.pairs)} of {len(hits.teacher_s)} hits were on the teacher's."
    seen = [joint for joint in joints if joint.judged_share >= _SEEN_SHARE]
    if not seen:
        return "Too little could be seen to praise anything."
    best = max(seen, key=lambda joint: joint.good_share + joint.style_share)
    right = best.good_share + best.style_share
    return f"What was best: the {best.label}, right {100 * right:.0f} % of the time."


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
