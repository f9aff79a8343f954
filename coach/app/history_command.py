"""The commands ``library history``, ``export`` and ``delete-history``: what was practised, and getting rid of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from coach.app.tables import table_lines
from coach.app.wall_clock import local_text
from coach.clock import clock_text
from coach.errors import CoachError
from coach.practice.run_record import RunRecord
from coach.settings.storage import HistorySettings
from coach.storage.folders import user_folders
from coach.storage.history import History
from coach.storage.history_csv import phrases_path
from coach.storage.history_rows import is_whole

HEADINGS = ("WHEN", "REFERENCE", "SCORE", "JUDGED", "SPEED", "DANCED", "PART")
SHOWN_COUNT = 50
NOTHING_YET = "Nothing was practised yet. Begin with: python run_coach.py"


def run_history(
    action: str, names: Sequence[str], *, yes: bool = False, out: TextIO | None = None, answers: TextIO | None = None
) -> int:
    """Carry out ``library history``, ``export`` or ``delete-history``.

    Parameters
    ----------
    action : str
        "history", "export" or "delete-history".
    names : sequence of str
        A reference, none for all; or the file to write.
    yes : bool
        Delete without asking.
    out, answers : text file, optional
        Standard output and input by default.

    Returns
    -------
    int
        Exit code: 1 if the user thought better of it, else 0.

    Raises
    ------
    CoachError
        If the history or the file to write cannot be used.
    """
    out, answers = out or sys.stdout, answers or sys.stdin
    path = user_folders().history
    if action == "history" and not path.exists():
        out.write(NOTHING_YET + "\n")
        return 0
    history = History(path)
    try:
        if action == "history":
            code, lines = 0, _history_lines(history, names[0] if names else None)
        elif action == "export":
            code, lines = 0, _export(history, Path(names[0]).expanduser())
        else:
            code, lines = _delete(history, path, yes, out, answers)
        for notice in history.notices:
            print(notice, file=sys.stderr)
    finally:
        history.close()
    out.write("\n".join(lines) + "\n")
    return code


def run_rows(runs: Sequence[RunRecord]) -> list[tuple[str, ...]]:
    """Cells of the table, one row a run."""
    return [
        (
            local_text(run.started_utc),
            run.reference,
            "-" if run.score is None else f"{run.score:.0f}",
            f"{run.judged_share:.0%}",
            f"{run.tempo_percent:.0f} %",
            clock_text(run.danced_s),
            _part(run),
        )
        for run in runs
    ]


def _part(run: RunRecord) -> str:
    """What of the dance was danced, counted as for the best score."""
    if run.span_s is not None:
        return f"{clock_text(run.span_s[0])} - {clock_text(run.span_s[1])}"
    return "whole" if is_whole(run, HistorySettings().whole_share) else "parts"


def _history_lines(history: History, name: str | None) -> list[str]:
    reference = None if name is None else _known_reference(history, name)
    runs = history.runs(reference, SHOWN_COUNT)
    if not runs:
        return [NOTHING_YET if name is None else f"{name}: it was not practised yet"]
    count = history.count(reference)
    lines = table_lines([HEADINGS, *run_rows(runs)])
    if count > len(runs):
        lines.append(f"... and {count - len(runs)} older ones: library export FILE.csv writes all")
    best = history.best_score(reference) if reference is not None else None
    if best is not None:
        lines.append(f"Best score of the whole dance: {best:.0f}")
    return lines


def _known_reference(history: History, name: str) -> str:
    """The reference as the history calls it: by name in upper or lower case, or by the path of its file."""
    for candidate in (name, Path(name).stem):
        if history.count(candidate):
            return candidate
    known = {run.reference for run in history.runs(limit_count=history.count())}
    alike = [one for one in known if one.casefold() == Path(name).stem.casefold()]
    return alike[0] if len(alike) == 1 else name


def _export(history: History, path: Path) -> list[str]:
    count = history.count()
    if not history.export_csv(path):
        raise CoachError(history.notices.pop())
    return [f"{practices(count)} written to {path}, the phrases to {phrases_path(path)}"]


def _delete(history: History, path: Path, yes: bool, out: TextIO, answers: TextIO) -> tuple[int, list[str]]:
    count = history.count()
    if not yes:
        if not answers.isatty():
            raise CoachError("Nothing was deleted, because nobody can be asked. Add --yes to delete without asking")
        out.write(f"Delete the whole history ({practices(count)} in {path})? It cannot be brought back. [y/N] ")
        out.flush()
        if answers.readline().strip().casefold() not in ("y", "yes", "j", "ja"):
            return 1, ["Nothing was deleted."]
    if not history.delete_all():
        raise CoachError(history.notices.pop() if history.notices else f"{path}: the history cannot be deleted")
    return 0, [f"{practices(count)} deleted."]


def practices(count: int) -> str:
    """So many of them, in words."""
    return f"{count} practice{'' if count == 1 else 's'}"
