"""What the settings are called, what their values are called, and what they do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from coach.ui.settings_table import Value


@dataclass(frozen=True)
class SettingsWords:
    """All words of one language.

    Attributes
    ----------
    groups : mapping
        By ``SettingGroup.key``.
    labels, hints : mapping
        By field of `Preferences`: two or three words, and one short sentence.
    values : mapping
        By field, then by value.
    """

    heading: str
    groups: Mapping[str, str]
    labels: Mapping[str, str]
    hints: Mapping[str, str]
    values: Mapping[str, Mapping[Value, str]]
    on: str
    off: str
    percent: str
    seconds: str
    any_camera: str
    camera_away: str
    back: str
    choose: str
    change: str

    def value_text(self, field: str, value: Value) -> str:
        """A value in words."""
        named = self.values.get(field, {}).get(value)
        if named is not None:
            return named
        if isinstance(value, bool):
            return self.on if value else self.off
        if field == "text_size_percent":
            return self.percent.format(value=f"{value:.0f}")
        if field == "delayed_mirror_s":
            return self.seconds.format(value=f"{value:g}")
        if field == "strictness":
            return f"{value:g}"
        return str(value) or self.any_camera


ENGLISH: Final = SettingsWords(
    heading="Settings",
    groups={
        "screen": "Screen",
        "sound": "Sound",
        "room": "Camera and room",
        "coach": "The coach",
        "teacher": "The teacher",
    },
    labels={
        "theme": "Colours",
        "text_size_percent": "Text size",
        "language": "Language",
        "left_handed": "Left-handed",
        "captions": "Captions",
        "voice": "Voice",
        "music": "Music",
        "clicks": "Small sounds",
        "metronome": "Metronome",
        "camera": "Camera",
        "upper_body_only": "Upper body only",
        "gestures": "Gestures",
        "strictness": "Strictness",
        "feedback": "How much it says",
        "stage": "How much it shows",
        "teacher_view": "Where you see it",
        "teacher_side": "Seen from",
        "next_pose": "Next pose",
        "delayed_mirror_s": "Delayed mirror",
    },
    hints={
        "theme": "High contrast reads best from far away.",
        "text_size_percent": "Of everything written on the screens.",
        "language": "Of the screens and of the voice.",
        "left_handed": "Columns and gestures change sides.",
        "captions": "Everything the coach says can be read, too.",
        "voice": "The coach speaks.",
        "music": "The music of the dance.",
        "clicks": "Ticks and bells.",
        "metronome": "A tick on every beat.",
        "camera": "Found again by its name when it is plugged in.",
        "upper_body_only": "For small rooms: legs are not needed, judged or mentioned.",
        "gestures": "Control the coach by holding a pose.",
        "strictness": "How near to the teacher counts as right.",
        "feedback": "How often the coach corrects you.",
        "stage": "Automatic: less and less, the better you know it.",
        "teacher_view": "The teacher's figure while you dance.",
        "teacher_side": "Facing you as a mirror does, or from behind.",
        "next_pose": "A card with the next big pose, shortly before.",
        "delayed_mirror_s": "You see yourself some seconds later.",
    },
    values={
        "theme": {"dark": "Dark", "light": "Light", "high-contrast": "High contrast"},
        "language": {"en": "English", "de": "Deutsch"},
        "strictness": {0.5: "Very strict", 0.75: "Strict", 1.0: "Normal", 1.5: "Mild", 2.0: "Very mild"},
        "feedback": {"full": "A lot", "normal": "Normal", "little": "Little", "off": "Nothing"},
        "stage": {
            "auto": "Automatic",
            "guide": "Everything",
            "limbs": "Body marks",
            "words": "Words only",
            "bare": "Mirror only",
        },
        "teacher_view": {"beside": "Beside you", "ghost": "Over you", "off": "Hidden"},
        "teacher_side": {"mirror": "The front", "behind": "Behind"},
        "delayed_mirror_s": {0.0: "Off"},
    },
    on="On",
    off="Off",
    percent="{value} %",
    seconds="{value} seconds",
    any_camera="The first one found",
    camera_away="{name} (not plugged in)",
    back="Back",
    choose="choose",
    change="change",
)

GERMAN: Final = SettingsWords(
    heading="Einstellungen",
    groups={
        "screen": "Bildschirm",
        "sound": "Ton",
        "room": "Kamera und Raum",
        "coach": "Der Coach",
        "teacher": "Das Vorbild",
    },
    labels={
        "theme": "Farben",
        "text_size_percent": "Textgröße",
        "language": "Sprache",
        "left_handed": "Linkshändig",
        "captions": "Untertitel",
        "voice": "Stimme",
        "music": "Musik",
        "clicks": "Kleine Töne",
        "metronome": "Metronom",
        "camera": "Kamera",
        "upper_body_only": "Nur Oberkörper",
        "gestures": "Gesten",
        "strictness": "Strenge",
        "feedback": "Wie viel er sagt",
        "stage": "Wie viel er zeigt",
        "teacher_view": "Wo du es siehst",
        "teacher_side": "Gesehen von",
        "next_pose": "Nächste Pose",
        "delayed_mirror_s": "Spiegel verzögert",
    },
    hints={
        "theme": "Hoher Kontrast ist von weitem am besten zu lesen.",
        "text_size_percent": "Von allem, was auf den Bildschirmen steht.",
        "language": "Der Bildschirme und der Stimme.",
        "left_handed": "Spalten und Gesten tauschen die Seiten.",
        "captions": "Was der Coach sagt, steht auch da.",
        "voice": "Der Coach spricht.",
        "music": "Die Musik des Tanzes.",
        "clicks": "Ticken und Glöckchen.",
        "metronome": "Ein Ticken auf jedem Schlag.",
        "camera": "Am Namen wiedererkannt, wenn sie angesteckt wird.",
        "upper_body_only": "Für kleine Räume: ohne Beine, auch in den Worten.",
        "gestures": "Steuere den Coach, indem du eine Pose hältst.",
        "strictness": "Wie nah am Vorbild als richtig gilt.",
        "feedback": "Wie oft der Coach dich verbessert.",
        "stage": "Automatisch: immer weniger, je besser du es kannst.",
        "teacher_view": "Die Figur des Vorbilds, während du tanzt.",
        "teacher_side": "Dir zugewandt wie ein Spiegel, oder von hinten.",
        "next_pose": "Eine Karte mit der nächsten großen Pose.",
        "delayed_mirror_s": "Du siehst dich einige Sekunden später.",
    },
    values={
        "theme": {"dark": "Dunkel", "light": "Hell", "high-contrast": "Hoher Kontrast"},
        "language": {"en": "English", "de": "Deutsch"},
        "strictness": {0.5: "Sehr streng", 0.75: "Streng", 1.0: "Normal", 1.5: "Mild", 2.0: "Sehr mild"},
        "feedback": {"full": "Viel", "normal": "Normal", "little": "Wenig", "off": "Nichts"},
        "stage": {
            "auto": "Automatisch",
            "guide": "Alles",
            "limbs": "Körpermarken",
            "words": "Nur Worte",
            "bare": "Nur Spiegel",
        },
        "teacher_view": {"beside": "Neben dir", "ghost": "Über dir", "off": "Verborgen"},
        "teacher_side": {"mirror": "Vorne", "behind": "Hinten"},
        "delayed_mirror_s": {0.0: "Aus"},
    },
    on="An",
    off="Aus",
    percent="{value} %",
    seconds="{value} Sekunden",
    any_camera="Die erste, die da ist",
    camera_away="{name} (nicht da)",
    back="Zurück",
    choose="wählen",
    change="ändern",
)

SETTINGS_WORDS: Final[dict[str, SettingsWords]] = {"en": ENGLISH, "de": GERMAN}
