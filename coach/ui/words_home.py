"""What the home screen says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from coach.ui.home_view import Entry


@dataclass(frozen=True)
class HomeWords:
    """All words of one language.

    Attributes
    ----------
    levels : tuple of str
        From the easiest to the hardest.
    entries : mapping
        What can be opened besides dances.
    others : str
        Named by their English originals in `ENGLISH`.
    """

    heading: str
    teacher: str
    drawn_teacher: str
    best: str
    new: str
    today: str
    yesterday: str
    days_ago: str
    levels: tuple[str, ...]
    entries: Mapping[Entry, str]
    camera: str
    sound: str
    voice: str
    seen: str
    nobody: str
    no_camera_title: str
    no_camera_text: str
    no_picture: str
    no_dances_title: str
    no_dances_text: str
    broken: str
    choose: str
    dance: str
    open: str
    quit: str


ENGLISH: Final = HomeWords(
    heading="What shall we dance?",
    teacher="with {name}",
    drawn_teacher="with the drawn teacher",
    best="best",
    new="new",
    today="today",
    yesterday="yesterday",
    days_ago="{days} days ago",
    levels=("very easy", "easy", "medium", "hard", "very hard"),
    entries={
        Entry.SETTINGS: "Settings",
        Entry.CHECK: "One-minute check",
        Entry.HISTORY: "My dances so far",
        Entry.QUIT: "Quit",
        Entry.DEMO: "Watch the demo",
    },
    camera="Camera",
    sound="Sound",
    voice="Voice",
    seen="I can see you",
    nobody="Step in front of the camera",
    no_camera_title="I can't find a camera",
    no_camera_text="Plug a webcam in, or close the program that is using it. Until then: watch the demo.",
    no_picture="No picture yet",
    no_dances_title="No dance here yet",
    no_dances_text="Let a teacher record one: python run_coach.py record NAME. Until then: watch the demo.",
    broken="This file cannot be danced",
    choose="choose",
    dance="dance",
    open="open",
    quit="quit",
)

GERMAN: Final = HomeWords(
    heading="Was tanzen wir?",
    teacher="mit {name}",
    drawn_teacher="mit dem gezeichneten Vorbild",
    best="Rekord",
    new="neu",
    today="heute",
    yesterday="gestern",
    days_ago="vor {days} Tagen",
    levels=("sehr leicht", "leicht", "mittel", "schwer", "sehr schwer"),
    entries={
        Entry.SETTINGS: "Einstellungen",
        Entry.CHECK: "Ein-Minuten-Check",
        Entry.HISTORY: "Meine Tänze bisher",
        Entry.QUIT: "Beenden",
        Entry.DEMO: "Vorführung ansehen",
    },
    camera="Kamera",
    sound="Ton",
    voice="Stimme",
    seen="Ich sehe dich",
    nobody="Stell dich vor die Kamera",
    no_camera_title="Ich finde keine Kamera",
    no_camera_text="Schließ eine Webcam an oder das Programm, das sie benutzt. Solange: hier die Vorführung ansehen.",
    no_picture="Noch kein Bild",
    no_dances_title="Noch kein Tanz da",
    no_dances_text="Lass einen aufnehmen: python run_coach.py record NAME. Solange: hier die Vorführung ansehen.",
    broken="Diese Datei geht nicht",
    choose="wählen",
    dance="tanzen",
    open="öffnen",
    quit="Ende",
)

HOME_WORDS: Final[dict[str, HomeWords]] = {"en": ENGLISH, "de": GERMAN}
