"""Music at several speeds, made in the background and kept while it is likely to be wanted again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np

from coach.app.sound.programme import Song
from coach.devices.time_stretch import stretched, stretched_apart
from coach.pose.reference import Audio
from coach.settings.music import MusicSettings
from coach.ui.sound import SoundOutput


class TempoStore:
    """The songs of one dance, one for each speed; for the main thread.

    Parameters
    ----------
    sound : SoundOutput
        Opened in the background, since that too takes its time.
    audio : Audio or None
        None where there is no music: clicks have a speed too.
    settings : MusicSettings
    """

    def __init__(self, sound: SoundOutput, audio: Audio | None, settings: MusicSettings) -> None:
        self._sound, self._audio, self._settings = sound, audio, settings
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="music")
        self._songs: OrderedDict[float, Future[Song]] = OrderedDict()
        self._prepared: tuple[float, ...] = ()
        self._current = 1.0

    def song(self, tempo: float) -> Song | None:
        """The music at ``tempo``; None while it is being made."""
        tempo = self._current = _key(tempo)
        if tempo not in self._songs:
            self._make(tempo)
        self._songs.move_to_end(tempo)
        future = self._songs[tempo]
        if not future.done():
            return None
        self._make_another()
        return future.result()

    def prepare(self, tempos: Sequence[float]) -> None:
        """Make these when there is nothing more urgent to do, in this order, as many as are kept."""
        self._prepared = tuple(_key(tempo) for tempo in tempos)

    def close(self) -> None:
        """Make no more."""
        self._prepared = ()
        self._executor.shutdown(wait=False, cancel_futures=True)

    @property
    def _wanted(self) -> tuple[float, ...]:
        """What may be asked for next: what was announced, and what is one press of a key away."""
        low, high = self._settings.tempo_range
        steps = (_key(self._current + step) for step in self._settings.tempo_steps)
        return (*self._prepared, *(step for step in steps if low <= step <= high))

    def _make_another(self) -> None:
        """In idle moments: what is wanted, where it takes no other's place that is wanted, too."""
        missing = next((tempo for tempo in self._wanted if tempo not in self._songs), None)
        if missing is None or not all(future.done() for future in self._songs.values()):
            return
        if self._made_room({1.0, self._current, *self._wanted}):
            self._make(missing)

    def _make(self, tempo: float) -> None:
        if not self._made_room({1.0, self._current, *self._wanted}):
            self._made_room({1.0, tempo})
        self._songs[tempo] = self._executor.submit(self._made, tempo)

    def _made_room(self, kept: set[float]) -> bool:
        """Forget the song that was not heard for longest, if need be; False where all of them are to be kept."""
        if len(self._songs) < self._settings.kept_tempos_count:
            return True
        oldest = next((tempo for tempo in self._songs if tempo not in kept), None)
        if oldest is not None:
            self._songs.pop(oldest).cancel()
        return oldest is not None

    def _made(self, tempo: float) -> Song:
        rate_hz = self._sound.rate_hz
        if self._audio is None or not self._sound.open():
            return Song(np.zeros(0, np.int16), tempo, rate_hz)
        short = self._audio.duration_s / tempo <= self._settings.short_s
        timeout_s = self._settings.stretch_timeout_s
        audio = stretched(self._audio, tempo) if short else stretched_apart(self._audio, tempo, timeout_s)
        return Song(self._sound.at_device_rate(audio.pcm, audio.rate_hz), tempo, rate_hz)


def _key(tempo: float) -> float:
    """Speeds that differ only by rounding are one."""
    return round(tempo, 4)
