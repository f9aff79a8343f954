"""A music player with everything around it, and a song whose samples say where they stand."""

from __future__ import annotations

import time

import numpy as np

from coach.app.sound.music_player import MusicPlayer
from coach.clock import ManualClock
from coach.pose.reference import Audio
from coach.session.transport import Transport
from coach.settings.music import MusicSettings
from tests.builders_app import FakeSound

RATE_HZ = FakeSound.rate_hz
SONG = Audio(np.arange(1, 20 * RATE_HZ + 1).astype(np.int16), RATE_HZ)
"""Each sample says where it stands."""
SETTINGS = MusicSettings()
SOON_S = 30.0


class Stage:
    """A player with everything around it."""

    def __init__(self, tempo: float = 1.0, audio: Audio | None = SONG, **options: object) -> None:
        self.clock = ManualClock(100.0)
        self.sound = FakeSound(self.clock)
        self.transport = Transport(0.0, 20.0, tempo)
        self.player = MusicPlayer(
            self.sound,
            audio,
            self.transport,
            self.clock,
            **options,  # type: ignore[arg-type]
        )
        self.wait_for(tempo)

    def go(self, duration_s: float = 0.0) -> None:
        self.clock.advance(duration_s)
        self.player.update()

    def wait_for(self, tempo: float) -> None:
        """Until the music at this speed, which is made in the background, is there."""
        deadline = time.monotonic() + SOON_S
        while self.player._songs.song(tempo) is None:
            assert time.monotonic() < deadline
            time.sleep(0.005)

    @property
    def now_s(self) -> float:
        return self.clock.now_s()

    def heard_at(self, after_s: float) -> int:
        """The sample that is played so long after what is playing began."""
        index = round(after_s * RATE_HZ)
        return int(self.sound.pcm[index % len(self.sound.pcm)]) if self.sound.repeat else int(self.sound.pcm[index])


def only_longer(audio: Audio, tempo: float, _timeout_s: float = 0.0) -> Audio:
    return Audio(np.resize(audio.pcm, round(len(audio.pcm) / tempo)), audio.rate_hz)
