"""What all scenes of the studio share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from coach.clock import Clock
from coach.practice.run_record import RunRecord
from coach.settings.app import AppSettings
from coach.settings.preferences import Preferences
from coach.ui.sound import SoundOutput


class KeepsPreferences(Protocol):
    """The user's choices and their file."""

    @property
    def current(self) -> Preferences:
        """The choices as they hold now, those of the command line included."""

    def change(self, **changes: Any) -> None:
        """Choose anew and save; what cannot be saved holds for this run and is told in the notices."""


class KeepsHistory(Protocol):
    """What was practised so far; never raises, what fails is told in the notices."""

    def add(self, run: RunRecord) -> None:
        """Keep a run."""

    def runs(self, reference: str | None = None, limit_count: int = 100) -> Sequence[RunRecord]:
        """Runs of one reference or of all, newest first."""

    def best_score(self, reference: str) -> float | None:
        """Of whole runs of this reference."""


@dataclass
class StudioContext:
    """Everything a scene may need that outlives it.

    Attributes
    ----------
    settings : AppSettings
        With the choices of `preferences` and of the command line in them (see ``coach.app.studio.studio``).
    say : callable
        Speaks a sentence if the voice is on.
    latency_ms : callable
        How much later than it was done a movement arrives here, by the last latency check; 0 without one.
    notices : list of str
        What does not work, in sentences for the screen.
    """

    clock: Clock
    settings: AppSettings
    preferences: KeepsPreferences
    history: KeepsHistory
    sound: SoundOutput
    say: Callable[[str], None]
    latency_ms: Callable[[], float]
    notices: list[str]
