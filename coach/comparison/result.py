"""All that comes out of comparing two clips, as frozen data: what the report draws and ``result.json`` holds.

Conventions: times are seconds of each clip's own clock (0 is its first frame). Joints are in the order of
``joint_table.JOINTS`` and named by the student's own left and right; where the student dances the teacher's mirror
image (`ComparisonResult.mirrored`) the teacher was mirrored for the comparison, and has to be for drawing. Early is
positive, late negative. Unknown numbers are nan in arrays and None in single values.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


class SyncMethod(Enum):
    """What the offset between the clips was found with."""

    SOUND = "sound"
    """The very same recording in both clips (phase correlation)."""
    SOUND_SHAPE = "sound_shape"
    """Onsets and harmonies: the same music, recorded anew."""
    MOVEMENT = "movement"
    """The dancers' poses alone."""


class SoundRelation(Enum):
    """How the two sounds stand to each other."""

    SAME = "same"
    OTHER_TEMPO = "other_tempo"
    DIFFERENT = "different"
    MISSING = "missing"


@dataclass(frozen=True)
class SyncPeak:
    """A candidate offset: ``strength`` is comparable within one result only; ``movement`` 0..1 is how well the poses
    agree there (nan where that was not looked at)."""

    offset_s: float
    strength: float
    movement: float


@dataclass(frozen=True)
class SyncResult:
    """How the clips' clocks stand to each other.

    Attributes
    ----------
    offset_s : float
        The student's time minus the teacher's at the same sound (or the same moment of the dance).
    confidence : float
        0..1.
    method : SyncMethod
    sound : SoundRelation
    tempo_ratio : float or None
        Teacher seconds per student second of the music where it differs from 1.
    peaks : tuple of SyncPeak
        Candidates, the chosen one first.
    words : str
        One sentence for people.
    """

    offset_s: float
    confidence: float
    method: SyncMethod
    sound: SoundRelation
    tempo_ratio: float | None
    peaks: tuple[SyncPeak, ...]
    words: str


@dataclass(frozen=True)
class ClipFacts:
    """One clip.

    Attributes
    ----------
    title : str
    duration_s, fps : float
    frame_count : int
    active_s : (float, float)
        From the first to the last moment with movement.
    common_s : (float, float)
        The part of it that the other clip shows as well.
    """

    title: str
    duration_s: float
    fps: float
    frame_count: int
    active_s: tuple[float, float]
    common_s: tuple[float, float]


@dataclass(frozen=True)
class Alignment:
    """The warping path.

    Attributes
    ----------
    path_s : ndarray [shape=(P, 2)], float64
        Rows ``[student_s, teacher_s]``, both never falling.
    mismatch : ndarray [shape=(P,)], float64
        How little the poses fit there (0 is best).
    """

    path_s: FloatArray
    mismatch: FloatArray

    def teacher_at(self, student_s: FloatArray | float) -> FloatArray:
        """Teacher time for each student time, nan outside the path."""
        return _along(self.path_s[:, 0], self.path_s[:, 1], student_s)

    def student_at(self, teacher_s: FloatArray | float) -> FloatArray:
        """Student time for each teacher time, nan outside the path."""
        return _along(self.path_s[:, 1], self.path_s[:, 0], teacher_s)


def _along(own: FloatArray, other: FloatArray, times: FloatArray | float) -> FloatArray:
    """``other`` where ``own`` is ``times``; the middle where ``own`` stands still; nan where there is no path."""
    if len(own) == 0:
        return np.full(np.shape(times), np.nan)
    unique, first = np.unique(own, return_index=True)
    last = np.append(first[1:], len(own)) - 1
    middles = 0.5 * (other[first] + other[last])
    matched: FloatArray = np.interp(np.asarray(times, dtype=np.float64), unique, middles, left=np.nan, right=np.nan)
    return matched


class JointCode:
    """Values of `FrameTable.verdict`."""

    UNSEEN = 0
    GOOD = 1
    STYLE = 2
    MISTAKE = 3


