"""What the report page's script draws, as plain data: whole numbers, None where unknown."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from coach.comparison.result.alignment import Alignment
from coach.comparison.result.comparison_result import ClipFacts, ComparisonResult
from coach.comparison.result.findings import WorstMoment
from coach.comparison.result.frame_table import FrameTable
from coach.pose.joint_table import JOINTS, Joint
from coach.pose.mirror import mirrored_track
from coach.pose.pose_frame import FloatArray, PoseTrack
from coach.report.page_figures import DRAWN_LANDMARKS, figure_data, rounded, thinned
from coach.settings.report import PageSettings

_MS: Final = 1000.0
_THOUSANDTHS: Final = 0.001
_TENTHS: Final = 0.1


def page_data(
    result: ComparisonResult, teacher: PoseTrack, student: PoseTrack, settings: PageSettings
) -> dict[str, Any]:
    """Everything that the page draws; ready for `json.dumps` with ``allow_nan=False``."""
    offset_s = result.sync.sound_offset_s
    shown_teacher = mirrored_track(teacher) if result.mirrored else teacher
    labels = {summary.joint: summary.label for summary in result.joints}
    return {
        "clips": {"teacher": _clip(result.teacher), "student": _clip(result.student)},
        "landmarks": list(DRAWN_LANDMARKS),
        "figures": {"teacher": figure_data(shown_teacher, settings), "student": figure_data(student, settings)},
        "joints": [_joint(joint, labels) for joint in JOINTS],
        "offset": None if offset_s is None else _finite(offset_s * _MS),
        "tempo": result.sync.tempo_ratio,
        "path": _path(result.alignment, settings),
        "frames": _frames(result.frames, settings),
        "hits": _hits(result),
        "worst": [_moment(moment) for moment in result.worst],
    }


def _hits(result: ComparisonResult) -> dict[str, Any]:
    """Everything on the teacher's clock; pairs are ``[teacher, student]``."""
    if not len(result.alignment.path_s):
        return {"student": [], "teacher": [], "pairs": []}
    pairs = np.array(result.hits.pairs, dtype=np.float64).reshape(-1, 2)
    return {
        "student": rounded(result.alignment.teacher_at(result.hits.student_s) * _MS),
        "teacher": rounded(result.hits.teacher_s * _MS),
        "pairs": [
            [teacher, student]
            for teacher, student in zip(
                rounded(pairs[:, 1] * _MS), rounded(result.alignment.teacher_at(pairs[:, 0]) * _MS), strict=True
            )
        ],
    }


def _finite(value: float) -> int | None:
    return round(value) if np.isfinite(value) else None


def _clip(facts: ClipFacts) -> dict[str, Any]:
    return {"title": facts.title, "duration": _finite(facts.duration_s * _MS)}


def _joint(joint: Joint, labels: dict[str, str]) -> dict[str, Any]:
    anchor = [joint.points[1]] if joint.points else ["left_shoulder", "right_shoulder"]
    if joint.name == "trunk":
        anchor += ["left_hip", "right_hip"]
    return {
        "key": joint.name,
        "label": labels.get(joint.name, joint.name.replace("_", " ")),
        "part": joint.part,
        "anchor": [DRAWN_LANDMARKS.index(name) for name in anchor],
    }


def _path(alignment: Alignment, settings: PageSettings) -> dict[str, list[int | None]]:
    """The warping path in milliseconds, without the rows that add little: each kept one is a step from the last."""
    path_s = alignment.path_s
    kept = _stepped(path_s, settings.path_step_s)
    return {"student": rounded(path_s[kept, 0] * _MS), "teacher": rounded(path_s[kept, 1] * _MS)}


def _stepped(path_s: FloatArray, step_s: float) -> NDArray[np.int64]:
    if not len(path_s):
        return np.zeros(0, np.int64)
    advance = np.cumsum(np.abs(np.diff(path_s, axis=0, prepend=path_s[:1])).max(axis=1))
    kept = np.flatnonzero(np.diff(np.floor(advance / step_s) if step_s else advance, prepend=-1.0) > 0)
    return np.unique(np.append(kept, len(path_s) - 1))


def _frames(table: FrameTable, settings: PageSettings) -> dict[str, Any]:
    kept = thinned(table.student_s, settings)
    columns = range(len(JOINTS))

    def per_joint(values: FloatArray, unit: float = 1.0) -> list[list[int | None]]:
        return [rounded(values[kept, joint], unit) for joint in columns]

    return {
        "student": rounded(table.student_s[kept] * _MS),
        "teacher": rounded(table.teacher_s[kept] * _MS),
        "timing": rounded(table.timing_ms[kept]),
        "angle": per_joint(table.angle_deg),
        "target": per_joint(table.target_deg),
        "excess": per_joint(table.excess_deg),
        "tolerance": per_joint(table.tolerance_deg, _TENTHS),
        "verdict": ["".join(map(str, table.verdict[kept, joint].tolist())) for joint in columns],
        "energy": {
            "student": rounded(table.student_energy[kept], _THOUSANDTHS),
            "teacher": rounded(table.teacher_energy[kept], _THOUSANDTHS),
        },
        "floor": {
            "student": [rounded(table.student_floor[kept, axis], _THOUSANDTHS) for axis in range(2)],
            "teacher": [rounded(table.teacher_floor[kept, axis], _THOUSANDTHS) for axis in range(2)],
        },
    }


def _moment(moment: WorstMoment) -> dict[str, Any]:
    return {
        "joint": moment.joint,
        "label": moment.label,
        "teacher": [_finite(second * _MS) for second in moment.teacher_s],
        "peak": {"teacher": _finite(moment.peak_teacher_s * _MS), "student": _finite(moment.peak_student_s * _MS)},
    }
