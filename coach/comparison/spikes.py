"""The worst moments: the judges' spans of mistakes as spikes with a picture's moment and words."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.comparison.replay import Judged
from coach.comparison.result.findings import JointSummary, WorstMoment
from coach.comparison.result.frame_table import JointCode
from coach.comparison.timing import span_text
from coach.judging.cue_texts import CueTexts
from coach.judging.cue_words import Direction, Situation, kind_of
from coach.judging.mistake_spans import MistakeSpan
from coach.pose.joint_table import JOINT_INDEX, JOINTS, SIGNED_JOINTS
from coach.settings.comparison import FindingSettings

FloatArray = NDArray[np.float64]

MORE: Final = {
    "shoulder": ("higher", "lower"),
    "elbow": ("straighter", "more bent"),
    "wrist": ("straighter", "more bent"),
    "hip": ("more open", "more closed"),
    "knee": ("straighter", "more bent"),
    "ankle": ("more stretched", "more flexed"),
    "trunk": ("further to the picture's right", "further to the picture's left"),
    "neck": ("further to the picture's right", "further to the picture's left"),
}
"""What a larger and what a smaller angle than the teacher's looks like."""

_NAMES: Final = {"shoulder": "arm", "trunk": "upper body", "neck": "head"}


def joint_label(joint: str) -> str:
    """``left knee``; the angle at the shoulder is what people call the arm's height."""
    kind = kind_of(joint)
    name = _NAMES.get(kind, kind)
    return f"{joint.split('_')[0]} {name}" if "_" in joint else name


def worst_moments(
    judged: Judged, path_s: FloatArray, settings: FindingSettings, texts: CueTexts
) -> tuple[WorstMoment, ...]:
    """The worst spikes, worst first; of one joint and direction only one within ``context_s``."""
    found: list[WorstMoment] = []
    kept: list[MistakeSpan] = []
    for span in judged.spans:
        if len(found) == settings.most_worst:
            break
        near = any(
            other.joint == span.joint
            and other.error_deg * span.error_deg > 0
            and span.start_s - other.end_s < settings.context_s
            and other.start_s - span.end_s < settings.context_s
            for other in kept
        )
        moment = None if near else _moment(span, judged, path_s, texts)
        if moment is not None:
            found.append(moment)
            kept.append(span)
    return tuple(found)


def _moment(span: MistakeSpan, judged: Judged, path_s: FloatArray, texts: CueTexts) -> WorstMoment | None:
    joint = JOINT_INDEX[span.joint]
    same_way = judged.excess_deg[:, joint] * span.error_deg > 0
    inside = (path_s[:, 1] >= span.start_s) & (path_s[:, 1] <= span.end_s) & same_way
    rows = np.flatnonzero(inside & (judged.verdict[:, joint] == JointCode.MISTAKE))
    if len(rows) == 0:
        return None
    excess = np.abs(judged.excess_deg[rows, joint]) / judged.tolerance_deg[rows, joint]
    # The picture is to show what is blamed: the error at the very moment counts as well.
    shown = np.abs(judged.error_deg[rows, joint]) / judged.tolerance_deg[rows, joint]
    peak = int(rows[np.argmax(np.minimum(excess, shown))])
    student_s = float(path_s[rows[0], 0]), float(path_s[rows[-1], 0])
    return WorstMoment(
        joint=span.joint,
        label=joint_label(span.joint),
        student_s=student_s,
        teacher_s=(span.start_s, span.end_s),
        peak_student_s=float(path_s[peak, 0]),
        peak_teacher_s=float(path_s[peak, 1]),
        angle_deg=float(judged.angle_deg[peak, joint]),
        target_deg=float(judged.target_deg[peak, joint]),
        error_deg=span.error_deg,
        tolerance_deg=span.tolerance_deg,
        badness=span.badness,
        words=f"{span_text(*student_s)}, {departure_words(span.joint, span.error_deg)}: {_advice(span, texts)}",
    )


def departure_words(joint: str, error_deg: float) -> str:
    """``left knee 30 degrees straighter than the teacher``."""
    more, less = MORE[kind_of(joint)]
    return f"{joint_label(joint)} {abs(error_deg):.0f} degrees {more if error_deg > 0 else less} than the teacher"


def _advice(span: MistakeSpan, texts: CueTexts) -> str:
    direction = Direction.TOO_LARGE if span.error_deg > 0 else Direction.TOO_SMALL
    situation = Situation.SIDE_ON if span.joint in SIGNED_JOINTS else Situation.ONE
    text = texts.joint(span.joint, direction, situation).text
    return text[0].lower() + text[1:]


def joint_summaries(judged: Judged) -> tuple[JointSummary, ...]:
    """Each joint over the whole."""
    summaries = []
    for index, joint in enumerate(JOINTS):
        verdict, excess = judged.verdict[:, index], judged.excess_deg[:, index]
        seen = verdict != JointCode.UNSEEN
        count = max(int(seen.sum()), 1)
        known = excess[np.isfinite(excess)]
        summaries.append(
            JointSummary(
                joint=joint.name,
                label=joint_label(joint.name),
                judged_share=float(seen.mean()),
                good_share=float((verdict == JointCode.GOOD).sum()) / count,
                style_share=float((verdict == JointCode.STYLE).sum()) / count,
                mistake_share=float((verdict == JointCode.MISTAKE).sum()) / count,
                median_error_deg=float(np.median(np.abs(known))) if len(known) else None,
                offset_deg=float(np.median(known)) if len(known) else None,
            )
        )
    return tuple(summaries)
