"""Reference files: written whole or not at all, read without trust (layout: `reference_layout`)."""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import h5py

from coach.errors import ReferenceFileError, Sentence
from coach.pose.reference import Reference, ReferenceInfo
from coach.settings.storage import ReferenceFileSettings
from coach.storage.atomic_file import write_atomically
from coach.storage.folders import make_folder, os_reason
from coach.storage.reference_checks import (
    DAMAGED_ADVICE,
    UnfitContentError,
    check_attributes,
    check_content,
    check_packable,
)
from coach.storage.reference_file_image import file_image
from coach.storage.reference_guards import Budget, check_members, read_array, read_attribute
from coach.storage.reference_layout import (
    ARRAY_ATTRIBUTES,
    ARRAYS,
    ATTRIBUTES,
    FORMAT,
    SCHEMA_VERSION,
    SETTINGS,
    TAKES,
    Attribute,
    StoredReference,
    digest,
    info_of,
    pack,
    unpack,
)
from coach.storage.reference_seal import SIGNATURE, is_sealed, seal, vet

Result = TypeVar("Result")


@dataclass(frozen=True)
class ReferenceSummary:
    """What a list shows of a reference, without its numbers."""

    info: ReferenceInfo
    fps: float
    frame_count: int
    duration_s: float
    frame_size_px: tuple[int, int]
    has_audio: bool
    section_count: int
    take_count: int


def write_reference(
    path: Path, reference: Reference, *, replace: bool = False, settings: ReferenceFileSettings = SETTINGS
) -> None:
    """Save ``reference`` at ``path``; the folder is made if it is missing.

    A crash or a full disk leaves the old file or the new one, never half of one: the file is built in
    memory, written beside its place, forced to the disk, read back and compared, and only then renamed.

    Raises
    ------
    ReferenceFileError
        If there is a file already and ``replace`` is False, the reference has faults, or the disk refuses.
    """
    path = Path(path)
    if path.exists() and not replace:
        raise ReferenceFileError(path, "it exists already", "Choose another name, or add --replace to overwrite it")
    try:
        check_packable(reference, settings)
        stored = pack(reference)
        check_content(stored, settings)
    except UnfitContentError as unfit:
        raise ReferenceFileError(
            path, Sentence("it was not saved, because {problem}", problem=unfit.problem), "Record it again"
        ) from unfit
    expected = digest(stored)

    def verify(temporary: Path) -> None:
        advice = "Check this disk for faults, or choose another one, and save again"
        try:
            same = digest(_read_stored(temporary, settings, trusted=False)) == expected
        except ReferenceFileError as error:
            raise ReferenceFileError(
                path, Sentence("what was written cannot be read ({problem})", problem=error.problem), advice
            ) from error
        if not same:
            raise ReferenceFileError(path, "what was written reads back differently", advice)

    make_folder(path.parent)
    try:
        write_atomically(path, seal(file_image(stored, settings)), verify)
    except OSError as error:
        advice = "Free some space or choose another folder, then save again"
        raise ReferenceFileError(
            path, Sentence("it cannot be written ({reason})", reason=os_reason(error)), advice
        ) from error


def read_reference(path: Path, settings: ReferenceFileSettings = SETTINGS, *, trusted: bool = False) -> Reference:
    """Load a reference; raises `ReferenceFileError` for anything that is not an intact one.

    ``trusted`` leaves out the seal and the trial of files without one: only where a crash does no harm.
    """
    return unpack(_read_stored(Path(path), settings, trusted=trusted))


def read_info(path: Path, settings: ReferenceFileSettings = SETTINGS) -> ReferenceSummary:
    """The facts of a reference, read from its head only: for lists (`read_reference` is the full check)."""

    def summary(file: h5py.File) -> ReferenceSummary:
        check_members(file)
        attributes: dict[str, Any] = _read_attributes(file, settings)
        check_attributes(attributes, settings)
        return ReferenceSummary(
            info=info_of(attributes),
            fps=attributes["fps"],
            frame_count=attributes["frame_count"],
            duration_s=attributes["duration_s"],
            frame_size_px=attributes["frame_size_px"],
            has_audio="audio" in file,
            section_count=len(file["sections"]) if "sections" in file else 0,
            take_count=len(file[TAKES]) if TAKES in file else 0,
        )

    return _with_file(Path(path), summary, settings, trusted=False)


def _read_stored(path: Path, settings: ReferenceFileSettings, *, trusted: bool) -> StoredReference:
    def whole(file: h5py.File) -> StoredReference:
        stored = _read_group(file, settings, Budget(settings.max_content_bytes), 0)
        check_content(stored, settings)
        return stored

    return _with_file(path, whole, settings, trusted=trusted)


