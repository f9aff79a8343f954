"""What was measured over the whole: timing, accents, ratios, outlines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class TimingResult:
    """Timing, apart from form.

    Attributes
    ----------
    median_ms : float or None
        Early positive, against the music (or against the steady line of the movement where no sound helped).
    spread_ms : float or None
        Median absolute deviation from it.
    bend_s : float or None
        How much the path bends: mean distance from the straight line of ``offset_s``, after ``median_ms`` is taken out.
    beat_period_s : float or None
        Time of one count, None where beats are not known.
    median_counts : float or None
        ``median_ms`` in counts.
    tempo : float
        Teacher seconds per student second over the whole.
    words : str
    """

    median_ms: float | None
    spread_ms: float | None
    bend_s: float | None
    beat_period_s: float | None
    median_counts: float | None
    tempo: float
    words: str


@dataclass(frozen=True)
class Hits:
    """Accents: sudden movement that stops at once.

    Attributes
    ----------
    student_s, teacher_s : ndarray
        All hits within the common part, each on the own clock.
    pairs : tuple of (float, float)
        Matched hits, ``(student_s, teacher_s)``.
    """

    student_s: FloatArray
    teacher_s: FloatArray
    pairs: tuple[tuple[float, float], ...]

    @property
    def matched_share(self) -> float | None:
        """Share of the teacher's hits that the student hit as well; None where the teacher has none."""
        return len(self.pairs) / len(self.teacher_s) if len(self.teacher_s) else None


@dataclass(frozen=True)
class Ratios:
    """Geometric ratios, medians over the common part: student, teacher.

    ``name`` is a key such as ``hands_apart``, ``feet_apart``, ``hand_height``, ``centre_of_gravity_height``,
    ``mask_left_share``, ``mask_top_share``; the unit is torso lengths or a share.
    """

    name: str
    label: str
    student: float
    teacher: float
    unit: str


@dataclass(frozen=True)
class MaskResult:
    """Outlines over the whole common part; each None where no mask could be judged.

    Attributes
    ----------
    score : float or None
        0..100, mean of `FrameTable.mask_score`.
    iou : float or None
        Mean intersection over union 0..1, reported only.
    hu_distance : float or None
        Mean distance of log Hu moments (reported, not scored).
    judged_share : float
        Share of the common frames with both outlines.
    harmonics : int
        Number of elliptic Fourier harmonics.
    """

    score: float | None
    iou: float | None
    hu_distance: float | None
    judged_share: float
    harmonics: int
