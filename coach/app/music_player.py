"""Keeps the sound in step with the transport: start, stop, jump, and other speeds at the same pitch."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

from coach.clock import Clock
from coach.devices.time_stretch import stretched
from coach.pose.reference import Audio
from coach.session.transport import Transport
from coach.ui.sound import SoundOutput

RESYNC_S = 0.06
"""Sound that is further from where it should be jumps there; what is less nobody hears, a jump everybody does."""


class MusicPlayer:
    """Plays a reference's music where the transport says it is.

    Another speed is computed in the background (half a second for a song); until it is there, nothing is heard.
    """

    def __init__(self, sound: SoundOutput, audio: Audio, transport: Transport, clock: Clock) -> None:
        self._sound, self._audio, self._transport, self._clock = sound, audio, transport, clock
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="music")
        self._tempo = 1.0
        self._stretched: Future[Audio] | None = None
        self._loaded: Audio | None = None
        self._playing = False

    def update(self) -> None:
        """Bring the sound where it should be; call it often."""
        now_s = self._clock.now_s()
        music_s = self._transport.music_s(now_s)
        if music_s is None:
            if self._playing:
                self._sound.stop_music()
                self._playing = False
            return
        audio = self._audio_at(self._transport.tempo)
        if audio is None:
            return
        wanted_s = music_s / self._tempo
        if not self._playing:
            self._start(audio, wanted_s)
            return
        heard_s = self._sound.music_position_s(now_s)
        if heard_s is None or abs(heard_s - wanted_s) > RESYNC_S:
            self._sound.seek_music(wanted_s)

    def close(self) -> None:
        """Be silent."""
        self._sound.stop_music()
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _start(self, audio: Audio, at_s: float) -> None:
        if at_s >= audio.duration_s:
            return
        if self._loaded is audio:
            self._sound.seek_music(at_s)
        else:
            self._sound.play_music(audio.pcm, audio.rate_hz, at_s)
            self._loaded = audio
        self._playing = True

    def _audio_at(self, tempo: float) -> Audio | None:
        """The music at ``tempo``, None while it is being made."""
        if tempo != self._tempo or (self._stretched is None and tempo != 1.0):
            if self._playing:
                self._sound.stop_music()
                self._playing = False
            self._tempo = tempo
            self._stretched = None if tempo == 1.0 else self._executor.submit(stretched, self._audio, tempo)
        if self._stretched is None:
            return self._audio
        return self._stretched.result() if self._stretched.done() else None
