"""The first check: every way through it, by key and by mouse."""

from __future__ import annotations

from typing import Any

import pytest

from coach.app.scenes.check_scene import CheckScene
from coach.app.studio.preview import PreviewFrame
from coach.app.studio.scene import Back, Open
from coach.ui.commands import Command
from coach.ui.events import Pointer
from coach.ui.words_check import CHECK_WORDS, CheckStep
from tests.builders_app import FakeSound, sensed
from tests.builders_check import Window
from tests.builders_menus import LONG_CAMERA, make_context, make_preview
from tests.builders_pose import make_observation, make_pose_frame

WORDS = CHECK_WORDS["en"]
CAMERAS = ["Built-in", LONG_CAMERA]


class Check:
    """The first check with everything around it."""

    def __init__(
        self, *, latency_ms: float | None = None, cameras: list[str] | None = None, picture: bool = True, **chosen: Any
    ) -> None:
        self.context = make_context(**chosen)
        self.sound = FakeSound(self.context.clock)  # type: ignore[arg-type]
        self.context.sound = self.sound  # type: ignore[assignment]
        self.said: list[str] = []
        self.context.say = self.said.append
        self.opened: list[str] = []
        self.preview, self.latency_ms, self.now_s = make_preview(), latency_ms, 0.0
        self.latency_scene = object()
        self.voice_works = True
        self.camera_trouble: str | None = None
        self.scene = CheckScene(
            self.context,
            self.preview,
            cameras=lambda: CAMERAS if cameras is None else cameras,
            use_camera=self.opened.append,
            open_latency=lambda: self.latency_scene,  # type: ignore[arg-type, return-value]
            latency_known=lambda: self.latency_ms,
            voice_works=lambda: self.voice_works,
            camera_trouble=lambda: self.camera_trouble,
        )
        self.scene.enter(0.0)
        self.scene._devices.join(5.0)
        if picture:
            self.stand_well(0.04)

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


NO_CAMERA = "camera 0: no camera was found. It is used as soon as it answers"


@pytest.mark.parametrize("language", CHECK_WORDS)
def test_without_a_camera_only_what_can_be_true_is_offered_and_its_place_is_not_asked_for(language: str) -> None:
    check, words = Check(picture=False, cameras=[], language=language), CHECK_WORDS[language]
    check.camera_trouble = NO_CAMERA
    guided = check.scene.view().guided
    without = words.go_on_without[CheckStep.CAMERA]
    assert [option.text for option in guided.options] == [words.look_again, without, words.skip_all]
    assert (guided.title, guided.text) == (
        words.missing_titles[CheckStep.CAMERA],
        words.missing_texts[CheckStep.CAMERA],
    )
    assert guided.note == NO_CAMERA
    assert not guided.bindings, "a gesture that nobody can see"
    check.take(without)
    assert check.scene.step is CheckStep.SOUND
    check.scene.obey(Command.BACK, check.now_s)
    assert check.scene.step is CheckStep.CAMERA
    check.take(without)
    for _ in range(3):
        check.take(words.skip)
    facts = {fact.name: fact.good for fact in check.scene.view().guided.facts}
    assert facts[words.names[CheckStep.CAMERA]] is False
    assert facts[words.names[CheckStep.FRAMING]] is None


def test_a_camera_that_comes_later_is_taken_and_yes_is_the_first_answer_then() -> None:
    check = Check(picture=False, cameras=[])
    check.camera_trouble = NO_CAMERA
    check.take(WORDS.look_again)
    assert check.opened == [""], "the chosen camera is opened again"
    check.camera_trouble = None
    assert check.scene.view().guided.text == WORDS.picture_comes
    check.take(WORDS.look_again)
    assert check.opened == [""], "it is being looked for already"
    assert check.scene.step is CheckStep.CAMERA
    check.stand_well(0.04)
    assert check.chosen == WORDS.yes
    assert check.scene.view().guided.title == WORDS.titles[CheckStep.CAMERA]
    check.take(WORDS.yes)
    assert check.scene.step is CheckStep.FRAMING


