"""What is kept of one practice: plain values, made when it ends, stored in the history, shown as the result."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PhraseScore:
    """How one phrase of the choreography went.

    Attributes
    ----------
    start_s, end_s : float
        In the reference.
    score : float or None
        0..100 over what could be judged; None where nothing could.
    judged_share : float
        0..1 of the joints' time.
    passes_count : int
        How often it was danced in this run.
    timing_ms : float or None
        Median, early positive.
    """

    start_s: float
    end_s: float
    score: float | None
    judged_share: float
    passes_count: int = 1
    timing_ms: float | None = None


@dataclass(frozen=True)
class WorstMoment:
    """A thing to work on: a joint (or None for something else) over a stretch of the choreography.

    Attributes
    ----------
    student_s : float
        When it was at its worst on the student's clock, for the picture.
    text : str
        One sentence in the language of the run.
    """

    start_s: float
    end_s: float
    joint: str | None
    error_deg: float | None
    tolerance_deg: float | None
    student_s: float
    reference_s: float
    text: str


@dataclass(frozen=True)
class RunRecord:
    """One practice of one reference.

    Attributes
    ----------
    reference : str
        Name of the reference in the library.
    started_utc : str
        ISO 8601, seconds.
    danced_s : float
        How long the student danced.
    span_s : (float, float) or None
        The practised stretch, if it was not the whole.
    score, angles, trajectory, extension, timing : float or None
        0..100.
    judged_share, seen_share : float
    timing_histogram : tuple of int
        Frames per bin of early/late, bins as in ``coach.settings.practice.HistogramSettings``.
    unseen : tuple of (str, float)
        Joints that could often not be seen, with the share of the time.
    constant_delay_ms : float or None
        How late the dancer was from beginning to end, equipment and habit together; negative if early.
    """

    reference: str
    title: str
    started_utc: str
    danced_s: float
    tempo_percent: float
    mode: str
    mirrored: bool
    span_s: tuple[float, float] | None
    score: float | None
    angles: float | None
    trajectory: float | None
    extension: float | None
    timing: float | None
    judged_share: float
    seen_share: float
    phrases: tuple[PhraseScore, ...] = ()
    worst: tuple[WorstMoment, ...] = ()
    timing_histogram: tuple[int, ...] = ()
    unseen: tuple[tuple[str, float], ...] = ()
    upper_body_only: bool = False
    constant_delay_ms: float | None = None
