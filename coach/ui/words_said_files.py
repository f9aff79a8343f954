"""Why a reference cannot be used, in other languages; names of datasets stay as they stand in the file."""

from __future__ import annotations

from typing import Final

GERMAN: Final[dict[str, str]] = {
    # -- finding it
    "there is no reference of this name": "so heißt keine Vorlage",
    "Check the path, or see what there is with: python run_coach.py library list": (
        "Prüf den Pfad, oder sieh nach, was da ist: python run_coach.py library list"
    ),
    "There is none yet; record one with: python run_coach.py record NAME": (
        "Noch gibt es keine; nimm eine auf: python run_coach.py record NAME"
    ),
    "Did you mean {names}?": "Meinst du {names}?",
    "Known: {names}. Record one with: python run_coach.py record NAME": (
        "Es gibt: {names}. Eine neue nimmst du auf mit: python run_coach.py record NAME"
    ),
    "Known: {names} and more. See them all with: python run_coach.py library": (
        "Es gibt: {names} und mehr. Alle zeigt: python run_coach.py library"
    ),
    "it is not a name": "das ist kein Name",
    "it cannot be the name of a reference": "so kann keine Vorlage heißen",
    "the name is longer than {most} letters": "der Name ist länger als {most} Zeichen",
    "Shorten it": "Kürze ihn",
    "Windows keeps this name for itself": "Windows braucht diesen Namen selbst",
    "Choose another name": "Nimm einen anderen Namen",
    "Use letters, digits, hyphens, underscores and spaces, beginning with a letter or a digit": (
        "Nimm Buchstaben, Ziffern, Binde- und Unterstriche und Leerzeichen, und zuerst einen Buchstaben oder eine "
        "Ziffer"
    ),
    # -- opening it
    "it is not a file": "das ist keine Datei",
    "it is empty": "sie ist leer",
    "it cannot be read ({reason})": "sie lässt sich nicht lesen ({reason})",
    "it is not a reference (not an HDF5 file)": "das ist keine Vorlage (keine HDF5-Datei)",
    "it is an HDF5 file, but not a dance reference": "das ist eine HDF5-Datei, aber keine Tanzvorlage",
    "it is far larger than a reference": "sie ist viel größer als eine Vorlage",
    "it was made by a newer version of this program": "sie stammt von einer neueren Version des Programms",
    "it claims the impossible format version {version}": "sie nennt die unmögliche Formatversion {version}",
    "it is damaged or cut short": "sie ist beschädigt oder abgeschnitten",
    "it is damaged: its content is not what was saved": (
        "sie ist beschädigt: Es steht nicht mehr darin, was gespeichert wurde"
    ),
    "it is damaged so badly that it cannot be looked at": "sie ist so beschädigt, dass man nicht hineinsehen kann",
    "it is cut short": "sie ist abgeschnitten",
    "Check its path and permissions": "Prüf Pfad und Zugriffsrechte",
    "Choose a file made by this program": "Nimm eine Datei, die dieses Programm gemacht hat",
    "Give the name of a reference or the path of its .h5 file": (
        "Gib den Namen einer Vorlage an, oder den Pfad ihrer .h5-Datei"
    ),
    "References end in .h5; make one from a video with: python run_coach.py extract VIDEO --name NAME": (
        "Vorlagen enden auf .h5; aus einem Video machst du eine mit: python run_coach.py extract VIDEO --name NAME"
    ),
    "Take it from a backup, or record or extract it again": "Nimm eine Sicherung, oder nimm sie neu auf",
    "Update this program to open it": "Bring das Programm auf den neuesten Stand",
    "Do not use it unless you know where it comes from": "Benutz sie nur, wenn du weißt, woher sie kommt",
    # -- saving it
    "it exists already": "sie gibt es schon",
    "Choose another name, or add --replace to overwrite it": (
        "Nimm einen anderen Namen, oder überschreib sie mit --replace"
    ),
    "it was not saved, because {problem}": "sie wurde nicht gespeichert, denn {problem}",
    "Record it again": "Nimm sie neu auf",
    "what was written cannot be read ({problem})": "was geschrieben wurde, lässt sich nicht lesen ({problem})",
    "what was written reads back differently": "was geschrieben wurde, liest sich anders zurück",
    "Check this disk for faults, or choose another one, and save again": (
        "Prüf den Datenträger auf Fehler, oder nimm einen anderen, und speichere neu"
    ),
    "it cannot be written ({reason})": "sie lässt sich nicht schreiben ({reason})",
    "Free some space or choose another folder, then save again": (
        "Mach Platz oder nimm einen anderen Ordner, dann speichere neu"
    ),
    # -- what is in it
    "it asks for more memory than a reference ever needs": "sie will mehr Speicher, als eine Vorlage je braucht",
    "it holds far more parts than a reference": "sie hat viel mehr Teile als eine Vorlage",
    "it points to data outside itself": "sie verweist auf Daten außerhalb von sich",
    "it does not say its {name}": "{name} fehlt darin",
    "its {name} is of the wrong type": "{name} ist von der falschen Art",
    "its {name} is not text of fixed length": "{name} ist kein Text von fester Länge",
    "its {name} is longer than {max_bytes} bytes": "{name} ist länger als {max_bytes} Bytes",
    "its {name} is not text": "{name} ist kein Text",
    "its {name} holds line breaks or control characters": "{name} enthält Zeilenumbrüche oder Steuerzeichen",
    "section name": "der Name eines Abschnitts",
    "it has no {name}": "{name} fehlt darin",
    "{name} is not a table of numbers": "{name} ist keine Tabelle von Zahlen",
    "{name} is incomplete": "{name} ist unvollständig",
    "{name} is damaged": "{name} ist beschädigt",
    "{name} reads its numbers from another file": "{name} nimmt die Zahlen aus einer anderen Datei",
    "{name} holds numbers of the type {dtype} instead of {expected}": (
        "{name} hat Zahlen der Art {dtype} statt {expected}"
    ),
    "{name} has the shape {shape} instead of {expected}": "{name} hat die Form {shape} statt {expected}",
    "{name} has the shape {shape} instead of a single row": "{name} hat die Form {shape} statt einer einzigen Reihe",
    "{name} has {ndim} dimensions instead of 1": "{name} hat {ndim} Dimensionen statt 1",
    "{name} is stored in pieces that are too large": "{name} ist in zu großen Stücken gespeichert",
    "{name} is packed in a way that references do not use": "{name} ist anders gepackt, als Vorlagen es sind",
    "{name} holds infinite numbers": "{name} enthält unendliche Zahlen",
    "it holds more than {most} takes": "sie hat mehr als {most} Durchgänge",
    "its takes are nested too deeply": "ihre Durchgänge sind zu tief verschachtelt",
    "its further takes are not stored as they should be": "ihre weiteren Durchgänge sind falsch gespeichert",
    "its sound is not made of 16 bit samples": "ihr Ton besteht nicht aus 16-Bit-Werten",
    "its sound has {rate_hz} samples a second": "ihr Ton hat {rate_hz} Werte in der Sekunde",
    "its sound is too long": "ihr Ton ist zu lang",
    "it has no frames": "sie hat keine Bilder",
    "it has more than {most} frames": "sie hat mehr als {most} Bilder",
    "its frame rate is {fps:g} frames a second": "sie hat {fps:g} Bilder in der Sekunde",
    "its picture size is {width} x {height}": "ihre Bilder sind {width} x {height} groß",
    "its frame count is impossible": "ihre Zahl von Bildern kann nicht sein",
    "its length is impossible": "ihre Länge kann nicht sein",
    "its frame count and its data differ": "sie nennt eine andere Zahl von Bildern, als sie hat",
    "its length and its last frame differ": "sie nennt eine andere Länge, als sie hat",
    "its body parts are not those of this version": "ihre Körperteile sind nicht die dieser Version",
    "its times are not all numbers": "ihre Zeiten sind nicht alle Zahlen",
    "its first frame is not at time 0": "ihr erstes Bild ist nicht bei der Zeit 0",
    "its times do not increase from frame to frame": "ihre Zeiten wachsen nicht von Bild zu Bild",
    "it is longer than {minutes:g} minutes": "sie ist länger als {minutes:g} Minuten",
    "a visibility in {name} is not between 0 and 1": "eine Sichtbarkeit in {name} liegt nicht zwischen 0 und 1",
    "a landmark in {name} is half missing": "ein Punkt in {name} fehlt zur Hälfte",
    "a missing landmark in {name} is called visible": "ein Punkt in {name} fehlt und heißt doch sichtbar",
    "a landmark in {name} is impossibly far away": "ein Punkt in {name} ist unmöglich weit weg",
    "{name} has more than {most} entries": "{name} hat mehr als {most} Einträge",
    "{name} holds a time outside the reference": "{name} nennt eine Zeit außerhalb der Vorlage",
    "the times in {name} do not increase": "die Zeiten in {name} wachsen nicht",
    "it has more than {most} sections": "sie hat mehr als {most} Abschnitte",
    "a section lies outside the reference": "ein Abschnitt liegt außerhalb der Vorlage",
    "a section name is not text": "der Name eines Abschnitts ist kein Text",
}
