"""Where what was danced is to go: a reference of its own, or one that there is, as a further take."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from coach.app.options import RecordOptions
from coach.errors import ReferenceFileError, Sentence
from coach.storage.atomic_file import check_place
from coach.storage.folders import os_reason
from coach.storage.library import new_reference_path, resolve
from coach.storage.reference_hdf5 import read_info
from coach.storage.reference_layout import ROUTINE, SETTINGS


@dataclass(frozen=True)
class Destination:
    """A place that was looked at before any work.

    Attributes
    ----------
    path : Path
    is_take : bool
        It is added to the reference there.
    replace : bool
        An older reference there is overwritten.
    """

    path: Path
    is_take: bool = False
    replace: bool = False

    @property
    def name(self) -> str:
        """Of the reference."""
        return self.path.stem


def destination_of(options: RecordOptions) -> Destination:
    """Where a recording goes; raises `ReferenceFileError` if it may not go there."""
    if options.is_take:
        return Destination(taken_path(options.name), is_take=True)
    return Destination(target_path(options.name, options.out, options.replace), replace=options.replace)


def target_path(name: str, out: Path | None, replace: bool) -> Path:
    """Where a new reference goes; raises `ReferenceFileError` before any work if it may not go there."""
    target = out if out is not None else new_reference_path(name)
    if out is not None:
        try:
            check_place(target)
        except OSError as error:
            problem = Sentence("it cannot be written ({reason})", reason=os_reason(error))
            raise ReferenceFileError(target, problem, "Choose another place with --out") from error
    if target.exists() and not replace:
        raise ReferenceFileError(target, "is there already", "Choose another name, or add --replace to overwrite it")
    return target


def taken_path(name: str) -> Path:
    """The reference that gets a further take: any but the program's own, with room for one more."""
    path = resolve(name)
    summary = read_info(path)
    if summary.info.source_kind == ROUTINE:
        raise ReferenceFileError(path, "it comes with the program", "Take a dance of your own")
    if summary.take_count >= SETTINGS.max_take_count:
        problem = f"it has {SETTINGS.max_take_count} further takes already"
        raise ReferenceFileError(path, problem, "More would change nothing: practise it")
    return path
