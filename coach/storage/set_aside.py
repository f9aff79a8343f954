"""What is broken is kept under another name: perhaps somebody can still read it."""

from __future__ import annotations

from pathlib import Path

from coach.errors import CoachError, Sentence
from coach.storage.folders import os_reason


def set_aside(path: Path, max_copies: int, companions: tuple[str, ...] = ()) -> Path:
    """Rename a broken file to ``NAME.broken-1.EXT``, or the first such name that is free.

    Parameters
    ----------
    path : Path
    max_copies : int
        So many such names are tried.
    companions : tuple of str
        Endings of files that belong to it (``-wal``); those that exist are renamed likewise.

    Returns
    -------
    Path
        The new name.

    Raises
    ------
    CoachError
        If it cannot be renamed; it stays as it is.
    """
    reason = "there are too many of its kind"
    for number in range(1, max_copies + 1):
        aside = path.with_name(f"{path.stem}.broken-{number}{path.suffix}")
        if aside.exists():
            continue
        try:
            for companion in companions:
                part = path.with_name(path.name + companion)
                if part.exists():
                    part.rename(aside.with_name(aside.name + companion))
            path.rename(aside)
        except OSError as error:
            reason = os_reason(error)
            break
        return aside
    raise CoachError(
        Sentence(
            "{path}: it is broken and cannot be set aside ({reason}), so nothing is saved there. Delete it or move "
            "it away",
            path=path,
            reason=reason,
        )
    )
