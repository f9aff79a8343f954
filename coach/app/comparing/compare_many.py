"""`compare` with several students: one folder each, and a ranking. What is done already is not done again."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from coach.app.comparing.compare import load_dancer, place_of, write_text
from coach.app.comparing.student_job import StudentJob, failed_row, row_of
from coach.app.comparing.student_pool import Shared, carry_out_all, core_count
from coach.app.options import CompareOptions
from coach.app.pose_setup import settled_model
from coach.app.recording.extract import sha256_of_file
from coach.clock import Clock, clock_text
from coach.errors import CoachError
from coach.report.ranking_page import RankedStudent, ranked, ranking_page
from coach.storage.library import SUFFIX

RANKING_DATA, RANKING_PAGE = "ranking.json", "ranking.html"


def compare_many(options: CompareOptions, clock: Clock) -> int:
    """Compare every student with the teacher; returns 1 only if none could be compared."""
    place = place_of(options.teacher)
    checksum = sha256_of_file(place)
    rows: list[RankedStudent] = []
    pending: list[StudentJob] = []
    title = place.stem
    for name, text in named(options.students):
        try:
            job = StudentJob.of(name, text, checksum, options)
        except CoachError as error:
            rows.append(failed_row(name, error))
            print(f"{name}: {rows[-1].problem}", file=sys.stderr)
            continue
        data = job.earlier_result()
        if data is None:
            pending.append(job)
        else:
            title = data["teacher"]["title"]
            rows.append(row_of(name, data))
    if pending:
        fresh, title = _compare_pending(place, pending, options, clock)
        rows += fresh
    _write_ranking(title, rows, options.out)
    return 0 if any(row.problem is None for row in rows) else 1


def _compare_pending(
    place: Path, pending: Sequence[StudentJob], options: CompareOptions, clock: Clock
) -> tuple[list[RankedStudent], str]:
    """The rows of students who are not done yet, and the teacher's title."""
    if any(one.suffix != SUFFIX for one in (place, *(job.place for job in pending))):
        # Once, before several processes would each measure this computer and fetch the model.
        options = replace(options, model=settled_model(options.model, options.model_path, clock))
    teacher = load_dancer(place, options, clock)
    workers = min(core_count(), len(pending))
    print(f"Students to compare: {len(pending)}, at once: {workers}", file=sys.stderr)
    started_s = clock.now_s()
    rows: list[RankedStudent] = []
    for job, row in carry_out_all(pending, Shared(teacher, options), workers):
        rows.append(row)
        took = f"{len(rows)} of {len(pending)} done after {clock_text(clock.now_s() - started_s)}"
        print(f"{job.name}: {row.problem or _points(row)} ({took})", file=sys.stderr)
    return rows, teacher.reference.info.title or teacher.reference.info.name


def _points(row: RankedStudent) -> str:
    return "could not be scored" if row.total is None else f"{row.total:.0f} of 100"


def _write_ranking(title: str, rows: Sequence[RankedStudent], folder: Path) -> None:
    data: dict[str, Any] = {"teacher": title, "students": [vars(row) for row in ranked(rows)]}
    write_text(folder / RANKING_DATA, json.dumps(data, ensure_ascii=False) + "\n")
    write_text(folder / RANKING_PAGE, ranking_page(title, rows))
    for row in ranked(rows):
        total = "-" if row.total is None else f"{row.total:.0f}"
        print(f"{total:>4}  {row.name}  {row.problem or ''}".rstrip())
    print(f"Written to {folder}: {RANKING_PAGE}, {RANKING_DATA}", file=sys.stderr)


def named(students: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each student's name and folder: the file's name, numbered where two have the same.

    Capitals make no difference: on many disks they would be one folder.
    """
    taken = {RANKING_DATA, RANKING_PAGE}
    for text in students:
        stem = Path(text).stem.strip(". ") or "student"
        name, count = stem, 1
        while name.casefold() in taken:
            count += 1
            name = f"{stem}-{count}"
        taken.add(name.casefold())
        yield name, text
