"""`compare` with several students: one folder each, and a ranking. What is done already is not done again."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from coach import __version__
from coach.app.compare import RESULT_FILE, Dancer, compare_pair, load_dancer, place_of, write_text
from coach.app.extract import sha256_of_file
from coach.app.options import CompareOptions
from coach.clock import Clock
from coach.errors import CoachError
from coach.report.ranking_page import RankedStudent, ranked, ranking_page

RANKING_DATA, RANKING_PAGE, INPUTS_FILE, PAGE_FILE = "ranking.json", "ranking.html", "inputs.json", "report.html"


def compare_many(options: CompareOptions, clock: Clock) -> int:
    """Compare every student with the teacher; returns 1 only if none could be compared."""
    places = [place_of(text) for text in (options.teacher, *options.students)]
    checksum = sha256_of_file(places[0])
    teacher = load_dancer(places[0], options, clock)
    students = [_one(name, place, teacher, checksum, options, clock) for name, place in _named(places[1:])]
    title = teacher.reference.info.title or teacher.reference.info.name
    rows = [vars(student) for student in ranked(students)]
    write_text(options.out / RANKING_DATA, json.dumps({"teacher": title, "students": rows}, ensure_ascii=False) + "\n")
    write_text(options.out / RANKING_PAGE, ranking_page(title, students))
    for student in ranked(students):
        total = "-" if student.total is None else f"{student.total:.0f}"
        print(f"{total:>4}  {student.name}  {student.problem or ''}".rstrip())
    print(f"Written to {options.out}: {RANKING_PAGE}, {RANKING_DATA}", file=sys.stderr)
    return 0 if any(student.problem is None for student in students) else 1


def _named(places: list[Path]) -> Iterator[tuple[str, Path]]:
    """Each student's folder: the file's name, numbered where two have the same."""
    taken: set[str] = set()
    for place in places:
        name, count = place.stem, 1
        while name in taken:
            count += 1
            name = f"{place.stem}-{count}"
        taken.add(name)
        yield name, place


def _one(
    name: str,
    place: Path,
    teacher: Dancer,
    teacher_checksum: str,
    options: CompareOptions,
    clock: Clock,
) -> RankedStudent:
    folder = options.out / name
    inputs = {
        "teacher_sha256": teacher_checksum,
        "student_sha256": sha256_of_file(place),
        "style": options.style,
        "strictness": options.strictness,
        "mirror": options.mirror.value,
        "model": options.model or str(options.model_path or "by itself"),
        "software_version": __version__,
    }
    data = _done(folder, inputs)
    if data is None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            compare_pair(teacher, load_dancer(place, options, clock), options, folder)
            # Written last: a comparison that was cut short is not taken for a whole one.
            write_text(folder / INPUTS_FILE, json.dumps(inputs) + "\n")
            data = json.loads((folder / RESULT_FILE).read_text(encoding="utf-8"))
        except CoachError as error:
            print(f"{name}: {error}", file=sys.stderr)
            return RankedStudent(name, problem=" ".join(str(error).split()))
    score, worst = data["score"], data["feedback"]["worst"]
    return RankedStudent(
        name,
        score["total"],
        score["angles"],
        score["trajectory"],
        score["body"],
        data["judged_share"],
        f"{quote(name)}/{PAGE_FILE}",
        worst[0] if worst else "",
    )


def _done(folder: Path, inputs: dict[str, Any]) -> dict[str, Any] | None:
    """The result of an earlier run of the very same comparison."""
    try:
        if json.loads((folder / INPUTS_FILE).read_text(encoding="utf-8")) != inputs:
            return None
        data: dict[str, Any] = json.loads((folder / RESULT_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return data if (folder / PAGE_FILE).is_file() else None
