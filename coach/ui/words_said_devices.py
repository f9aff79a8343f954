"""What camera, loudspeaker, voice, video files, pose model and threads have to say, in other languages."""

from __future__ import annotations

from typing import Final

GERMAN: Final[dict[str, str]] = {
    # -- steps of getting ready
    "Looking for the camera": "Die Kamera wird gesucht",
    "Loading the pose model": "Das Pose-Modell wird geladen",
    "Getting ready to follow you": "Gleich kann ich dir folgen",
    # -- camera
    "camera {index}": "Kamera {index}",
    "camera {index} ({name})": "Kamera {index} ({name})",
    "{camera}: {problem}. It is used as soon as it answers": (
        "{camera}: {problem}. Sobald sie sich meldet, geht es mit ihr weiter"
    ),
    "no camera was found": "Es wurde keine Kamera gefunden",
    "Plug one in and start again. {otherwise}": "Schließ eine an und starte neu. {otherwise}",
    "To go on without a camera, run: python run_coach.py demo": "Ohne Kamera geht: python run_coach.py demo",
    "there is no such camera": "Diese Kamera gibt es nicht",
    "Choose one of these: {choice}": "Nimm eine von diesen: {choice}",
    "it is in use by another program, or this program is not allowed to use it": (
        "ein anderes Programm benutzt sie, oder dieses Programm darf sie nicht benutzen"
    ),
    "it is not plugged in, or {problem}": "sie ist nicht angeschlossen, oder {problem}",
    "Close other programs that show the camera{permission}, then start again": (
        "Schließ andere Programme, die die Kamera zeigen{permission}, dann starte neu"
    ),
    "it did not start within {timeout_s:g} s": "sie meldete sich nicht in {timeout_s:g} s",
    "Unplug it and plug it in again, close other programs that show it{permission}, then start again": (
        "Zieh sie ab und steck sie wieder an, schließ andere Programme, die sie zeigen{permission}, dann starte neu"
    ),
    ", allow it in System Settings > Privacy & Security > Camera": (
        ", erlaube sie unter Systemeinstellungen > Datenschutz & Sicherheit > Kamera"
    ),
    ", allow it in Settings > Privacy & security > Camera": (
        ", erlaube sie unter Einstellungen > Datenschutz und Sicherheit > Kamera"
    ),
    ", check that your user may open /dev/video* (group video)": (
        ", sorge dafür, dass du /dev/video* öffnen darfst (Gruppe video)"
    ),
    "it stopped sending pictures": "sie schickt keine Bilder mehr",
    "Check its cable; it is used again once it is back": "Prüf das Kabel; sobald sie wieder da ist, geht es weiter",
    "it stopped sending new pictures: the last one is repeated": (
        "sie schickt keine neuen Bilder mehr, nur immer das letzte"
    ),
    "Open its privacy cover if it has one, or unplug it and plug it in again": (
        "Öffne ihre Abdeckung, falls sie eine hat, oder zieh sie ab und steck sie wieder an"
    ),
    "it was unplugged": "sie wurde abgezogen",
    "Plug it in again; it is used again once it is back": "Steck sie wieder an; sobald sie da ist, geht es weiter",
    # -- sound and voice
    "sound output": "Tonausgabe",
    "No sound device answers: the music and the voice stay silent, read the captions": (
        "Kein Tongerät meldet sich: Musik und Stimme bleiben stumm, lies die Untertitel"
    ),
    "The voice failed: cues are shown as captions only.": "Die Stimme ist ausgefallen: Hinweise gibt es nur als Text.",
    "The voice cannot be started ({error}): cues are shown as captions only.": (
        "Die Stimme lässt sich nicht starten ({error}): Hinweise gibt es nur als Text."
    ),
    "The voice does not start: cues are shown as captions only.": (
        "Die Stimme startet nicht: Hinweise gibt es nur als Text."
    ),
    "The voice stopped answering and was switched off: cues are shown as captions only.": (
        "Die Stimme antwortet nicht mehr und wurde abgeschaltet: Hinweise gibt es nur als Text."
    ),
    "No voice was found: cues are shown as captions only. To hear them, {how}.": (
        "Es wurde keine Stimme gefunden: Hinweise gibt es nur als Text. Um sie zu hören, {how}."
    ),
    "add an English voice in Settings > Time & language > Speech": (
        "füge unter Einstellungen > Zeit und Sprache > Spracheingabe eine deutsche Stimme hinzu"
    ),
    "add an English voice in System Settings > Accessibility > Spoken Content": (
        "füge unter Systemeinstellungen > Bedienungshilfen > Gesprochene Inhalte eine deutsche Stimme hinzu"
    ),
    "install espeak-ng (on Debian and Ubuntu: sudo apt install espeak-ng)": (
        "installiere espeak-ng (unter Debian und Ubuntu: sudo apt install espeak-ng)"
    ),
    # -- a video in place of a camera
    "this is a folder, not a file": "das ist ein Ordner, keine Datei",
    "there is no such file": "die Datei gibt es nicht",
    "this file may not be read": "diese Datei darf nicht gelesen werden",
    "this is not a video or sound file, or it is damaged at its beginning": (
        "das ist keine Video- oder Tondatei, oder sie ist am Anfang beschädigt"
    ),
    "this is a text file": "das ist eine Textdatei",
    "this file has no pictures": "diese Datei hat keine Bilder",
    "not one picture of this video can be read": "kein einziges Bild dieses Videos lässt sich lesen",
    "it ends before {start_s:g} s": "es endet vor {start_s:g} s",
    "Give the path of a video such as dance.mp4": "Gib den Pfad eines Videos an, etwa tanz.mp4",
    "Check the path": "Prüf den Pfad",
    "Check its permissions": "Prüf ihre Zugriffsrechte",
    "It may be empty or damaged: give another one": "Vielleicht ist es leer oder beschädigt: Gib ein anderes an",
    # -- pose model
    "{cache_dir}: the folder for the pose model cannot be made ({reason}). Allow or free that place, or give the "
    "path of a pose model": (
        "{cache_dir}: Der Ordner für das Pose-Modell lässt sich nicht anlegen ({reason}). Erlaube das oder mach dort "
        "Platz, oder gib den Pfad eines Pose-Modells an"
    ),
    "The pose model is missing and could not be fetched. Connect to the internet once and start again, or put the "
    "file {file_name} (from MediaPipe's Pose Landmarker models) into the folder {cache_dir}": (
        "Das Pose-Modell fehlt und ließ sich nicht holen. Geh einmal ins Internet und starte neu, oder leg die Datei "
        "{file_name} (von MediaPipes Pose-Landmarker-Modellen) in den Ordner {cache_dir}"
    ),
    "{path}: {words}. Give the path of a pose_landmarker .task file, or none and the model is fetched": (
        "{path}: {words}. Gib den Pfad einer .task-Datei des pose_landmarker an, oder keinen, dann wird das Modell "
        "geholt"
    ),
    "{path}: the pose model cannot be loaded. Delete the file and start again, and it is made anew": (
        "{path}: Das Pose-Modell lässt sich nicht laden. Lösch die Datei und starte neu, dann wird es neu gemacht"
    ),
    "The pose model gives {count} landmarks instead of {expected}. Give a pose_landmarker .task file, or none and "
    "the right one is fetched": (
        "Das Pose-Modell liefert {count} Punkte statt {expected}. Gib eine .task-Datei des pose_landmarker an, oder "
        "keine, dann wird die richtige geholt"
    ),
    "is damaged or not a pose model": "ist beschädigt oder kein Pose-Modell",
    "is not a pose model: it holds no {member}": "ist kein Pose-Modell: {member} fehlt darin",
    "is not a pose model as MediaPipe wants it: its networks are compressed": (
        "ist kein Pose-Modell, wie MediaPipe es braucht: Die Netze darin sind gepackt"
    ),
    "is damaged: {member} has {file_size} bytes": "ist beschädigt: {member} hat {file_size} Bytes",
    "is damaged: {member} is not a network": "ist beschädigt: {member} ist kein Netz",
    "lacks the metadata that MediaPipe needs in {member}": "hat in {member} nicht die Angaben, die MediaPipe braucht",
    "cannot be read ({reason})": "lässt sich nicht lesen ({reason})",
    # -- threads, and what nobody expected
    "The {name} thread failed ({reason}). Start again; with --debug it says where": (
        "Der Thread {name} ist ausgefallen ({reason}). Starte neu; mit --debug sagt er, wo"
    ),
    "The {name} thread did not stop within {timeout_s:g} s. It is left behind; if the program does not end, close "
    "its window or press Ctrl-C": (
        "Der Thread {name} hörte nicht in {timeout_s:g} s auf. Er bleibt zurück; falls das Programm nicht endet, "
        "schließ sein Fenster oder drück Strg-C"
    ),
    "Something went wrong ({name}: {error})": "Etwas ging schief ({name}: {error})",
    "{path}: the picture cannot be saved ({reason}). Choose another place for it": (
        "{path}: Das Bild lässt sich nicht speichern ({reason}). Nimm einen anderen Ort dafür"
    ),
}
