"""The user's choices and their file: each value checked for itself, nothing of another version lost."""

from __future__ import annotations

import json
import typing
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Final

from coach.errors import CoachError, Sentence, SettingsError
from coach.settings.preferences import Preferences
from coach.settings.storage import JsonFileSettings
from coach.storage.background import InBackground
from coach.storage.json_file import JsonFile, JsonObject
from coach.storage.notices import Notices

KINDS: Final[dict[str, type]] = {
    item.name: typing.get_type_hints(Preferences)[item.name] for item in fields(Preferences)
}
KIND_WORDS: Final[dict[type, str]] = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}


class PreferenceStore:
    """The remembered choices, in memory and in their file (``KeepsPreferences``).

    A value that does not fit is reported and stands in the file until it is changed; keys of other versions survive.
    Saving happens in the background and joins what stands in the file by then, so that two programs do not undo
    each other's choices.

    Parameters
    ----------
    path : Path
    settings : JsonFileSettings, optional

    Attributes
    ----------
    notices : list of str
        What the user should know about reading and saving; empty while all is well.
    """

    def __init__(self, path: Path, settings: JsonFileSettings | None = None) -> None:
        self.notices = Notices()
        self._settings = settings or JsonFileSettings()
        self._file = JsonFile(path, "your choices", self._settings)
        self._background = InBackground("save choices")
        self._chosen: JsonObject = {}
        self._current = self._load()

    @property
    def current(self) -> Preferences:
        """The choices as they hold now, those of the command line included."""
        return self._current

    def hold(self, **choices: Any) -> None:
        """Let ``choices`` (of the command line) hold until they are changed, without saving them.

        Raises
        ------
        SettingsError
            If a value is not allowed.
        """
        self._current = replace(self._current, **_checked(choices))

    def change(self, **changes: Any) -> None:
        """Choose anew and save; what cannot be saved holds for this run and is told in the notices.

        Raises
        ------
        SettingsError
            If a value is not allowed: a mistake of the program, as is an unknown name (TypeError).
        """
        changes = _checked(changes)
        self._current = replace(self._current, **changes)
        self._chosen = {**self._chosen, **changes}
        self._background.submit(self._save)

    def close(self) -> None:
        """Wait until everything is saved, but not for ever."""
        self._background.wait(self._settings.close_timeout_s)

    def _load(self) -> Preferences:
        try:
            raw = self._file.read(self.notices)
        except CoachError as error:
            self.notices.tell_trouble(error.sentence)
            return Preferences()
        good: JsonObject = {}
        for name in (name for name in KINDS if name in raw):
            problem = fault(name, raw[name])
            if problem is None:
                good[name] = KINDS[name](raw[name])
            else:
                usual = json.dumps(getattr(Preferences(), name))
                self.notices.append(
                    Sentence(
                        "{path}: {name} must be {problem}; using {usual}",
                        path=self._file.path,
                        name=name,
                        problem=problem,
                        usual=usual,
                    )
                )
        return Preferences(**good)

    def _save(self) -> None:
        """In the background: join the choices of this run with what stands in the file now."""
        try:
            content = {**self._file.read(self.notices), **self._chosen}
            self._file.write(content)
        except CoachError as error:
            self.notices.tell_trouble(error.sentence)
        else:
            self.notices.tell_trouble(None)


def fault(name: str, value: Any) -> str | None:
    """What a choice must be, in words, if ``value`` is not allowed; None if it is."""
    kind = KINDS[name]
    fits = isinstance(value, kind) or (kind is float and isinstance(value, int))
    if not fits or (isinstance(value, bool) and kind is not bool) or not _writable(value):
        return KIND_WORDS[kind]
    try:
        Preferences(**{name: value})
    except SettingsError as error:
        return error.allowed
    except OverflowError:  # a whole number beyond all others
        return KIND_WORDS[kind]
    return None


def _checked(choices: JsonObject) -> JsonObject:
    """``choices`` as values of their kinds; a whole number will do for any number."""
    for name, value in choices.items():
        if name not in KINDS:
            raise TypeError(f"there is no choice {name!r}")
        problem = fault(name, value)
        if problem is not None:
            raise SettingsError(name, value, problem)
    return {name: KINDS[name](value) for name, value in choices.items()}


def _writable(value: Any) -> bool:
    """Whether a text can be shown and written (half a character of a pair cannot)."""
    try:
        str(value).encode()
    except (UnicodeEncodeError, ValueError):
        return False
    return True
