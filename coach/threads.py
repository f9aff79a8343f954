"""Threads started without waiting for them.

`threading.Thread.start` only returns once the new thread runs, which on a computer that is busy takes milliseconds, at
times a tenth of a second: a hitch, where the caller draws. Here a thread of its own does that waiting.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue

_lock = threading.Lock()
_waiting: SimpleQueue[Callable[[], None]] = SimpleQueue()
_starter: threading.Thread | None = None
"""One for the whole process, made when it is first needed."""


def start_soon(thread: threading.Thread, failed: Callable[[BaseException], None]) -> None:
    """Have ``thread`` started; returns at once.

    Parameters
    ----------
    thread : Thread
        Not started yet; it must not be joined before it runs.
    failed : callable
        Called, in another thread, where the system gives no more threads.
    """

    def start() -> None:
        try:
            thread.start()
        except BaseException as error:
            failed(error)

    _waiting.put(start)
    _have_starter()


def _have_starter() -> None:
    global _starter
    with _lock:
        if _starter is None or not _starter.is_alive():
            _starter = threading.Thread(target=_start_all, name="starter", daemon=True)
            _starter.start()


def _start_all() -> None:
    while True:
        _waiting.get()()
