"""Runs a download program, with its progress read off the files it writes."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

from coach.devices.network_guard import user_environment
from coach.settings.sensing import DownloadSettings

_KILL_TIMEOUT_S: Final = 5.0
_ALMOST: Final = 0.99


class CommandError(Exception):
    """Why the program gave nothing, in a few words."""


def run_watched(
    command: list[str],
    work_folder: Path,
    total_bytes: int,
    settings: DownloadSettings,
    tell: Callable[[float], None],
) -> None:
    """Run ``command`` in ``work_folder``, with the user's own network settings.

    Parameters
    ----------
    command : list of str
    work_folder : Path
        Where it works and keeps its temporary files.
    total_bytes : int
        About what it will have written in the end.
    settings : DownloadSettings
    tell : callable
        Given the share done, 0..1, again and again.

    Raises
    ------
    CommandError
        If it fails, or writes nothing for too long and is stopped.
    """
    temporary = work_folder / "tmp"
    temporary.mkdir(exist_ok=True)
    environment = user_environment() | {name: str(temporary) for name in ("TMPDIR", "TEMP", "TMP")}
    output = temporary / "output.txt"
    with output.open("wb") as sink:
        try:
            process = subprocess.Popen(
                command, cwd=work_folder, env=environment, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink
            )
        except OSError as error:
            raise CommandError(f"cannot be run ({(error.strerror or str(error)).lower()})") from error
        try:
            _watch(process, work_folder, total_bytes, settings, tell)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait(_KILL_TIMEOUT_S)
    if process.returncode != 0:
        raise CommandError(_last_error(output))
    tell(1.0)


def _watch(
    process: subprocess.Popen[bytes],
    work_folder: Path,
    total_bytes: int,
    settings: DownloadSettings,
    tell: Callable[[float], None],
) -> None:
    written, quiet_s = -1, 0.0
    while True:
        try:
            process.wait(settings.poll_s)
            return
        except subprocess.TimeoutExpired:
            pass
        now_written = _bytes_below(work_folder)
        quiet_s = 0.0 if now_written != written else quiet_s + settings.poll_s
        written = now_written
        if quiet_s >= settings.stall_timeout_s:
            raise CommandError(f"no progress for {settings.stall_timeout_s:.0f} s")
        tell(min(_ALMOST, written / total_bytes))


def _bytes_below(folder: Path) -> int:
    return sum(_size(os.path.join(parent, name)) for parent, _, names in os.walk(folder) for name in names)


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:  # gone in the meantime
        return 0


def _last_error(output: Path) -> str:
    """The program's last line that speaks of an error, or else its last one."""
    lines = [line.strip() for line in output.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line.lower()]
    return (errors or lines or ["failed without a word"])[-1]
