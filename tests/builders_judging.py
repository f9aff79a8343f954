"""Teacher tables, positions and readings written down by hand, for the tests of the judges."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from coach.alignment.tracked_position import TrackedPosition, TrackState
from coach.judging.angle_comparison import AngleComparison
from coach.judging.teacher_tables import TeacherTables
from coach.judging.verdicts import EnergyReading, EnergyVerdict, JointReading, JointVerdict
from coach.pose.joint_table import JOINT_COUNT, JOINT_INDEX, JOINTS
from coach.pose.landmark_table import BODY_PART_NAMES
from coach.pose.pose_frame import FloatArray

REST_DEG = 120.0
SEEN: NDArray[np.bool_] = np.ones(JOINT_COUNT, dtype=bool)


def make_tables(
    duration_s: float = 30.0,
    fps: float = 30.0,
    *,
    angles_deg: FloatArray | None = None,
    energy: FloatArray | None = None,
    reach: FloatArray | None = None,
    velocity: tuple[float, float] = (0.0, 0.0),
    noise_deg: float = 1.0,
) -> TeacherTables:
    """A teacher with every joint at `REST_DEG`, even energy and arms half out, who stays in place."""
    time_s = np.arange(int(duration_s * fps) + 1) / fps
    count = len(time_s)
    angles = np.full((count, JOINT_COUNT), REST_DEG) if angles_deg is None else angles_deg
    steady = np.full(count, 0.5) if energy is None else energy
    return TeacherTables(
        time_s=time_s,
        angles_deg=angles,
        rate_deg_s=np.gradient(angles, time_s, axis=0),
        noise_deg=np.full((count, JOINT_COUNT), noise_deg),
        energy=steady,
        energy_parts=np.repeat(steady[:, None], len(BODY_PART_NAMES), axis=1),
        mask_area=np.full(count, 0.1),
        reach=np.tile([1.2, 1.2, 0.8], (count, 1)) if reach is None else reach,
        velocity=np.tile(velocity, (count, 1)).astype(np.float64),
    )


def swinging_angles(
    duration_s: float = 30.0, fps: float = 30.0, *, sweep_deg: float = 60.0, period_s: float = 4.0
) -> FloatArray:
    """All joints swinging around `REST_DEG`, each with its own phase, shape (T, 14)."""
    time_s = np.arange(int(duration_s * fps) + 1) / fps
    phases = np.arange(JOINT_COUNT)
    return REST_DEG + 0.5 * sweep_deg * np.sin(2 * np.pi * time_s[:, None] / period_s + phases)


def at(time_s: float, reference_s: float | None = None, **other: object) -> TrackedPosition:
    """Following at ``reference_s`` (default: the student's own time)."""
    facts: dict[str, object] = {
        "state": TrackState.FOLLOWING,
        "reference_s": time_s if reference_s is None else reference_s,
        "confidence": 0.9,
        "tempo": 1.0,
        "mirrored": False,
    }
    return TrackedPosition(time_s, **(facts | other))  # type: ignore[arg-type]


def lost(time_s: float, state: TrackState = TrackState.LOST) -> TrackedPosition:
    """A position without a place."""
    return TrackedPosition(time_s, state, None, 0.1, 1.0, False)


def times(start_s: float, end_s: float, fps: float = 30.0) -> Iterator[float]:
    """Frame times from ``start_s`` up to ``end_s``."""
    for index in range(round((end_s - start_s) * fps) + 1):
        yield start_s + index / fps


def joint_readings(**errors_deg: float) -> tuple[JointReading, ...]:
    """All joints good but the named ones, which are mistakes by so much; nan stands for unseen."""
    return tuple(_reading(joint.name, joint.tolerance_deg, errors_deg.get(joint.name)) for joint in JOINTS)


def _reading(name: str, tolerance_deg: float, error_deg: float | None) -> JointReading:
    if error_deg is None:
        return JointReading(name, REST_DEG, REST_DEG, 0.0, tolerance_deg, JointVerdict.GOOD)
    if np.isnan(error_deg):
        return JointReading(name, None, REST_DEG, None, tolerance_deg, JointVerdict.UNSEEN)
    return JointReading(name, REST_DEG + error_deg, REST_DEG, error_deg, tolerance_deg, JointVerdict.MISTAKE)


def comparison(
    excess_deg: FloatArray | float = 0.0, *, tolerance_deg: float = 15.0, style: bool = False
) -> AngleComparison:
    """What the angle judge would have found: mistakes where the excess is beyond tolerance, unless it is style."""
    excess = np.broadcast_to(np.asarray(excess_deg, dtype=np.float64), (JOINT_COUNT,)).copy()
    with np.errstate(invalid="ignore"):
        beyond = np.abs(excess) > tolerance_deg
    return AngleComparison(
        error_deg=excess,
        excess_deg=excess,
        tolerance_deg=np.full(JOINT_COUNT, tolerance_deg),
        mistake=beyond & ~np.full(JOINT_COUNT, style),
        style=beyond & np.full(JOINT_COUNT, style),
    )


def one_joint(name: str, value: float, others: float = 0.0) -> FloatArray:
    """``value`` for the named joint, ``others`` for the rest, shape (14,)."""
    values = np.full(JOINT_COUNT, others)
    values[JOINT_INDEX[name]] = value
    return values


def energy_reading(student: float, teacher: float = 0.5, verdict: EnergyVerdict = EnergyVerdict.GOOD) -> EnergyReading:
    """An energy reading without hits."""
    return EnergyReading(student, teacher, verdict)