@dataclass(frozen=True)
class FrameTable:
    """Frame by frame over the common part: N moments of the student (every frame), J = 14 joints.

    Attributes
    ----------
    student_s, teacher_s : ndarray [shape=(N,)]
        Matched times on the path.
    student_index, teacher_index : ndarray [shape=(N,)], int64
        Frames of the two references.
    timing_ms : ndarray [shape=(N,)]
        Early positive; nan where unknown.
    angle_deg, target_deg : ndarray [shape=(N, J)]
        Student's and teacher's joint angles; nan where unseen.
    error_deg : ndarray [shape=(N, J)]
        Angle minus target at the matched moment.
    excess_deg : ndarray [shape=(N, J)]
        What no small shift in time explains of it (this is judged), signed.
    tolerance_deg : ndarray [shape=(N, J)]
        Never nan. Heat of a joint is ``abs(excess_deg) / tolerance_deg``.
    verdict : ndarray [shape=(N, J)], uint8
        See `JointCode`.
    direction_cosine : ndarray [shape=(N, J)]
        Path against pose: cosine between the velocities of both dancers' limb that the joint moves, -1..1; nan where
        one of them is at rest.
    student_energy, teacher_energy : ndarray [shape=(N,)]
        Optical flow inside the mask, body heights a second, at the matched moments (running means as judged).
    student_acceleration, teacher_acceleration : ndarray [shape=(N,)]
        Change of that energy, body heights a second squared.
    student_floor, teacher_floor : ndarray [shape=(N, 2)]
        Place on the floor in body heights from the first common moment: x to the picture's right, y to the camera.
    floor_cosine : ndarray [shape=(N,)]
        Cosine of the two velocities on the floor; nan where the teacher (or nobody) travels.
    mask_score : ndarray [shape=(N,)]
        0..1: student's smoothed outline against the teacher's Gaussian-weighted distance map; nan where not judged.
    mask_iou : ndarray [shape=(N,)]
        Intersection over union, for reference.
    local_score : ndarray [shape=(N, J)]
        The mask's fit 0..1 in a crop around each joint's vertex; nan where unseen.
    """

    student_s: FloatArray
    teacher_s: FloatArray
    student_index: IntArray
    teacher_index: IntArray
    timing_ms: FloatArray
    angle_deg: FloatArray
    target_deg: FloatArray
    error_deg: FloatArray
    excess_deg: FloatArray
    tolerance_deg: FloatArray
    verdict: NDArray[np.uint8]
    direction_cosine: FloatArray
    student_energy: FloatArray
    teacher_energy: FloatArray
    student_acceleration: FloatArray
    teacher_acceleration: FloatArray
    student_floor: FloatArray
    teacher_floor: FloatArray
    floor_cosine: FloatArray
    mask_score: FloatArray
    mask_iou: FloatArray
    local_score: FloatArray


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


@dataclass(frozen=True)
class ComparisonResult:
    """Everything about one student and one teacher.

    Attributes
    ----------
    mirrored : bool
        The student dances the teacher's mirror image.
    style : str
        Name of the preset (see ``coach.settings.comparison``).
    strictness : float
    worst : tuple of WorstMoment
        Up to ten, worst first.
    joints : tuple of JointSummary
    feedback : Feedback
        Our own plain words.
    phrased : Feedback or None
        The same in a language model's words, if that was asked for and no fact was bent.
    """

    teacher: ClipFacts
    student: ClipFacts
    mirrored: bool
    style: str
    strictness: float
    sync: SyncResult
    alignment: Alignment
    timing: TimingResult
    frames: FrameTable
    hits: Hits
    ratios: tuple[Ratios, ...]
    mask: MaskResult
    score: ScoreResult
    worst: tuple[WorstMoment, ...]
    joints: tuple[JointSummary, ...]
    feedback: Feedback
    phrased: Feedback | None = None

    @property
    def told(self) -> Feedback:
        """The words to show."""
        return self.phrased or self.feedback
