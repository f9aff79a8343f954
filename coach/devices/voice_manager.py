"""The thread that keeps the speech process busy, kills it when it hangs, and starts it again."""

from __future__ import annotations

import collections
import enum
import hashlib
import json
import platform
import shutil
import tempfile
import threading
import wave
from pathlib import Path
from typing import Any

from coach.devices.voice_child import ChildGone, VoiceChild
from coach.devices.worker import Worker
from coach.errors import Sentence
from coach.settings.devices import VoiceSettings

_IDLE_WAIT_S = 0.5
_INSTALL = {
    "Windows": "add an English voice in Settings > Time & language > Speech",
    "Darwin": "add an English voice in System Settings > Accessibility > Spoken Content",
}


class VoiceStatus(enum.Enum):
    """Whether the coach can speak."""

    STARTING = "starting"
    OK = "ok"
    NO_VOICE = "no voice"


class VoiceManager(Worker):
    """What `SpeechSynthesiser` does behind the scenes; see there."""

    def __init__(self, folder: Path, settings: VoiceSettings, command: list[str]) -> None:
        super().__init__("voice", settings.stop_timeout_s)
        self._folder, self._settings, self._command = folder, settings, command
        self._temporary: Path | None = None
        self._changed = threading.Condition()
        self._urgent: str | None = None
        self._pending: collections.deque[str] = collections.deque()
        self._idle = False
        self._child: VoiceChild | None = None
        self._engine = self._version = ""
        self._skip: set[str] = set()
        self._hangs: collections.Counter[str] = collections.Counter()
        self._failures: collections.Counter[str] = collections.Counter()
        self.files: dict[str, Path] = {}
        self.status = VoiceStatus.STARTING
        self.problem: str | None = None
        self.dropped = 0

    # Called by other threads ---------------------------------------------------------------------------------

    def add(self, texts: list[str]) -> None:
        """Queue ``texts`` behind everything else."""
        with self._changed:
            self._pending.extend(texts)
            self._idle = False
            self._changed.notify_all()

    def ask(self, text: str) -> None:
        """Put ``text`` in front, in place of a request that still waits."""
        with self._changed:
            self.dropped += self._urgent is not None
            self._urgent, self._idle = text, False
            self._changed.notify_all()

    def wait_idle(self, timeout_s: float) -> bool:
        """Wait until all is done, or nothing can be done any more."""
        with self._changed:
            return self._changed.wait_for(lambda: self._idle or not self.alive, timeout_s)

    def _interrupt(self) -> None:
        with self._changed:
            self._changed.notify_all()
        child = self._child
        if child is not None:
            child.kill()

    # The thread itself ----------------------------------------------------------------------------------------

    def _run(self) -> None:
        self._prepare_folder()
        while not self.stopping and self._have_child():
            text = self._next_text()
            if text:
                self._make(text)

    def _finish(self) -> None:
        if self._child is not None:
            self._child.kill()
        if self._temporary is not None:
            shutil.rmtree(self._temporary, ignore_errors=True)
        with self._changed:
            self._idle = True
            self._changed.notify_all()

    def _prepare_folder(self) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self._folder):
                pass
        except OSError:
            self._folder = self._temporary = Path(tempfile.mkdtemp(prefix="coach-voice-"))
        files = sorted(self._folder.glob("*.wav"), key=lambda path: path.stat().st_mtime)
        for path in files[: -self._settings.cache_files_limit]:
            path.unlink(missing_ok=True)

    def _next_text(self) -> str | None:
        with self._changed:
            if self._urgent is None and not self._pending:
                self._idle = True
                self._changed.notify_all()
                self._changed.wait_for(lambda: self.stopping or not self._idle, _IDLE_WAIT_S)
                return None
            text, self._urgent = self._urgent, None
            return self._pending.popleft() if text is None else text

    def _have_child(self) -> bool:
        """A speech process with a voice, started again if need be; False when there is none to be had."""
        while self._child is None and not self.stopping:
            self._start_child()
            if self.problem is not None:
                self.status = VoiceStatus.NO_VOICE
                return False
        return not self.stopping

    def _start_child(self) -> None:
        arguments = ["--rate", str(self._settings.words_per_minute), "--voice", self._settings.voice_name]
        arguments += ["--skip", ",".join(sorted(self._skip)), "--folder", str(self._folder)]
        try:
            self._child = child = VoiceChild([*self._command, *arguments])
        except OSError as error:
            self.problem = Sentence(
                "The voice cannot be started ({error}): cues are shown as captions only.", error=str(error)
            )
            return
        if self.stopping:  # `stop` may have come before there was a process to kill
            return
        trying = ""
        try:
            answer: dict[str, Any] = {}
            while "engine" not in answer and "problem" not in answer:
                trying = answer.get("trying", trying)
                answer = child.answer(self._settings.start_timeout_s)
        except ChildGone:
            self._drop_child()
            if trying in self._skip or not trying:  # it does not even say what it tries
                self.problem = "The voice does not start: cues are shown as captions only."
            self._skip.add(trying)
            return
        if "problem" in answer:
            self._drop_child()
            self.problem = self._no_voice()
            return
        self._engine, self._version = str(answer["engine"]), str(answer.get("version", ""))
        self.status = VoiceStatus.OK

    def _no_voice(self) -> str:
        if self._skip:
            return "The voice stopped answering and was switched off: cues are shown as captions only."
        how = _INSTALL.get(platform.system(), "install espeak-ng (on Debian and Ubuntu: sudo apt install espeak-ng)")
        return Sentence("No voice was found: cues are shown as captions only. To hear them, {how}.", how=how)

    def _make(self, text: str) -> None:
        if text in self.files or self._failures[text] >= self._settings.tries_for_text:
            return
        path = self._folder / f"{self._key(text)}.wav"
        if not _is_sound(path) and not self._spoken(text, path):
            self._failures[text] += 1
            return
        self.files[text] = path

    def _spoken(self, text: str, path: Path) -> bool:
        assert self._child is not None
        try:
            self._child.send({"text": text, "path": str(path)})
            answer = self._child.answer(self._settings.text_timeout_s)
        except ChildGone:
            self._drop_child()
            self._hangs[self._engine] += not self.stopping
            if self._hangs[self._engine] > self._settings.hangs_limit:
                self._skip.add(self._engine)
            return False
        return answer.get("error") is None and _is_sound(path)

    def _drop_child(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child = None

    def _key(self, text: str) -> str:
        parts = [text, self._settings.voice_name, self._settings.words_per_minute, self._engine, self._version]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


def _is_sound(path: Path) -> bool:
    try:
        with wave.open(str(path), "rb") as file:
            return file.getnframes() > 0
    except (OSError, EOFError, wave.Error):
        return False
