"""The student's clip before the judges of live coaching, at the places that the warping path gives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.alignment.tracked_position import TrackedPosition, TrackState
from coach.comparison.result.frame_table import JointCode
from coach.comparison.warping import Warp
from coach.judging.mistake_spans import MistakeSpan
from coach.judging.score_reading import ScoreReading
from coach.judging.session_score import SessionScore
from coach.judging.verdicts import EnergyVerdict, JointVerdict
from coach.pose.joint_table import JOINT_COUNT
from coach.pose.observation import FlowEnergy, Observation
from coach.pose.pose_frame import FloatArray
from coach.pose.reference import Reference
from coach.session.choreography import Choreography
from coach.session.judge_panel import JudgePanel, PanelReading
from coach.settings.session import CoachSettings

_CODES = {
    JointVerdict.UNSEEN: JointCode.UNSEEN,
    JointVerdict.GOOD: JointCode.GOOD,
    JointVerdict.STYLE: JointCode.STYLE,
    JointVerdict.MISTAKE: JointCode.MISTAKE,
}
_MOST_SPANS = 10_000


@dataclass(frozen=True)
class Judged:
    """What the judges said, over the N frames of the common part (see `result.FrameTable` for the arrays)."""

    teacher_index: NDArray[np.int64]
    angle_deg: FloatArray
    target_deg: FloatArray
    error_deg: FloatArray
    excess_deg: FloatArray
    tolerance_deg: FloatArray
    verdict: NDArray[np.uint8]
    student_energy: FloatArray
    teacher_energy: FloatArray
    floor_cosine: FloatArray
    score: ScoreReading
    spans: tuple[MistakeSpan, ...]
    followed_share: float


def replay(
    choreography: Choreography,
    student: Reference,
    warp: Warp,
    timing_ms: FloatArray,
    mirrored: bool,
    settings: CoachSettings,
) -> Judged:
    """Feed every frame of the common part to the judges and the score.

    Parameters
    ----------
    choreography : Choreography
        Of the teacher.
    student : Reference
    warp : Warp
    timing_ms : ndarray [shape=(N,)], float64
        Early positive; nan where unknown.
    mirrored : bool
    settings : CoachSettings
    """
    tables = choreography.tables_for(mirrored)
    panel = JudgePanel(tables, settings)
    score = SessionScore(tables, settings.judging.score, settings.judging.angles)
    places_s = warp.alignment.path_s[:, 1]
    times_s = warp.alignment.path_s[:, 0]
    slopes = np.gradient(places_s, times_s)
    rows = _Rows(len(times_s))
    for row, frame in enumerate(warp.index.tolist()):
        state = TrackState.FOLLOWING if warp.followed[row] else TrackState.LOST
        position = TrackedPosition(
            time_s=float(times_s[row]),
            state=state,
            reference_s=float(places_s[row]) if warp.followed[row] else None,
            confidence=1.0,
            tempo=float(slopes[row]),
            mirrored=mirrored,
        )
        early_ms = float(timing_ms[row]) if np.isfinite(timing_ms[row]) else None
        observation = observation_at(student, frame)
        reading = panel.step(observation, observation.pose, position, early_ms, floor_xy=student.trajectory[frame])
        score.update(reading.credits, reading.comparison, position, observation.time_s)
        rows.put(row, reading)
    teacher_index = tables.indices_at(places_s).astype(np.int64)
    return Judged(
        teacher_index=teacher_index,
        angle_deg=rows.angle_deg,
        target_deg=tables.angles_deg[teacher_index],
        error_deg=rows.error_deg,
        excess_deg=rows.excess_deg,
        tolerance_deg=rows.tolerance_deg,
        verdict=rows.verdict,
        student_energy=rows.student_energy,
        teacher_energy=rows.teacher_energy,
        floor_cosine=rows.floor_cosine,
        score=score.reading(),
        spans=tuple(score.worst(_MOST_SPANS)),
        followed_share=float(warp.fits.mean()),
    )


def observation_at(clip: Reference, index: int) -> Observation:
    """One frame of a reference as the sensors would have given it (an empty mask is none)."""
    whole = float(clip.flow_energy[index])
    energy = FlowEnergy(whole, clip.flow_energy_parts[index], 0.0) if np.isfinite(whole) else None
    bits = clip.masks[index]
    return Observation(clip.track.frame(index), energy, bits if bits.any() else None)


class _Rows:
    """The arrays of `Judged`, filled row by row."""

    def __init__(self, count: int) -> None:
        shape = (count, JOINT_COUNT)
        self.angle_deg, self.error_deg, self.excess_deg = (np.full(shape, np.nan) for _ in range(3))
        self.tolerance_deg = np.zeros(shape)
        self.verdict = np.zeros(shape, dtype=np.uint8)
        self.student_energy, self.teacher_energy, self.floor_cosine = (np.full(count, np.nan) for _ in range(3))

    def put(self, row: int, reading: PanelReading) -> None:
        comparison = reading.comparison
        self.error_deg[row], self.excess_deg[row] = comparison.error_deg, comparison.excess_deg
        self.tolerance_deg[row] = comparison.tolerance_deg
        for joint, item in enumerate(reading.joints):
            self.verdict[row, joint] = _CODES[item.verdict]
            if item.angle_deg is not None:
                self.angle_deg[row, joint] = item.angle_deg
        energy = reading.energy
        if energy.verdict is not EnergyVerdict.UNSEEN and energy.student is not None and energy.teacher is not None:
            self.student_energy[row], self.teacher_energy[row] = energy.student, energy.teacher
        if reading.path.cosine is not None:
            self.floor_cosine[row] = reading.path.cosine
