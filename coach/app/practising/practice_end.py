"""What there is once a practice is over."""

from __future__ import annotations

from dataclasses import dataclass, replace

from coach.app.practising.practice_parts import Practice
from coach.clock import clock_text
from coach.practice.run_record import RunRecord


@dataclass(frozen=True)
class PracticeEnd:
    """A practice that is over.

    Attributes
    ----------
    finished : bool
        It came to its end; otherwise the dancer broke it off.
    result_wanted : bool
        The dancer broke it off in order to see the result.
    record : RunRecord or None
        What is kept of it; None where nothing was recorded.
    """

    practice: Practice
    finished: bool
    record: RunRecord | None
    result_wanted: bool = False


def end_of(practice: Practice, *, finished: bool, result_wanted: bool = False) -> PracticeEnd:
    """End the practice: nothing is coached from now on. In the thread of the session."""
    practice.coach.done = True
    return PracticeEnd(practice, finished, _record(practice), result_wanted)


def in_a_line(practice: Practice) -> str:
    """How it went, for who sees no screen."""
    score, danced = practice.session.score, clock_text(practice.coach.danced_s)
    begin = f"{practice.choreography.reference.info.title}: {danced} coached"
    if score.total is None:
        return f"{begin}, nothing of it could be judged."
    return f"{begin}, score {score.total:.0f}, {score.judged_share:.0%} of it judged."


def _record(practice: Practice) -> RunRecord | None:
    recorder = practice.companions.recorder
    if recorder is None:
        return None
    record = recorder.record(
        practice.session.worst(),
        practice.texts,
        started_utc=practice.started_utc,
        mode=practice.mode.value,
        tempo_percent=practice.transport.tempo * 100.0,
        span_s=practice.span_s,
        upper_body_only=practice.settings.coach.cues.framing.upper_body_only,
        constant_delay_ms=practice.session.constant_delay_ms,
    )
    return replace(record, reference=practice.name)
