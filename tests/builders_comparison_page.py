"""A whole comparison result, made by hand from two tracks: what the report draws, without the comparison itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from coach.comparison.result.alignment import Alignment
from coach.comparison.result.comparison_result import ClipFacts, ComparisonResult
from coach.comparison.result.findings import Feedback, JointSummary, WorstMoment
from coach.comparison.result.frame_table import FrameTable, JointCode
from coach.comparison.result.measures import Hits, MaskResult, Ratios, TimingResult
from coach.comparison.result.score import ScorePart, ScoreResult
from coach.comparison.result.sync import SoundRelation, SyncMethod, SyncPeak, SyncResult
from coach.pose.joint_angles import joint_angles_deg
from coach.pose.joint_table import JOINTS
from coach.pose.pose_frame import FloatArray, PoseTrack
from coach.pose.trajectory import floor_trajectory
from tests.builders_pose import dance_pose, make_pose_track

HOSTILE_TITLE = "</script><script>window.hacked = 1</script><b onclick='x'>\"Ann\" & $title"


def teacher_and_student(seconds: float = 6.0, offset_s: float = 0.5) -> tuple[PoseTrack, PoseTrack]:
    """A teacher, and a student who dances the same a little later, with the left elbow bent from 2 to 3.5 s."""

    def student_pose(time_s: float) -> dict[str, object]:
        pose = dict(dance_pose(time_s - offset_s))
        if 2.0 <= time_s <= 3.5:
            right = pose["elbows_deg"]
            right_deg = right[1] if isinstance(right, tuple) else right
            pose["elbows_deg"] = (60.0, right_deg)
        return pose

    return make_pose_track(round(30 * seconds)), make_pose_track(round(30 * seconds), pose_at=student_pose)


def make_comparison(
    teacher: PoseTrack, student: PoseTrack, offset_s: float = 0.5, wobble_s: float = 0.05, title: str = "Ann's clip"
) -> ComparisonResult:
    """A comparison along ``student = teacher + offset`` with a wobble in the timing."""
    late_s = wobble_s * np.sin(np.arange(len(student)) / 20.0)
    teacher_s = np.maximum.accumulate(student.time_s - offset_s - late_s)
    common = (teacher_s >= teacher.time_s[0]) & (teacher_s <= teacher.time_s[-1])
    path_s = np.stack([student.time_s[common], teacher_s[common]], axis=-1)
    frames = _frames(teacher, student, path_s, offset_s)
    judged = [float((frames.verdict[:, joint] != JointCode.UNSEEN).mean()) for joint in range(len(JOINTS))]
    hits_s = np.arange(path_s[0, 1] + 0.4, path_s[-1, 1] - 0.2, 1.1)
    alignment = Alignment(path_s, np.zeros(len(path_s)))
    student_hits_s = alignment.student_at(hits_s[::2])
    worst = _worst(frames)
    return ComparisonResult(
        teacher=_clip("First steps", teacher, path_s[:, 1]),
        student=_clip(title, student, path_s[:, 0]),
        mirrored=False,
        style="hip_hop",
        strictness=1.0,
        sync=SyncResult(
            offset_s,
            0.97,
            SyncMethod.SOUND,
            SoundRelation.SAME,
            None,
            (SyncPeak(offset_s, 100.0, 0.9),),
            f"The sound matches: your video runs {offset_s:.2f} s ahead of the teacher's.",
        ),
        alignment=alignment,
        timing=TimingResult(-76.0, 45.0, 0.05, 0.5, -0.15, 1.0, "Mostly 76 ms late, about a sixth of a count."),
        frames=frames,
        hits=Hits(np.append(student_hits_s, path_s[-1, 0] - 0.1), hits_s, tuple(zip(student_hits_s, hits_s[::2]))),  # noqa: B905
        ratios=(
            Ratios("hands_apart", "Hands apart", 1.92, 2.2, "torso lengths"),
            Ratios("feet_apart", "Feet apart", 0.83, 0.95, "torso lengths"),
        ),
        mask=MaskResult(71.4, 0.62, 1.9, 0.93, 7),
        score=ScoreResult(
            74.6,
            (
                ScorePart("angles", "Joint angles", 79.2, 50.0, 0.86),
                ScorePart("trajectory", "Trajectory", 68.0, 30.0, 0.98),
                ScorePart("body", "Outline and energy", 73.1, 20.0, 0.93),
            ),
            (
                ScorePart("mask", "Outline", 71.4, 60.0, 0.93),
                ScorePart("extension_energy", "Reach and energy", None, 40.0, 0.0),
            ),
            81.0,
            0.98,
            float(np.mean(judged)),
            "Angles count half, the path on the floor 30 percent, outline and energy 20 percent.",
        ),
        worst=worst,
        joints=tuple(
            JointSummary(joint.name, joint.name.replace("_", " "), share, 0.7, 0.1, 0.2, -4.0, 1.0)
            for joint, share in zip(JOINTS, judged, strict=True)
        ),
        feedback=Feedback(
            worst=tuple(moment.words for moment in worst[:3]),
            good="Your right leg moved like the teacher's 94 % of the time.",
            timing="You were mostly 76 ms late, about a sixth of a count.",
            not_judged=("Left ankle and right ankle: hidden 40 % of the time.",),
            headline="Close to the teacher, with a few clear things to work on",
        ),
    )


def nothing_compared(result: ComparisonResult) -> ComparisonResult:
    """The same clips, but nothing of them could be compared."""
    table = result.frames
    none = {name: getattr(table, name)[:0] for name in table.__dataclass_fields__}
    unknown = replace(result.score, total=None, timing=None, judged_share=0.0, followed_share=0.0)
    parts = tuple(replace(part, value=None, judged_share=0.0) for part in result.score.parts)
    return replace(
        result,
        frames=FrameTable(**none),
        alignment=Alignment(np.zeros((0, 2)), np.zeros(0)),
        hits=Hits(np.zeros(0), np.zeros(0), ()),
        score=replace(unknown, parts=parts),
        worst=(),
        ratios=(),
        mask=MaskResult(None, None, None, 0.0, 7),
        feedback=Feedback((), "", "", (), "These clips could not be compared"),
    )


def _clip(title: str, track: PoseTrack, common_s: FloatArray) -> ClipFacts:
    span = (float(common_s[0]), float(common_s[-1]))
    return ClipFacts(title, float(track.time_s[-1]), 30.0, len(track), span, span)


def _frames(teacher: PoseTrack, student: PoseTrack, path_s: FloatArray, offset_s: float) -> FrameTable:
    student_index = np.searchsorted(student.time_s, path_s[:, 0] - 1e-9)
    teacher_index = np.clip(np.searchsorted(teacher.time_s, path_s[:, 1] - 1e-9), 0, len(teacher) - 1)
    angle, target = _angles(student)[student_index], _angles(teacher)[teacher_index]
    error = angle - target
    tolerance = np.tile([joint.tolerance_deg for joint in JOINTS], (len(path_s), 1))
    verdict = np.where(np.abs(error) > 1.6 * tolerance, JointCode.MISTAKE, JointCode.GOOD)
    verdict = np.where((np.abs(error) > tolerance) & (verdict == JointCode.GOOD), JointCode.STYLE, verdict)
    verdict = np.where(np.isfinite(error), verdict, JointCode.UNSEEN).astype(np.uint8)
    phase = 2.0 * np.pi * path_s[:, 1]
    energy = 0.6 + 0.4 * np.sin(phase)
    flat, per_joint = np.ones(len(path_s)), np.ones((len(path_s), len(JOINTS)))
    floors = [floor_trajectory(track)[index] for track, index in ((student, student_index), (teacher, teacher_index))]
    return FrameTable(
        student_s=path_s[:, 0],
        teacher_s=path_s[:, 1],
        student_index=student_index,
        teacher_index=teacher_index,
        timing_ms=1000.0 * (path_s[:, 1] + offset_s - path_s[:, 0]),
        angle_deg=angle,
        target_deg=target,
        error_deg=error,
        excess_deg=error,
        tolerance_deg=tolerance,
        verdict=verdict,
        direction_cosine=per_joint,
        student_energy=0.8 * energy + 0.05,
        teacher_energy=energy,
        student_acceleration=flat,
        teacher_acceleration=flat,
        student_floor=floors[0] - floors[0][0],
        teacher_floor=floors[1] - floors[1][0],
        floor_cosine=flat,
        mask_score=flat,
        mask_iou=flat,
        local_score=per_joint,
    )


def _angles(track: PoseTrack) -> FloatArray:
    return joint_angles_deg(track.square_xy(), track.image[..., 3])


def _worst(frames: FrameTable) -> tuple[WorstMoment, ...]:
    """The largest departure of each joint that has a mistake."""
    found = []
    for index, joint in enumerate(JOINTS):
        wrong = np.flatnonzero(frames.verdict[:, index] == JointCode.MISTAKE)
        if not len(wrong):
            continue
        heat = np.abs(frames.excess_deg[wrong, index]) / joint.tolerance_deg * joint.weight
        peak = int(wrong[np.argmax(heat)])
        label = joint.name.replace("_", " ")
        student_s, teacher_s = float(frames.student_s[peak]), float(frames.teacher_s[peak])
        error = float(frames.error_deg[peak, index])
        found.append(
            WorstMoment(
                joint.name,
                label,
                (student_s - 0.3, student_s + 0.3),
                (teacher_s - 0.3, teacher_s + 0.3),
                student_s,
                teacher_s,
                float(frames.angle_deg[peak, index]),
                float(frames.target_deg[peak, index]),
                error,
                joint.tolerance_deg,
                float(heat.max()),
                f"{label} {abs(error):.0f} degrees off: bring it closer to the teacher's",
            )
        )
    return tuple(sorted(found, key=lambda moment: -moment.badness)[:10])


Clip = tuple[ComparisonResult, PoseTrack, PoseTrack]


def hostile_clip() -> Clip:
    """A comparison and both tracks, called what nobody should be called."""
    teacher, student = teacher_and_student()
    return make_comparison(teacher, student, title=HOSTILE_TITLE), teacher, student
