"""The music stays where the transport says it is: starts, pauses, jumps, loops, another clock."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from coach.app.sound import tempo_store
from tests.builders_music_player import RATE_HZ, SETTINGS, SONG, Stage, only_longer


def sample(place_s: float) -> int:
    return int(SONG.pcm[round(place_s * RATE_HZ)])


@pytest.fixture(autouse=True)
def quick_stretching(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the length matters here; how it sounds is the matter of other tests."""
    monkeypatch.setattr(tempo_store, "stretched_apart", only_longer)


@pytest.fixture
def stage() -> Iterator[Stage]:
    stage = Stage()
    yield stage
    stage.player.close()


def test_a_start_that_lies_ahead_is_laid_out_to_the_sample(stage: Stage) -> None:
    stage.transport.play(stage.now_s + 5.0)
    stage.go()
    assert stage.sound.said == ["play"]
    assert not stage.sound.pcm[: 5 * RATE_HZ].any()
    assert stage.heard_at(5.0) == sample(0.0)
    assert stage.heard_at(7.5) == sample(2.5)


def test_it_is_left_alone_while_it_runs_in_step(stage: Stage) -> None:
    stage.transport.play(stage.now_s)
    for _ in range(100):
        stage.go(0.05)
    assert stage.sound.said == ["play"]
    assert stage.transport.shift_s == pytest.approx(0.0)


def test_a_jump_is_followed(stage: Stage) -> None:
    stage.transport.play(stage.now_s)
    stage.go(1.0)
    stage.transport.seek(12.0, stage.now_s)
    stage.go(0.01)
    assert stage.heard_at(0.0) == sample(12.01)


def test_a_pause_is_silent_and_it_goes_on_where_it_was(stage: Stage) -> None:
    stage.transport.play(stage.now_s)
    stage.go(4.0)
    stage.transport.pause(stage.now_s)
    stage.go(0.1)
    stage.go(7.0)
    assert stage.sound.said == ["play", "stop"]
    stage.transport.play(stage.now_s)
    stage.go()
    assert stage.heard_at(0.0) == sample(4.0)


def test_the_end_is_silent_and_stays_so(stage: Stage) -> None:
    stage.transport.play(stage.now_s)
    stage.go(19.9)
    stage.go(0.2)
    stage.go(5.0)
    assert stage.sound.said == ["play", "stop"]


def test_the_practised_span_ends_to_the_sample_with_a_fade(stage: Stage) -> None:
    stage.transport.end_s = 3.0
    stage.transport.play(stage.now_s)
    stage.go()
    assert len(stage.sound.pcm) == 3 * RATE_HZ
    assert 0 <= stage.sound.pcm[-1] < 0.05 * sample(2.99)


def test_a_song_shorter_than_the_dance_goes_over_into_silence(stage: Stage) -> None:
    stage.transport.end_s = 60.0
    stage.transport.play(stage.now_s - 30.0)
    stage.go()
    assert not stage.sound.pcm.any()


def test_without_music_only_clicks_are_heard() -> None:
    stage = Stage(audio=None, beats_s=np.arange(0.5, 20, 0.5), metronome_on=True)
    stage.transport.play(stage.now_s)
    stage.go()
    assert stage.sound.pcm.any()
    stage.player.metronome_on = False
    stage.go(0.1)
    assert not stage.sound.pcm.any()
    stage.player.close()


# -- loops -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("lead_in_s", [0.0, 1.0])
def test_a_loop_is_one_round_that_the_mixer_repeats(stage: Stage, lead_in_s: float) -> None:
    stage.transport.seek(3.0, stage.now_s)
    stage.transport.play(stage.now_s)
    stage.transport.set_loop((2.0, 6.0), stage.now_s, lead_in_s)
    stage.go()
    assert stage.sound.repeat
    assert len(stage.sound.pcm) == (4.0 + lead_in_s) * RATE_HZ
    for after_s in (0.0, 1.5, 2.9, 3.0 + lead_in_s + 0.1, 4.0 + lead_in_s, 50 * (4.0 + lead_in_s) + 2.0):
        place_s = stage.transport.music_s(stage.now_s + after_s)
        assert place_s is not None
        assert stage.heard_at(after_s) == pytest.approx(sample(place_s), abs=1)
    for _ in range(200):
        stage.go(0.5)
    assert stage.sound.said == ["play"]


