"""The result as plain data for ``result.json``: finite numbers or null, lists, words."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from coach.comparison.result.comparison_result import ComparisonResult
from coach.comparison.result.findings import WorstMoment
from coach.comparison.result.frame_table import FrameTable
from coach.pose.joint_table import JOINT_NAMES

FloatArray = NDArray[np.float64]

SCHEMA_VERSION: Final = 1
_TIME_DIGITS, _ANGLE_DIGITS = 4, 1


def result_dict(result: ComparisonResult) -> dict[str, Any]:
    """Everything but the pictures, ready for ``json.dumps(..., allow_nan=False)``."""
    sync, timing, score, mask, hits = result.sync, result.timing, result.score, result.mask, result.hits
    return {
        "schema_version": SCHEMA_VERSION,
        "teacher": _plain(vars(result.teacher)),
        "student": _plain(vars(result.student)),
        "mirrored": result.mirrored,
        "style": result.style,
        "strictness": result.strictness,
        "sync": {
            "offset_s": _number(sync.sound_offset_s),
            "confidence": _number(sync.confidence),
            "method": sync.method.value,
            "sound": sync.sound.value,
            "tempo_ratio": _number(sync.tempo_ratio),
            "peaks": [_plain(vars(peak)) for peak in sync.peaks],
            "words": sync.words,
        },
        "alignment": {
            "path_s": _rounded(result.alignment.path_s, _TIME_DIGITS),
            "mismatch": _rounded(result.alignment.mismatch, _TIME_DIGITS),
        },
        "timing": _plain(vars(timing)),
        "score": {
            "total": _number(score.total),
            **{part.name: _number(part.value) for part in (*score.parts, *score.body_parts)},
            "timing": _number(score.timing),
            "parts": [_plain(vars(part)) for part in score.parts],
            "body_parts": [_plain(vars(part)) for part in score.body_parts],
            "followed_share": _number(score.followed_share),
            "words": score.words,
        },
        "judged_share": _number(score.judged_share),
        "worst": [_worst(moment) for moment in result.worst],
        "joints": [_plain(vars(joint)) for joint in result.joints],
        "hits": {
            "student_s": _rounded(hits.student_s, _TIME_DIGITS),
            "teacher_s": _rounded(hits.teacher_s, _TIME_DIGITS),
            "pairs_s": _rounded(np.array(hits.pairs).reshape(-1, 2), _TIME_DIGITS),
            "matched_share": _number(hits.matched_share),
        },
        "ratios": [_plain(vars(ratio)) for ratio in result.ratios],
        "mask": _plain(vars(mask)),
        "feedback": _plain(vars(result.feedback)),
        "phrased": None if result.phrased is None else _plain(vars(result.phrased)),
        "frames": _frames(result.frames),
    }


def _worst(moment: WorstMoment) -> dict[str, Any]:
    return {"time_s": _number(moment.peak_student_s), **_plain(vars(moment))}


def _frames(table: FrameTable) -> dict[str, Any]:
    """Curves over the common part; joints by name."""
    whole = {
        name: _rounded(getattr(table, name), _TIME_DIGITS)
        for name in (
            "student_s", "teacher_s", "timing_ms", "student_energy", "teacher_energy", "student_floor", "teacher_floor",
            "floor_cosine", "mask_score", "mask_iou",
        )
    }  # fmt: skip
    joints = {
        name: {
            key: _rounded(getattr(table, field)[:, index], _ANGLE_DIGITS)
            for key, field in (
                ("angle_deg", "angle_deg"), ("target_deg", "target_deg"), ("error_deg", "excess_deg"),
                ("tolerance_deg", "tolerance_deg"),
            )
        }
        for index, name in enumerate(JOINT_NAMES)
    }  # fmt: skip
    return {**whole, "joints": joints}


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in fields.items()}


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_value(item) for item in value]
    return _number(value) if isinstance(value, float) else value


def _number(value: float | None) -> float | None:
    return round(float(value), _TIME_DIGITS) if value is not None and math.isfinite(value) else None


def _rounded(values: FloatArray, digits: int) -> list[Any]:
    """Nested lists with null for nan."""
    rounded = np.round(values, digits).astype(object)
    rounded[~np.isfinite(values)] = None
    listed: list[Any] = rounded.tolist()
    return listed
