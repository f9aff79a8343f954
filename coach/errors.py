"""The errors a user can meet: each builds its own sentence, which ends with what to do next."""

from __future__ import annotations

from pathlib import Path


class CoachError(Exception):
    """Base of every failure that is told to the user in one line."""


class ReferenceFileError(CoachError):
    """A reference file that cannot be read or written."""

    def __init__(self, path: Path | str, problem: str, advice: str) -> None:
        self.path, self.problem, self.advice = Path(path), problem, advice
        super().__init__(f"{path}: {problem}. {advice}")


class CameraError(CoachError):
    """A camera that cannot be opened or has stopped."""

    def __init__(self, camera: str, problem: str, advice: str) -> None:
        self.camera, self.problem, self.advice = camera, problem, advice
        super().__init__(f"{camera}: {problem}. {advice}")


class VideoFileError(CoachError):
    """A video or sound file that cannot be used."""

    def __init__(self, path: Path | str, problem: str, advice: str) -> None:
        self.path, self.problem, self.advice = Path(path), problem, advice
        super().__init__(f"{path}: {problem}. {advice}")


class PoseModelError(CoachError):
    """The pose model is missing or unusable."""


class SettingsError(CoachError):
    """A setting outside its allowed range."""

    def __init__(self, name: str, value: object, allowed: str) -> None:
        self.name, self.value, self.allowed = name, value, allowed
        super().__init__(f"{name} is {value!r}, but must be {allowed}. Correct the value and try again")


class DisplayError(CoachError):
    """No window can be shown."""


class WorkerError(CoachError):
    """A background thread failed or did not stop in time."""
