"""Two clips in, everything about them out: the steps in their order."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.alignment.tracked_position import MirrorMode
from coach.comparison.accents import acceleration, match_hits
from coach.comparison.beat import beat_period_s
from coach.comparison.body_ratios import body_ratios, ratios_of_track
from coach.comparison.directions import direction_cosines, limb_velocities
from coach.comparison.feedback import feedback
from coach.comparison.marks import mark
from coach.comparison.mask_judge import MaskJudgement, judge_masks
from coach.comparison.replay import Judged, replay
from coach.comparison.result.comparison_result import ClipFacts, ComparisonResult
from coach.comparison.result.frame_table import FrameTable
from coach.comparison.result.measures import Ratios
from coach.comparison.shape_tools import ShapeTools
from coach.comparison.spikes import joint_summaries, worst_moments
from coach.comparison.synchronise import Clip, synchronise
from coach.comparison.timing import timing_ms, timing_result, with_tempo
from coach.comparison.warping import Warp, warp
from coach.judging.cue_texts import CueTexts
from coach.pose.mirror import mirrored_reference
from coach.pose.reference import Reference
from coach.session.choreography import Choreography
from coach.settings.comparison import ComparisonSettings

FloatArray = NDArray[np.float64]


def compare(
    teacher: Reference,
    student: Reference,
    tools: ShapeTools,
    settings: ComparisonSettings,
    mirror: MirrorMode = MirrorMode.AUTO,
) -> ComparisonResult:
    """Compare a student's clip with a teacher's.

    Parameters
    ----------
    teacher, student : Reference
    tools : ShapeTools
        Picture functions for the masks (`coach.vision.mask_shapes.MaskShapes`).
    settings : ComparisonSettings
    mirror : MirrorMode
        Whether the student dances the teacher's mirror image.

    Returns
    -------
    ComparisonResult

    Raises
    ------
    NothingInCommonError
        The clips share too little to be compared.
    """
    found = synchronise(Clip.of_reference(teacher, settings), Clip.of_reference(student, settings), settings, mirror)
    path = warp(Clip.of_reference(teacher, settings), Clip.of_reference(student, settings), found, settings)
    early_ms, tempo = timing_ms(path, found.sync)
    choreography = Choreography.of_reference(teacher, settings.coach)
    judged = replay(choreography, student, path, early_ms, found.mirrored, settings.coach)
    danced = mirrored_reference(teacher) if found.mirrored else teacher
    masks = judge_masks(danced, student, judged.teacher_index, path.index, path.followed, tools, settings.outline)
    finding = settings.finding
    timing = timing_result(early_ms, tempo, found.sync, _beat_s(teacher, settings), finding.on_beat_ms)
    score = mark(judged, masks.result, settings)
    worst = worst_moments(judged, path.alignment.path_s, finding, CueTexts("en"))
    joints = joint_summaries(judged)
    energy = settings.coach.judging.energy
    hits = match_hits(student, danced, path.alignment, energy, finding.hit_within_s)
    return ComparisonResult(
        teacher=_facts(teacher, path.teacher_active_s, path.teacher_common_s),
        student=_facts(student, path.student_active_s, path.student_common_s),
        mirrored=found.mirrored,
        style=settings.style,
        strictness=settings.coach.judging.strictness,
        sync=with_tempo(found.sync, tempo, early_ms),
        alignment=path.alignment,
        timing=timing,
        frames=_frames(danced, student, path, judged, early_ms, masks, settings),
        hits=hits,
        ratios=_ratios(danced, student, path, judged, masks),
        mask=masks.result,
        score=score,
        worst=worst,
        joints=joints,
        feedback=feedback(worst, joints, score, timing, hits, finding.told_worst, found.mirrored),
    )


def _beat_s(teacher: Reference, settings: ComparisonSettings) -> float | None:
    """Time of one count: as the reference says, or as the sound does."""
    if len(teacher.beats_s) > 1:
        return float(np.median(np.diff(teacher.beats_s)))
    return beat_period_s(teacher.audio, settings.sound)


def _facts(clip: Reference, active_s: tuple[float, float], common_s: tuple[float, float]) -> ClipFacts:
    return ClipFacts(clip.info.title or clip.info.name, clip.duration_s, clip.fps, clip.frame_count, active_s, common_s)


def _frames(
    teacher: Reference,
    student: Reference,
    path: Warp,
    judged: Judged,
    early_ms: FloatArray,
    masks: MaskJudgement,
    settings: ComparisonSettings,
) -> FrameTable:
    student_s, teacher_s = path.alignment.path_s.T
    own, aim = path.index, judged.teacher_index
    directions = direction_cosines(
        limb_velocities(student.track, settings.finding), limb_velocities(teacher.track, settings.finding),
        own, aim, settings.finding,
    )  # fmt: skip
    return FrameTable(
        student_s=student_s,
        teacher_s=teacher_s,
        student_index=own,
        teacher_index=aim,
        timing_ms=early_ms,
        angle_deg=judged.angle_deg,
        target_deg=judged.target_deg,
        error_deg=judged.error_deg,
        excess_deg=judged.excess_deg,
        tolerance_deg=judged.tolerance_deg,
        verdict=judged.verdict,
        direction_cosine=directions,
        student_energy=judged.student_energy,
        teacher_energy=judged.teacher_energy,
        student_acceleration=acceleration(judged.student_energy, student_s),
        teacher_acceleration=acceleration(judged.teacher_energy, student_s),
        student_floor=_from_start(student.trajectory[own]),
        teacher_floor=_from_start(teacher.trajectory[aim]),
        floor_cosine=judged.floor_cosine,
        mask_score=masks.score,
        mask_iou=masks.iou,
        local_score=masks.local,
    )


def _from_start(places: FloatArray) -> FloatArray:
    known = np.flatnonzero(np.isfinite(places).all(axis=1))
    return places - places[known[0]] if len(known) else places


def _ratios(
    teacher: Reference, student: Reference, path: Warp, judged: Judged, masks: MaskJudgement
) -> tuple[Ratios, ...]:
    own = {name: values[path.index] for name, values in ratios_of_track(student.track).items()}
    aim = {name: values[judged.teacher_index] for name, values in ratios_of_track(teacher.track).items()}
    return body_ratios(own, aim, masks.sides)
