"""The score and its parts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ScorePart:
    """One part of the score: ``value`` 0..100 or None where it could not be judged, ``weight`` in percent."""

    name: str
    label: str
    value: float | None
    weight: float
    judged_share: float


@dataclass(frozen=True)
class ScoreResult:
    """The score and how it came about.

    Attributes
    ----------
    total : float or None
        0..100.
    parts : tuple of ScorePart
        ``angles``, ``trajectory``, ``body`` (mask, extension, energy), whose weights sum to 100.
    body_parts : tuple of ScorePart
        What ``body`` is made of: ``mask``, ``extension_energy``; weights as shares of it in percent.
    timing : float or None
        0..100, beside the score.
    followed_share : float
        Share of the common part in which the poses fit well enough to be the same dance; below a limit the total
        shrinks in proportion.
    judged_share : float
        Share of the joints' time that could be judged.
    words : str
        How the total came about, one sentence.
    """

    total: float | None
    parts: tuple[ScorePart, ...]
    body_parts: tuple[ScorePart, ...]
    timing: float | None
    followed_share: float
    judged_share: float
    words: str
