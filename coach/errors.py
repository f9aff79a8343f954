"""The errors a user can meet: each builds its own sentence, which ends with what to do next.

Sentences are English. What may stand on a screen is a `Sentence` wherever something is put into it, so that
``coach.ui.said`` can say it in the language of the screen; words without anything in them need no more than themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any


class Sentence(str):
    """English words with something put into them, which know what they were made of.

    To whoever prints or compares it, it is a ``str`` like any other.

    Parameters
    ----------
    template : str
        As for ``str.format``; by it the sentence is found in other languages.
    fields : object
        What is put in, by name; words may be sentences themselves.
    """

    template: str
    fields: Mapping[str, object]

    def __new__(cls, template: str, /, **fields: object) -> Sentence:
        """The sentence in English."""
        sentence = super().__new__(cls, template.format(**fields))
        sentence.template, sentence.fields = template, fields
        return sentence

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        """For copies and other processes."""
        return (self.template,), dict(self.fields)


class CoachError(Exception):
    """Base of every failure that is told to the user in one line."""

    @property
    def sentence(self) -> str:
        """The line, in a form that can be said in other languages."""
        return self.args[0] if self.args and isinstance(self.args[0], str) else str(self)


class ReferenceFileError(CoachError):
    """A reference file that cannot be read or written."""

    def __init__(self, path: Path | str, problem: str, advice: str) -> None:
        self.path, self.problem, self.advice = Path(path), problem, advice
        super().__init__(problem_of(path, problem, advice))


class CameraError(CoachError):
    """A camera that cannot be opened or has stopped."""

    def __init__(self, camera: str, problem: str, advice: str) -> None:
        self.camera, self.problem, self.advice = camera, problem, advice
        super().__init__(problem_of(camera, problem, advice))


class VideoFileError(CoachError):
    """A video or sound file that cannot be used."""

    def __init__(self, path: Path | str, problem: str, advice: str) -> None:
        self.path, self.problem, self.advice = Path(path), problem, advice
        super().__init__(problem_of(path, problem, advice))


class PoseModelError(CoachError):
    """The pose model is missing or unusable."""


class SettingsError(CoachError):
    """A setting outside its allowed range."""

    def __init__(self, name: str, value: object, allowed: str) -> None:
        self.name, self.value, self.allowed = name, value, allowed
        super().__init__(
            Sentence(
                "{name} is {value}, but must be {allowed}. Correct the value and try again",
                name=name,
                value=repr(value),
                allowed=allowed,
            )
        )


class DisplayError(CoachError):
    """No window can be shown."""


class WorkerError(CoachError):
    """A background thread failed or did not stop in time."""


def problem_of(thing: object, problem: str, advice: str) -> Sentence:
    """The usual line: what it is about, what is wrong with it, and what to do next."""
    return Sentence("{thing}: {problem}. {advice}", thing=thing, problem=problem, advice=advice)
