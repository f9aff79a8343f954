"""Plays for some seconds through the real mixer into a file instead of a loudspeaker, and says when it did what.

``python -m tests.bench.sound_child OUT.raw FACTS.json``; needs ``SDL_AUDIODRIVER=disk SDL_DISKAUDIOFILE=OUT.raw``.
A click is played at the beginning: it tells where in the file the card's clock stood. Times are that clock's, for the
file has a pace of its own.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from coach.app.sound.music_player import MusicPlayer
from coach.clock import SystemClock
from coach.pose.reference import Audio
from coach.session.transport import Transport
from coach.settings.ui import SoundSettings
from coach.ui.sound import SoundOutput

RATE_HZ = SoundSettings().rate_hz
LOOP_S = (2.0, 3.3)
SONG_S = 12.0
DRAW_S = 1 / 60
ROUNDS = 4


def tone(duration_s: float = SONG_S, frequency_hz: float = 523.25) -> np.ndarray:
    """A steady tone: every click is heard (and measured) on it."""
    time_s = np.arange(round(duration_s * RATE_HZ)) / RATE_HZ
    return np.round(9000 * np.sin(2 * np.pi * frequency_hz * time_s)).astype(np.int16)


def noise(duration_s: float = SONG_S) -> np.ndarray:
    """Every place sounds different, so that it can be found again."""
    return np.random.default_rng(5).normal(0, 5000, round(duration_s * RATE_HZ)).clip(-20000, 20000).astype(np.int16)


class Show:
    """One run, drawn sixty times a second."""

    def __init__(self, song: np.ndarray) -> None:
        self.clock = SystemClock()
        self.sound = SoundOutput(self.clock, SoundSettings())
        self.sound.open()
        self.transport = Transport(0.0, SONG_S)
        self.player = MusicPlayer(self.sound, Audio(song, RATE_HZ), self.transport, self.clock)
        self.facts: list[tuple[str, float, float]] = []

    def draw_for(self, duration_s: float) -> None:
        end_s = self.clock.now_s() + duration_s
        while self.clock.now_s() < end_s:
            self.player.update()
            self.sound.update()
            self.clock.sleep_s(DRAW_S)

    def click(self) -> None:
        self.note("click")
        self.sound.click()
        self.draw_for(0.6)

    def note(self, what: str) -> None:
        card_s = self.sound._music._card.now_s()
        self.facts.append((what, card_s or 0.0, self.transport.position_s(self.clock.now_s())))


def main() -> int:
    """Play and write the facts."""
    show = Show(tone() if sys.argv[2] == "tone" else noise())
    show.draw_for(0.5)
    show.click()
    if sys.argv[2] == "tone":
        _loop_and_stop(show)
    else:
        _starts(show)
    show.click()
    show.player.close()
    show.sound.close()
    Path(sys.argv[1]).write_text(json.dumps(show.facts), encoding="utf-8")
    return 0


def _loop_and_stop(show: Show) -> None:
    transport, clock = show.transport, show.clock
    transport.set_loop(LOOP_S, clock.now_s())
    transport.seek(LOOP_S[0], clock.now_s())
    show.note("loop")
    transport.play(clock.now_s())
    show.draw_for(ROUNDS * (LOOP_S[1] - LOOP_S[0]))
    show.note("stop")
    transport.pause(clock.now_s())
    show.draw_for(0.6)
    transport.set_loop(None, clock.now_s())
    show.note("play")
    transport.play(clock.now_s())
    for place_s in (1.234, 7.777, 4.4):
        show.draw_for(0.5)
        transport.seek(place_s, clock.now_s())
        show.note("seek")
    show.draw_for(0.5)
    transport.pause(clock.now_s())
    show.draw_for(0.5)


def _starts(show: Show) -> None:
    transport, clock = show.transport, show.clock
    for index in range(8):
        transport.seek(0.3 + 0.9 * index, clock.now_s())
        show.note("start")
        transport.play(clock.now_s())
        show.draw_for(0.4)
        show.note("place")
        transport.pause(clock.now_s())
        show.draw_for(0.3 + 0.007 * index)


if __name__ == "__main__":
    sys.exit(main())
