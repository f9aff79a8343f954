"""Slow disk work beside the dance: one job after the other in a thread that lives only as long as there is work."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

from coach.threads import start_soon

Job = Callable[[], None]


class InBackground:
    """Runs jobs in the order they came, in a thread of its own.

    A job must not raise. A job that is already waiting is not queued twice.

    Parameters
    ----------
    name : str
        Of the thread.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._jobs: deque[Job] = deque()
        self._changed = threading.Condition()
        self._working = False

    def submit(self, job: Job) -> None:
        """Do ``job`` soon; returns at once."""
        with self._changed:
            if job not in self._jobs:
                self._jobs.append(job)
            if self._working:
                return
            self._working = True
        thread = threading.Thread(target=self._work, name=self._name, daemon=True)
        # Where the system gives no more threads, whoever starts them does the work: it is not left undone.
        start_soon(thread, lambda _error: self._work())

    def wait(self, timeout_s: float) -> bool:
        """Wait until nothing is left to do; False if that took longer."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._working, timeout_s)

    def _work(self) -> None:
        while True:
            with self._changed:
                if not self._jobs:
                    self._working = False
                    self._changed.notify_all()
                    return
                job = self._jobs.popleft()
            try:
                job()
            except BaseException:
                with self._changed:
                    self._working = False
                    self._changed.notify_all()
                raise
