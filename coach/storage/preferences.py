"""Choices that are remembered between runs: a JSON file that survives damage, newer versions and full disks."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from coach.errors import CoachError
from coach.settings.storage import PreferencesSettings
from coach.storage.atomic_file import write_atomically
from coach.storage.folders import make_folder, os_reason


@dataclass(frozen=True)
class Preference:
    """One remembered choice: its value until the user makes it, and what it may be."""

    default: Any
    allowed: str
    fits: Callable[[Any], bool]


def _one_of(*values: str) -> Preference:
    return Preference(values[0], "one of " + ", ".join(values), lambda value: value in values)


def _number(default: float, low: float, high: float) -> Preference:
    def fits(value: Any) -> bool:
        return isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high

    return Preference(default, f"a number from {low:g} to {high:g}", fits)


def _switch(default: bool) -> Preference:
    return Preference(default, "true or false", lambda value: isinstance(value, bool))


def _text(default: str, longest: int = 1000) -> Preference:
    return Preference(default, "a text", lambda value: isinstance(value, str) and len(value) <= longest)


PREFERENCES: Final[dict[str, Preference]] = {
    "camera": _text("0"),
    "mirror": _one_of("auto", "on", "off"),
    "ghost": _switch(False),
    "voice": _switch(True),
    "music": _switch(True),
    "strictness": _number(1.0, 0.25, 4.0),
    "language": _text("en"),
    "window_width_px": _number(1280, 320, 16_384),
    "window_height_px": _number(720, 240, 16_384),
    "last_reference": _text(""),
}


class PreferenceStore:
    """The remembered choices, in memory and in their file.

    A broken file is set aside under another name and reported, never overwritten. A single value that does not
    fit is reported and stands in the file until it is changed; keys of other versions survive. A file that could
    not be read at all (permissions, a vanished drive) is not saved over: "not loaded" is a state of its own.

    Attributes
    ----------
    notes : list of str
        What the user should know about loading; empty when all was well.
    """

    def __init__(self, path: Path, settings: PreferencesSettings | None = None) -> None:
        self.notes: list[str] = []
        self._path, self._settings = path, settings or PreferencesSettings()
        self._loaded = False
        self._raw: dict[str, Any] = {}
        self._load()

    def __getitem__(self, name: str) -> Any:
        """The value of a choice; its default where none was made. Raises KeyError for an unknown name."""
        preference = PREFERENCES[name]
        value = self._raw.get(name, preference.default)
        return value if preference.fits(value) else preference.default

    def update(self, changes: Mapping[str, Any]) -> None:
        """Remember ``changes`` and save.

        Raises
        ------
        CoachError
            If a value is not allowed, or the file cannot be written (the choices hold for this run).
        """
        for name, value in changes.items():
            if not PREFERENCES[name].fits(value):
                raise CoachError(f"{name} cannot be {value!r}. Choose {PREFERENCES[name].allowed}")
        self._raw = {**self._raw, **changes}
        if not self._loaded:
            raise CoachError(
                f"{self._path}: your choices are not saved, because the file could not be read. "
                "Make it readable and start again"
            )
        text = json.dumps(self._raw, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
        try:
            make_folder(self._path.parent)
            write_atomically(self._path, text.encode())
        except OSError as error:
            raise CoachError(
                f"{self._path}: your choices cannot be saved ({os_reason(error)}). "
                "Free some space or allow writing there"
            ) from error

    def _load(self) -> None:
        try:
            with self._path.open("rb") as file:
                content = file.read(self._settings.max_file_bytes + 1)
        except FileNotFoundError:
            self._loaded = True
            return
        except OSError as error:
            self.notes.append(f"{self._path}: your choices cannot be read ({os_reason(error)}); using the usual ones")
            return
        raw = self._parse(content)
        if raw is None:
            self._loaded = self._set_aside()
            return
        self._raw, self._loaded = raw, True
        for name, preference in PREFERENCES.items():
            if name in raw and not preference.fits(raw[name]):
                self.notes.append(
                    f"{self._path}: {name} must be {preference.allowed}; using {json.dumps(preference.default)}"
                )

    def _parse(self, content: bytes) -> dict[str, Any] | None:
        """The JSON object in ``content``, or None if it is none."""
        if len(content) > self._settings.max_file_bytes:
            return None
        try:
            raw = json.loads(content.decode("utf-8"), parse_constant=_refuse_constant)
        except (ValueError, RecursionError):
            return None
        return raw if isinstance(raw, dict) else None

    def _set_aside(self) -> bool:
        """Rename the broken file; returns whether that worked."""
        for number in range(1, self._settings.max_broken_copies + 1):
            aside = self._path.with_name(f"{self._path.stem}.broken-{number}{self._path.suffix}")
            if aside.exists():
                continue
            try:
                self._path.rename(aside)
            except OSError:
                break
            self.notes.append(f"{self._path}: it was broken and is kept as {aside.name}; using the usual choices")
            return True
        self.notes.append(f"{self._path}: it is broken and cannot be set aside. Delete it to have your choices saved")
        return False


def _refuse_constant(text: str) -> None:
    """JSON knows no nan and no infinity."""
    raise ValueError(f"{text} is not JSON")
