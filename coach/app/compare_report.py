"""The report of a comparison: page, and what goes beside it, written into the output folder."""

from __future__ import annotations

from pathlib import Path

from coach.comparison.result import ComparisonResult
from coach.errors import CoachError
from coach.pose.reference import Reference
from coach.report.comparison_page import comparison_page

PAGE_FILE = "report.html"


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
        The disk refuses.
    """
    page = comparison_page(result, teacher.track, student.track)
    try:
        (folder / PAGE_FILE).write_text(page, encoding="utf-8")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise CoachError(
            f"{folder / PAGE_FILE}: cannot be written ({reason}). Make room or choose another folder"
        ) from error
    return (PAGE_FILE,)
