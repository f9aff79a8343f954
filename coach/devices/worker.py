"""Base of our threads: every one can be stopped, waited for, and its failure reaches the main thread."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from types import TracebackType
from typing import TypeVar

from coach.errors import CoachError, Sentence, WorkerError
from coach.threads import start_soon

W = TypeVar("W", bound="Worker")


class Worker(ABC):
    """A thread with a life cycle.

    Subclasses fill `_run`, which returns soon after `stopping` became true, and if need be `_interrupt` (called by
    the thread that stops: wake whatever `_run` waits for) and `_finish` (called at the end of the thread, whatever
    happened). Threads are daemons: one that is blocked in a library cannot keep the program from ending.

    Parameters
    ----------
    name : str
        What the thread does, in words that can stand in a message: "camera", "pose".
    stop_timeout_s : float
        How long leaving the ``with`` block waits.
    """

    def __init__(self, name: str, stop_timeout_s: float) -> None:
        self.name = name
        self._stop_timeout_s = stop_timeout_s
        self._stop = threading.Event()
        self._error: BaseException | None = None
        self._thread: threading.Thread | None = None
        self._ended = threading.Event()

    @property
    def stopping(self) -> bool:
        """Whether the thread was asked to stop."""
        return self._stop.is_set()

    @property
    def alive(self) -> bool:
        """Whether the thread runs, or will at once."""
        return self._thread is not None and not self._ended.is_set()

    @property
    def failed(self) -> bool:
        """Whether the thread ended with an error, which `check` raises."""
        return self._error is not None

    def start(self) -> None:
        """Start the thread, without waiting until it runs; raises RuntimeError when called again."""
        if self._thread is not None:
            raise RuntimeError(f"the {self.name} thread was started before")
        self._thread = threading.Thread(target=self._guarded_run, name=self.name, daemon=True)
        start_soon(self._thread, self._not_started)

    def stop(self) -> None:
        """Ask the thread to stop and return at once; harmless when called again or before `start`."""
        if not self._stop.is_set():
            self._stop.set()
            self._interrupt()

    def join(self, timeout_s: float) -> None:
        """Wait for the end of the thread.

        Raises
        ------
        WorkerError
            It still runs after ``timeout_s``.
        """
        if self._thread is None:
            return
        if not self._ended.wait(timeout_s):
            raise WorkerError(
                Sentence(
                    "The {name} thread did not stop within {timeout_s:g} s. It is left behind; if the program does "
                    "not end, close its window or press Ctrl-C",
                    name=self.name,
                    timeout_s=timeout_s,
                )
            )
        if self._thread.ident is not None:  # it ran, and has nothing left to do but to end
            self._thread.join(timeout_s)

    def check(self) -> None:
        """Raise here what ended the thread there: a `CoachError` as it is, anything else in a `WorkerError`."""
        error = self._error
        if error is None:
            return
        if isinstance(error, CoachError):
            raise error
        reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        raise WorkerError(
            Sentence(
                "The {name} thread failed ({reason}). Start again; with --debug it says where",
                name=self.name,
                reason=reason,
            )
        ) from error

    def wait_s(self, duration_s: float) -> bool:
        """Pause the thread; returns True at once when it is asked to stop."""
        return self._stop.wait(duration_s)

    def __enter__(self: W) -> W:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        try:
            self.join(self._stop_timeout_s)
            self.check()
        except CoachError:
            if error is None:  # the failure that is already on its way matters more
                raise

    def _guarded_run(self) -> None:
        for step in (self._run, self._finish):
            try:
                step()
            except BaseException as error:  # noqa: PERF203 - both steps always run
                self._error = self._error or error  # the first one is the cause
        self._ended.set()

    def _not_started(self, error: BaseException) -> None:
        self._error = error
        self._ended.set()

    @abstractmethod
    def _run(self) -> None: ...

    def _interrupt(self) -> None:  # noqa: B027 - most workers need none
        """Wake the thread from what it waits for."""

    def _finish(self) -> None:  # noqa: B027
        """Release what the thread holds."""