def test_a_loop_that_lies_ahead_is_led_into_and_laid_out_anew_when_used_up(stage: Stage) -> None:
    stage.transport.play(stage.now_s)
    stage.transport.set_loop((2.0, 6.0), stage.now_s, 0.5)
    stage.go()
    assert not stage.sound.repeat
    for after_s in (0.0, 1.9, 2.0, 4.0, 6.6, 15.0):
        place_s = stage.transport.music_s(stage.now_s + after_s)
        expected = 0 if place_s is None else sample(place_s)
        assert stage.heard_at(after_s) == pytest.approx(expected, abs=1)
    while stage.sound.said == ["play"]:
        stage.go(0.5)
    assert stage.sound.repeat
    assert stage.now_s > 100.0 + SETTINGS.ahead_s


def test_a_loop_counted_in_before_its_first_round(stage: Stage) -> None:
    stage.transport.set_loop((2.0, 6.0), stage.now_s, 0.5)
    stage.transport.seek(4.0, stage.now_s)
    stage.transport.play(stage.now_s + 1.0)
    stage.go()
    for after_s in (1.0, 2.9, 3.5, 4.0, 8.0):
        place_s = stage.transport.music_s(stage.now_s + after_s)
        assert place_s is not None
        assert stage.heard_at(after_s) == pytest.approx(sample(place_s), abs=1)


# -- the sound card's clock --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("rate_error", [-300e-6, 100e-6, 2e-3])
def test_the_music_keeps_to_a_sound_card_with_another_clock(stage: Stage, rate_error: float) -> None:
    stage.transport.end_s = 1000.0
    stage.sound.rate_error = rate_error
    stage.transport.play(stage.now_s)
    stage.go()
    started_s, worst_s = stage.now_s, 0.0
    for step in range(300 * 30):
        stage.go(1 / 30)
        heard_s = stage.sound.played_s(stage.now_s)
        place_s = stage.transport.position_s(stage.now_s)
        assert heard_s is not None
        if step > 60:
            worst_s = max(worst_s, abs(heard_s - place_s))
    assert stage.sound.said == ["play"]
    assert worst_s < (0.012 if rate_error > 1e-3 else 0.003)
    assert stage.transport.shift_s == pytest.approx(rate_error * (stage.now_s - started_s), abs=0.003)


@pytest.mark.parametrize(("jumped_s", "plays"), [(-0.03, 1), (-0.06, 2), (0.06, 2)])
def test_a_card_that_stalled_is_caught_up_with(stage: Stage, jumped_s: float, plays: int) -> None:
    stage.transport.play(stage.now_s)
    stage.go()
    for _ in range(300):
        stage.go(1 / 30)
    stage.sound.jumped_s = jumped_s
    for _ in range(300 // 2):
        stage.go(1 / 30)
    assert stage.sound.said == ["play"] * plays
    heard_s, place_s = stage.sound.played_s(stage.now_s), stage.transport.position_s(stage.now_s)
    if plays == 1:
        assert heard_s == pytest.approx(place_s, abs=0.015)


def test_a_card_that_is_no_clock_is_not_believed(stage: Stage) -> None:
    stage.sound.rate_error = 0.03
    stage.transport.play(stage.now_s)
    for _ in range(450):
        stage.go(1 / 30)
    assert stage.sound.said == ["play"]
    assert stage.transport.shift_s == 0.0


def test_closing_is_silence(stage: Stage) -> None:
    stage.transport.play(stage.now_s)
    stage.go()
    stage.player.close()
    assert stage.sound.said[-1] == "stop"
