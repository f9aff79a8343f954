"""One command, one table: ``python -m tests.bench.live``.

What a frame costs beside the pose model, what judging alone costs, what drawing costs, how long the start takes, how
late a practice in real time is, and (``--memory-minutes``) how much memory a long demo takes. Nothing passes or fails
here: times depend on the machine and on what else it does, which is why the load stands above the table.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from coach.cli import prepare_process
from tests.bench.figures import Row, as_json, in_words, machine, table

PARTS = ("beside", "judging", "drawing", "start", "latency")


def main() -> int:
    """Measure what was asked for and print it."""
    options = _parser().parse_args()
    prepare_process()
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
    before = machine()
    rows: list[Row] = []
    extra: dict[str, object] = {}
    wanted = options.parts or (() if options.memory_minutes is not None else PARTS)
    for name in wanted:
        print(f"Measuring: {name} ...", file=sys.stderr)
        rows += _measurements(options)[name]()
    if options.memory_minutes is not None:
        from tests.bench.memory import measure_memory

        print("Measuring: memory ...", file=sys.stderr)
        found, samples = measure_memory(options.memory_minutes, options.model, window=options.memory_window)
        rows += found
        extra["memory"] = [asdict(sample) for sample in samples]
    after = machine()
    print(f"{in_words(before)}; at the end load {after['load_1_min']}")
    print(table(rows))
    if options.json is not None:
        options.json.write_text(json.dumps({**as_json(rows, before, after), **extra}, indent=1), encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.live", description="How fast the live coach is.")
    parser.add_argument("--only", action="append", dest="parts", choices=PARTS, help="only this part (repeatable)")
    parser.add_argument("--model", default="full", choices=("lite", "full", "heavy"), help="pose model")
    parser.add_argument("--frames", type=int, default=600, metavar="N", help="frames beside the pose model, and judged")
    parser.add_argument("--draws", type=int, default=240, metavar="N", help="pictures of each drawn dance")
    parser.add_argument("--starts", type=int, default=3, metavar="N", help="starts that are averaged")
    parser.add_argument("--memory-minutes", type=float, metavar="N", help="also a demo of N minutes of film time")
    parser.add_argument("--memory-window", action="store_true", help="that demo in real time, with a window")
    parser.add_argument("--json", type=Path, metavar="FILE", help="all figures for other programs")
    return parser


def _measurements(options: argparse.Namespace) -> dict[str, Callable[[], list[Row]]]:
    """Each part by name; what it needs is imported when it runs."""

    def beside() -> list[Row]:
        from coach.app.pose_setup import find_model
        from coach.clock import SystemClock
        from coach.devices.pose_detector import PoseDetector
        from coach.devices.pose_models import PoseModelKind
        from coach.storage.folders import user_folders
        from coach.storage.library import resolve
        from coach.storage.reference_hdf5 import read_reference
        from tests.bench.beside_pose import measure_beside_pose

        path = find_model(PoseModelKind(options.model), None, user_folders(), SystemClock())
        return measure_beside_pose(read_reference(resolve("first-steps")), PoseDetector(path), options.frames)

    def judging() -> list[Row]:
        from coach.storage.library import resolve
        from coach.storage.reference_hdf5 import read_reference
        from tests.bench.judging_cost import measure_judging

        return measure_judging(read_reference(resolve("first-steps")), options.frames)

    def drawing() -> list[Row]:
        from tests.bench.drawing import measure_drawing

        return measure_drawing(options.draws)

    def start() -> list[Row]:
        from tests.bench.start import measure_start

        return measure_start(options.starts)

    def latency() -> list[Row]:
        from tests.bench.latency import measure_latency

        return measure_latency(options.model)

    return {"beside": beside, "judging": judging, "drawing": drawing, "start": start, "latency": latency}


if __name__ == "__main__":
    sys.exit(main())
