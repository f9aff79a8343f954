"""Where things belong on this computer: settings, caches, recordings and references."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from coach.errors import CoachError, Sentence

APP_NAME = "dance-coach"
HOME_VARIABLE = "DANCE_COACH_HOME"
"""Environment variable that puts all folders below one of the user's choice."""

BUILT_IN_REFERENCES = Path(__file__).resolve().parent.parent.parent / "references"
"""The references that come with the program."""


@dataclass(frozen=True)
class Folders:
    """The user's folders; none is created before it is needed."""

    config: Path
    cache: Path
    data: Path

    @property
    def references(self) -> Path:
        """The user's own references."""
        return self.data / "references"

    @property
    def recordings(self) -> Path:
        """Recordings in progress, and what is left of those that were cut short."""
        return self.data / "recordings"

    @property
    def preferences(self) -> Path:
        """The user's choices."""
        return self.config / "preferences.json"

    @property
    def latency(self) -> Path:
        """What the latency check measured."""
        return self.config / "latency.json"

    @property
    def history(self) -> Path:
        """What was practised."""
        return self.data / "history.sqlite3"

    @property
    def models(self) -> Path:
        """Pose models."""
        return self.cache / "models"

    @property
    def voices(self) -> Path:
        """Spoken cues made beforehand."""
        return self.cache / "voices"

    @property
    def kernels(self) -> Path:
        """Compiled code of the follower."""
        return self.cache / "kernels"


def user_folders(environment: Mapping[str, str] | None = None) -> Folders:
    """The folders of this user, below ``DANCE_COACH_HOME`` if that is set."""
    home = (os.environ if environment is None else environment).get(HOME_VARIABLE, "").strip()
    if home:
        base = Path(home).expanduser().absolute()
        return Folders(base / "config", base / "cache", base / "data")
    return Folders(
        platformdirs.user_config_path(APP_NAME, appauthor=False),
        platformdirs.user_cache_path(APP_NAME, appauthor=False),
        platformdirs.user_data_path(APP_NAME, appauthor=False),
    )


def make_folder(folder: Path) -> Path:
    """Create ``folder`` and its parents; raises `CoachError` if that is not possible."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CoachError(
            Sentence(
                "{folder}: the folder cannot be made ({reason}). Free or allow that place, or name another with the "
                "environment variable {variable}",
                folder=folder,
                reason=os_reason(error),
                variable=HOME_VARIABLE,
            )
        ) from error
    return folder


def os_reason(error: OSError) -> str:
    """The operating system's reason in lower-case words, such as "no space left on device"."""
    return (error.strerror or str(error) or type(error).__name__).lower()
