"""Home: the cards, the choice by key, mouse and gesture, and what is shown when something is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from coach.app.live import SensedFrame
from coach.app.scenes.home_scene import HomeScene
from coach.app.studio.dance_shelf import DanceShelf
from coach.app.studio.preview import PreviewFrame
from coach.app.studio.scene import Back, Open, Quit, Scene
from coach.app.studio.studio_context import StudioContext
from coach.devices.frame_source import Frame
from coach.devices.sensor import SensorTimings
from coach.judging.verdicts import FramingHint
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.observation import Observation
from coach.settings.cues import FramingSettings
from coach.settings.home import HomeSettings
from coach.settings.ui import UiSettings
from coach.storage.library import LibraryEntry
from coach.ui.commands import Command
from coach.ui.events import Pointer
from coach.ui.home_screen import HomeLayout, HomeScreen
from coach.ui.home_view import DanceCard, Entry, MessageCard
from coach.ui.look import Look
from coach.ui.surfaces import new_surface, paint
from coach.ui.words_home import HOME_WORDS
from tests.builders_menus import Memory, entry, home_views, make_context, make_preview, make_shelf, run
from tests.builders_ui import camera_picture, student_pose

SIZE_PX = (1280, 720)
ENTRIES = [entry("first", title="First steps", teacher="Mara"), entry("second"), entry("broken", problem="it is empty")]


class Screen:
    """In place of a window."""

    def __init__(self) -> None:
        self.surface = new_surface(SIZE_PX)


class Home:
    """A home scene, and what it opened."""

    def __init__(self, shelf: DanceShelf, context: StudioContext | None = None, **options: Any) -> None:
        self.opened: list[object] = []
        self.preview = make_preview()
        self.shelf = shelf
        shelf.open = lambda: None  # type: ignore[method-assign]  # tests look for themselves
        self.context = context or make_context()
        self.scene = HomeScene(
            self.context,
            shelf,
            self.preview,
            open_practice=self._open,
            open_entries={item: self._opener(item) for item in Entry if item is not Entry.QUIT},
            **options,
        )
        self.now_s = 10.0
        self.scene.enter(self.now_s)
        shelf.look()
        self.scene.update(self.now_s)

    def _open(self, what: object) -> Scene:
        self.opened.append(what)
        return self.scene

    def _opener(self, what: Entry) -> Callable[[], Scene]:
        return lambda: self._open(what)

    def press(self, *commands: Command) -> object:
        step = None
        for command in commands:
            self.now_s += 0.1
            step = self.scene.obey(command, self.now_s)
        return step

    def draw(self, window: Screen | None = None) -> np.ndarray:
        window = window or Screen()
        self.scene.draw(window, self.now_s)  # type: ignore[arg-type]
        kept: list[np.ndarray] = []
        paint(window.surface, lambda pixels: kept.append(pixels.copy()))
        return kept[0]

    def show(self, framing: FramingHint | None = None) -> None:
        pose = student_pose()
        frame = Frame(camera_picture(), 1.0, 1.0, 1)
        self.preview.frames.put(PreviewFrame(frame, pose, Observation(pose), framing))
        self.scene.update(self.now_s)


# -- what is known of a dance ------------------------------------------------------------------------------------------
def test_cards_tell_what_is_known() -> None:
    memory = Memory([
        run("first", 64.0, "2026-03-01T10:00:00+00:00"), run("first", 88.6, "2026-03-08T10:00:00+00:00"),
        run("second", None, "2026-03-10T09:00:00+00:00"),
    ])  # fmt: skip
    shelf = make_shelf(ENTRIES, memory)
    assert shelf.cards is None
    shelf.look()
    first, second, broken = shelf.cards or ()
    assert (first.title, first.teacher, first.best_score, first.days_ago) == ("First steps", "Mara", 88.6, 2)
    assert (second.best_score, second.days_ago) == (None, 0)
    assert first.difficulty in range(1, 6)
    assert first.still is not None
    assert broken.problem == "it is empty"
    assert broken.still is None


def test_what_cannot_be_danced_comes_last() -> None:
    shelf = make_shelf([entry("a", problem="it is empty"), entry("b"), entry("c", problem="it is torn"), entry("d")])
    shelf.look()
    assert [card.name for card in shelf.cards or ()] == ["b", "d", "a", "c"]


def test_a_missing_camera_is_told_once_and_leaves_the_keys_their_line() -> None:
    context = make_context()
    context.notices[:] = ["camera 0: no camera was found", "No sound device opens"]
    home = Home(make_shelf(ENTRIES), context, camera_trouble=lambda: "camera 0: no camera was found")
    view = home.scene.view(0.0)
    assert view.notices == ("No sound device opens",)
    assert view.cards[0].choice is Entry.DEMO


def test_a_file_that_is_torn_inside_tells_so_once_it_is_read() -> None:
    shelf = make_shelf([entry("torn"), entry("good")])
    shelf.look()
    torn, good = shelf.cards or ()
    assert torn.problem == "it is cut short"
    assert good.problem is None


def test_only_a_few_dances_are_kept_and_the_chosen_one_moves() -> None:
    shelf = make_shelf([entry(f"n{index}") for index in range(9)])
    shelf.look()
    assert all(card.still is not None for card in shelf.cards or ())
    assert shelf.dance("n8") is None
    shelf.load_chosen()
    dance = shelf.dance("n8")
    assert dance is not None
    poses = [dance.figure_at(time_s).pose.image for time_s in (0.0, 0.5, 3.5)]
    assert not np.array_equal(poses[0], poses[1])
    assert len(shelf._dances) == 3


def test_a_second_look_keeps_the_figures_and_takes_new_scores() -> None:
    memory = Memory()
    shelf = make_shelf(ENTRIES, memory)
    shelf.look()
    still = (shelf.cards or ())[0].still
    memory.add(run("first", 77.0, "2026-03-10T10:00:00+00:00"))
    shelf._read = lambda path: pytest.fail("read again")  # type: ignore[assignment]
    shelf.look()
    assert (shelf.cards or ())[0].still is still
    assert (shelf.cards or ())[0].best_score == 77.0


def test_a_library_that_cannot_be_listed_is_told_on_the_screen() -> None:
    def broken() -> list[LibraryEntry]:
        raise OSError("disk gone")

    shelf = DanceShelf(broken, Memory(), HomeSettings(), UiSettings().body)
    assert shelf.trouble is None
    shelf.open()
    assert shelf._worker is not None
    shelf._worker.join(5.0)
    assert "disk gone" in (shelf.trouble or "")
    home = Home(make_shelf(ENTRIES))
    home.scene._shelf = shelf
    assert any("disk gone" in notice for notice in home.scene.view(0.0).notices)


def test_it_looks_in_the_background_and_stops() -> None:
    shelf = make_shelf(ENTRIES)
    shelf.open()
    worker = shelf._worker
    assert worker is not None
    for _ in range(200):
        if shelf.cards is not None and shelf.cards[1].still is not None:
            break
        worker.wait_s(0.02)
    assert shelf.cards is not None
    shelf.close()
    worker.join(5.0)
    assert not worker.alive


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
