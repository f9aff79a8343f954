"""One student of several: what is compared, whether it is done already, and the row in the ranking."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from coach import __version__
from coach.app.comparing.compare import RESULT_FILE, Dancer, compare_pair, load_dancer, place_of, write_text
from coach.app.comparing.compare_report import PAGE_FILE
from coach.app.options import CompareOptions
from coach.app.recording.extract import sha256_of_file
from coach.clock import Clock
from coach.errors import CoachError
from coach.report.ranking_page import RankedStudent

INPUTS_FILE = "inputs.json"


@dataclass(frozen=True)
class StudentJob:
    """One comparison of several.

    Attributes
    ----------
    name : str
        In the ranking, and of the folder.
    place : Path
        The student's video or reference.
    folder : Path
    inputs : dict
        All that the result depends on, as plain data.
    """

    name: str
    place: Path
    folder: Path
    inputs: dict[str, Any]

    @classmethod
    def of(cls, name: str, text: str, teacher_sha256: str, options: CompareOptions) -> StudentJob:
        """Raises `CoachError` where there is no such file."""
        place = place_of(text)
        inputs = {
            "teacher_sha256": teacher_sha256,
            "student_sha256": sha256_of_file(place),
            "style": options.style,
            "strictness": options.strictness,
            "mirror": options.mirror.value,
            "model": options.model or str(options.model_path or "by itself"),
            "video": options.video,
            "phrased_with": options.phrasing and [options.phrasing.url, options.phrasing.model],
            "software_version": __version__,
        }
        return cls(name, place, options.out / name, inputs)

    def earlier_result(self) -> dict[str, Any] | None:
        """The result of an earlier run of the very same comparison."""
        try:
            if json.loads((self.folder / INPUTS_FILE).read_text(encoding="utf-8")) != self.inputs:
                return None
            data: dict[str, Any] = json.loads((self.folder / RESULT_FILE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return data if (self.folder / PAGE_FILE).is_file() else None

    def carry_out(self, teacher: Dancer, options: CompareOptions, clock: Clock) -> RankedStudent:
        """Compare and write everything; whatever goes wrong becomes a row that says so."""
        try:
            (self.folder / INPUTS_FILE).unlink(missing_ok=True)
            self.folder.mkdir(parents=True, exist_ok=True)
            compare_pair(teacher, load_dancer(self.place, options, clock), options, self.folder)
            # Written last: a comparison that was cut short is not taken for a whole one.
            write_text(self.folder / INPUTS_FILE, json.dumps(self.inputs) + "\n")
            return row_of(self.name, json.loads((self.folder / RESULT_FILE).read_text(encoding="utf-8")))
        except Exception as error:  # the others are to be compared all the same
            return failed_row(self.name, error)


def row_of(name: str, data: dict[str, Any]) -> RankedStudent:
    """The row of a student whose ``result.json`` holds ``data``."""
    score, worst = data["score"], (data["phrased"] or data["feedback"])["worst"]
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


def failed_row(name: str, error: BaseException) -> RankedStudent:
    """The row of a student who could not be compared, in one sentence."""
    words = " ".join(str(error).split())
    if not isinstance(error, CoachError):
        words = f"Something inside the coach went wrong ({type(error).__name__}: {words})."
    return RankedStudent(name, problem=words)
