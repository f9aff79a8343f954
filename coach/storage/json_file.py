"""A small JSON object on the disk that survives damage, newer versions, full disks and two programs at once."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from coach.errors import CoachError, Sentence
from coach.settings.storage import JsonFileSettings
from coach.storage.atomic_file import write_atomically
from coach.storage.folders import make_folder, os_reason
from coach.storage.set_aside import set_aside

JsonObject = dict[str, Any]
_BROKEN: Final = object()


class JsonFile:
    """One file that holds one JSON object.

    A file that holds something else is set aside under another name, never overwritten; one that could not be read
    (permissions, a vanished drive) is not saved over: "not loaded" is a state of its own.

    Parameters
    ----------
    path : Path
    contents : str
        What is in it, in the plural, for the sentences: "your choices".
    settings : JsonFileSettings, optional
    """

    def __init__(self, path: Path, contents: str, settings: JsonFileSettings | None = None) -> None:
        self.path = path
        self._contents, self._settings = contents, settings or JsonFileSettings()

    def read(self, notices: list[str]) -> JsonObject:
        """What the file holds; empty if there is none, or if it is broken, which is then told in ``notices``.

        Raises
        ------
        CoachError
            If it cannot be read, or is broken and cannot be set aside: then nothing may be written there.
        """
        try:
            with self.path.open("rb") as file:
                content = file.read(self._settings.max_file_bytes + 1)
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise CoachError(
                Sentence(
                    "{path}: {contents} cannot be read ({reason}) and will not be saved. Make the file readable and "
                    "start again",
                    path=self.path,
                    contents=self._contents,
                    reason=os_reason(error),
                )
            ) from error
        if len(content) <= self._settings.max_file_bytes:
            raw = _parsed(content)
            if raw is not _BROKEN:
                return dict(raw)
        aside = set_aside(self.path, self._settings.max_broken_copies)
        notices.append(
            Sentence(
                "{path}: it was broken and is kept as {name}; {contents} begin anew",
                path=self.path,
                name=aside.name,
                contents=self._contents,
            )
        )
        return {}

    def write(self, content: Mapping[str, Any]) -> None:
        """Put ``content`` in place of what the file held, whole or not at all.

        Raises
        ------
        CoachError
            If that cannot be written; the file is as it was.
        """
        text = json.dumps(content, indent=2, allow_nan=False) + "\n"
        make_folder(self.path.parent)
        try:
            write_atomically(self.path, text.encode())
        except OSError as error:
            raise CoachError(
                Sentence(
                    "{path}: {contents} cannot be saved ({reason}). Free some space or allow writing there",
                    path=self.path,
                    contents=self._contents,
                    reason=os_reason(error),
                )
            ) from error


def _parsed(content: bytes) -> Any:
    """The JSON object in ``content``, or `_BROKEN` for anything that could not be written again as it is."""
    try:
        raw = json.loads(content.decode("utf-8"), parse_constant=_refuse, parse_float=_finite)
        json.dumps(raw)
    except (ValueError, RecursionError):
        return _BROKEN
    return raw if isinstance(raw, dict) else _BROKEN


def _finite(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _refuse(text)


def _refuse(text: str) -> float:
    """JSON knows no nan and no infinity."""
    raise ValueError(f"{text} is not JSON")
