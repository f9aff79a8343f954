"""The latency check: every way through it, and what it makes of blinks and claps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pytest

from coach.app.check.device_latency import DeviceLatency
from coach.app.check.latency_watch import LatencyWatch, Seen, region_brightness
from coach.app.scenes.latency_scene import LatencyScene
from coach.app.studio.scene import Back
from coach.clock import ManualClock
from coach.devices import camera_errors
from coach.gestures.gesture import GestureAction
from coach.practice.flash import FlashPattern
from coach.settings.latency import LatencySettings
from coach.storage.latency_store import LatencyStore
from coach.ui.commands import Command
from coach.ui.words_check import CHECK_WORDS, LatencyStage
from tests.builders_app import FakeSound, sensed
from tests.builders_check import Window
from tests.builders_latency import brightness, camera_times, clapping
from tests.builders_menus import make_context, make_preview
from tests.builders_pose import make_observation, make_pose_frame

WORDS = CHECK_WORDS["en"]
SETTINGS = LatencySettings()
SILENT = "No sound device answers: the music and the voice stay silent, read the captions"


class Latency:
    """The latency check with a camera that is ``latency_s`` late."""

    def __init__(self, folder: Path, latency_s: float, seed: int = 1, *, device_pace: float = 1.0) -> None:
        self.context, self.latency_s, self.chances = make_context(), latency_s, np.random.default_rng(seed)
        assert isinstance(self.context.clock, ManualClock)
        self.clock = self.context.clock
        self.sound = FakeSound(self.clock)
        self.sound.rate_error = device_pace - 1.0
        self.context.sound = self.sound  # type: ignore[assignment]
        self.store = LatencyStore(folder / "latency.json")
        self.latency = DeviceLatency(self.store, lambda: "Camera", lambda: "Speaker", lambda: "2026-01-01T00:00:00")
        self.preview = make_preview()
        self.trouble: str | None = None
        self.scene = LatencyScene(self.context, self.preview, self.latency, lambda: self.trouble)
        self.scene.enter(0.0)

    def take(self, text: str) -> object:
        texts = [option.text for option in self.scene.view(self.clock.now_s()).guided.options]
        assert text in texts, f"{text} is not among {texts}"
        while self.chosen != text:
            self.scene.obey(Command.DOWN, self.clock.now_s())
        return self.scene.obey(Command.CONFIRM, self.clock.now_s())

    @property
    def chosen(self) -> str:
        guided = self.scene.view(self.clock.now_s()).guided
        return next(option.text for option in guided.options if option.key == guided.chosen)

    def run(self, seen: Iterable[Seen], until: Callable[[], bool]) -> None:
        """Draw 60 times a second, and give each picture to the scene when it was taken."""
        waiting = list(seen)
        for _ in range(60 * 40):
            if until():
                return
            self.clock.advance(1 / 60)
            while waiting and waiting[0].captured_s <= self.clock.now_s():
                self.scene._handler._seen.put(waiting.pop(0))
            self.scene.update(self.clock.now_s())
            if self.scene._flash is not None:
                self.scene.draw(Window(), self.clock.now_s())  # type: ignore[arg-type]
        raise AssertionError("it never ended")

    def clap(self, *, human_s: float = 0.015) -> None:
        self.take(WORDS.by_ear_now)
        beat, start_s = SETTINGS.beat, self.clock.now_s()
        pace = 1.0 + self.sound.rate_error
        clicks_s = start_s + (1.0 + beat.beat_s * np.arange(beat.beats_count)) / pace
        made_s = clicks_s[beat.listen_count :] + self.chances.normal(0, human_s, beat.beats_count - beat.listen_count)
        times_s = start_s + camera_times(21.0, self.chances)
        poses = clapping(made_s + self.latency_s, times_s, self.chances)
        self.run((Seen(pose.time_s, np.zeros(24), pose) for pose in poses), lambda: not self.scene._clap)

    def blink(self, *, step: float = 30.0) -> None:
        start_s = self.clock.now_s()
        self.take(WORDS.by_eye)
        times_s = camera_times(SETTINGS.flash.duration_s + 1.0, self.chances)
        regions = brightness(FlashPattern(SETTINGS.flash), self.latency_s, times_s, self.chances, step=step)
        nobody = make_pose_frame(0.0)
        self.run((Seen(start_s + t, values, nobody) for t, values in regions), lambda: not self.scene._flash)


@pytest.mark.parametrize("device_pace", [1.0, 1.002])
def test_clapping_finds_the_latency_and_keeps_it(tmp_path: Path, device_pace: float) -> None:
    check = Latency(tmp_path, 0.13, device_pace=device_pace)
    check.take(WORDS.by_ear)
    check.clap()
    assert check.scene.stage is LatencyStage.RESULT
    assert check.latency.latency_ms() == 0.0
    assert isinstance(check.take(WORDS.use), Back)
    assert check.latency.latency_ms() == pytest.approx(130, abs=15)
    check.store.close()


def test_the_result_says_how_sure_it_is_and_for_what_it_holds(tmp_path: Path) -> None:
    check = Latency(tmp_path, 0.08)
    check.blink()
    guided = check.scene.view(check.clock.now_s()).guided
    assert guided.number.endswith(" ms")
    assert float(guided.number.split()[0]) == pytest.approx(90, abs=15)
    for words in ("blinks", "spread", "Camera", "Speaker"):
        assert words in guided.text


def test_an_undone_result_gives_the_one_before_back(tmp_path: Path) -> None:
    check = Latency(tmp_path, 0.2)
    check.blink()
    check.take(WORDS.use)
    first_ms = check.latency.latency_ms()
    check.scene.enter(check.clock.now_s())
    check.latency_s = 0.1
    check.blink()
    check.take(WORDS.use)
    assert check.latency.latency_ms() < first_ms - 50
    check.scene.enter(check.clock.now_s())
    check.take(WORDS.undo)
    assert check.latency.latency_ms() == first_ms
    check.take(WORDS.undo)
    assert check.latency.latency_ms() == 0.0
    assert WORDS.undo not in [option.text for option in check.scene.view(0.0).guided.options]
    check.store.close()


def test_a_camera_that_does_not_see_the_screen_is_asked_for_claps(tmp_path: Path) -> None:
    check = Latency(tmp_path, 0.08)
    check.blink(step=0.0)
    assert check.scene.stage is LatencyStage.CLAP_READY
    assert check.scene.view(0.0).guided.note == WORDS.no_flash


def test_claps_without_rhythm_are_refused_in_words_and_nothing_is_kept(tmp_path: Path) -> None:
    check = Latency(tmp_path, 0.1)
    check.take(WORDS.by_ear)
    check.clap(human_s=0.12)
    assert check.scene.stage is LatencyStage.CLAP_READY
    assert check.scene.view(0.0).guided.note in WORDS.faults.values()
    assert check.latency.entry is None
    check.clap()
    assert check.scene.stage is LatencyStage.RESULT


@pytest.mark.parametrize("way", ["eye", "ear"])
def test_it_can_be_stopped_under_way(tmp_path: Path, way: str) -> None:
    check = Latency(tmp_path, 0.1)
    if way == "eye":
        check.take(WORDS.by_eye)
    else:
        check.take(WORDS.by_ear)
        check.take(WORDS.by_ear_now)
    assert check.scene._handler.measuring
    assert check.scene.obey(Command.BACK, 1.0) is None
    assert check.scene.stage is LatencyStage.INTRO
    assert not check.scene._handler.measuring
    assert isinstance(check.scene.obey(Command.BACK, 1.0), Back)
    assert (check.sound.said[-1:] == ["stop"]) is (way == "ear")


def offered(check: Latency) -> list[str]:
    return [option.text for option in check.scene.view(0.0).guided.options]


def test_without_a_loudspeaker_only_blinking_is_offered_and_the_page_says_why(tmp_path: Path) -> None:
    check = Latency(tmp_path, 0.1)
    assert "Clapping measures all" in check.scene.view(0.0).guided.text
    check.sound.problem = SILENT
    guided = check.scene.view(0.0).guided
    assert offered(check) == [WORDS.by_eye, WORDS.back]
    assert guided.chosen == "by eye"
    assert guided.text == WORDS.without_sound
    assert "lap" not in guided.text.replace("nothing to clap to", "")


def test_without_a_loudspeaker_nobody_is_sent_to_clap(tmp_path: Path) -> None:
    check = Latency(tmp_path, 0.08)
    check.sound.problem = SILENT
    check.blink(step=0.0)
    assert check.scene.stage is LatencyStage.INTRO
    assert check.scene.view(0.0).guided.note == WORDS.no_flash_in_silence
    check.sound.problem = None
    check.take(WORDS.by_ear)
    check.sound.problem = SILENT
    check.scene.update(check.clock.now_s())
    assert check.scene.stage is LatencyStage.INTRO, "a device that goes silent leaves nothing to clap to"


def test_what_was_measured_in_silence_holds_for_the_camera(tmp_path: Path) -> None:
    check = Latency(tmp_path, 0.08)
    check.latency = DeviceLatency(check.store, lambda: "camera 0", lambda: "", lambda: "2026-01-01T00:00:00")
    check.scene._latency = check.latency
    check.blink()
    assert check.scene.view(0.0).guided.text.endswith("Kept for camera 0.")


@pytest.mark.parametrize("sound", [None, SILENT])
def test_without_a_picture_nothing_is_offered_and_the_page_says_why(tmp_path: Path, sound: str | None) -> None:
    check = Latency(tmp_path, 0.1)
    check.sound.problem = sound
    check.trouble = camera_errors.camera_gone("camera 0").sentence
    guided = check.scene.view(0.0).guided
    assert offered(check) == [WORDS.back]
    assert check.chosen == WORDS.back
    assert isinstance(check.scene.obey(Command.CONFIRM, 0.0), Back), "what was chosen before is not there any more"
    assert guided.title == WORDS.nothing_to_measure
    assert guided.text == WORDS.without_picture
    assert guided.note.startswith("camera 0: it was unplugged")
    assert isinstance(check.take(WORDS.back), Back)
    check.context.preferences.change(language="de")
    check.scene._look_changed()
    assert "sie wurde abgezogen" in check.scene.view(0.0).guided.note


def test_the_watch_takes_pictures_only_while_something_is_measured() -> None:
    watch = LatencyWatch(make_preview())
    frame = sensed(make_observation(make_pose_frame(0.1)))
    watch.handle(frame)
    assert watch.take() == []
    watch.measuring = True
    watch.handle(frame)
    assert [seen.captured_s for seen in watch.take()] == [frame.frame.captured_s]


def test_hands_that_clap_ask_for_nothing() -> None:
    preview = make_preview()
    watch = LatencyWatch(preview)
    for measuring in (False, True):
        watch.measuring = measuring
        preview.actions.put(GestureAction.BACK)
        watch.handle(sensed(make_observation(make_pose_frame(0.1))))
        assert preview.actions.empty() is measuring


def test_brightness_is_that_of_the_region() -> None:
    picture = np.zeros((480, 640, 3), np.uint8)
    picture[:120, :106] = 200
    regions = region_brightness(picture)
    assert len(regions) == 24
    assert regions[0] == pytest.approx(200, abs=5)
    assert regions[1:].max() < 10
