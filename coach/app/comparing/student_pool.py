"""Several comparisons at once, each in a process of its own; one that dies takes no other with it."""

from __future__ import annotations

import io
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass, field
from multiprocessing import connection, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import TextIO

from coach.app.comparing.compare import Dancer
from coach.app.comparing.student_job import StudentJob, failed_row
from coach.app.options import CompareOptions
from coach.clock import SystemClock
from coach.devices.network_guard import user_environment
from coach.errors import CoachError
from coach.report.ranking_page import RankedStudent

Outcome = tuple[StudentJob, RankedStudent]


@dataclass(frozen=True)
class Shared:
    """What every process gets at its start."""

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
    """Each job with its row, as they get done; a job whose process dies (memory, a damaged video) becomes a row too."""
    if not jobs:
        return
    if sys.platform != "win32":
        resource_tracker.ensure_running()  # it lets Ctrl-C through for a moment: now, and not between two starts
    family = _Family(shared)
    with ThreadPoolExecutor(min(workers, len(jobs)), thread_name_prefix="student") as threads:
        running = {threads.submit(family.carry_out, job): job for job in jobs}
        try:
            for future in as_completed(running):
                yield running[future], future.result()
        except BaseException:
            family.end()
            raise


class _Family:
    """Starts a process for each job and can end them all."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._context = multiprocessing.get_context("spawn")
        self._guard = threading.Lock()
        self._processes: list[SpawnProcess] = []
        self._ended = False

    def carry_out(self, job: StudentJob) -> RankedStudent:
        """Run ``job`` in a process of its own and wait for its row."""
        receiver, sender = self._context.Pipe(duplex=False)
        process = self._context.Process(target=_work, args=(sender, job, self._shared))
        with self._guard:
            if self._ended:
                return failed_row(job.name, CoachError("stopped"))
            try:
                with _interrupt_held_back():
                    process.start()
            except OSError as error:  # no memory for another process, or it died at once
                return failed_row(job.name, CoachError(f"{job.place}: no process could be started for it ({error})"))
            self._processes.append(process)
        sender.close()  # so that the end of the process is the end of the pipe
        try:
            row: RankedStudent = receiver.recv()
        except EOFError:
            died = CoachError(f"{job.place}: the comparison was ended from outside, perhaps for lack of memory")
            row = failed_row(job.name, died)
        process.join()
        return row

    def end(self) -> None:
        """Stop all processes, and start no more."""
        with self._guard:
            self._ended = True
            for process in self._processes:
                process.terminate()


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


def _work(sender: Connection, job: StudentJob, shared: Shared) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The parent's environment may be shut off from the network for its own native code; ours shuts itself off.
    os.environ.clear()
    os.environ.update(shared.environment)
    sys.setswitchinterval(shared.switch_interval_s)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with redirect_stderr(NamedLines(job.name, sys.stderr)):
        sender.send(job.carry_out(shared.teacher, shared.options, SystemClock()))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


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
