"""What the first check and the latency check say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from coach.practice.latency import LatencyFault


class CheckStep(Enum):
    """What is checked, in this order; the last is the summary."""

    CAMERA = "camera"
    FRAMING = "framing"
    SOUND = "sound"
    VOICE = "voice"
    LATENCY = "latency"
    DONE = "done"


class LatencyStage(Enum):
    """Where the latency check stands."""

    INTRO = "intro"
    FLASH = "flash"
    CLAP_READY = "clap ready"
    CLAP = "clap"
    RESULT = "result"


@dataclass(frozen=True)
class CheckWords:
    """All words of one language.

    Attributes
    ----------
    titles, texts : mapping
        One question or request for each step, and one or two sentences.
    names : mapping
        The steps in a word.
    latency_titles, latency_texts : mapping
        The same for the stages of the latency check.
    faults : mapping
        Why a measurement is refused, and what to do.
    others : str
        Named by their English originals in `ENGLISH`.
    """

    heading: str
    latency_heading: str
    titles: Mapping[CheckStep, str]
    texts: Mapping[CheckStep, str]
    names: Mapping[CheckStep, str]
    latency_titles: Mapping[LatencyStage, str]
    latency_texts: Mapping[LatencyStage, str]
    faults: Mapping[LatencyFault, str]
    no_flash: str
    yes: str
    no: str
    skip: str
    skip_all: str
    again: str
    dance: str
    hear_again: str
    no_sound: str
    no_voice: str
    voice_off: str
    measure: str
    by_eye: str
    by_ear: str
    by_ear_now: str
    use: str
    undo: str
    back: str
    use_camera: str
    no_camera: str
    can_you_hear_me: str
    works: str
    not_checked: str
    does_not_work: str
    milliseconds: str
    measured: str
    measured_by_eye: str
    before: str
    kept: str
    listen: str
    choose: str
    confirm: str


ENGLISH: Final = CheckWords(
    heading="A quick check",
    latency_heading="How late is your camera?",
    titles={
        CheckStep.CAMERA: "Do you see yourself?",
        CheckStep.FRAMING: "Find your place",
        CheckStep.SOUND: "Do you hear the tone?",
        CheckStep.VOICE: "Can you hear the coach?",
        CheckStep.LATENCY: "Is your timing seen right?",
        CheckStep.DONE: "All set",
    },
    texts={
        CheckStep.CAMERA: "This is what the coach sees. Nothing of it leaves this computer.",
        CheckStep.FRAMING: "Step back until the whole outline is yours. It goes on by itself.",
        CheckStep.SOUND: "It comes again every two seconds.",
        CheckStep.VOICE: "The coach has just asked you something.",
        CheckStep.LATENCY: "Cameras and loudspeakers are late, each in its own way. Half a minute, and the coach"
        " knows.",
        CheckStep.DONE: "You can do this check again at any time.",
    },
    names={
        CheckStep.CAMERA: "Camera",
        CheckStep.FRAMING: "Place",
        CheckStep.SOUND: "Sound",
        CheckStep.VOICE: "Voice",
        CheckStep.LATENCY: "Timing",
        CheckStep.DONE: "Done",
    },
    latency_titles={
        LatencyStage.INTRO: "How shall we measure?",
        LatencyStage.FLASH: "Watch the screen",
        LatencyStage.CLAP_READY: "Clap to the clicks",
        LatencyStage.CLAP: "Clap on every click",
        LatencyStage.RESULT: "That is how late it is",
    },
    latency_texts={
        LatencyStage.INTRO: "Clapping measures all there is. Blinking is quicker, but leaves the sound out - and the"
        " screen blinks: choose clapping if that is bad for you.",
        LatencyStage.FLASH: "",
        LatencyStage.CLAP_READY: "Your hands in the picture, in front of your chest. Listen to four clicks, then clap"
        " on each. Or jump, and land on each.",
        LatencyStage.CLAP: "Hands wide apart in between.",
        LatencyStage.RESULT: "From now on the coach takes this off before it calls you early or late.",
    },
    faults={
        LatencyFault.NOTHING_SEEN: "Nothing could be seen. Come nearer, with your hands in the picture.",
        LatencyFault.TOO_FEW: "Too few claps were seen. Hands wide apart in between, then try again.",
        LatencyFault.TOO_SPREAD: "The claps lay too far apart from the clicks, sometimes early, sometimes late. "
        "Listen first, then try again.",
        LatencyFault.IMPLAUSIBLE: "No camera is that late: it was between two clicks. Clap right on each click.",
    },
    no_flash="The camera does not see the screen blink. Clap instead.",
    yes="Yes",
    no="No",
    skip="Skip this",
    skip_all="Skip the whole check",
    again="Check again",
    dance="Start dancing",
    hear_again="Once more",
    no_sound="Turn the volume up, and choose the loudspeaker in the settings of your system.",
    no_voice="Turn the volume up. All that the coach says can also be read.",
    voice_off="Without the voice",
    measure="Measure",
    by_eye="Blinking, 10 seconds",
    by_ear="Clapping, 20 seconds",
    by_ear_now="I am ready",
    use="Use it",
    undo="Undo the last change",
    back="Back",
    use_camera="Use {name}",
    no_camera="No picture yet",
    can_you_hear_me="Can you hear me?",
    works="works",
    not_checked="not checked",
    does_not_work="does not work",
    milliseconds="{value} ms",
    measured="{count} claps, spread {spread} ms",
    measured_by_eye="{count} blinks, spread {spread} ms",
    before="Until now: {value} ms",
    kept="Kept for {camera} and {output}",
    listen="Listen",
    choose="choose",
    confirm="OK",
)

GERMAN: Final = CheckWords(
    heading="Ein kurzer Test",
    latency_heading="Wie spät ist deine Kamera?",
    titles={
        CheckStep.CAMERA: "Siehst du dich?",
        CheckStep.FRAMING: "Finde deinen Platz",
        CheckStep.SOUND: "Hörst du den Ton?",
        CheckStep.VOICE: "Hörst du den Coach?",
        CheckStep.LATENCY: "Stimmt dein Timing?",
        CheckStep.DONE: "Alles bereit",
    },
    texts={
        CheckStep.CAMERA: "Das sieht der Coach. Nichts davon verlässt diesen Computer.",
        CheckStep.FRAMING: "Geh zurück, bis du den Umriss ausfüllst. Weiter geht es von selbst.",
        CheckStep.SOUND: "Er kommt alle zwei Sekunden wieder.",
        CheckStep.VOICE: "Der Coach hat dich gerade etwas gefragt.",
        CheckStep.LATENCY: "Kameras und Lautsprecher sind spät dran, jede anders. Eine halbe Minute, und der Coach"
        " weiß es.",
        CheckStep.DONE: "Du kannst den Test jederzeit wiederholen.",
    },
    names={
        CheckStep.CAMERA: "Kamera",
        CheckStep.FRAMING: "Platz",
        CheckStep.SOUND: "Ton",
        CheckStep.VOICE: "Stimme",
        CheckStep.LATENCY: "Timing",
        CheckStep.DONE: "Fertig",
    },
    latency_titles={
        LatencyStage.INTRO: "Wie wollen wir messen?",
        LatencyStage.FLASH: "Schau auf den Bildschirm",
        LatencyStage.CLAP_READY: "Klatsch zum Ticken",
        LatencyStage.CLAP: "Klatsch bei jedem Tick",
        LatencyStage.RESULT: "So spät ist alles",
    },
    latency_texts={
        LatencyStage.INTRO: "Klatschen misst alles. Blinken geht schneller, aber ohne den Ton - und der Bildschirm"
        " blinkt: Nimm das Klatschen, wenn dir das schadet.",
        LatencyStage.FLASH: "",
        LatencyStage.CLAP_READY: "Die Hände im Bild, vor der Brust. Hör vier Ticks, dann klatsch bei jedem. Oder"
        " spring und lande bei jedem.",
        LatencyStage.CLAP: "Dazwischen die Hände weit auseinander.",
        LatencyStage.RESULT: "Ab jetzt zieht der Coach das ab, bevor er früh oder spät sagt.",
    },
    faults={
        LatencyFault.NOTHING_SEEN: "Es war nichts zu sehen. Komm näher, mit den Händen im Bild.",
        LatencyFault.TOO_FEW: "Zu wenige Klatscher. Dazwischen die Hände weit auseinander, dann noch einmal.",
        LatencyFault.TOO_SPREAD: "Die Klatscher lagen zu weit neben den Ticks, mal früh, mal spät. Hör erst zu, dann"
        " noch einmal.",
        LatencyFault.IMPLAUSIBLE: "So spät ist keine Kamera: Das war zwischen zwei Ticks. Klatsch genau beim Tick.",
    },
    no_flash="Die Kamera sieht das Blinken nicht. Klatsch stattdessen.",
    yes="Ja",
    no="Nein",
    skip="Überspringen",
    skip_all="Ganzen Test überspringen",
    again="Noch einmal testen",
    dance="Lostanzen",
    hear_again="Noch einmal",
    no_sound="Dreh lauter und wähle den Lautsprecher in den Einstellungen des Systems.",
    no_voice="Dreh lauter. Alles, was der Coach sagt, steht auch da.",
    voice_off="Ohne Stimme",
    measure="Messen",
    by_eye="Blinken, 10 Sekunden",
    by_ear="Klatschen, 20 Sekunden",
    by_ear_now="Ich bin bereit",
    use="Übernehmen",
    undo="Letzte Änderung zurück",
    back="Zurück",
    use_camera="{name} nehmen",
    no_camera="Noch kein Bild",
    can_you_hear_me="Hörst du mich?",
    works="geht",
    not_checked="nicht getestet",
    does_not_work="geht nicht",
    milliseconds="{value} ms",
    measured="{count} Klatscher, Streuung {spread} ms",
    measured_by_eye="{count} Wechsel, Streuung {spread} ms",
    before="Bisher: {value} ms",
    kept="Gilt für {camera} und {output}",
    listen="Hör zu",
    choose="wählen",
    confirm="OK",
)

CHECK_WORDS: Final[dict[str, CheckWords]] = {"en": ENGLISH, "de": GERMAN}
