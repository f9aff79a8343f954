"""From the command to the first coached frame, and what the time goes into."""

from __future__ import annotations

import json
import sys
from time import time

from tests.bench.figures import MS, Row, Samples
from tests.bench.program import WITHOUT_SCREEN, run

DEMO = ("demo", "--model", "full", "--duration", "0.5")


def measure_start(repetitions: int) -> list[Row]:
    """Starts with warm caches (the first, which warms them, is not counted), without a window and with one."""
    rows = []
    for title, arguments, more in (
        ("Start to the first coached frame, headless", (*DEMO, "--headless", "--no-voice"), {}),
        ("Start to the first coached frame, window and voice", DEMO, WITHOUT_SCREEN),
    ):
        steps: dict[str, Samples] = {}
        for number in range(repetitions + 1):
            told = _started(arguments, more)
            for name, duration_s in told.items() if number > 0 else ():
                steps.setdefault(name, Samples()).add(duration_s * MS)
        total = steps.pop("total")
        rows.append(total.row(title, "total", "budget: 6 s"))
        rows += [samples.row(title, f"- {name}") for name, samples in steps.items()]
    return rows


def _started(arguments: tuple[str, ...], more: dict[str, str]) -> dict[str, float]:
    """Durations of one start, in seconds."""
    spawned_s = time()
    told = run([sys.executable, "-m", "tests.bench.start_child", repr(spawned_s), *arguments], more)
    durations: dict[str, float] = json.loads(told.splitlines()[-1])
    return durations
