"""Both dancers' masks over the common part, frame by frame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.comparison.outline import polygon_area
from coach.comparison.result.measures import MaskResult
from coach.comparison.shape_fit import ShapeFit, SheetShape, fit_shapes, on_sheet
from coach.comparison.shape_tools import ShapeTools
from coach.comparison.silhouettes import Silhouette, Silhouettes
from coach.pose.joint_table import JOINT_COUNT
from coach.pose.pose_frame import FloatArray
from coach.pose.reference import Reference
from coach.settings.comparison import OutlineSettings

IntArray = NDArray[np.int64]

_MIN_JUDGED_FRAMES = 5


@dataclass(frozen=True)
class MaskJudgement:
    """`score`, `iou`, `local` as in `result.FrameTable`; ``sides`` holds student and teacher medians of the shares of
    the area to the dancer's picture-left of the spine and above the middle of the hips, shape (2, 2)."""

    result: MaskResult
    score: FloatArray
    iou: FloatArray
    local: FloatArray
    sides: FloatArray


def judge_masks(
    teacher: Reference,
    student: Reference,
    teacher_index: IntArray,
    student_index: IntArray,
    judged: NDArray[np.bool_],
    tools: ShapeTools,
    settings: OutlineSettings,
) -> MaskJudgement:
    """Compare the masks of matched frames.

    Parameters
    ----------
    teacher, student : Reference
        The teacher as the student dances them (mirrored if need be).
    teacher_index, student_index : ndarray [shape=(N,)], int64
        Matched frames.
    judged : ndarray [shape=(N,)], bool
        Where the follower is sure; elsewhere nothing is compared.
    tools : ShapeTools
    settings : OutlineSettings
    """
    count = len(student_index)
    score, iou = np.full(count, np.nan), np.full(count, np.nan)
    local = np.full((count, JOINT_COUNT), np.nan)
    teachers, students = Silhouettes(teacher, tools, settings), Silhouettes(student, tools, settings)
    slack = _slack_frames(teacher, settings)
    rows = np.flatnonzero(judged)[:: settings.window_step].tolist()
    sides, hu = [], []
    sheets: dict[int, SheetShape] = {}
    for row in rows:
        own, aim = students[int(student_index[row])], teachers[int(teacher_index[row])]
        if own is None or aim is None:
            continue
        best = _best_fit(own, int(teacher_index[row]), slack, teachers, sheets, tools, settings)
        score[row] = np.clip((best.fit - settings.zero_score) / (settings.full_score - settings.zero_score), 0.0, 1.0)
        iou[row], local[row] = best.iou, best.local
        sides.append([side_shares(own), side_shares(aim)])
        hu.append(_hu_distance(own, aim, tools, settings))
    known = np.isfinite(score)
    enough = int(known.sum()) >= _MIN_JUDGED_FRAMES
    result = MaskResult(
        score=100.0 * float(score[known].mean()) if enough else None,
        iou=float(iou[known].mean()) if enough else None,
        hu_distance=float(np.median(hu)) if enough else None,
        judged_share=float(known.sum()) / max(-(-count // settings.window_step), 1),
        harmonics=settings.harmonics,
    )
    medians = np.median(np.array(sides), axis=0) if sides else np.full((2, 2), np.nan)
    return MaskJudgement(result, _held(score), _held(iou), _held_rows(local), medians)


def _slack_frames(teacher: Reference, settings: OutlineSettings) -> tuple[int, ...]:
    """Neighbouring teacher frames that are tried as well."""
    reach = round(settings.slack_s * teacher.fps)
    return (0, -reach, reach) if reach else (0,)


def _best_fit(
    own: Silhouette,
    index: int,
    slack: tuple[int, ...],
    teachers: Silhouettes,
    sheets: dict[int, SheetShape],
    tools: ShapeTools,
    settings: OutlineSettings,
) -> ShapeFit:
    best: ShapeFit | None = None
    aim_area = 0.0
    for shift in slack:
        place = min(max(index + shift, 0), teachers.count - 1)
        aim = teachers[place]
        if aim is None:
            continue
        if place not in sheets:
            if len(sheets) >= Silhouettes.KEPT:
                del sheets[next(iter(sheets))]
            sheets[place] = on_sheet(aim, aim.area, tools, settings)
        if aim.area != aim_area:
            student_sheet, aim_area = on_sheet(own, aim.area, tools, settings), aim.area
        fit = fit_shapes(sheets[place], student_sheet, aim.joints, settings)
        if best is None or fit.fit > best.fit:
            best = fit
    assert best is not None  # the frame itself has a shape
    return best


def side_shares(silhouette: Silhouette) -> tuple[float, float]:
    """Shares of the area on the picture's left of the spine, and above the middle of the hips."""
    outline, spine = silhouette.outline, silhouette.spine
    if not np.isfinite(spine).all() or not spine.any():
        return float("nan"), float("nan")
    along = -spine / np.hypot(*spine)
    across = np.array([along[1], -along[0]])
    return _area_share(outline, -across), _area_share(outline, np.array([0.0, -1.0]))


def _area_share(outline: FloatArray, towards: FloatArray) -> float:
    """Share of a polygon's area in the half plane ``point @ towards > 0``."""
    heights = outline @ towards
    kept = []
    for place in range(len(outline)):
        start, end = outline[place - 1], outline[place]
        low, high = heights[place - 1], heights[place]
        if (low > 0) != (high > 0):
            kept.append(start + (end - start) * (low / (low - high)))
        if high > 0:
            kept.append(end)
    whole = polygon_area(outline)
    return polygon_area(np.array(kept)) / whole if len(kept) > 2 and whole > 0 else 0.0


def _hu_distance(own: Silhouette, aim: Silhouette, tools: ShapeTools, settings: OutlineSettings) -> float:
    """Mean difference of the logarithms of the first four Hu moments (the others are mostly noise here)."""
    logs = [
        np.log10(np.abs(tools.hu_moments(on_sheet(shape, aim.area, tools, settings).filled))[:4] + 1e-12)
        for shape in (own, aim)
    ]
    return float(np.abs(logs[0] - logs[1]).mean())


def _held(values: FloatArray) -> FloatArray:
    """Each measured value kept for the frames that were left out after it."""
    return _held_rows(values[:, None])[:, 0]


def _held_rows(values: FloatArray, most: int = 3) -> FloatArray:
    held: FloatArray = values.copy()
    known: NDArray[np.bool_] = np.asarray(np.isfinite(values).any(axis=1))
    for row in range(1, len(held)):
        if not known[row] and known[max(0, row - most) : row].any():
            held[row] = held[row - 1]
    return held
