"""What goes wrong with choices, latencies and the history on the disk, in other languages."""

from __future__ import annotations

from typing import Final

GERMAN: Final[dict[str, str]] = {
    # -- small files
    "your choices": "deine Einstellungen",
    "the latencies of your devices": "die Verzögerungen deiner Geräte",
    "{path}: {contents} cannot be read ({reason}) and will not be saved. Make the file readable and start again": (
        "{path}: {contents} lassen sich nicht lesen ({reason}) und werden nicht gespeichert. Mach die Datei lesbar und "
        "starte neu"
    ),
    "{path}: it was broken and is kept as {name}; {contents} begin anew": (
        "{path}: Die Datei war kaputt und liegt nun als {name} daneben; {contents} fangen neu an"
    ),
    "{path}: {contents} cannot be saved ({reason}). Free some space or allow writing there": (
        "{path}: {contents} lassen sich nicht speichern ({reason}). Mach Platz oder erlaube das Schreiben dort"
    ),
    "{path}: it is broken and cannot be set aside ({reason}), so nothing is saved there. Delete it or move it away": (
        "{path}: Die Datei ist kaputt und lässt sich nicht weglegen ({reason}), darum wird dort nichts gespeichert. "
        "Lösch oder verschieb sie"
    ),
    "there are too many of its kind": "es gibt schon zu viele davon",
    "{folder}: the folder cannot be made ({reason}). Free or allow that place, or name another with the environment "
    "variable {variable}": (
        "{folder}: Der Ordner lässt sich nicht anlegen ({reason}). Mach dort Platz oder erlaube es, oder nenn einen "
        "anderen mit der Umgebungsvariablen {variable}"
    ),
    "{path}: {name} must be {problem}; using {usual}": "{path}: {name} muss {problem} sein; es gilt {usual}",
    "true or false": "true oder false",
    "a whole number": "eine ganze Zahl",
    "a number": "eine Zahl",
    "a number above 0": "eine Zahl über 0",
    "a text": "ein Text",
    "between {low:g} and {high:g}": "zwischen {low:g} und {high:g}",
    "one of {names}": "eins von {names}",
    "{name} is {value}, but must be {allowed}. Correct the value and try again": (
        "{name} ist {value}, muss aber {allowed} sein. Berichtige den Wert und versuch es noch einmal"
    ),
    # -- history
    "The run of {started_utc} cannot be kept ({error}). Report this line": (
        "Der Durchgang von {started_utc} lässt sich nicht aufheben ({error}). Melde diese Zeile"
    ),
    "Older copies of your history cannot be deleted ({error}). Delete them yourself": (
        "Ältere Kopien deines Verlaufs lassen sich nicht löschen ({error}). Lösch sie selbst"
    ),
    "{path}: your history was broken and is kept as {name}; a new one begins {saved}": (
        "{path}: Dein Verlauf war kaputt und liegt nun als {name} daneben; ein neuer beginnt {saved}"
    ),
    "with the {count} runs that could still be read": "mit den {count} Durchgängen, die noch lesbar waren",
    "without the old runs": "ohne die alten Durchgänge",
    "{path}: your history cannot be written ({error}); what you practise now is kept in memory. Free some space, "
    "allow writing there or close the other program": (
        "{path}: Dein Verlauf lässt sich nicht schreiben ({error}); was du jetzt übst, bleibt im Arbeitsspeicher. Mach "
        "Platz, erlaube das Schreiben dort oder schließ das andere Programm"
    ),
    "{path}: no new history can be begun there. Look after that disk": (
        "{path}: Dort lässt sich kein neuer Verlauf beginnen. Sieh nach diesem Datenträger"
    ),
    "{path}: your history was kept by a newer version of the coach, so what you practise now will not be kept. Use "
    "that version again": (
        "{path}: Dein Verlauf stammt von einer neueren Version des Coachs, darum wird nicht aufgehoben, was du jetzt "
        "übst. Nimm wieder jene Version"
    ),
    "{path}: your history cannot be brought to this version of the coach ({error}), so what you practise now will "
    "not be kept. Report this line": (
        "{path}: Dein Verlauf lässt sich nicht auf diese Version des Coachs bringen ({error}), darum wird nicht "
        "aufgehoben, was du jetzt übst. Melde diese Zeile"
    ),
    "it is not a database": "es ist keine Datenbank",
    "it belongs to another program": "sie gehört einem anderen Programm",
}
