"""Runs for the history: one with everything in it, and any that may come up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from coach.practice.run_record import PhraseScore, RunRecord, WorstMoment
from coach.storage.history import History

FULL_RUN = RunRecord(
    reference="first-steps",
    title="First steps – für alle",
    started_utc="2026-03-01T18:00:00+00:00",
    danced_s=61.5,
    tempo_percent=80.0,
    mode="along",
    mirrored=True,
    span_s=None,
    score=81.25,
    angles=80.0,
    trajectory=90.5,
    extension=None,
    timing=70.0,
    judged_share=0.85,
    seen_share=0.9,
    phrases=(
        PhraseScore(0.0, 8.0, 91.0, 0.9, 1, -20.0),
        PhraseScore(8.0, 16.0, None, 0.0, 2, None),
        PhraseScore(16.0, 24.0, 55.5, 0.8, 1, 140.0),
    ),
    worst=(
        WorstMoment(16.2, 17.0, "left_elbow", -35.5, 20.0, 18.1, 16.6, "Left arm straighter"),
        WorstMoment(20.0, 22.0, None, None, None, 23.0, 21.0, "Später: du bist zu früh"),
    ),
    timing_histogram=(0, 3, 12, 40, 5, 0),
    unseen=(("left_ankle", 0.4), ("right_ankle", 0.35)),
    upper_body_only=False,
    constant_delay_ms=85.0,
)


def make_run(number: int = 0, **changes: Any) -> RunRecord:
    """`FULL_RUN`, started ``number`` minutes later."""
    started_utc = f"2026-03-01T{18 + number // 60:02d}:{number % 60:02d}:00+00:00"
    return replace(FULL_RUN, started_utc=started_utc, **changes)


FINITE = st.floats(allow_nan=False, allow_infinity=False, width=64)
SCORES = st.none() | st.floats(0, 100)
TEXTS = st.text(max_size=20)
PHRASES = st.builds(PhraseScore, FINITE, FINITE, SCORES, FINITE, st.integers(0, 99), st.none() | FINITE)
MOMENTS = st.builds(
    WorstMoment, FINITE, FINITE, st.none() | TEXTS, st.none() | FINITE, st.none() | FINITE, FINITE, FINITE, TEXTS
)
RUNS = st.builds(
    RunRecord,
    reference=TEXTS,
    title=TEXTS,
    started_utc=TEXTS,
    danced_s=FINITE,
    tempo_percent=FINITE,
    mode=TEXTS,
    mirrored=st.booleans(),
    span_s=st.none() | st.tuples(FINITE, FINITE),
    score=SCORES,
    angles=SCORES,
    trajectory=SCORES,
    extension=SCORES,
    timing=SCORES,
    judged_share=FINITE,
    seen_share=FINITE,
    phrases=st.lists(PHRASES, max_size=4).map(tuple),
    worst=st.lists(MOMENTS, max_size=4).map(tuple),
    timing_histogram=st.lists(st.integers(0, 2**62), max_size=8).map(tuple),
    unseen=st.lists(st.tuples(TEXTS, FINITE), max_size=4).map(tuple),
    upper_body_only=st.booleans(),
    constant_delay_ms=st.none() | FINITE,
)


@dataclass(frozen=True)
class Measured:
    """What a latency check found."""

    median_ms: float = 85.0
    spread_ms: float = 12.0
    count: int = 9
    ok: bool = True


def reread(path: Path) -> tuple[RunRecord, ...]:
    """All runs of the file, read by a history of its own; nothing must be amiss with it."""
    again = History(path)
    runs = again.runs()
    again.close()
    assert again.notices == []
    return runs
