"""Several comparisons at once, each in a process of its own; one that dies takes no other with it."""

from __future__ import annotations

import io
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass, field
from multiprocessing import connection
from typing import TextIO

from coach.app.compare import Dancer
from coach.app.options import CompareOptions
from coach.app.student_job import StudentJob, failed_row
from coach.clock import SystemClock
from coach.devices.network_guard import user_environment
from coach.errors import CoachError
from coach.report.ranking_page import RankedStudent

Outcome = tuple[StudentJob, RankedStudent]


@dataclass(frozen=True)
class Shared:
    """What every worker gets at its start."""

    teacher: Dancer
    options: CompareOptions
    environment: dict[str, str] = field(default_factory=user_environment)
    switch_interval_s: float = field(default_factory=sys.getswitchinterval)


def core_count() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def carry_out_all(jobs: Sequence[StudentJob], shared: Shared, workers: int) -> Iterator[Outcome]:
    """Each job with its row, as they get done, ``workers`` at a time.

    Each gets a pool of one process: a process that dies (memory, a damaged video in native code) is known by its job.
    In a larger pool that starts a worker at the very moment when another dies, both would wait forever.
    """
    waiting = list(reversed(jobs))
    running: dict[Future[RankedStudent], tuple[ProcessPoolExecutor, StudentJob]] = {}
    others = set(multiprocessing.active_children())
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                job = waiting.pop()
                pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _start_worker, (shared,))
                running[_submit(pool, job)] = pool, job
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                pool, job = running.pop(future)
                pool.shutdown()
                yield job, _row(job, future)
    except BaseException:
        for pool, _ in running.values():
            pool.shutdown(wait=False, cancel_futures=True)
        for worker in set(multiprocessing.active_children()) - others:
            worker.terminate()
        raise


def _submit(pool: ProcessPoolExecutor, job: StudentJob) -> Future[RankedStudent]:
    """The process may die while it is being started."""
    with _interrupt_held_back():
        try:
            return pool.submit(_carry_out, job)
        except OSError as error:
            failed: Future[RankedStudent] = Future()
            failed.set_exception(BrokenProcessPool(str(error)))
            return failed


def _row(job: StudentJob, future: Future[RankedStudent]) -> RankedStudent:
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, BrokenProcessPool):
        error = CoachError(f"{job.place}: the comparison was ended from outside, perhaps for lack of memory")
    return failed_row(job.name, error)


@contextmanager
def _interrupt_held_back() -> Iterator[None]:
    """Ctrl-C reaches us a moment later; processes that start meanwhile never see it: we are the one to stop them."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# --- in the worker

_shared: Shared | None = None


def _start_worker(shared: Shared) -> None:
    global _shared
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The parent's environment may be shut off from the network for its own native code; ours shuts itself off.
    os.environ.clear()
    os.environ.update(shared.environment)
    sys.setswitchinterval(shared.switch_interval_s)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _shared = shared


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _carry_out(job: StudentJob) -> RankedStudent:
    if _shared is None:
        raise RuntimeError("the worker was not started")
    with redirect_stderr(NamedLines(job.name, sys.stderr)):
        return job.carry_out(_shared.teacher, _shared.options, SystemClock())


class NamedLines(io.TextIOBase):
    """Writes whole lines, each with the student's name: several processes share one terminal."""

    def __init__(self, name: str, stream: TextIO) -> None:
        self._name, self._stream, self._rest = name, stream, ""

    def write(self, text: str) -> int:
        """Keep what is no whole line yet."""
        *lines, self._rest = (self._rest + text).split("\n")
        for line in lines:
            self._stream.write(f"{self._name}: {line}\n")
        self._stream.flush()
        return len(text)
