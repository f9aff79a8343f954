"""The music stays where the transport says it is: starts, pauses, jumps, drifts, other speeds."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import pytest

from coach.app.music_player import RESYNC_S, MusicPlayer
from coach.clock import ManualClock
from coach.pose.reference import Audio
from coach.session.transport import Transport
from tests.builders_app import FakeSound

RATE_HZ = 8000
SONG = Audio((np.sin(np.arange(20 * RATE_HZ) / 3) * 8000).astype(np.int16), RATE_HZ)


class Stage:
    """A player with everything around it."""

    def __init__(self, tempo: float = 1.0) -> None:
        self.clock = ManualClock(100.0)
        self.sound = FakeSound(self.clock)
        self.transport = Transport(0.0, 20.0, tempo)
        self.player = MusicPlayer(self.sound, SONG, self.transport, self.clock)  # type: ignore[arg-type]

    def go(self, duration_s: float = 0.0) -> None:
        self.clock.advance(duration_s)
        self.player.update()

    def go_until(self, call: str) -> None:
        """Wait for the stretched music, which is made in the background."""
        deadline = time.monotonic() + 30.0
        while call not in self.sound.said:
            assert time.monotonic() < deadline
            time.sleep(0.01)
            self.player.update()

    @property
    def now_s(self) -> float:
        return self.clock.now_s()


@pytest.fixture
def stage() -> Iterator[Stage]:
    stage = Stage()
    yield stage
    stage.player.close()


def test_nothing_sounds_before_the_start_and_then_it_begins_at_its_beginning(stage: Stage) -> None:
    stage.transport.play(stage.now_s + 5.0)
    stage.go()
    stage.go(4.9)
    assert stage.sound.calls == []
    stage.go(0.11)
    assert stage.sound.calls == [("play", pytest.approx(0.01))]
    assert stage.sound.pcm is SONG.pcm


def test_it_is_left_alone_while_it_runs_in_step(stage: Stage) -> None:
    stage.transport.play(stage.now_s)
    for _ in range(100):
        stage.go(0.05)
    assert stage.sound.said == ["play"]


@pytest.mark.parametrize(("drift_s", "corrected"), [(0.9 * RESYNC_S, False), (1.5 * RESYNC_S, True), (-0.2, True)])
def test_a_drift_that_is_heard_is_corrected(stage: Stage, drift_s: float, corrected: bool) -> None:
    stage.transport.play(stage.now_s)
    stage.go()
    stage.sound.drift_s = drift_s
    stage.go(3.0)
    assert stage.sound.said == ["play", "seek"] if corrected else ["play"]
    if corrected:
        assert stage.sound.calls[-1] == ("seek", pytest.approx(3.0))


def test_a_jump_is_followed(stage: Stage) -> None:
    stage.transport.play(stage.now_s)
    stage.go(1.0)
    stage.transport.seek(12.0, stage.now_s)
    stage.go(0.01)
    assert stage.sound.calls[-1] == ("seek", pytest.approx(12.01))


def test_a_pause_is_silent_and_it_goes_on_where_it_was(stage: Stage) -> None:
    stage.transport.play(stage.now_s)
    stage.go(4.0)
    stage.transport.pause(stage.now_s)
    stage.go(0.1)
    stage.go(7.0)
    assert stage.sound.said == ["play", "stop"]
    stage.transport.play(stage.now_s)
    stage.go()
    assert stage.sound.calls[-1] == ("seek", pytest.approx(4.0))


def test_the_end_is_silent_and_stays_so(stage: Stage) -> None:
    stage.transport.play(stage.now_s)
    stage.go(19.9)
    stage.go(0.2)
    stage.go(5.0)
    assert stage.sound.said == ["play", "stop"]


def test_a_song_shorter_than_the_dance_is_not_started_behind_its_end() -> None:
    stage = Stage()
    stage.transport.end_s = 60.0
    stage.transport.play(stage.now_s - 30.0)
    stage.go()
    stage.player.close()
    assert "play" not in stage.sound.said


def test_slower_music_is_longer_and_its_places_too() -> None:
    stage = Stage(tempo=0.5)
    stage.transport.play(stage.now_s)
    stage.go(4.0)  # the dance is at 2 s, and so the stretched music at 4 s
    stage.go_until("play")
    assert stage.sound.pcm is not None
    assert len(stage.sound.pcm) == 2 * len(SONG.pcm)
    assert stage.sound.calls[-1] == ("play", pytest.approx(4.0))
    stage.go(10.0)
    assert stage.sound.said[-1] == "play"
    stage.player.close()


def test_a_change_of_speed_is_silent_until_the_music_is_ready(stage: Stage) -> None:
    stage.transport.play(stage.now_s)
    stage.go(4.0)
    stage.transport.set_tempo(0.8, stage.now_s)
    stage.go()
    assert stage.sound.said == ["play", "stop"]
    stage.sound.calls.clear()
    stage.go_until("play")
    assert stage.sound.calls == [("play", pytest.approx(5.0))]
    stage.sound.calls.clear()
    stage.transport.set_tempo(1.0, stage.now_s)
    stage.go()
    assert stage.sound.said == ["stop", "play"]
    assert stage.sound.pcm is SONG.pcm


def test_closing_is_silence(stage: Stage) -> None:
    stage.transport.play(stage.now_s)
    stage.go()
    stage.player.close()
    assert stage.sound.said[-1] == "stop"
