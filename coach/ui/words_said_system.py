"""The reasons that operating systems and databases give, in other languages."""

from __future__ import annotations

from typing import Final

GERMAN: Final[dict[str, str]] = {
    "there is no such folder": "diesen Ordner gibt es nicht",
    "it is there already and is no ordinary file": "das gibt es schon, und es ist keine gewöhnliche Datei",
    "no space left on device": "kein Platz mehr auf dem Datenträger",
    "permission denied": "kein Zugriff",
    "operation not permitted": "nicht erlaubt",
    "read-only file system": "der Datenträger ist schreibgeschützt",
    "no such file or directory": "Datei oder Ordner fehlt",
    "is a directory": "das ist ein Ordner",
    "not a directory": "das ist kein Ordner",
    "file exists": "da ist schon eine Datei",
    "file name too long": "der Name ist zu lang",
    "input/output error": "Lese- oder Schreibfehler",
    "disk quota exceeded": "dein Speicherplatz ist aufgebraucht",
    "too many open files": "zu viele offene Dateien",
    "database is locked": "ein anderes Programm hält die Datei besetzt",
    "database or disk is full": "kein Platz mehr auf dem Datenträger",
    "attempt to write a readonly database": "die Datei ist schreibgeschützt",
    "unable to open database file": "die Datei lässt sich nicht öffnen",
    "disk I/O error": "Lese- oder Schreibfehler",
}
