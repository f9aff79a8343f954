"""Figures of a measurement: samples in, median and 95th percentile out, as one table or as JSON."""

from __future__ import annotations

import math
import os
import platform
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from statistics import median
from time import perf_counter, thread_time

MS = 1000.0


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes
    ----------
    value, p95 : float or None
        Median and 95th percentile of the samples; a single figure has no percentile.
    cpu : float or None
        Median of the time that the measuring thread itself spent computing: nearly the same on a busy machine.
    count : int
        Number of samples.
    """

    section: str
    name: str
    unit: str
    value: float | None
    p95: float | None = None
    cpu: float | None = None
    count: int = 1
    note: str = ""


@dataclass
class Samples:
    """Durations of one thing, in milliseconds, by the wall and by the thread's own clock."""

    wall_ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)

    def add(self, wall_ms: float, cpu_ms: float | None = None) -> None:
        """One more."""
        self.wall_ms.append(wall_ms)
        if cpu_ms is not None:
            self.cpu_ms.append(cpu_ms)

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Measure the ``with`` block."""
        wall_s, cpu_s = perf_counter(), thread_time()
        yield
        cpu_end_s, wall_end_s = thread_time(), perf_counter()
        self.add((wall_end_s - wall_s) * MS, (cpu_end_s - cpu_s) * MS)

    def row(self, section: str, name: str, note: str = "") -> Row:
        """The line of the table."""
        return Row(
            section,
            name,
            "ms",
            middle(self.wall_ms),
            percentile(self.wall_ms, 95.0),
            middle(self.cpu_ms),
            len(self.wall_ms),
            note,
        )


def summed(parts: Sequence[Samples]) -> Samples:
    """Sample by sample the sum of ``parts``, which have equally many."""
    return Samples(
        [sum(each) for each in zip(*(part.wall_ms for part in parts), strict=True)],
        [sum(each) for each in zip(*(part.cpu_ms for part in parts), strict=True)],
    )


def middle(values: Sequence[float]) -> float | None:
    """The median; None of nothing."""
    return median(values) if values else None


def percentile(values: Sequence[float], percent: float) -> float | None:
    """The smallest value that ``percent`` of all do not exceed (nearest rank); None of nothing."""
    if not values:
        return None
    rank = math.ceil(percent / 100.0 * len(values))
    return sorted(values)[max(0, rank - 1)]


def machine() -> dict[str, object]:
    """Where and how busy: what every figure depends on."""
    load = os.getloadavg() if hasattr(os, "getloadavg") else None
    return {
        "processors": os.cpu_count(),
        "load_1_min": None if load is None else round(load[0], 2),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
    }


def in_words(facts: dict[str, object]) -> str:
    """One line of `machine`."""
    load = facts["load_1_min"]
    busy = "load unknown" if load is None else f"load {load}"
    return f"{facts['processors']} processors, {busy}, Python {facts['python']}, {facts['system']}"


def table(rows: Sequence[Row]) -> str:
    """All rows under one head, each section's name above its first row."""
    width = max([len(row.name) for row in rows] + [20]) + 2
    lines = [f"{'':{width}}{'median':>10}{'p95':>10}{'cpu':>10}{'n':>7}"]
    section = ""
    for row in rows:
        if row.section != section:
            section = row.section
            lines += ["", section]
        cells = "".join(f"{_cell(value, row.unit):>10}" for value in (row.value, row.p95, row.cpu))
        line = f"  {row.name:{width - 2}}{cells}{row.count:>7}  {row.note}"
        lines.append(line.rstrip())
    return "\n".join(lines)


def as_json(rows: Sequence[Row], before: dict[str, object], after: dict[str, object]) -> dict[str, object]:
    """Everything for a file."""
    return {"before": before, "after": after, "rows": [asdict(row) for row in rows]}


def _cell(value: float | None, unit: str) -> str:
    return "" if value is None else f"{value:.2f} {unit}" if abs(value) < 100 else f"{value:.0f} {unit}"
