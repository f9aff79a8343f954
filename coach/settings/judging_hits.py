"""Tunables of the hits: sudden movement that stops at once."""

from __future__ import annotations

from dataclasses import dataclass

from coach.settings.checks import require_all_positive, require_below, require_between


@dataclass(frozen=True)
class HitSettings:
    """Which of the teacher's hits the student has; sharpness is a fall of energy in shares of the level around it.

    Attributes
    ----------
    blur_s, fall_within_s : float
        The energy is averaged over this time, and falls within this one.
    level_s, after_s : float
        The level is the mean from so long before to so long after a hit. The student's hit ends at most ``after_s``
        after the teacher's.
    before_s : float
        And at most so long before.
    teacher_before_s, teacher_after_s : float
        The same two for the teacher's own, from where the hit was found.
    min_sharpness : float
        Only what is as sharp as this in the teacher is compared.
    missed_ratio, had_ratio : float
        Student's sharpness to teacher's: missing below the one, there from the other on; between them nobody knows.
    min_level_ratio : float
        A student with less energy than this share of the teacher's is not judged.
    min_rate : float
        Nor is one who is slower than this, or faster by as much.
    recent_count, soft_count, memory_s : int, int, float
        Soft is who missed so many of the last so many, all judged within this time.
    told_within_s : float
        For so long after a missing hit.
    """

    blur_s: float = 0.1
    fall_within_s: float = 0.25
    level_s: float = 1.5
    after_s: float = 0.35
    before_s: float = 0.45
    teacher_before_s: float = 0.3
    teacher_after_s: float = 0.15
    min_sharpness: float = 1.0
    missed_ratio: float = 0.5
    had_ratio: float = 0.65
    min_level_ratio: float = 0.5
    min_rate: float = 0.75
    recent_count: int = 4
    soft_count: int = 3
    memory_s: float = 15.0
    told_within_s: float = 3.0

    def __post_init__(self) -> None:
        require_all_positive(self)
        require_below("missed_ratio", self.missed_ratio, "had_ratio", self.had_ratio)
        require_between("min_rate", self.min_rate, 0.1, 1.0)
        require_between("soft_count", self.soft_count, 1, self.recent_count)
