"""Keeps what native libraries write to the terminal out of the user's sight."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

_STDERR = 2
_lock = threading.Lock()
_depth = 0
_saved: int | None = None


@contextlib.contextmanager
def native_log_to(path: Path | None) -> Iterator[None]:
    """Send this process's error stream to the end of the file ``path`` (None: nowhere) for the length of the block.

    Environment variables do not silence MediaPipe; only the stream itself can be turned aside. Blocks may overlap, in
    several threads too: the first one's file counts, the last one to end puts the stream back. Where the program was
    started with a closed error stream, an empty one takes its place, lest a file opened next gets its number and the
    libraries' lines in it.
    """
    global _depth
    with _lock:
        if _depth == 0:
            _turn_aside(path)
        _depth += 1
    try:
        yield
    finally:
        with _lock:
            _depth -= 1
            if _depth == 0:
                _put_back()


def _turn_aside(path: Path | None) -> None:
    global _saved
    _flush()
    target = _open(path)
    if target == _STDERR:  # the stream was closed
        return
    try:
        _saved = os.dup(_STDERR)
    except OSError:
        _saved = None
    os.dup2(target, _STDERR)
    os.close(target)


def _put_back() -> None:
    global _saved
    _flush()
    if _saved is not None:
        os.dup2(_saved, _STDERR)
        os.close(_saved)
        _saved = None


def _open(path: Path | None) -> int:
    if path is not None:
        with contextlib.suppress(OSError):
            return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    return os.open(os.devnull, os.O_WRONLY)


def _flush() -> None:
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stderr.flush()
