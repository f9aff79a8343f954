"""The pose model on this computer: found, or fetched and made once, then shared between runs."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from coach.devices.model_source import ModelSource, PoseModelKind, Progress, SourceError
from coach.devices.pose_bundle import BundleError, check_bundle, sha256_of
from coach.devices.pose_sources import default_sources
from coach.errors import PoseModelError, Sentence

__all__ = ["PoseModelKind", "ensure_pose_model"]

Report = Callable[[str], None]

_STALE_WORK_S: Final = 24 * 3600.0
_WORK_PREFIX: Final = ".making-"
_CHECKSUM_SUFFIX: Final = ".sha256"
_DAMAGED_SUFFIX: Final = ".damaged"


def ensure_pose_model(
    kind: PoseModelKind,
    *,
    cache_dir: Path,
    user_path: Path | None = None,
    report: Report,
    progress: Progress,
    sources: Sequence[ModelSource] | None = None,
) -> Path:
    """Path of a verified model bundle; fetched and made if this computer has none.

    Parameters
    ----------
    kind : PoseModelKind
    cache_dir : Path
        Folder of the models; made if missing. Several processes may use it at once.
    user_path : Path, optional
        A bundle of the user's own, which is then the only one considered.
    report : callable
        Given one line for every source that fails, and for a damaged file.
    progress : callable
        Given what is going on and the share done, 0..1.
    sources : sequence of ModelSource, optional
        Where to look when the cache has none; `default_sources` unless given.

    Raises
    ------
    PoseModelError
        If the user's file is unusable or no source gave the model: one sentence that says which file to put where.
    """
    if user_path is not None:
        return _checked_user_file(user_path)
    try:
        cache_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PoseModelError(
            Sentence(
                "{cache_dir}: the folder for the pose model cannot be made ({reason}). Allow or free that place, or "
                "give the path of a pose model",
                cache_dir=cache_dir,
                reason=_reason(error),
            )
        ) from error
    target = cache_dir / kind.file_name
    if _usable_in_cache(target, report):
        return target
    for source in default_sources() if sources is None else sources:
        if source.offers(kind) and _fetched(source, kind, target, report, progress):
            return target
    raise PoseModelError(
        Sentence(
            "The pose model is missing and could not be fetched. Connect to the internet once and start again, or "
            "put the file {file_name} (from MediaPipe's Pose Landmarker models) into the folder {cache_dir}",
            file_name=kind.file_name,
            cache_dir=cache_dir,
        )
    )


def _checked_user_file(path: Path) -> Path:
    try:
        if not path.is_file():
            raise BundleError("there is no such file")
        check_bundle(path)
    except (BundleError, OSError) as error:
        words = _reason(error) if isinstance(error, OSError) else error.args[0]
        raise PoseModelError(
            Sentence(
                "{path}: {words}. Give the path of a pose_landmarker .task file, or none and the model is fetched",
                path=path,
                words=words,
            )
        ) from error
    return path


def _usable_in_cache(target: Path, report: Report) -> bool:
    """Check the cached bundle; one that is damaged is set aside, one put there by hand gets its checksum."""
    if not target.is_file():
        return False
    try:
        checksum = sha256_of(target.read_bytes())
        if _recorded_checksum(target) == checksum:
            return True
        check_bundle(target)
    except (BundleError, OSError) as error:
        words = _reason(error) if isinstance(error, OSError) else str(error)
        report(f"{target} {words}: set aside, the pose model is made anew")
        with contextlib.suppress(OSError):
            os.replace(target, target.with_name(target.name + _DAMAGED_SUFFIX))
        return False
    _record_checksum(target, checksum)
    return True


def _fetched(source: ModelSource, kind: PoseModelKind, target: Path, report: Report, progress: Progress) -> bool:
    """Try one source; True once the model is in the cache."""
    try:
        with _work_folder(target.parent) as work_folder:
            bundles = source.fetch(kind, work_folder, progress)
            if kind not in bundles:
                raise SourceError(f"did not hold the {kind.value} model")
            for bundle_kind, bundle in bundles.items():
                place = target.with_name(bundle_kind.file_name)
                if bundle_kind is kind or not place.exists():
                    _put_in_place(bundle, place)
    except (SourceError, BundleError, OSError) as error:
        words = _reason(error) if isinstance(error, OSError) else str(error)
        report(f"Pose model: {source.name}: {words}")
        return False
    return True


def _put_in_place(bundle: Path, place: Path) -> None:
    """Check a finished bundle, force it to the disk and give it its name in one step."""
    check_bundle(bundle)
    content = bundle.read_bytes()
    with bundle.open("rb+") as file:
        os.fsync(file.fileno())
    try:
        os.replace(bundle, place)
    except PermissionError:  # Windows, while another process has the file open: then it is there already
        check_bundle(place)
        return
    _record_checksum(place, sha256_of(content))


def _recorded_checksum(target: Path) -> str:
    with contextlib.suppress(OSError, UnicodeDecodeError):
        return target.with_name(target.name + _CHECKSUM_SUFFIX).read_text(encoding="ascii").strip()
    return ""


def _record_checksum(target: Path, checksum: str) -> None:
    """Keep the checksum beside the bundle; where that is not possible the bundle is checked in full each time."""
    place = target.with_name(target.name + _CHECKSUM_SUFFIX)
    temporary = place.with_name(f"{place.name}.{secrets.token_hex(4)}.tmp")
    with contextlib.suppress(OSError):
        try:
            temporary.write_text(checksum + "\n", encoding="ascii")
            os.replace(temporary, place)
        finally:
            temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def _work_folder(cache_dir: Path) -> Iterator[Path]:
    """A folder of this process's own on the cache's disk; what killed processes left is cleared away."""
    folder = Path(tempfile.mkdtemp(prefix=_WORK_PREFIX, dir=cache_dir))
    try:
        now_s = folder.stat().st_mtime
        for other in cache_dir.glob(_WORK_PREFIX + "*"):
            with contextlib.suppress(OSError):
                if now_s - other.stat().st_mtime > _STALE_WORK_S:
                    shutil.rmtree(other, ignore_errors=True)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _reason(error: OSError) -> str:
    return (error.strerror or str(error) or type(error).__name__).lower()
