"""Says cues aloud: the voice's process makes the sound, the mixer plays it. Captions do not depend on it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from coach.clock import Clock
from coach.devices.voice import SpeechSynthesiser
from coach.settings.devices import VoiceSettings
from coach.ui.sound import SoundOutput

STALE_S = 1.5
"""A cue that could not be spoken by then is left to the caption."""

VOICE_NAMES = {"de": "german"}


class Speaker:
    """The coach's voice.

    Parameters
    ----------
    texts : sequence of str
        Everything that may be said, made ready in the background.
    """

    def __init__(self, sound: SoundOutput, cache: Path, texts: Sequence[str], language: str, clock: Clock) -> None:
        self._sound, self._clock = sound, clock
        self._synthesiser = SpeechSynthesiser(cache, VoiceSettings(voice_name=VOICE_NAMES.get(language, "")))
        self._synthesiser.start()
        self._synthesiser.prepare(texts)
        self._waiting: tuple[str, float] | None = None
        self.language = language
        self.on = True

    @property
    def problem(self) -> str | None:
        """Why nothing can be heard, in one sentence; None while all is well."""
        return self._synthesiser.problem or self._sound.problem

    def say(self, text: str) -> None:
        """Speak ``text`` now, or as soon as it is made."""
        if self.on:
            self._waiting = (text, self._clock.now_s())
            self._synthesiser.request(text)
            self.update()

    def update(self) -> None:
        """Speak what has become ready; call it often."""
        if self._waiting is None:
            return
        text, asked_s = self._waiting
        path = self._synthesiser.ready(text)
        if path is not None:
            self._sound.play_voice(path)
            self._waiting = None
        elif self._clock.now_s() - asked_s > STALE_S:
            self._waiting = None

    def switch(self) -> None:
        """On or off."""
        self.on = not self.on
        if not self.on:
            self.hush()

    def hush(self) -> None:
        """Say no more of what was asked for."""
        self._waiting = None
        self._sound.stop_voice()

    def close(self) -> None:
        """End the voice's process."""
        self._synthesiser.stop()
