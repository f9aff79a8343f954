"""The three pose models, and what a place that they come from has to offer."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from enum import Enum
from pathlib import Path

Progress = Callable[[str, float], None]
"""Called with what is going on and the share done, 0..1."""


class PoseModelKind(Enum):
    """The three sizes of the pose model, from fast to exact."""

    LITE = "lite"
    FULL = "full"
    HEAVY = "heavy"

    @property
    def file_name(self) -> str:
        """Name of the bundle in the cache, the same as in MediaPipe's model store."""
        return f"pose_landmarker_{self.value}.task"


class SourceError(Exception):
    """Why a source gave nothing, in words that fit after its name and a colon."""


class ModelSource(ABC):
    """A place that models come from."""

    name: str

    @abstractmethod
    def offers(self, kind: PoseModelKind) -> bool:
        """Whether this place has ``kind`` at all."""

    @abstractmethod
    def fetch(self, kind: PoseModelKind, work_folder: Path, progress: Progress) -> dict[PoseModelKind, Path]:
        """Put bundles into ``work_folder``: ``kind``, and others that came with it.

        Raises `SourceError`, `BundleError` or OSError.
        """
