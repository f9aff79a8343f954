"""How much the path bends: early and late, apart from form."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from coach.clock import clock_text
from coach.comparison.result.measures import TimingResult
from coach.comparison.result.sync import SyncMethod, SyncResult
from coach.comparison.warping import Warp
from coach.pose.pose_frame import FloatArray

_FAR_S = 0.4
"""Share of the clip that lies between two moments whose slope is looked at."""
_FEW_COUNTS = 0.25
_SAME_TEMPO = 0.02


def timing_ms(warp: Warp, sync: SyncResult) -> tuple[FloatArray, float]:
    """Early (positive) or late for each row of the path, and the tempo: teacher seconds per student second.

    Against the music where both clips carry it, against the steadiest straight line through the path otherwise.
    """
    student_s, teacher_s = warp.alignment.path_s.T
    tempo = _steady_tempo(student_s, teacher_s)
    if sync.method is SyncMethod.MOVEMENT:
        line = tempo * student_s
        line += float(np.median(teacher_s - line))
    else:
        line = student_s - sync.offset_s
    early = 1000.0 * (teacher_s - line)
    return np.where(warp.followed, early, np.nan), tempo


def _steady_tempo(student_s: FloatArray, teacher_s: FloatArray) -> float:
    """Median slope between moments far apart (Theil and Sen)."""
    apart = max(1, int(_FAR_S * len(student_s)))
    steps = student_s[apart:] - student_s[:-apart]
    return float(np.median((teacher_s[apart:] - teacher_s[:-apart]) / steps)) if len(steps) else 1.0


def with_tempo(sync: SyncResult, tempo: float, early_ms: FloatArray) -> SyncResult:
    """``sync`` with the tempo that the movement has, where no common sound tells one.

    No single offset then fits both clips: that of the best fit is none of a moment that means anything.
    """
    known = sync.method is SyncMethod.MOVEMENT and bool(np.isfinite(early_ms).any())
    if sync.tempo_ratio is None and known and abs(tempo - 1.0) > _SAME_TEMPO:
        sync = replace(sync, tempo_ratio=tempo)
    return replace(sync, peaks=()) if sync.tempo_ratio is not None else sync


def timing_result(
    early_ms: FloatArray, tempo: float, sync: SyncResult, beat_s: float | None, on_beat_ms: float
) -> TimingResult:
    """Sum it up, in words as well; ``beat_s`` is the time of one count, if it is known."""
    known = early_ms[np.isfinite(early_ms)]
    if len(known) == 0:
        return TimingResult(None, None, None, beat_s, None, tempo, "The timing could not be judged.")
    median = float(np.median(known))
    deviation = np.abs(known - median)
    counts = median / 1000.0 / beat_s if beat_s else None
    words = _words(median, counts, tempo, sync, on_beat_ms)
    return TimingResult(
        median, float(np.median(deviation)), float(deviation.mean()) / 1000.0, beat_s, counts, tempo, words
    )


def _words(median_ms: float, counts: float | None, tempo: float, sync: SyncResult, on_beat_ms: float) -> str:
    if sync.method is SyncMethod.MOVEMENT:
        if abs(tempo - 1.0) > _SAME_TEMPO:
            change = "slower" if tempo < 1 else "faster"
            return (
                f"Danced {abs(1 - tempo) * 100:.0f} % {change} than the teacher, without a common sound to be early "
                "or late to."
            )
        return "Danced at the teacher's tempo, without a common sound to be early or late to."
    if abs(median_ms) <= on_beat_ms:
        return f"On the beat: {abs(median_ms):.0f} ms {'early' if median_ms > 0 else 'late'} on the median."
    amount = f"{abs(median_ms):.0f} ms"
    if counts is not None:
        amount += f", {_in_counts(abs(counts))}"
    direction, advice = ("early", "wait for the beat") if median_ms > 0 else ("late", "prepare each move sooner")
    return f"Mostly {direction} by {amount}: {advice}."


def _in_counts(counts: float) -> str:
    for limit, words in ((_FEW_COUNTS / 2, "less than a quarter count"), (0.375, "about a quarter count"),
                         (0.625, "about half a count"), (0.875, "about three quarters of a count"),
                         (1.25, "about one count")):  # fmt: skip
        if counts <= limit:
            return words
    return f"about {counts:.1f} counts"


def span_text(start_s: float, end_s: float) -> str:
    """``0:14-0:16``, or ``0:14`` within one second."""
    return "-".join(dict.fromkeys((clock_text(start_s), clock_text(end_s))))
