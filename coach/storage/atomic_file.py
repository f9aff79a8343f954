"""Whole files or none: written beside their place, forced to the disk, checked, then put there in one step."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path


def write_atomically(path: Path, content: bytes, verify: Callable[[Path], None] | None = None) -> None:
    """Put ``content`` at ``path`` so that a crash at any moment leaves the old file or the new one.

    Parameters
    ----------
    path : Path
        Place of the file; its folder must exist.
    content : bytes
    verify : callable, optional
        Given the temporary file's path before it takes its place; an exception stops the replacement.

    Raises
    ------
    OSError
        If the disk is full or not writable; the old file is intact and no temporary file is left.
    """
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
