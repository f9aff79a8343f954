"""Keeps the sound in step with the transport: start, stop, jump, loops, clicks, and other speeds at the same pitch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coach.app.sound.metronome import Metronome
from coach.app.sound.programme import Programmer
from coach.app.sound.tempo_store import TempoStore
from coach.clock import Clock
from coach.pose.reference import Audio
from coach.practice.card_drift import CardDrift
from coach.session.motion import Motion
from coach.session.transport import Transport
from coach.settings.music import MusicSettings
from coach.ui.sound import SoundOutput


@dataclass(frozen=True)
class _Playing:
    """What the loudspeaker was given last.

    Attributes
    ----------
    shift_s : float
        Of the transport at that moment.
    lasts_s : float or None
        None where it goes on for ever.
    """

    motion: Motion
    clicks: bool
    started_s: float
    shift_s: float
    lasts_s: float | None


class MusicPlayer:
    """Plays a reference's music where the transport says it is.

    The whole way ahead, with its silences, count-ins and rounds, is given to the mixer at once, so that beginnings
    and rounds are exact to the sample however slowly the screen is drawn. While it plays, the transport is led after
    the sound card's clock, which is the one that the dancer hears.

    Another speed is made in the background; until it is there, nothing is heard.

    Parameters
    ----------
    sound : SoundOutput
    audio : Audio or None
        None for a dance without music: only clicks are heard then.
    transport : Transport
        This player alone changes its ``shift_s``.
    clock : Clock
    beats_s : sequence of float
        In the reference, for count-ins and the metronome; without them there are none.
    count_in_on : bool
        Whether the beats before the start and before each round are clicked.
    """

    def __init__(
        self,
        sound: SoundOutput,
        audio: Audio | None,
        transport: Transport,
        clock: Clock,
        *,
        beats_s: Sequence[float] = (),
        metronome_on: bool = False,
        count_in_on: bool = True,
        settings: MusicSettings | None = None,
    ) -> None:
        self._settings = settings or MusicSettings()
        self._sound, self._transport, self._clock = sound, transport, clock
        self.metronome = Metronome(np.asarray(beats_s, dtype=np.float64), self._settings.metronome)
        self.metronome_on = metronome_on
        """Whether every beat clicks."""
        self._songs = TempoStore(sound, audio, self._settings)
        self._songs.song(transport.tempo)
        self._programmer = Programmer(self.metronome, self._settings, count_in_on=count_in_on)
        self._drift = CardDrift(self._settings.card)
        self._playing: _Playing | None = None
        self._updated_s = clock.now_s()

    @property
    def count_in_s(self) -> float:
        """Lead-in of a loop that leaves room for a count-in, in seconds of the music; 0 where no beats are known."""
        return self.metronome.count_in_s

    def prepare(self, tempos: Sequence[float]) -> None:
        """Have the music at these speeds ready before they are wanted, in this order (1 is as recorded)."""
        self._songs.prepare(tempos)

    def update(self) -> None:
        """Bring the sound where it should be; call it often."""
        now_s = self._clock.now_s()
        elapsed_s, self._updated_s = now_s - self._updated_s, now_s
        motion = self._transport.motion
        song = self._songs.song(motion.tempo)
        if song is None or motion.origin_s is None or self._over(motion, now_s):
            self._be_silent()
            return
        playing = self._playing
        asked = motion, self.metronome_on
        if (
            playing is not None
            and (playing.motion, playing.clicks) == asked
            and self._goes_on(playing, now_s, elapsed_s)
        ):
            return
        shift_s, end_s = self._transport.shift_s, self._transport.end_s
        programme = self._programmer.programme(song, motion, now_s + shift_s, end_s, clicks=self.metronome_on)
        self._sound.play_samples(programme.pcm, repeat=programme.repeat)
        lasts_s = None if programme.repeat else len(programme.pcm) / song.rate_hz
        self._playing = _Playing(motion, self.metronome_on, now_s, shift_s, lasts_s)
        self._drift.start(now_s)

    def close(self) -> None:
        """Be silent."""
        self._be_silent()
        self._songs.close()

    def _be_silent(self) -> None:
        if self._playing is not None:
            self._sound.stop_music()
            self._playing = None

    def _over(self, motion: Motion, now_s: float) -> bool:
        return motion.loop is None and self._transport.position_s(now_s) >= self._transport.end_s

    def _goes_on(self, playing: _Playing, now_s: float, elapsed_s: float) -> bool:
        """Lead the transport after the sound card; False where the sound has to start anew."""
        if playing.lasts_s is not None and now_s - playing.started_s >= playing.lasts_s:
            return False  # what was laid out for a loop is used up
        played_s = self._sound.played_s(now_s)
        ahead_s = self._drift.step(now_s, played_s) if played_s is not None else None
        if ahead_s is None:
            return True
        missing_s = playing.shift_s + ahead_s - self._transport.shift_s
        card = self._settings.card
        if abs(missing_s) > card.jump_s:
            return False
        step_s = card.nudge_s_per_s * elapsed_s
        self._transport.shift_s += min(max(missing_s, -step_s), step_s)
        return True
