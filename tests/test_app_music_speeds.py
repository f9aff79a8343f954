"""The music at other speeds: silent until it is ready, and what is likely next gets ready by itself."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from coach.app.sound import tempo_store
from coach.pose.reference import Audio
from tests.builders_music_player import RATE_HZ, SETTINGS, SOON_S, Stage, only_longer


@pytest.fixture(autouse=True)
def quick_stretching(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the length matters here; how it sounds is the matter of other tests."""
    monkeypatch.setattr(tempo_store, "stretched_apart", only_longer)


@pytest.fixture
def stage() -> Iterator[Stage]:
    stage = Stage()
    yield stage
    stage.player.close()


def test_slower_music_is_longer_and_its_places_too() -> None:
    tempo, stage = 0.5, Stage(tempo=0.5)
    stage.transport.play(stage.now_s)
    stage.go(4.0)  # the dance is at 2 s, and so the stretched music at 4 s
    assert len(stage.sound.pcm) == (20.0 - 2.0) / tempo * RATE_HZ
    stage.go(10.0)
    assert stage.sound.said == ["play"]
    stage.player.close()


def test_a_change_of_speed_is_silent_until_the_music_is_ready_and_at_once_the_next_time(stage: Stage) -> None:
    stage.transport.play(stage.now_s)
    stage.go(4.0)
    stage.transport.set_tempo(0.8, stage.now_s)
    stage.go()
    assert stage.sound.said == ["play", "stop"]
    stage.wait_for(0.8)
    stage.go()
    assert stage.sound.said == ["play", "stop", "play"]
    for tempo in (1.0, 0.8):
        stage.sound.calls.clear()
        stage.transport.set_tempo(tempo, stage.now_s)
        stage.go()
        assert stage.sound.said == ["play"]


def test_speeds_that_were_prepared_are_there_at_once(stage: Stage) -> None:
    stage.player.prepare((0.9, 0.75))
    stage.transport.play(stage.now_s)
    deadline = time.monotonic() + SOON_S
    while not {0.9, 0.75} <= stage.player._songs._songs.keys() or stage.player._songs.song(0.75) is None:
        assert time.monotonic() < deadline
        stage.go()
        time.sleep(0.005)
    stage.sound.calls.clear()
    for tempo in (0.9, 0.75, 0.9, 1.0):
        stage.transport.set_tempo(tempo, stage.now_s)
        stage.go()
    assert stage.sound.said == ["play"] * 4


def test_only_so_many_speeds_are_kept(stage: Stage) -> None:
    tempos = [0.5 + 0.05 * step for step in range(12)]
    for tempo in tempos:
        stage.wait_for(tempo)
    kept = set(stage.player._songs._songs)
    assert len(kept) == SETTINGS.kept_tempos_count
    assert {1.0, round(tempos[-1], 4), round(tempos[-2], 4)} <= kept


def test_what_was_announced_is_not_lost_to_what_might_be_wanted(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[float] = []

    def make(audio: Audio, tempo: float, _timeout_s: float) -> Audio:
        made.append(tempo)
        return audio

    monkeypatch.setattr(tempo_store, "stretched_apart", make)
    announced = [0.5 + 0.03 * step for step in range(SETTINGS.kept_tempos_count + 3)]
    stage.player.prepare(announced)
    stage.transport.play(stage.now_s)
    for _ in range(300):
        stage.go(0.001)
        time.sleep(0.001)
    assert len(made) == len(set(made)) < SETTINGS.kept_tempos_count
    wanted = {round(tempo, 4) for tempo in announced}
    assert len(wanted & stage.player._songs._songs.keys()) >= SETTINGS.kept_tempos_count - 3


def test_what_one_key_press_away_is_gets_ready_by_itself(stage: Stage) -> None:
    stage.transport.play(stage.now_s)
    deadline = time.monotonic() + SOON_S
    while not {0.9, 1.1} <= stage.player._songs._songs.keys():
        assert time.monotonic() < deadline
        stage.go()
        time.sleep(0.005)
