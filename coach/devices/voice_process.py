"""The speech process: turns texts into WAV files, one at a time, away from everything that must not wait.

Speech libraries hang, speak one text of three, or print to the terminal; here they may. The process reads requests
as JSON lines on its standard input, ``{"text": ..., "path": ...}``, and answers on its standard output:
``{"trying": engine}`` before each engine it tries, then ``{"engine": ..., "version": ...}`` or ``{"problem": ...}``,
then ``{"path": ..., "error": ... or null}`` for each request. It ends when its input is closed.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import importlib
import importlib.metadata
import json
import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import threading
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TextIO

_ENGLISH = re.compile(r"(?<![a-z])en(?![a-z])|english")
_TRIAL_TEXT = "ready"
_PROGRAM_TIMEOUT_S = 10.0  # only so that nothing is left behind for ever: the parent's deadline is shorter


class Engine(Protocol):
    """Something that can speak into a file."""

    version: str

    def save(self, text: str, path: Path) -> None:
        """Write ``text`` as a WAV file; raises or writes nothing when it cannot."""
        ...


class Pyttsx3Engine:
    """The system's voice through pyttsx3: SAPI on Windows, NSSpeechSynthesizer on macOS, eSpeak on Linux."""

    def __init__(self, words_per_minute: int, voice_name: str) -> None:
        self._engine: Any = importlib.import_module("pyttsx3").init()
        self._engine.setProperty("rate", words_per_minute)
        voice = _chosen_voice(self._engine, voice_name)
        if voice is not None:
            self._engine.setProperty("voice", voice)
        self.version = f"{importlib.metadata.version('pyttsx3')} {self._engine.getProperty('voice')}"

    def save(self, text: str, path: Path) -> None:
        """Write ``text``; one text for each run of the loop, since of several only the last would be written."""
        self._engine.save_to_file(text, str(path))
        self._engine.runAndWait()


class EspeakLoaderEngine(Pyttsx3Engine):
    """pyttsx3 on the eSpeak library inside the package espeakng-loader, where the system has none."""

    def __init__(self, words_per_minute: int, voice_name: str) -> None:
        loader = importlib.import_module("espeakng_loader")
        library = ctypes.CDLL(loader.get_library_path())
        os.environ["ESPEAK_DATA_PATH"] = str(loader.get_data_path())
        ctypes.cdll.LoadLibrary = lambda name: library  # type: ignore[method-assign]
        super().__init__(words_per_minute, voice_name)
        self.version = f"{importlib.metadata.version('espeakng-loader')} {self.version}"


class ProgramEngine:
    """A speech program of the system: espeak-ng, espeak, or say on macOS."""

    def __init__(self, words_per_minute: int, voice_name: str) -> None:
        rate = str(words_per_minute)
        program = next((name for name in ("espeak-ng", "espeak", "say") if shutil.which(name)), None)
        if program is None:
            raise FileNotFoundError("no speech program")
        if program == "say":
            self._command = ["say", "-r", rate, *(["-v", voice_name] if voice_name else [])]
            self._command += ["--file-format=WAVE", "--data-format=LEI16@22050", "-f", "-", "-o"]
            self.version = f"say {voice_name}"
        else:
            self._command = [program, "-v", voice_name or "en-us", "-s", rate, "--stdin", "-w"]
            told = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=_PROGRAM_TIMEOUT_S)
            self.version = told.stdout.split("Data at")[0].strip()

    def save(self, text: str, path: Path) -> None:
        """Run the program once."""
        command = [*self._command, str(path)]
        subprocess.run(command, input=text.encode(), capture_output=True, check=True, timeout=_PROGRAM_TIMEOUT_S)


ENGINES: dict[str, Callable[[int, str], Engine]] = {
    "pyttsx3": Pyttsx3Engine,
    "program": ProgramEngine,
    "espeakng-loader": EspeakLoaderEngine,
}
"""In the order in which they are tried."""


def _chosen_voice(engine: Any, voice_name: str) -> str | None:
    """Identity of the voice with ``voice_name`` in its name, else an English one; None keeps the system's choice."""
    current = str(engine.getProperty("voice") or "").lower()
    if not voice_name and _ENGLISH.search(current):
        return None
    for voice in engine.getProperty("voices"):
        languages = [str(language) for language in voice.languages or []]
        words = " ".join([str(voice.id), str(voice.name), *languages]).lower()
        if voice_name.lower() in words if voice_name else _ENGLISH.search(words):
            return str(voice.id)
    return None


def speak(engine: Engine, text: str, path: Path) -> None:
    """Write ``text`` to ``path``, all of it or nothing; raises OSError if no sound came out."""
    part = path.with_name(f"{path.stem}.{os.getpid()}.part.wav")
    try:
        engine.save(text, part)
        try:
            with wave.open(str(part), "rb") as file:
                if file.getnframes() == 0:
                    raise OSError("the sound file is empty")
        except (wave.Error, EOFError) as error:
            raise OSError(f"the sound file is not a WAV file: {error}") from error
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def _working_engine(arguments: argparse.Namespace, tell: Callable[..., None]) -> Engine | None:
    """The first engine that really speaks."""
    problems = []
    for name, make in ENGINES.items():
        if name in arguments.skip.split(","):
            continue
        tell(trying=name)
        trial = Path(arguments.folder) / f"trial-{os.getpid()}.wav"
        try:
            engine = make(arguments.rate, arguments.voice)
            speak(engine, _TRIAL_TEXT, trial)
        except Exception as error:
            problems.append(f"{name}: {type(error).__name__}: {error}")
        else:
            tell(engine=name, version=engine.version)
            return engine
        finally:
            trial.unlink(missing_ok=True)
    tell(problem="; ".join(problems) or "no engine is left")
    return None


def _serve(engine: Engine, requests: queue.Queue[str], tell: Callable[..., None]) -> None:
    while True:
        request = json.loads(requests.get())
        error: str | None = None
        try:
            speak(engine, request["text"], Path(request["path"]))
        except Exception as failure:
            error = f"{type(failure).__name__}: {failure}"
        tell(path=request["path"], error=error)


def _read_requests(requests: queue.Queue[str]) -> None:
    """Runs in a thread: when the parent is gone, even a hung engine must not keep this process alive."""
    for line in sys.stdin:
        requests.put(line)
    os._exit(0)


def _private_stdout() -> TextIO:
    """Our answers go to the real standard output; what libraries print goes nowhere."""
    answers = os.fdopen(os.dup(1), "w", buffering=1, encoding="ascii")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return answers


def main() -> None:
    """Run the speech process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, required=True, help="words per minute")
    parser.add_argument("--voice", default="", help="part of the voice's name")
    parser.add_argument("--skip", default="", help="engines not to try, with commas")
    parser.add_argument("--folder", required=True, help="a folder for a trial file")
    arguments = parser.parse_args()
    answers = _private_stdout()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the coach, which then closes our input
    with contextlib.suppress(AttributeError, OSError):
        os.nice(5)  # the dancer's picture goes first

    def tell(**answer: object) -> None:
        answers.write(json.dumps(answer) + "\n")

    requests: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_read_requests, args=(requests,), daemon=True).start()
    engine = _working_engine(arguments, tell)
    if engine is not None:
        _serve(engine, requests, tell)


if __name__ == "__main__":
    main()
