"""What there is to tell the student: the worst moments, each joint, and words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WorstMoment:
    """One spike: a joint wrong for a while, worst first in `ComparisonResult.worst`.

    Attributes
    ----------
    joint : str
        Key in ``joint_table``; ``label`` is how people say it ("left knee").
    student_s, teacher_s : (float, float)
        From, to.
    peak_student_s, peak_teacher_s : float
        The moment to show as a picture.
    angle_deg, target_deg : float
        At the peak.
    error_deg : float
        Mean departure that is judged, signed (positive: the angle is larger than the teacher's).
    tolerance_deg : float
    badness : float
        Weight times time times how far beyond tolerance.
    words : str
        "0:14-0:16, left knee 30 degrees straighter than the teacher: bend it more".
    """

    joint: str
    label: str
    student_s: tuple[float, float]
    teacher_s: tuple[float, float]
    peak_student_s: float
    peak_teacher_s: float
    angle_deg: float
    target_deg: float
    error_deg: float
    tolerance_deg: float
    badness: float
    words: str


@dataclass(frozen=True)
class JointSummary:
    """One joint over the whole: ``judged_share`` of the common time, shares of the judged time, medians in degrees."""

    joint: str
    label: str
    judged_share: float
    good_share: float
    style_share: float
    mistake_share: float
    median_error_deg: float | None
    offset_deg: float | None


@dataclass(frozen=True)
class Feedback:
    """In words: ``headline`` about the dance, ``worst`` (at most three), one ``good`` thing (may be empty), ``timing``,
    and what was ``not_judged``.
    """

    worst: tuple[str, ...]
    good: str
    timing: str
    not_judged: tuple[str, ...]
    headline: str
