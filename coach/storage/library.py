"""Finding references: by name in the user's folder and among those that come with the program, or by path."""

from __future__ import annotations

import difflib
import os
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coach.errors import ReferenceFileError, Sentence
from coach.settings.storage import LibraryListSettings
from coach.storage.folders import BUILT_IN_REFERENCES, HOME_VARIABLE, user_folders
from coach.storage.reference_hdf5 import ReferenceSummary, read_info

SUFFIX = ".h5"
SETTINGS = LibraryListSettings()
NAME_ADVICE = "Use letters, digits, hyphens, underscores and spaces, beginning with a letter or a digit"
RESERVED_NAMES = {"con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in range(1, 10))}
"""Names that Windows keeps for devices."""


@dataclass(frozen=True)
class LibraryEntry:
    """One reference in a list: its facts, or what is wrong with it."""

    name: str
    path: Path
    size_bytes: int
    summary: ReferenceSummary | None
    problem: str | None


def reference_folders() -> tuple[Path, ...]:
    """Where references are looked for by name, first come first served: the user's own, then the program's."""
    return user_folders().references, BUILT_IN_REFERENCES


def resolve(name_or_path: str | Path, folders: Sequence[Path] | None = None) -> Path:
    """The file of a reference.

    Parameters
    ----------
    name_or_path : str or Path
        A name, found in the library (upper and lower case count only where two names differ in nothing
        else); or a path, recognised by a separator or the ending ``.h5``.
    folders : sequence of Path, optional
        In place of `reference_folders`.

    Raises
    ------
    ReferenceFileError
        If there is no such reference; it suggests names that are near.
    """
    text = str(name_or_path)
    if _is_path(text):
        path = Path(text).expanduser()
        if not path.exists():
            advice = "Check the path, or see what there is with: python run_coach.py library list"
            raise ReferenceFileError(path, "there is no such file", advice)
        return path
    known = _known(folders)
    if text in known:
        return known[text]
    alike = [name for name in known if _plain(name) == _plain(text)]
    if len(alike) == 1:
        return known[alike[0]]
    raise ReferenceFileError(text, "there is no reference of this name", _advice(text, list(known)))


def list_references(folders: Sequence[Path] | None = None) -> list[LibraryEntry]:
    """All references by name; a file that cannot be read is listed with its problem."""
    return [_entry(name, path) for name, path in sorted(_known(folders).items(), key=lambda item: _plain(item[0]))]


def new_reference_path(name: str, folder: Path | None = None) -> Path:
    """Where a new reference of this name is to be saved: beside those that come with the program.

    Where that folder cannot be written (an installation for several users), or where the user named a home for all
    the coach's files, it is the user's own folder. Raises `ReferenceFileError` for a name that cannot be a file's
    name on every system.
    """
    return (_folder_for_new() if folder is None else folder) / f"{safe_name(name)}{SUFFIX}"


def _folder_for_new() -> Path:
    if os.environ.get(HOME_VARIABLE, "").strip() or not os.access(BUILT_IN_REFERENCES, os.W_OK):
        return user_folders().references
    return BUILT_IN_REFERENCES


def safe_name(name: str) -> str:
    """``name`` in composed Unicode if it can be a file's name on every system; else raises `ReferenceFileError`."""
    composed = unicodedata.normalize("NFC", name)
    composed = composed.removesuffix(SUFFIX)
    shown = ascii(name) if any(unicodedata.category(letter).startswith("C") for letter in name) else name
    if not composed.strip():
        raise ReferenceFileError(shown or '""', "it is not a name", NAME_ADVICE)
    if len(composed) > SETTINGS.max_name_length:
        raise ReferenceFileError(
            shown, Sentence("the name is longer than {most} letters", most=SETTINGS.max_name_length), "Shorten it"
        )
    allowed = all(
        letter.isalnum() or unicodedata.category(letter) in ("Mn", "Mc") or letter in "-_ " for letter in composed
    )
    if not allowed or not composed[0].isalnum() or composed != composed.strip():
        raise ReferenceFileError(shown, "it cannot be the name of a reference", NAME_ADVICE)
    if composed.lower() in RESERVED_NAMES:
        raise ReferenceFileError(shown, "Windows keeps this name for itself", "Choose another name")
    return composed


def _is_path(text: str) -> bool:
    separators = {os.sep, os.altsep, "/"} - {None}
    return text.lower().endswith(SUFFIX) or any(separator in text for separator in separators if separator)


def _known(folders: Sequence[Path] | None) -> dict[str, Path]:
    """Paths by name; of two with one name the first folder's."""
    known: dict[str, Path] = {}
    for folder in reference_folders() if folders is None else folders:
        try:
            paths = sorted(path for path in folder.iterdir() if path.suffix == SUFFIX and path.name[0] != ".")
        except OSError:
            continue
        for path in paths:
            known.setdefault(unicodedata.normalize("NFC", path.stem), path)
    return known


def _plain(name: str) -> str:
    """The name as people confuse it: without case, with spaces and underscores as hyphens."""
    return unicodedata.normalize("NFKC", name).casefold().replace(" ", "-").replace("_", "-")


def _advice(wanted: str, names: list[str]) -> str:
    if not names:
        return "There is none yet; record one with: python run_coach.py record NAME"
    by_plain = {_plain(name): name for name in names}
    near = difflib.get_close_matches(_plain(wanted), by_plain, SETTINGS.max_suggestions, SETTINGS.name_similarity)
    if near:
        return Sentence("Did you mean {names}?", names=" or ".join(by_plain[plain] for plain in near))
    shown = sorted(names)[: SETTINGS.max_names_in_advice]
    known = ", ".join(shown)
    if len(names) > len(shown):
        return Sentence("Known: {names} and more. See them all with: python run_coach.py library", names=known)
    return Sentence("Known: {names}. Record one with: python run_coach.py record NAME", names=known)


def _entry(name: str, path: Path) -> LibraryEntry:
    summary, problem, size_bytes = None, None, 0
    try:
        size_bytes = path.stat().st_size
        summary = read_info(path)
    except ReferenceFileError as error:
        problem = error.problem
    except OSError as error:
        problem = str(error)
    return LibraryEntry(name, path, size_bytes, summary, problem)
