"""What the latency check measured, for each pair of a camera and a sound output, with a way back."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Protocol

from coach.errors import CoachError
from coach.settings.storage import JsonFileSettings
from coach.storage.background import InBackground
from coach.storage.json_file import JsonFile, JsonObject
from coach.storage.notices import Notices

LONGEST_MS = 2000.0
"""Nothing beyond this was measured: it was written by somebody else."""


class MeasuredLatency(Protocol):
    """What a check found (``coach.practice.latency``)."""

    @property
    def median_ms(self) -> float:
        """How much later a movement arrives here than the sound that it was made to."""

    @property
    def spread_ms(self) -> float:
        """How far apart the single measurements lie."""

    @property
    def count(self) -> int:
        """How many there were."""

    @property
    def ok(self) -> bool:
        """Whether it may be used."""


@dataclass(frozen=True)
class LatencyEntry:
    """The latency of one pair of devices.

    Attributes
    ----------
    camera, output : str
        Names of the devices.
    latency_ms, spread_ms : float
    count : int
        How often it was measured in this check.
    measured_utc : str
        ISO 8601.
    previous : LatencyEntry or None
        What held before; it has no previous one itself.
    """

    camera: str
    output: str
    latency_ms: float
    spread_ms: float
    count: int
    measured_utc: str
    previous: LatencyEntry | None = None


class LatencyStore:
    """Latencies in memory and in their file; never raises for the disk, what fails is told in the notices.

    Parameters
    ----------
    path : Path
    settings : JsonFileSettings, optional

    Attributes
    ----------
    notices : list of str
        What the user should know; empty while all is well.
    """

    def __init__(self, path: Path, settings: JsonFileSettings | None = None) -> None:
        self.notices = Notices()
        self._settings = settings or JsonFileSettings()
        self._file = JsonFile(path, "the latencies of your devices", self._settings)
        self._background = InBackground("save latencies")
        self._changed: dict[tuple[str, str], LatencyEntry | None] = {}
        self._entries: dict[tuple[str, str], LatencyEntry] = {}
        try:
            self._entries = _entries_of(self._file.read(self.notices))
        except CoachError as error:
            self.notices.tell_trouble(error.sentence)

    def latency_ms(self, camera: str, output: str) -> LatencyEntry | None:
        """What is known of this pair of devices."""
        return self._entries.get((camera, output))

    def entries(self) -> tuple[LatencyEntry, ...]:
        """All pairs, the last measured first."""
        return tuple(sorted(self._entries.values(), key=lambda entry: entry.measured_utc, reverse=True))

    def save(self, camera: str, output: str, result: MeasuredLatency, measured_utc: str) -> LatencyEntry | None:
        """Let a check's result hold from now on.

        Returns
        -------
        LatencyEntry or None
            None if the check was refused: then nothing changes.
        """
        if not (result.ok and _is_plausible(result.median_ms, result.spread_ms, result.count)):
            return None
        before = self._entries.get((camera, output))
        entry = LatencyEntry(
            camera,
            output,
            float(result.median_ms),
            float(result.spread_ms),
            int(result.count),
            measured_utc,
            previous=replace(before, previous=None) if before is not None else None,
        )
        self._put(camera, output, entry)
        return entry

    def revert(self, camera: str, output: str) -> LatencyEntry | None:
        """Let the value before the last check hold again; without one, the pair has none any more.

        Returns
        -------
        LatencyEntry or None
            What holds now.
        """
        entry = self._entries.get((camera, output))
        if entry is not None:
            self._put(camera, output, entry.previous)
        return self._entries.get((camera, output))

    def close(self) -> None:
        """Wait until everything is saved, but not for ever."""
        self._background.wait(self._settings.close_timeout_s)

    def _put(self, camera: str, output: str, entry: LatencyEntry | None) -> None:
        pair = camera, output
        self._entries = {other: kept for other, kept in self._entries.items() if other != pair}
        if entry is not None:
            self._entries = {**self._entries, pair: entry}
        self._changed = {**self._changed, pair: entry}
        self._background.submit(self._save)

    def _save(self) -> None:
        """In the background: join what was measured in this run with what stands in the file now."""
        try:
            content = self._file.read(self.notices)
            entries = {**_entries_of(content), **self._changed}
            kept = [asdict(entry) for entry in entries.values() if entry is not None]
            self._file.write({**content, "pairs": kept})
        except CoachError as error:
            self.notices.tell_trouble(error.sentence)
        else:
            self.notices.tell_trouble(None)


def _entries_of(content: JsonObject) -> dict[tuple[str, str], LatencyEntry]:
    """The pairs in a file that can be understood."""
    pairs = content.get("pairs")
    entries = [_entry(item) for item in (pairs if isinstance(pairs, list) else [])]
    return {(entry.camera, entry.output): entry for entry in entries if entry is not None}


def _entry(item: Any) -> LatencyEntry | None:
    if not isinstance(item, dict):
        return None
    values: dict[str, Any] = {
        field.name: item.get(field.name) for field in fields(LatencyEntry) if field.name != "previous"
    }
    texts = (values["camera"], values["output"], values["measured_utc"])
    numbers = (values["latency_ms"], values["spread_ms"], values["count"])
    if not all(isinstance(text, str) for text in texts) or not _is_plausible(*numbers):
        return None
    previous = _entry(item.get("previous"))
    return LatencyEntry(**values, previous=replace(previous, previous=None) if previous is not None else None)


def _is_plausible(latency_ms: Any, spread_ms: Any, count: Any) -> bool:
    numbers = (latency_ms, spread_ms, count)
    if any(isinstance(number, bool) or not isinstance(number, int | float) for number in numbers):
        return False
    in_range = abs(latency_ms) <= LONGEST_MS and 0 <= spread_ms <= LONGEST_MS and count >= 1
    return in_range and all(math.isfinite(number) for number in numbers)
