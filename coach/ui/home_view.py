"""What the home screen shows, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from coach.gestures.gesture import Gesture, GestureAction
from coach.ui.preview_pane import NO_PREVIEW, PreviewView
from coach.ui.teacher_framing import Figure


class Entry(Enum):
    """What can be opened besides dances."""

    SETTINGS = "settings"
    CHECK = "check"
    HISTORY = "history"
    QUIT = "quit"
    DEMO = "demo"


Choice = str | Entry
"""A dance by its name in the library, or an entry."""


@dataclass(frozen=True)
class DanceCard:
    """One reference.

    Attributes
    ----------
    name : str
        In the library.
    difficulty : int or None
        1 .. 5, None while it is not known.
    best_score : float or None
    days_ago : int or None
        Since it was last practised; None for never.
    problem : str or None
        Why it cannot be danced.
    still : Figure or None
        A key pose; None until it is loaded.
    built_in : bool
        It comes with the program, which then words the teacher's name.
    """

    name: str
    title: str
    teacher: str = ""
    duration_s: float | None = None
    difficulty: int | None = None
    best_score: float | None = None
    days_ago: int | None = None
    problem: str | None = None
    still: Figure | None = None
    built_in: bool = False

    @property
    def choice(self) -> Choice:
        """What choosing it means."""
        return self.name


@dataclass(frozen=True)
class MessageCard:
    """A card that says something; choosing it opens ``choice``."""

    choice: Choice
    title: str
    text: str


Card = DanceCard | MessageCard


@dataclass(frozen=True)
class HomeView:
    """One moment of the home screen.

    Attributes
    ----------
    chosen : str or Entry
        Where a press of the confirming key leads.
    preview : PreviewView
        The camera's picture.
    guide : str
        One instruction, or that all is well.
    camera_ok, sound_ok, voice_ok : bool
    moving : Figure or None
        The teacher of the chosen card, dancing.
    notices : tuple of str
        What does not work, in sentences.
    bindings : mapping
        The gestures that are obeyed here, and what they do; empty where they are switched off.
    """

    now_s: float
    cards: tuple[Card, ...]
    chosen: Choice
    entries: tuple[Entry, ...] = (Entry.SETTINGS, Entry.CHECK, Entry.HISTORY, Entry.QUIT)
    preview: PreviewView = NO_PREVIEW
    guide: str = ""
    guide_ok: bool = False
    camera_ok: bool = True
    sound_ok: bool = True
    voice_ok: bool = True
    moving: Figure | None = None
    notices: tuple[str, ...] = ()
    bindings: Mapping[Gesture, GestureAction] = field(default_factory=dict)
