"""What is to be practised, as one screen asks another for it."""

from __future__ import annotations

from dataclasses import dataclass

from coach.practice.plan import PracticePlan


@dataclass(frozen=True)
class PracticeRequest:
    """A practice to start.

    Attributes
    ----------
    reference : str
        Name of the reference in the library.
    span_s : (float, float) or None
        Practise only this stretch of the choreography; None for the whole.
    tempo_percent : float
        Speed of the music.
    plan : PracticePlan or None
        Go through these stretches by itself; each step has its own span and tempo.
    loop : bool
        Dance the stretch again and again.
    """

    reference: str
    span_s: tuple[float, float] | None = None
    tempo_percent: float = 100.0
    plan: PracticePlan | None = None
    loop: bool = False
