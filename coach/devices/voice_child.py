"""The parent's end of the speech process: lines in, lines out, a deadline for every answer, and the kill switch."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parents[2]
_REAP_TIMEOUT_S = 1.0


class ChildGone(Exception):
    """The process ended, or did not answer in time."""


def default_command() -> list[str]:
    """Command of our own speech process."""
    return [sys.executable, "-m", "coach.devices.voice_process"]


class VoiceChild:
    """One running speech process, in a session of its own so that all it started can be killed with it.

    Raises
    ------
    OSError
        It cannot be started.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(_ROOT), os.environ.get("PYTHONPATH", "")])},
            text=True,
            encoding="utf-8",
            start_new_session=os.name == "posix",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._answers: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._collect, name="voice answers", daemon=True).start()

    def send(self, request: dict[str, str]) -> None:
        """Send one request; raises `ChildGone`."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        except (OSError, ValueError) as error:
            raise ChildGone("it ended") from error

    def answer(self, timeout_s: float) -> dict[str, Any]:
        """The next answer; raises `ChildGone` if none comes within ``timeout_s`` or it is not one of ours."""
        try:
            line = self._answers.get(timeout=timeout_s)
            answer = json.loads(line) if line is not None else None
        except (queue.Empty, ValueError) as error:
            raise ChildGone("it does not answer") from error
        if not isinstance(answer, dict):
            raise ChildGone("it ended")
        return answer

    def kill(self) -> None:
        """End it and all it started; harmless when called again, and from any thread."""
        with contextlib.suppress(OSError):
            if os.name == "posix" and self._process.poll() is None:
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_REAP_TIMEOUT_S)
        with contextlib.suppress(OSError, ValueError):
            if self._process.stdin is not None:
                self._process.stdin.close()

    def _collect(self) -> None:
        assert self._process.stdout is not None
        with contextlib.suppress(OSError, ValueError), self._process.stdout as lines:
            for line in lines:
                self._answers.put(line)
        self._answers.put(None)