def _read_group(group: h5py.Group, settings: ReferenceFileSettings, budget: Budget, depth: int) -> StoredReference:
    check_members(group)
    attributes = _read_attributes(group, settings)
    frame_count = int(attributes["frame_count"])  # type: ignore[arg-type]
    arrays, array_attributes = {}, {}
    for spec in ARRAYS:
        array = read_array(group, spec, frame_count, budget, settings)
        if array is None:
            continue
        arrays[spec.name] = array
        if spec.name in ARRAY_ATTRIBUTES:
            wanted, dataset = ARRAY_ATTRIBUTES[spec.name], group[spec.name]
            array_attributes[spec.name] = _read_all(dataset, wanted, settings)
    return StoredReference(attributes, arrays, array_attributes, _read_takes(group, settings, budget, depth))


def _read_takes(
    group: h5py.Group, settings: ReferenceFileSettings, budget: Budget, depth: int
) -> tuple[StoredReference, ...]:
    if TAKES not in group:
        return ()
    takes = group[TAKES]
    if not isinstance(takes, h5py.Group) or depth >= settings.max_take_depth or len(takes) > settings.max_take_count:
        raise UnfitContentError("its further takes are not stored as they should be")
    check_members(takes)
    names = [f"{index:03d}" for index in range(len(takes))]
    if list(takes) != names or not all(isinstance(takes[name], h5py.Group) for name in names):
        raise UnfitContentError("its further takes are not stored as they should be")
    return tuple(_read_group(takes[name], settings, budget, depth + 1) for name in names)


def _read_attributes(group: h5py.Group, settings: ReferenceFileSettings) -> dict[str, Attribute]:
    """All attributes; what the file claims to be is looked at first."""
    foreign = UnfitContentError("it is an HDF5 file, but not a dance reference", "Choose a file made by this program")
    if not h5py.h5a.exists(group.id, b"format"):
        raise foreign
    try:
        claimed = read_attribute(group, "format", str, settings.max_text_bytes)
    except UnfitContentError:
        raise foreign from None
    if claimed != FORMAT:
        raise foreign
    version: Any = read_attribute(group, "schema_version", int, settings.max_text_bytes)
    if version > SCHEMA_VERSION:
        raise UnfitContentError("it was made by a newer version of this program", "Update this program to open it")
    if version < 1:
        raise UnfitContentError(Sentence("it claims the impossible format version {version}", version=version))
    return _read_all(group, ATTRIBUTES, settings)


def _read_all(
    owner: h5py.Group | h5py.Dataset, wanted: dict[str, type], settings: ReferenceFileSettings
) -> dict[str, Attribute]:
    return {name: read_attribute(owner, name, kind, settings.max_text_bytes) for name, kind in wanted.items()}


def _with_file(
    path: Path, use: Callable[[h5py.File], Result], settings: ReferenceFileSettings, *, trusted: bool
) -> Result:
    """Open ``path`` read-only, hand it to ``use``, and put every failure into one sentence."""
    _check_openable(path, settings)
    try:
        if not trusted and not is_sealed(path):
            vet(path, settings)
        with h5py.File(path, "r", locking=False) as file:
            return use(file)
    except UnfitContentError as unfit:
        raise ReferenceFileError(path, unfit.problem, unfit.advice) from unfit
    except Exception as error:  # damaged files make HDF5 and h5py raise nearly anything
        raise ReferenceFileError(path, "it is damaged or cut short", DAMAGED_ADVICE) from error


def _check_openable(path: Path, settings: ReferenceFileSettings) -> None:
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            advice = "Give the name of a reference or the path of its .h5 file"
            raise ReferenceFileError(path, "it is not a file", advice)
        with path.open("rb") as file:
            head = file.read(8)
    except FileNotFoundError as error:
        advice = "Check the path, or see what there is with: python run_coach.py library list"
        raise ReferenceFileError(path, "there is no such file", advice) from error
    except (OSError, ValueError) as error:
        reason = os_reason(error) if isinstance(error, OSError) else str(error)
        raise ReferenceFileError(
            path, Sentence("it cannot be read ({reason})", reason=reason), "Check its path and permissions"
        ) from error
    if not head:
        raise ReferenceFileError(path, "it is empty", DAMAGED_ADVICE)
    if head != SIGNATURE:
        advice = "References end in .h5; make one from a video with: python run_coach.py extract VIDEO --name NAME"
        raise ReferenceFileError(path, "it is not a reference (not an HDF5 file)", advice)
    if facts.st_size > settings.max_file_bytes:
        raise ReferenceFileError(path, "it is far larger than a reference", "Choose a file made by this program")
