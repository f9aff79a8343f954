"""Whole runs of the program for tests: the command line in this process, logs, and a film of the drawn dancer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from coach.cli import main
from coach.devices.drawn_source import DrawnSource
from coach.routine.student_script import StudentScript
from coach.settings.routine import DrawnSourceSettings
from tests.builders_video import tone, write_video

Entry = dict[str, Any]
SOUND_RATE_HZ = 44100


def run(*arguments: object) -> int:
    """The exit code of one command, run in this process."""
    try:
        return main([str(argument) for argument in arguments])
    except SystemExit as exit_:  # argparse leaves this way
        return int(exit_.code or 0)


@dataclass(frozen=True)
class RunLog:
    """A session's log, parsed."""

    entries: list[Entry]

    @classmethod
    def read(cls, path: Path) -> RunLog:
        return cls([json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()])

    def of(self, event: str) -> list[Entry]:
        return [entry for entry in self.entries if entry["event"] == event]

    @cached_property
    def frames(self) -> list[Entry]:
        return self.of("frame")

    @cached_property
    def cues(self) -> list[Entry]:
        return self.of("cue")

    @property
    def end(self) -> Entry:
        return self.entries[-1]

    def without_latency(self) -> list[Entry]:
        return [{key: value for key, value in entry.items() if key != "latency_ms"} for entry in self.entries]


def drawn_film(path: Path, duration_s: float, *, sound: bool = False) -> Path:
    """A video of the drawn dancer, from the start of the built-in routine."""
    settings = DrawnSourceSettings()
    with DrawnSource(StudentScript(), settings) as source:
        frames = [source.read(1.0) for _ in range(round(duration_s * settings.fps))]
    pictures = [frame.bgr for frame in frames if frame is not None]
    return write_video(
        path,
        [index / settings.fps for index in range(len(pictures))],
        size_px=settings.frame_size_px,
        picture=lambda index, _size: pictures[index],
        audio=(tone(duration_s, SOUND_RATE_HZ), SOUND_RATE_HZ, 0.0) if sound else None,
    )
