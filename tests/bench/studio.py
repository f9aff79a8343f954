"""The studio itself: what drawing its screens costs while the pose model runs, and whether a change of screens hitches.

``python -m tests.bench.studio`` runs the real shell, at both window sizes, before a drawn dancer of thirty pictures a
second, walks through its screens by key and measures every picture of the window. Nothing passes or fails here.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from coach.cli import prepare_process
from tests.bench.figures import Row, Samples, as_json, in_words, machine, percentile, table

if TYPE_CHECKING:
    from tests.studio_rig import StudioRig, Tick

HD_PX, FULL_HD_PX = (1280, 720), (1920, 1080)
WINDOWS_PX = (HD_PX, FULL_HD_PX)
BUDGETS_MS = {HD_PX: 16.7, FULL_HD_PX: 25.0}
HITCH_MS = 50.0
AFTER_CHANGE_PICTURES = 30
"""So many pictures after a change still belong to it."""

HOME, PRACTICE, RESULT = "HomeScene", "PracticeScene", "ResultScene"
LONGEST_WAIT_S = 90.0
PRACTISED_SPAN_S = (0.0, 8.0)


def measure_studio(
    seconds: float, model: str = "full", windows_px: tuple[tuple[int, int], ...] = WINDOWS_PX
) -> list[Row]:
    """All of it.

    Parameters
    ----------
    seconds : float
        How long each screen is looked at.
    model : str
        Kind of pose model.
    windows_px : tuple of (int, int)
    """
    from tests.studio_rig import home_of_its_own, studio_rig  # only now: it loads libraries that read the environment

    rows: list[Row] = []
    for size_px in windows_px:
        with home_of_its_own(), studio_rig(size_px, model) as rig:
            walk(rig, seconds)
            line = rig.studio._line
            rows += drawing_rows(size_px, rig.ticks)
            rows += hitch_rows(size_px, rig.ticks, rig.changes)
            rows.append(Row(_title(size_px), "pictures of the last source left out", "", float(line.dropped)))
    return rows


def walk(rig: StudioRig, seconds: float) -> None:
    """Through the screens: a practice to its end and its result first, so that the others have something to show."""
    from coach.ui.commands import Command

    rig.run_until(lambda: rig.scene_name == HOME and getattr(rig.scene, "chosen", None) is not None, LONGEST_WAIT_S)
    rig.run_for(seconds)
    rig.practise(PRACTISED_SPAN_S)
    if rig.run_until_scene(PRACTICE, LONGEST_WAIT_S):
        rig.run_until(lambda: rig.scene_name == PRACTICE and rig.scene.practice.transport.running, LONGEST_WAIT_S)
        for _ in range(2):
            rig.press(Command.PAUSE)
            rig.run_for(seconds)
        if rig.run_until_scene(RESULT, LONGEST_WAIT_S):
            rig.run_for(seconds)
            _look_at_next(rig, "_open_replay", seconds, rig.scene._model)
    _go_home(rig)
    for steps in range(len(rig.scene._entries) - 1):  # all but the last, which is to quit
        rig.press(Command.LEFT, Command.RIGHT, *[Command.DOWN] * steps, Command.CONFIRM)
        rig.run_for(seconds)
        _look_at_next(rig, "_open_latency", seconds)
        _go_home(rig)


def _look_at_next(rig: StudioRig, opener: str, seconds: float, *given: object) -> None:
    """Where this scene leads to, if it leads there."""
    from coach.ui.commands import Command

    make = getattr(rig.scene, opener, None)
    if make is not None:
        rig.open(make(*given))
        rig.run_for(seconds)
        rig.press(Command.BACK)
        rig.run_for(1.0)


def drawing_rows(size_px: tuple[int, int], ticks: list[Tick]) -> list[Row]:
    """What drawing costs, screen by screen."""
    rows = []
    for name in dict.fromkeys(tick.scene for tick in ticks):
        shown = [tick for tick in ticks if tick.scene == name and tick.draw_ms > 0.0]
        if not shown:
            continue
        samples = Samples([tick.draw_ms for tick in shown], [tick.draw_cpu_ms for tick in shown])
        computed_ms = percentile(samples.cpu_ms, 95.0)
        waited_ms = percentile([tick.queued_ms for tick in shown], 95.0)
        note = f"p95 of cpu {computed_ms:.1f} ms, budget {BUDGETS_MS[size_px]:g} ms; of queueing {waited_ms:.1f} ms"
        rows.append(samples.row(_title(size_px), f"draw {name}", note))
    return rows


def hitch_rows(size_px: tuple[int, int], ticks: list[Tick], changes: list[int]) -> list[Row]:
    """The longest wait for a picture around each change of screens, and the most that one computed in that time.

    On a computer with other work the wait is mostly queueing for a processor: the note says how long it was without.
    """
    rows = []
    for index in changes:
        near = range(max(1, index), min(len(ticks), index + AFTER_CHANGE_PICTURES))
        waits_ms = [(ticks[each].at_s - ticks[each - 1].at_s) * 1e3 for each in near]
        own_ms = max(wait_ms - ticks[each].queued_ms for wait_ms, each in zip(waits_ms, near, strict=True))
        busiest_ms = max(ticks[each].tick_cpu_ms for each in near)
        name = f"{ticks[index - 1].scene} to {ticks[index].scene}"
        note = f"longest wait of {len(waits_ms)} pictures, at most {HITCH_MS:g} ms; without queueing {own_ms:.0f} ms"
        rows.append(Row(_title(size_px), name, "ms", max(waits_ms), cpu=busiest_ms, count=len(waits_ms), note=note))
    return rows


def _go_home(rig: StudioRig) -> None:
    from coach.ui.commands import Command

    for _ in range(5):
        if rig.scene_name == HOME:
            return
        rig.press(Command.QUIT if rig.scene_name == PRACTICE else Command.BACK)
        rig.run_for(1.0)


def _title(size_px: tuple[int, int]) -> str:
    return f"Studio {size_px[0]}x{size_px[1]}"


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.studio", description="How smooth the studio is.")
    parser.add_argument("--model", default="full", choices=("lite", "full", "heavy"), help="pose model")
    parser.add_argument("--seconds", type=float, default=4.0, metavar="S", help="how long each screen is looked at")
    parser.add_argument("--window", choices=("720", "1080"), help="only this size")
    parser.add_argument("--json", type=Path, metavar="FILE", help="all figures for other programs")
    options = parser.parse_args()
    prepare_process()
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
    before = machine()
    chosen = {"720": (HD_PX,), "1080": (FULL_HD_PX,)}.get(options.window, WINDOWS_PX)
    rows = measure_studio(options.seconds, options.model, chosen)
    after = machine()
    print(f"{in_words(before)}; at the end load {after['load_1_min']}")
    print(table(rows))
    if options.json is not None:
        options.json.write_text(json.dumps(as_json(rows, before, after), indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
