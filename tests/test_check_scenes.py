"""The first check and the latency check: every way through them, by key and by mouse."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import fields
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach.app.check.device_latency import DeviceLatency
from coach.app.check.latency_watch import LatencyWatch, Seen, region_brightness
from coach.app.scenes.check_scene import CheckScene
from coach.app.scenes.latency_scene import LatencyScene
from coach.app.studio.preview import PreviewFrame
from coach.app.studio.scene import Back, Open
from coach.clock import ManualClock
from coach.gestures.gesture import GestureAction
from coach.practice.flash import FlashPattern
from coach.settings.latency import LatencySettings
from coach.settings.ui import UiSettings
from coach.storage.latency_store import LatencyStore
from coach.ui.check_screen import CheckScreen
from coach.ui.commands import Command
from coach.ui.events import Pointer
from coach.ui.latency_screen import LatencyScreen
from coach.ui.look import Look
from coach.ui.surfaces import new_surface
from coach.ui.words_check import CHECK_WORDS, CheckStep, LatencyStage
from tests.builders_app import FakeSound, sensed
from tests.builders_check import CHECK_STATES, LATENCY_STATES, check_view, latency_view
from tests.builders_latency import brightness, camera_times, clapping
from tests.builders_menus import LONG_CAMERA, make_context, make_preview
from tests.builders_pose import make_observation, make_pose_frame

WORDS = CHECK_WORDS["en"]
SETTINGS = LatencySettings()
CAMERAS = ["Built-in", LONG_CAMERA]


class Window:
    surface = new_surface((800, 600))


class Check:
    """The first check with everything around it."""

    def __init__(self, *, latency_ms: float | None = None, cameras: list[str] | None = None, **chosen: Any) -> None:
        self.context = make_context(**chosen)
        self.sound = FakeSound(self.context.clock)  # type: ignore[arg-type]
        self.context.sound = self.sound  # type: ignore[assignment]
        self.said: list[str] = []
        self.context.say = self.said.append
        self.opened: list[str] = []
        self.preview, self.latency_ms, self.now_s = make_preview(), latency_ms, 0.0
        self.latency_scene = object()
        self.scene = CheckScene(
            self.context,
            self.preview,
            cameras=lambda: CAMERAS if cameras is None else cameras,
            use_camera=self.opened.append,
            open_latency=lambda: self.latency_scene,  # type: ignore[arg-type, return-value]
            latency_known=lambda: self.latency_ms,
        )
        self.scene.enter(0.0)
        assert self.scene._cameras is not None
        self.scene._cameras.join(5.0)

    def wait(self, duration_s: float) -> None:
        for _ in range(round(duration_s * 30)):
            self.now_s += 1 / 30
            self.scene.update(self.now_s)

    def take(self, text: str) -> object:
        """Choose the option with this text, by keys."""
        texts = [option.text for option in self.scene.view().guided.options]
        assert text in texts, f"{text} is not among {texts}"
        while self.chosen != text:
            self.scene.obey(Command.DOWN, self.now_s)
        return self.scene.obey(Command.CONFIRM, self.now_s)

    @property
    def chosen(self) -> str:
        guided = self.scene.view().guided
        return next(option.text for option in guided.options if option.key == guided.chosen)

    @property
    def done(self) -> bool:
        return self.context.preferences.current.check_done

    def stand_well(self, duration_s: float) -> None:
        for _ in range(round(duration_s * 30)):
            self.now_s += 1 / 30
            observation = make_observation(make_pose_frame(self.now_s, height=0.6))
            frame = sensed(observation).frame
            self.preview.frames.put(PreviewFrame(frame, observation.pose, observation, None))
            self.scene.update(self.now_s)


def test_the_whole_way_with_yes() -> None:
    check = Check(latency_ms=None)
    check.stand_well(0.1)
    check.take(WORDS.yes)
    assert check.scene.step is CheckStep.FRAMING
    check.stand_well(1.0)
    assert check.scene.step is CheckStep.FRAMING
    check.stand_well(3.0)
    assert check.scene.step is CheckStep.SOUND
    check.wait(5.0)
    assert check.sound.said.count("bell") in (3, 4)
    check.take(WORDS.yes)
    assert check.said == [WORDS.can_you_hear_me]
    check.take(WORDS.yes)
    step = check.take(WORDS.measure)
    assert isinstance(step, Open)
    assert step.scene is check.latency_scene
    check.scene.leave()
    check.latency_ms = 112.0
    check.scene.enter(check.now_s)
    assert check.scene.step is CheckStep.DONE
    facts = {fact.name: fact for fact in check.scene.view().guided.facts}
    assert all(fact.good for fact in facts.values())
    assert facts[WORDS.names[CheckStep.LATENCY]].text == "112 ms"
    assert not check.done
    assert isinstance(check.take(WORDS.dance), Back)
    assert check.done


def test_without_a_picture_the_camera_does_not_work_whatever_is_answered() -> None:
    check = Check()
    check.take(WORDS.yes)
    for _ in range(4):
        check.take(WORDS.skip)
    facts = {fact.name: fact for fact in check.scene.view().guided.facts}
    assert facts[WORDS.names[CheckStep.CAMERA]].good is False


def test_each_step_can_be_skipped_and_is_not_said_to_work() -> None:
    check = Check()
    for _ in range(5):
        assert check.take(WORDS.skip) is None
    assert check.scene.step is CheckStep.DONE
    assert {fact.good for fact in check.scene.view().guided.facts} == {None}


@pytest.mark.parametrize("skips", [0, 1, 2, 3])
def test_the_whole_can_be_skipped_anywhere(skips: int) -> None:
    check = Check()
    for _ in range(skips):
        check.take(WORDS.skip)
    assert isinstance(check.take(WORDS.skip_all), Back)
    assert check.done


def test_going_back_leads_back_and_in_the_end_out() -> None:
    check = Check()
    check.take(WORDS.skip)
    check.take(WORDS.skip)
    assert check.scene.obey(Command.BACK, 0.0) is None
    assert check.scene.step is CheckStep.FRAMING
    check.scene.obey(Command.BACK, 0.0)
    assert isinstance(check.scene.obey(Command.BACK, 0.0), Back)
    assert check.done


def test_it_can_be_repeated_from_its_end_and_from_home() -> None:
    check = Check()
    for _ in range(5):
        check.take(WORDS.skip)
    check.take(WORDS.again)
    assert check.scene.step is CheckStep.CAMERA
    check.take(WORDS.skip)
    check.scene.leave()
    check.scene.enter(9.0)
    assert check.scene.step is CheckStep.CAMERA


def test_another_camera_is_taken_by_its_name() -> None:
    check = Check()
    check.take(WORDS.use_camera.format(name=LONG_CAMERA))
    assert check.opened == [LONG_CAMERA]
    assert check.context.preferences.current.camera == LONG_CAMERA
    assert WORDS.use_camera.format(name="Built-in") in [option.text for option in check.scene.view().guided.options]
    assert check.scene.step is CheckStep.CAMERA


def test_without_names_no_camera_is_offered() -> None:
    assert [option.text for option in Check(cameras=[]).scene.view().guided.options] == [
        WORDS.yes, WORDS.skip, WORDS.skip_all,
    ]  # fmt: skip


def test_why_there_is_no_picture_is_said() -> None:
    check = Check()
    assert check.scene.view().guided.note == ""
    check.context.notices.append("The camera is used by another program: close it")
    assert check.scene.view().guided.note == check.context.notices[0]


def test_who_hears_nothing_is_told_what_to_do_and_may_do_without() -> None:
    check = Check()
    check.take(WORDS.skip)
    check.take(WORDS.skip)
    check.take(WORDS.no)
    assert check.scene.view().guided.note == WORDS.no_sound
    check.take(WORDS.hear_again)
    check.take(WORDS.skip)
    check.take(WORDS.no)
    assert check.scene.view().guided.note == WORDS.no_voice
    assert check.said == [WORDS.can_you_hear_me] * 2
    check.take(WORDS.voice_off)
    assert not check.context.preferences.current.voice
    check.take(WORDS.skip)
    assert [fact.good for fact in check.scene.view().guided.facts][2:4] == [False, False]


def test_the_tone_ends_with_its_question() -> None:
    check = Check()
    check.take(WORDS.skip)
    check.take(WORDS.skip)
    check.take(WORDS.yes)
    count = check.sound.said.count("bell")
    check.wait(5.0)
    assert check.sound.said.count("bell") == count


def test_the_mouse_does_the_same() -> None:
    check = Check()
    check.scene.draw(Window(), 0.0)  # type: ignore[arg-type]
    place = check.scene._screen._panel._places[-1][0].center
    check.scene.obey(Pointer(place), 0.0)
    assert check.chosen == WORDS.skip_all
    assert isinstance(check.scene.obey(Pointer(place, pressed=True), 0.0), Back)
    assert check.scene.obey(Pointer((1, 1), pressed=True), 0.0) is None


# -- latency -----------------------------------------------------------------------------------------------------------
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
        self.scene = LatencyScene(self.context, self.preview, self.latency)
        self.scene.enter(0.0)

    def take(self, text: str) -> object:
        texts = [option.text for option in self.scene.view(self.clock.now_s()).guided.options]
        assert text in texts, f"{text} is not among {texts}"
        while texts[[o.key for o in self.scene._options()].index(self.scene._chosen)] != text:
            self.scene.obey(Command.DOWN, self.clock.now_s())
        return self.scene.obey(Command.CONFIRM, self.clock.now_s())

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


def test_without_a_loudspeaker_only_blinking_is_offered(tmp_path: Path) -> None:
    check = Latency(tmp_path, 0.1)
    check.sound.problem = "No sound device answers"
    assert [option.text for option in check.scene.view(0.0).guided.options] == [WORDS.by_eye, WORDS.back]


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


# -- the screens -------------------------------------------------------------------------------------------------------
LOOKS = {
    "dark": Look(),
    "dark 150 de": Look("dark", 1.5, "de"),
    "light de left": Look("light", 1.0, "de", True),
    "contrast 150 en": Look("high-contrast", 1.5, "en"),
    "light 80 en": Look("light", 0.8, "en"),
}
SIZES_PX = ((1280, 720), (1920, 1080), (800, 600))


@pytest.mark.parametrize("look_name", LOOKS)
def test_everything_on_the_checks_screens_has_room(look_name: str) -> None:
    """Buttons lie inside the window and beside one another, words end above them, in every state and size."""
    look = LOOKS[look_name]
    for size_px in SIZES_PX:
        surface = new_surface(size_px)
        for kind, states in ((CheckScreen, CHECK_STATES), (LatencyScreen, LATENCY_STATES)):
            screen = kind(UiSettings(), look)
            for state in states:
                view = check_view(state, look.language) if kind is CheckScreen else latency_view(state, look.language)
                screen.draw(surface, view)
                if state in ("dark", "bright"):
                    continue
                buttons = [rect for rect, _ in screen._panel._places]
                assert len(buttons) == len(view.guided.options)
                assert all(surface.get_rect().contains(button) for button in buttons)
                assert all(not a.colliderect(b) for a, b in combinations(buttons, 2))
                assert screen._panel.free.bottom <= min(button.top for button in buttons), (state, size_px)
                assert screen._panel.free.top <= screen._panel.free.bottom + 8, (state, size_px)


def test_a_blinking_screen_is_all_dark_or_all_bright() -> None:
    surface = new_surface((320, 240))
    for state, level in (("dark", 0), ("bright", 255)):
        LatencyScreen(UiSettings()).draw(surface, latency_view(state))
        assert {tuple(surface.get_at(at)[:3]) for at in ((0, 0), (160, 120), (319, 239))} == {(level,) * 3}


@pytest.mark.parametrize("code", CHECK_WORDS)
def test_no_word_is_missing(code: str) -> None:
    words, english = CHECK_WORDS[code], CHECK_WORDS["en"]
    for field in fields(words):
        value, original = getattr(words, field.name), getattr(english, field.name)
        if isinstance(value, str):
            assert value.strip()
            assert set(re.findall(r"{\w+}", value)) == set(re.findall(r"{\w+}", original))
        else:
            assert value.keys() == original.keys()
            assert all(text.strip() for key, text in value.items() if key is not LatencyStage.FLASH)
