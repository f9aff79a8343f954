"""The worst moments as sentences: when, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from coach.clock import clock_text
from coach.judging.cue_texts import CueTexts
from coach.judging.cue_words import Direction, Situation
from coach.judging.mistake_spans import MistakeSpan
from coach.pose.joint_table import SIGNED_JOINTS

MOST_SENTENCES = 3


def worst_sentences(worst: Sequence[MistakeSpan], texts: CueTexts) -> tuple[str, ...]:
    """At most three sentences such as ``0:14-0:16  Left knee: bend more``, one for each joint and direction."""
    sentences: dict[tuple[str, Direction], str] = {}
    for span in worst:
        direction = Direction.TOO_LARGE if span.error_deg > 0 else Direction.TOO_SMALL
        key = (span.joint, direction)
        if key not in sentences:
            situation = Situation.SIDE_ON if span.joint in SIGNED_JOINTS else Situation.ONE
            when = clock_text(span.start_s), clock_text(span.end_s)
            text = texts.joint(span.joint, direction, situation).text
            sentences[key] = f"{'-'.join(dict.fromkeys(when))}  {text}"
    return tuple(sentences.values())[:MOST_SENTENCES]