def test_a_camera_that_comes_while_the_check_goes_on_is_not_said_to_fail() -> None:
    check = Check(picture=False, cameras=[])
    check.camera_trouble = NO_CAMERA
    check.take(WORDS.go_on_without[CheckStep.CAMERA])
    check.camera_trouble = None
    check.stand_well(0.04)
    for _ in range(2):
        check.take(WORDS.skip)
    check.take(WORDS.skip)
    assert check.scene.step is CheckStep.DONE
    assert check.scene.view().guided.facts[0].good is None


def test_who_does_not_wait_for_the_camera_is_not_asked_for_a_place() -> None:
    check = Check(picture=False)
    assert check.scene.view().guided.text == WORDS.picture_comes
    check.take(WORDS.go_on_without[CheckStep.CAMERA])
    assert check.scene.step is CheckStep.SOUND


def test_a_camera_lost_while_the_place_is_looked_for_is_told_with_a_way_on() -> None:
    check = Check()
    check.take(WORDS.yes)
    check.camera_trouble = "camera 0: it was unplugged"
    check.wait(10.0)
    guided = check.scene.view().guided
    assert guided.title == WORDS.missing_titles[CheckStep.FRAMING]
    assert guided.note == check.camera_trouble
    assert not guided.note_good
    check.take(WORDS.go_on_without[CheckStep.FRAMING])
    assert check.scene.step is CheckStep.SOUND


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
    check = Check(cameras=[])
    assert [option.text for option in check.scene.view().guided.options] == [
        WORDS.yes, WORDS.skip, WORDS.skip_all,
    ]  # fmt: skip


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


@pytest.mark.parametrize("language", CHECK_WORDS)
def test_without_a_loudspeaker_nobody_is_asked_what_they_hear(language: str) -> None:
    check, words = Check(language=language), CHECK_WORDS[language]
    check.sound.problem = "No sound device answers: the music and the voice stay silent, read the captions"
    check.take(words.skip)
    check.take(words.skip)
    guided = check.scene.view().guided
    without = words.go_on_without[CheckStep.SOUND]
    assert [option.text for option in guided.options] == [words.look_again, without, words.skip_all]
    assert guided.title == words.missing_titles[CheckStep.SOUND]
    assert ("Kein Tongerät" if language == "de" else "No sound device") in guided.note
    check.take(without)
    assert check.scene.step is CheckStep.LATENCY
    check.scene.obey(Command.BACK, check.now_s)
    assert check.scene.step is CheckStep.SOUND
    check.take(words.look_again)
    assert "try again" in check.sound.said
    assert check.chosen == words.yes
    check.sound.problem = "gone again"
    check.take(without)
    check.take(words.skip)
    assert [fact.good for fact in check.scene.view().guided.facts][2:4] == [False, False]


def test_a_voice_that_does_not_speak_is_not_said_to_be_heard() -> None:
    check = Check()
    check.voice_works = False
    check.take(WORDS.skip)
    check.take(WORDS.skip)
    check.take(WORDS.yes)
    guided = check.scene.view().guided
    assert [option.text for option in guided.options] == [WORDS.voice_off, WORDS.skip, WORDS.skip_all]
    assert guided.title == WORDS.missing_titles[CheckStep.VOICE]
    check.take(WORDS.voice_off)
    check.take(WORDS.skip)
    assert [fact.good for fact in check.scene.view().guided.facts][2:4] == [True, False]


def test_without_a_picture_no_timing_is_measured_and_it_says_why() -> None:
    check = Check()
    for _ in range(4):
        check.take(WORDS.skip)
    assert check.scene.step is CheckStep.LATENCY
    assert check.scene.view().guided.note == ""
    check.camera_trouble = "camera 0: it was unplugged"
    check.wait(10.0)
    guided = check.scene.view().guided
    assert [option.text for option in guided.options] == [WORDS.skip]
    assert guided.note == check.camera_trouble


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
