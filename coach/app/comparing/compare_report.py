"""The report of a comparison: page, and the video beside it, written into the output folder."""

from __future__ import annotations

import sys
from pathlib import Path

from coach.clock import Clock, SystemClock
from coach.comparison.result.comparison_result import ComparisonResult
from coach.devices.matched_dancer import DancerClip
from coach.devices.moment_pictures import WantedMoment, moment_pictures
from coach.devices.side_by_side_stage import SideBySideClips
from coach.devices.side_by_side_video import write_side_by_side
from coach.errors import CoachError
from coach.pose.joint_table import JOINT_INDEX, JOINTS
from coach.pose.reference import Reference
from coach.report.comparison_page import MomentPictures, comparison_page
from coach.report.progress import ProgressBar
from coach.settings.report import StillSettings

PAGE_FILE = "report.html"
VIDEO_FILE = "side_by_side.mp4"


def write_report(
    result: ComparisonResult,
    teacher: Reference,
    student: Reference,
    teacher_video: Path | None,
    student_video: Path | None,
    folder: Path,
    *,
    video: bool = True,
) -> tuple[str, ...]:
    """Write the report's files; returns their names.

    Parameters
    ----------
    result : ComparisonResult
    teacher, student : Reference
    teacher_video, student_video : Path or None
        The videos behind them; None for a reference, whose figure is drawn instead.
    folder : Path
    video : bool
        Whether the side-by-side video is wanted.

    Raises
    ------
    CoachError
        The disk refuses, or a video that could be read before cannot be read again.
    """
    clock = SystemClock()
    clips = SideBySideClips(
        DancerClip(teacher.track, teacher_video, result.mirrored),
        DancerClip(student.track, student_video),
        teacher.audio,
    )
    video = video and len(result.alignment.path_s) > 1
    _write_page(result, clips, folder / PAGE_FILE, VIDEO_FILE if video else None, clock)
    if not video:
        # One of an earlier comparison would not belong to this page.
        (folder / VIDEO_FILE).unlink(missing_ok=True)
        return (PAGE_FILE,)
    bar = ProgressBar("Making the side-by-side video", sys.stderr, clock)
    try:
        write_side_by_side(folder / VIDEO_FILE, result, clips, clock, on_progress=bar.update)
    finally:
        bar.finish()
    return (PAGE_FILE, VIDEO_FILE)


def _write_page(
    result: ComparisonResult, clips: SideBySideClips, path: Path, video_name: str | None, clock: Clock
) -> None:
    page = comparison_page(
        result,
        clips.teacher.track,
        clips.student.track,
        pictures=worst_pictures(result, clips, clock),
        video_name=video_name,
    )
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise CoachError(f"{path}: cannot be written ({reason}). Make room or choose another folder") from error


def worst_pictures(
    result: ComparisonResult, clips: SideBySideClips, clock: Clock, settings: StillSettings | None = None
) -> list[MomentPictures]:
    """Both dancers at each of the worst moments, the student's limb that is off drawn thick."""
    settings = settings or StillSettings()
    teacher = [WantedMoment(moment.peak_teacher_s) for moment in result.worst]
    student = [
        WantedMoment(moment.peak_student_s, (JOINTS[JOINT_INDEX[moment.joint]].part,)) for moment in result.worst
    ]
    found = (
        moment_pictures(clips.teacher, teacher, settings.look.teacher, clock, settings),
        moment_pictures(clips.student, student, settings.look.bone, clock, settings),
    )
    return [MomentPictures(*pair) for pair in zip(*found, strict=True)]
