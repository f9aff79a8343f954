"""The screens in German."""

from __future__ import annotations

from typing import Final

from coach.alignment.tracked_position import TrackState
from coach.judging.verdicts import EnergyVerdict
from coach.ui.commands import Command
from coach.ui.words import ScreenWords

GERMAN: Final = ScreenWords(
    code="de",
    states={
        TrackState.SEARCHING: "Ich suche dich",
        TrackState.FOLLOWING: "Ich folge dir",
        TrackState.LOST: "Verloren",
        TrackState.FINISHED: "Fertig",
    },
    lines={
        TrackState.SEARCHING: "Ich suche dich",
        TrackState.FOLLOWING: "",
        TrackState.LOST: "Ich habe dich verloren - fang irgendwo an",
        TrackState.FINISHED: "Fertig",
    },
    energy_verdicts={
        EnergyVerdict.GOOD: "Gut",
        EnergyVerdict.LOW: "Größer",
        EnergyVerdict.HIGH: "Sanfter",
        EnergyVerdict.UNSEEN: "",
    },
    help={
        Command.PAUSE: "Pause, weiter",
        Command.RESTART: "Von vorn",
        Command.SKIP_BACK: "Einen Abschnitt zurück",
        Command.SKIP_FORWARD: "Zum nächsten Abschnitt",
        Command.TEMPO_DOWN: "Langsamer",
        Command.TEMPO_UP: "Schneller",
        Command.TEACHER_VIEW: "Vorbild über dir, neben dir, aus",
        Command.MIRROR: "Spiegel an, aus",
        Command.VOICE: "Stimme an, aus",
        Command.FULLSCREEN: "Ganzer Bildschirm",
        Command.HELP: "Diese Hilfe",
        Command.QUIT: "Beenden",
    },
    keys={Command.PAUSE: "Leer", Command.CONFIRM: "Eingabe"},
    score_parts={"angles": "Form", "timing": "Takt", "trajectory": "Weg", "extension": "Weite"},
    get_ready="Gleich geht's los",
    paused="Pause",
    unsure="Unsicher",
    score="Punkte",
    timing="Takt",
    energy="Energie",
    teacher="Vorbild",
    on_time="Im Takt",
    early="Früh",
    late="Spät",
    too_early="Zu früh",
    too_late="Zu spät",
    seen="{share} gesehen",
    judged="{share} beurteilt",
    pictures_rate="{rate} Bilder/s",
    draws_rate="{rate} Anzeigen/s",
    overlay_age="Overlay {age} ms alt",
    dropped="{count} verworfen",
    voice_off="Stimme aus",
    help_title="Tasten",
    help_close="schließt dies",
    short_keys="Tasten",
    short_pause="Pause",
    short_quit="Ende",
    new_reference="Neue Vorlage",
    further_take="Weiterer Durchgang",
    recording="Aufnahme läuft",
    not_recording="Keine Aufnahme",
    music="Musik",
    disk="Speicher frei",
    ready_to_record="Bereit: {key} startet",
    well_seen="Ich sehe dich gut",
    none="keine",
    start_stop="Start, Stopp",
    mirror="Spiegel",
    give_up="abbrechen",
)
