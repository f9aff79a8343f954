"""The home screen: choosing, opening, and what is missing."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from coach.app.live import SensedFrame
from coach.app.scenes.home_scene import HomeScene
from coach.app.studio.scene import Back, Open, Quit
from coach.devices.frame_source import Frame
from coach.devices.sensor import SensorTimings
from coach.judging.verdicts import FramingHint
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.observation import Observation
from coach.settings.cues import FramingSettings
from coach.settings.ui import UiSettings
from coach.ui.commands import Command
from coach.ui.events import Pointer
from coach.ui.home_screen import HomeLayout, HomeScreen
from coach.ui.home_view import DanceCard, Entry, MessageCard
from coach.ui.look import Look
from coach.ui.surfaces import new_surface
from coach.ui.words_home import HOME_WORDS
from tests.builders_home import ENTRIES, SIZE_PX, Home
from tests.builders_menus import home_views, make_context, make_preview, make_shelf
from tests.builders_ui import camera_picture, student_pose


# -- choosing ----------------------------------------------------------------------------------------------------------
def test_up_and_down_reach_everything_and_confirm_opens_it() -> None:
    home = Home(make_shelf(ENTRIES))
    seen = [home.scene.chosen]
    for _ in range(6):
        home.press(Command.DOWN)
        seen.append(home.scene.chosen)
    assert seen == ["first", "second", "broken", Entry.SETTINGS, Entry.CHECK, Entry.HISTORY, Entry.QUIT]
    home.press(Command.DOWN)
    assert home.scene.chosen == "first"
    home.press(Command.UP)
    assert home.scene.chosen is Entry.QUIT
    assert isinstance(home.press(Command.CONFIRM), Quit)
    home.press(Command.DOWN)
    assert isinstance(home.press(Command.CONFIRM), Open)
    home.press(Command.RIGHT)
    assert isinstance(home.press(Command.CONFIRM), Open)
    assert home.opened == ["first", Entry.SETTINGS]


def test_a_broken_reference_is_not_opened() -> None:
    home = Home(make_shelf(ENTRIES))
    assert home.press(Command.DOWN, Command.DOWN, Command.CONFIRM) is None
    assert home.opened == []


def test_one_stray_gesture_does_not_close_the_program() -> None:
    home = Home(make_shelf(ENTRIES))
    assert home.press(Command.BACK) is None
    assert home.scene.chosen is Entry.QUIT
    assert isinstance(home.press(Command.BACK), Back)
    assert isinstance(home.press(Command.QUIT), Quit)


def test_left_handed_sides() -> None:
    home = Home(make_shelf(ENTRIES), make_context(left_handed=True))
    home.press(Command.RIGHT)
    assert home.scene.chosen == "first"
    home.press(Command.LEFT)
    assert home.scene.chosen is Entry.SETTINGS
    home.press(Command.RIGHT)
    assert home.scene.chosen == "first"


def test_the_mouse_chooses_and_opens() -> None:
    home = Home(make_shelf(ENTRIES))
    home.draw()
    places = dict(home.scene._screen._places)
    at = places[Entry.HISTORY].center
    assert home.scene.obey(Pointer(at), 11.0) is None
    assert home.scene.chosen is Entry.HISTORY
    assert isinstance(home.scene.obey(Pointer(at, pressed=True), 11.1), Open)
    assert home.opened == [Entry.HISTORY]
    assert home.scene.obey(Pointer((3, 3), pressed=True), 11.2) is None


@pytest.mark.parametrize("state", home_views())
@pytest.mark.parametrize("left", [False, True])
def test_whatever_is_drawn_can_be_hit(state: str, left: bool) -> None:
    screen, view = HomeScreen(UiSettings(), Look(left_handed=left)), home_views()[state]
    screen.draw(new_surface(SIZE_PX), view)
    for choice, rect in screen._places:
        assert screen.hit(rect.center) == choice
    drawn = [choice for choice, _ in screen._places]
    assert set(view.entries) <= set(drawn)
    if view.cards:
        assert view.chosen in drawn, "the chosen card can be seen"


def test_the_list_follows_the_choice_softly() -> None:
    screen, view = HomeScreen(UiSettings()), home_views()["many"]
    surface = new_surface(SIZE_PX)
    tops = []
    for index in range(40):
        screen.draw(surface, replace(view, now_s=1.0 + index / 60, chosen="n0" if index == 0 else "n20"))
        tops.append(next((rect.y for choice, rect in screen._places if choice == "n20"), None))
    assert tops[0] is None
    assert tops[-1] is not None
    canvas = screen._canvas
    area = HomeLayout.of(canvas, 4).cards
    assert abs(dict(screen._places)["n20"].centery - area.centery) < 40


# -- what is missing ---------------------------------------------------------------------------------------------------
def test_without_a_camera_the_demo_is_offered() -> None:
    trouble = ["camera 0 does not answer"]
    home = Home(make_shelf(ENTRIES), camera_trouble=lambda: trouble[0] if trouble else None)
    view = home.scene.view(home.now_s)
    assert isinstance(view.cards[0], MessageCard)
    assert not view.camera_ok
    home.press(Command.UP)
    while home.scene.chosen is not Entry.DEMO:
        home.press(Command.UP)
    assert isinstance(home.press(Command.CONFIRM), Open)
    assert home.opened == [Entry.DEMO]
    trouble.clear()
    home.scene.update(home.now_s)
    assert home.scene.chosen == "first"
    assert all(isinstance(card, DanceCard) for card in home.scene.view(home.now_s).cards)


def test_without_references_it_says_so_only_once_it_knows() -> None:
    home = Home(make_shelf([]))
    words = HOME_WORDS["en"]
    assert [card.title for card in home.scene.view(home.now_s).cards] == [words.no_dances_title]
    assert home.scene.chosen is Entry.DEMO
    fresh = make_shelf([])
    scene = HomeScene(home.context, fresh, home.preview, open_practice=home._open, open_entries={})
    scene.update(0.0)
    assert scene.view(0.0).cards == ()


def test_the_guide_says_one_thing() -> None:
    home = Home(make_shelf(ENTRIES), make_context(language="de"))
    assert home.scene.view(home.now_s).guide == ""
    home.show()
    assert home.scene.view(home.now_s).guide == HOME_WORDS["de"].seen
    home.show(FramingHint.DARK)
    view = home.scene.view(home.now_s)
    assert view.guide == "Mehr Licht, bitte"
    assert not view.guide_ok
    home.now_s += 2.0
    home.scene.update(home.now_s)
    assert home.scene.view(home.now_s).preview.bgr is None, "an old picture is no picture"


def test_a_change_of_look_holds_at_once() -> None:
    home = Home(make_shelf(ENTRIES))
    dark = home.draw()
    home.context.preferences.change(theme="light")
    light = home.draw()
    assert light[..., :3].mean() > 2 * dark[..., :3].mean()


def test_the_chosen_teacher_dances() -> None:
    home = Home(make_shelf(ENTRIES))
    home.now_s += 1.0
    home.scene.update(home.now_s)
    first = home.scene.view(home.now_s).moving
    later = home.scene.view(home.now_s + 0.4).moving
    assert first is not None
    assert later is not None
    assert not np.array_equal(first.pose.image, later.pose.image)
    home.press(Command.DOWN)
    assert home.scene.view(home.now_s).moving is None, "not at once"


def test_sound_and_voice_states() -> None:
    home = Home(make_shelf(ENTRIES), make_context(voice=False))
    view = home.scene.view(home.now_s)
    assert not view.voice_ok
    assert view.sound_ok


@pytest.mark.parametrize("code", HOME_WORDS)
def test_words_are_complete(code: str) -> None:
    words = HOME_WORDS[code]
    assert set(words.entries) == set(Entry)
    assert len(words.levels) == 5
    for field in fields(words):
        value = getattr(words, field.name)
        assert all(value.values()) if isinstance(value, dict) else all(value)


def test_the_preview_can_look_at_the_upper_body_only() -> None:
    preview, pose = make_preview(), student_pose()
    image = pose.image.copy()
    image[LANDMARK_INDEX["left_knee"] :, 1] += 0.5
    timings = SensorTimings(1.0, 1.0)
    hints = []
    for framing in (FramingSettings(), FramingSettings(upper_body_only=True)):
        preview.use(framing)
        for index in range(60):
            cut = Observation(replace(pose.with_image(image), time_s=index / 30))
            preview.handle(SensedFrame(Frame(camera_picture(), 1.0, 1.0, index), cut, timings))
        newest = preview.frames.get(0.0)
        assert newest is not None
        hints.append(newest.framing)
    assert hints == [FramingHint.FEET_CUT_OFF, None]
