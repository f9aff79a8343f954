"""``run_coach.py`` with a stop-watch on each step up to the first coached frame.

``python -m tests.bench.start_child SPAWNED ARGUMENTS ...``; the last line on stdout is a JSON object of durations in
seconds. ``SPAWNED`` is ``time.time()`` of the moment when this process was asked for.
"""

from time import time

HERE_S = time()  # before anything else is imported

import importlib  # noqa: E402
import json  # noqa: E402
import sys  # noqa: E402
from collections.abc import Callable  # noqa: E402
from typing import Any  # noqa: E402

STEPS = (
    ("reference read", "coach.storage.reference_hdf5", "read_reference"),
    ("tables", "coach.session.choreography", "Choreography.of_reference"),
    ("model library imported and model loaded", "coach.devices.pose_detector", "PoseDetector"),
    ("model's first pictures", "coach.devices.sensor", "Sensor.warm_up"),
    ("kernels", "coach.alignment.warm_up", "warm_up"),
    ("window", "coach.ui.window", "Window"),
    ("sound", "coach.ui.sound", "SoundOutput"),
    ("voice", "coach.app.sound.speaker", "Speaker"),
)
"""What is timed, the module that defines it, and its name there."""

FIRST_FRAME = ("coach.app.practising.coach", "Coach.handle")


def owner_of(module: str, name: str) -> tuple[Any, str]:
    """The object that holds the attribute, and the attribute's name."""
    owner: Any = importlib.import_module(module)
    *path, last = name.split(".")
    for part in path:
        owner = getattr(owner, part)
    getattr(owner, last)
    return owner, last


def replace_everywhere(owner: Any, name: str, original: Any, replacement: Any) -> None:
    """Put ``replacement`` where it was defined, and into all our modules that took the original from there."""
    setattr(owner, name, replacement)
    for module in [module for path, module in sys.modules.items() if path.startswith("coach.")]:
        if getattr(module, name, None) is original:
            setattr(module, name, replacement)


def main(spawned_s: float, arguments: list[str]) -> int:
    """Run the command; returns its exit code."""
    durations: dict[str, float] = {"python itself": HERE_S - spawned_s}
    from coach.cli import main as coach_main
    from coach.cli import prepare_process

    prepare_process()
    importlib.import_module("coach.app.practice")
    durations["our imports"] = time() - HERE_S
    for label, module, name in STEPS:
        owner, last = owner_of(module, name)
        original = getattr(owner, last)
        replace_everywhere(owner, last, original, _timed(original, label, durations))
    _watch_first_frame(spawned_s, durations)
    code = coach_main(arguments)
    print(json.dumps(durations))
    return code


def _timed(call: Callable[..., Any], label: str, durations: dict[str, float]) -> Callable[..., Any]:
    def timed(*args: Any, **kwargs: Any) -> Any:
        begin_s = time()
        result = call(*args, **kwargs)
        durations[label] = durations.get(label, 0.0) + time() - begin_s
        return result

    return timed


def _watch_first_frame(spawned_s: float, durations: dict[str, float]) -> None:
    owner, last = owner_of(*FIRST_FRAME)
    original: Callable[..., Any] = getattr(owner, last)

    def watched(*args: Any, **kwargs: Any) -> Any:
        result = original(*args, **kwargs)
        durations.setdefault("total", time() - spawned_s)
        return result

    replace_everywhere(owner, last, original, watched)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), sys.argv[2:]))
