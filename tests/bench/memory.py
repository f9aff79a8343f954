"""How much memory a long demo takes, and whether it grows."""

from __future__ import annotations

import re
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.figures import Row, middle
from tests.bench.program import TIMEOUT_S, WITHOUT_SCREEN, coach_command, environment

MIB_KIB = 1024.0
SAMPLE_S = 1.0
SETTLED_S = 60.0
"""Film time after which everything has been loaded and every cache has filled."""

WINDOW_S = 15.0
"""Film time over which the start's and the end's memory are averaged."""


TAIL_BYTES = 20_000
"""More than two lines of a log."""

TIME_OF_FRAME = re.compile(r'"event":"frame",.*?"time_s":([0-9.]+),')


@dataclass(frozen=True)
class Sample:
    """Memory at one moment of the film."""

    film_s: float
    rss_mib: float


def measure_memory(minutes: float, model: str, *, window: bool = False) -> tuple[list[Row], list[Sample]]:
    """The demo for ``minutes`` of film time.

    Parameters
    ----------
    minutes : float
        At least two.
    model : str
    window : bool
        In real time, with a window drawn to nowhere, voice and music; otherwise headless at full speed.
    """
    samples = watch(minutes * 60.0, model, window=window)
    way = "real time with a window" if window else "full speed"
    return memory_rows(f"Memory of a demo of {minutes:g} minutes, {way}", samples), samples


def memory_rows(title: str, samples: Sequence[Sample]) -> list[Row]:
    """What the samples say of the time after the first minute."""
    settled = [sample for sample in samples if sample.film_s >= SETTLED_S]
    if len(settled) < 2:
        return [Row(title, "unknown here", "MiB", None)]
    start = middle([sample.rss_mib for sample in settled if sample.film_s <= settled[0].film_s + WINDOW_S]) or 0.0
    end = middle([sample.rss_mib for sample in settled if sample.film_s >= settled[-1].film_s - WINDOW_S]) or 0.0
    most = max(sample.rss_mib for sample in samples)
    note = f"film time {settled[0].film_s:.0f} to {settled[-1].film_s:.0f} s"
    return [
        Row(title, "after one minute", "MiB", start, count=len(settled), note=note),
        Row(title, "at the end", "MiB", end),
        Row(title, "most", "MiB", most, note="budget: 600 MB"),
        Row(title, "growth", "%", 100.0 * (end / start - 1.0), note="budget: 2 %"),
    ]


def watch(film_s: float, model: str, *, window: bool) -> list[Sample]:
    """Run the demo and look at its memory once a second."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "bench.jsonl"
        options = () if window else ("--fast", "--headless")
        command = coach_command("demo", *options, "--model", model, "--duration", str(film_s), "--log", str(log))
        more = WITHOUT_SCREEN if window else {}
        samples = []
        limit_s = time.monotonic() + film_s + TIMEOUT_S
        with subprocess.Popen(command, env=environment(more), stderr=subprocess.DEVNULL) as process:
            try:
                while process.poll() is None and time.monotonic() < limit_s:
                    rss_mib = resident_mib(process.pid)
                    if rss_mib is not None:
                        samples.append(Sample(film_time_s(log), rss_mib))
                    time.sleep(SAMPLE_S)
            finally:
                process.kill()
    return samples


def resident_mib(pid: int) -> float | None:
    """Memory of a process that really lies in the computer's, None where the system does not tell."""
    status = Path(f"/proc/{pid}/status")
    try:
        if status.exists():
            line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
            return float(line.split()[1]) / MIB_KIB
        told = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False)
        return float(told.stdout) / MIB_KIB
    except (OSError, StopIteration, ValueError):
        return None


def film_time_s(log: Path) -> float:
    """``time_s`` of the last whole line of a growing log; 0 before the first frame."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - TAIL_BYTES))
            lines = file.read().decode("utf-8", "replace").split("\n")[:-1]
    except OSError:
        return 0.0
    for line in reversed(lines):
        match = TIME_OF_FRAME.search(line)
        if match is not None:
            return float(match[1])
    return 0.0
