"""What the first check and the latency check say in German."""

from __future__ import annotations

from typing import Final

from coach.practice.latency import LatencyFault
from coach.ui.check_words import CheckStep, CheckWords, LatencyStage

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
    missing_titles={
        CheckStep.CAMERA: "Kein Kamerabild",
        CheckStep.FRAMING: "Kein Kamerabild",
        CheckStep.SOUND: "Kein Ton",
        CheckStep.VOICE: "Keine Stimme",
    },
    missing_texts={
        CheckStep.CAMERA: "Schließ eine Kamera an, oder beende das Programm, das sie benutzt. Ohne tanzt die Demo"
        " für dich.",
        CheckStep.FRAMING: "Schließ die Kamera wieder an, oder beende das Programm, das sie benutzt. Oder mach ohne"
        " weiter.",
        CheckStep.SOUND: "Schließ einen Lautsprecher an oder schalte ihn ein, dann such noch einmal. Oder tanz ohne"
        " Musik.",
        CheckStep.VOICE: "Alles, was der Coach sagt, steht auch da.",
    },
    go_on_without={
        CheckStep.CAMERA: "Ohne Kamera weiter",
        CheckStep.FRAMING: "Ohne Kamera weiter",
        CheckStep.SOUND: "Ohne Ton weiter",
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
    without_sound="Kein Tongerät meldet sich, also gibt es nichts zum Mitklatschen. Blinken geht, aber ohne den Ton -"
    " und der Bildschirm blinkt: Geh zurück, wenn dir das schadet.",
    without_picture="Ohne ein Bild von dir lässt sich nichts messen. Komm wieder, wenn die Kamera geht.",
    nothing_to_measure="Noch nichts zu messen",
    no_flash="Die Kamera sieht das Blinken nicht. Klatsch stattdessen.",
    no_flash_in_silence="Die Kamera sieht das Blinken nicht. Dreh sie zum Bildschirm, mach das Licht aus, noch einmal.",
    yes="Ja",
    no="Nein",
    skip="Überspringen",
    skip_all="Ganzen Test überspringen",
    again="Noch einmal testen",
    dance="Lostanzen",
    look_again="Noch einmal suchen",
    picture_comes="Es kommt, sobald die Kamera sich meldet.",
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
    kept_camera="Gilt für {camera}",
    listen="Hör zu",
    choose="wählen",
    confirm="OK",
)
