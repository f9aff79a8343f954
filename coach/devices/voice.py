"""Spoken cues as sound files, made ahead of time or on demand by a speech process that may hang without harm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from coach.devices.voice_child import default_command
from coach.devices.voice_manager import VoiceManager, VoiceStatus
from coach.errors import WorkerError
from coach.settings.devices import VoiceSettings

__all__ = ["SpeechSynthesiser", "VoiceStatus"]


class SpeechSynthesiser:
    """Turns texts into WAV files; every method returns at once.

    Parameters
    ----------
    cache_folder : Path
        Where the sound files are kept from run to run (a temporary folder is used if it cannot be written).
    settings : VoiceSettings, optional
    command : sequence of str, optional
        The speech process; tests give a scripted one.
    """

    def __init__(
        self, cache_folder: Path, settings: VoiceSettings | None = None, command: Sequence[str] | None = None
    ) -> None:
        self._settings = settings or VoiceSettings()
        self._worker = VoiceManager(cache_folder, self._settings, list(command or default_command()))

    def start(self) -> None:
        """Start the speech process."""
        self._worker.start()

    def stop(self) -> None:
        """End the speech process, killing it if it hangs."""
        self._worker.stop()
        try:
            self._worker.join(self._settings.stop_timeout_s)
        except WorkerError:
            return  # a daemon thread, and its process was killed

    def __enter__(self) -> SpeechSynthesiser:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def status(self) -> VoiceStatus:
        """Whether there is a voice."""
        return VoiceStatus.NO_VOICE if self._worker.failed else self._worker.status

    @property
    def problem(self) -> str | None:
        """Why there is no voice, in one sentence for the user; None while there is nothing to complain about."""
        if self.status is not VoiceStatus.NO_VOICE:
            return None
        return self._worker.problem or "The voice failed: cues are shown as captions only."

    @property
    def dropped(self) -> int:
        """Requests replaced by a newer one before they were spoken."""
        return self._worker.dropped

    def prepare(self, texts: Iterable[str]) -> None:
        """Make these in the background, after everything that is requested."""
        self._worker.add([self._clean(text) for text in texts])

    def request(self, text: str) -> None:
        """Make this next; a request that still waits is dropped, for a late cue is worse than none."""
        self._worker.ask(self._clean(text))

    def ready(self, text: str) -> Path | None:
        """The sound file of ``text``, or None if it is not there (yet)."""
        return self._worker.files.get(self._clean(text))

    def wait_idle(self, timeout_s: float) -> bool:
        """Wait until nothing is left to do; False if that takes longer than ``timeout_s``."""
        return self._worker.wait_idle(timeout_s)

    def _clean(self, text: str) -> str:
        printable = "".join(letter if letter.isprintable() else " " for letter in text)
        return " ".join(printable.split())[: self._settings.text_length_limit]
