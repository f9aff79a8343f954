"""The coach's voice speaks what is ready, soon or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.app.sound.speaker import STALE_S, Speaker
from coach.clock import ManualClock
from tests.builders_app import FakeSound, FakeSynthesiser

FILE = Path("left.wav")


class Talk:
    """A speaker with everything around it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, language: str = "en") -> None:
        monkeypatch.setattr("coach.app.sound.speaker.SpeechSynthesiser", FakeSynthesiser)
        self.clock = ManualClock()
        self.sound = FakeSound(self.clock)
        self.speaker = Speaker(self.sound, Path("cache"), ["left", "right"], language, self.clock)  # type: ignore[arg-type]
        self.voice: FakeSynthesiser = self.speaker._synthesiser  # type: ignore[assignment]


@pytest.fixture
def talk(monkeypatch: pytest.MonkeyPatch) -> Talk:
    return Talk(monkeypatch)


def test_all_texts_are_made_ready_at_the_start(talk: Talk) -> None:
    assert talk.voice.started
    assert talk.voice.prepared == ["left", "right"]


def test_what_is_ready_is_spoken_at_once_and_once(talk: Talk) -> None:
    talk.voice.files["left"] = FILE
    talk.speaker.say("left")
    talk.speaker.update()
    assert talk.sound.calls == [("voice", FILE)]


def test_what_becomes_ready_in_time_is_spoken_then(talk: Talk) -> None:
    talk.speaker.say("left")
    assert talk.voice.requested == ["left"]
    talk.clock.advance(0.9 * STALE_S)
    talk.speaker.update()
    assert talk.sound.calls == []
    talk.voice.files["left"] = FILE
    talk.speaker.update()
    assert talk.sound.calls == [("voice", FILE)]


def test_what_comes_too_late_is_left_to_the_caption(talk: Talk) -> None:
    talk.speaker.say("left")
    talk.clock.advance(1.1 * STALE_S)
    talk.speaker.update()
    talk.voice.files["left"] = FILE
    talk.speaker.update()
    assert talk.sound.calls == []


def test_a_newer_cue_takes_the_place_of_one_that_waits(talk: Talk) -> None:
    talk.speaker.say("left")
    talk.speaker.say("right")
    talk.voice.files |= {"left": FILE, "right": Path("right.wav")}
    talk.speaker.update()
    talk.speaker.update()
    assert talk.sound.calls == [("voice", Path("right.wav"))]


def test_switched_off_it_hushes_and_says_nothing(talk: Talk) -> None:
    talk.speaker.say("left")
    talk.speaker.switch()
    assert not talk.speaker.on
    talk.voice.files["left"] = FILE
    talk.speaker.update()
    talk.speaker.say("left")
    assert talk.sound.calls == [("hush", None)]
    talk.speaker.switch()
    talk.speaker.say("left")
    assert talk.sound.said == ["hush", "voice"]


def test_the_first_problem_is_told(talk: Talk) -> None:
    assert talk.speaker.problem is None
    talk.sound.problem = "No sound device answers"
    assert talk.speaker.problem == "No sound device answers"
    talk.voice.problem = "No voice on this computer"
    assert talk.speaker.problem == "No voice on this computer"


def test_closing_ends_the_voice(talk: Talk) -> None:
    talk.speaker.close()
    assert talk.voice.stopped


def test_german_asks_for_a_german_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [Talk(monkeypatch, language).voice.settings.voice_name for language in ("en", "de")]  # type: ignore[attr-defined]
    assert names == ["", "german"]
