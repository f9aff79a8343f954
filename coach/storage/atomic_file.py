"""Whole files or none: written beside their place, forced to the disk, checked, then put there in one step."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Callable
from pathlib import Path


def check_place(path: Path) -> None:
    """See whether a file may be put at ``path``: in a folder that there is, in place of nothing or of a regular file.

    A pipe or a device would be replaced by a file of its name; a folder that nobody made is mostly one mistyped.

    Raises
    ------
    OSError
        It may not.
    """
    if not path.absolute().parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "there is no such folder")
    if path.exists() and not path.is_file():
        raise FileExistsError(errno.EEXIST, "it is there already and is no ordinary file")


def write_atomically(path: Path, content: bytes, verify: Callable[[Path], None] | None = None) -> None:
    """Put ``content`` at ``path`` so that a crash at any moment leaves the old file or the new one.

    Parameters
    ----------
    path : Path
        Place of the file, as `check_place` wants it.
    content : bytes
    verify : callable, optional
        Given the temporary file's path before it takes its place; an exception stops the replacement.

    Raises
    ------
    OSError
        If the place is none, the disk full or not writable; the old file is intact and no temporary file is left.
    """
    check_place(path)
    temporary = path.with_name(f".{secrets.token_hex(6)}{path.suffix}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if verify is not None:
            verify(temporary)
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Force the folder's list of names to the disk, where the system allows it (not on Windows)."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
