"""The settings: all of them, by key, mouse and gesture, at once."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from coach.app.scenes.settings_scene import SettingsScene
from coach.app.studio.scene import Back
from coach.settings.preferences import Preferences
from coach.settings.ui import UiSettings
from coach.ui.commands import Command
from coach.ui.events import Pointer
from coach.ui.look import Look
from coach.ui.settings_screen import BACK, SettingsHit, SettingsScreen
from coach.ui.settings_table import FIELDS, GROUPS, group_of, stepped
from coach.ui.surfaces import new_surface
from coach.ui.words_settings import SETTINGS_WORDS
from tests.builders_menus import LONG_CAMERA, make_context, settings_view

CAMERAS = ["Built-in camera", LONG_CAMERA]


class Window:
    surface = new_surface((1280, 720))


class Settings:
    """The scene, and what it told of."""

    def __init__(self, cameras: list[str] | None = None, **chosen: object) -> None:
        self.context, self.changed = make_context(**chosen), []
        names = CAMERAS if cameras is None else cameras
        self.scene = SettingsScene(self.context, lambda: names, changed=self.changed.append)
        self.scene.enter(0.0)
        assert self.scene._cameras is not None
        self.scene._cameras.join(5.0)

    @property
    def now(self) -> Preferences:
        return self.context.preferences.current

    def press(self, *commands: Command) -> object:
        step = None
        for command in commands:
            step = self.scene.obey(command, 0.0)
        return step

    def choose(self, field: str) -> None:
        while self.scene.chosen != field:
            self.press(Command.DOWN)


def test_every_preference_can_be_set_but_whether_the_check_was_done() -> None:
    assert sorted(FIELDS) == sorted(field.name for field in fields(Preferences) if field.name != "check_done")


def test_every_offered_value_is_allowed() -> None:
    for group in GROUPS:
        for setting in group.settings:
            for value in setting.values:
                replace(Preferences(), **{setting.field: value})
            if setting.values:
                assert getattr(Preferences(), setting.field) in setting.values


@pytest.mark.parametrize("field", FIELDS)
def test_each_can_be_changed_by_three_gestures_alone(field: str) -> None:
    settings = Settings()
    before = getattr(settings.now, field)
    settings.choose(field)
    values = [before]
    for _ in range(8):
        settings.press(Command.CONFIRM)
        values.append(getattr(settings.now, field))
        if values[-1] == before:
            break
    assert values[-1] == before, "it goes round"
    assert len(values) > 2
    assert settings.changed == [field] * (len(values) - 1)


def test_down_reaches_the_way_back_and_confirm_takes_it() -> None:
    settings = Settings()
    settings.choose(BACK)
    assert isinstance(settings.press(Command.CONFIRM), Back)
    assert isinstance(settings.press(Command.BACK), Back)
    assert settings.press(Command.LEFT) is None
    assert settings.changed == []


def test_left_and_right_stop_at_the_ends() -> None:
    settings = Settings()
    settings.choose("text_size_percent")
    settings.press(*[Command.RIGHT] * 9)
    assert settings.now.text_size_percent == 150.0
    settings.press(*[Command.LEFT] * 9)
    assert settings.now.text_size_percent == 80.0


def test_each_arrow_turns_a_switch() -> None:
    settings = Settings()
    settings.choose("left_handed")
    for command in (Command.RIGHT, Command.LEFT, Command.LEFT, Command.RIGHT):
        before = settings.now.left_handed
        settings.press(command)
        assert settings.now.left_handed is not before


def test_a_value_of_the_command_line_steps_to_the_next_offered_one() -> None:
    values = (80.0, 100.0, 150.0)
    assert stepped(values, 95.0, 1, around=False) == 100.0
    assert stepped(values, 95.0, -1, around=False) == 80.0
    assert stepped(values, 300.0, 1, around=False) == 150.0
    assert stepped(values, 300.0, 1, around=True) == 80.0


def test_cameras_by_name() -> None:
    settings = Settings()
    settings.choose("camera")
    words = SETTINGS_WORDS["en"]
    assert settings.scene.view().rows["camera"].value == words.any_camera
    settings.press(Command.RIGHT)
    assert settings.now.camera == CAMERAS[0]
    away = Settings(cameras=[], camera="Old webcam")
    assert away.scene.view().rows["camera"].value == words.camera_away.format(name="Old webcam")
    away.choose("camera")
    away.press(Command.CONFIRM)
    assert away.now.camera == ""


def test_language_and_colours_hold_at_once() -> None:
    settings = Settings()
    settings.scene.draw(Window(), 0.0)  # type: ignore[arg-type]
    settings.choose("language")
    settings.press(Command.RIGHT)
    settings.scene.draw(Window(), 0.0)  # type: ignore[arg-type]
    assert settings.scene.view().rows["theme"].value == SETTINGS_WORDS["de"].values["theme"]["dark"]


def test_the_mouse_changes_both_ways() -> None:
    settings = Settings()
    settings.scene.draw(Window(), 0.0)  # type: ignore[arg-type]
    places = settings.scene._screen._places
    forward = next(rect for rect, hit in places if hit == SettingsHit("theme", 1))
    back = next(rect for rect, hit in places if hit == SettingsHit("theme", -1))
    settings.scene.obey(Pointer((forward.right - 4, forward.centery), pressed=True), 0.0)
    assert settings.now.theme == "light"
    settings.scene.obey(Pointer(back.center, pressed=True), 0.0)
    assert settings.now.theme == "dark"
    sound = next(rect for rect, hit in places if hit == SettingsHit("voice"))
    settings.scene.obey(Pointer(sound.center), 0.0)
    assert settings.scene.chosen == "theme", "a group opens by a click, not in passing"
    settings.scene.obey(Pointer(sound.center, pressed=True), 0.0)
    assert settings.scene.chosen == "voice"
    out = next(rect for rect, hit in places if hit.chosen == BACK)
    assert isinstance(settings.scene.obey(Pointer(out.center, pressed=True), 0.0), Back)


@pytest.mark.parametrize("left", [False, True])
def test_hits_are_where_things_are_drawn(left: bool) -> None:
    screen = SettingsScreen(UiSettings(), Look(left_handed=left))
    screen.draw(new_surface((800, 600)), settings_view("stage"))
    for rect, hit in screen._places:
        found = screen.hit(rect.center)
        assert found is not None
        assert found.chosen == hit.chosen


@pytest.mark.parametrize("code", SETTINGS_WORDS)
def test_words_are_complete(code: str) -> None:
    words = SETTINGS_WORDS[code]
    assert set(words.labels) == set(words.hints) == set(FIELDS)
    assert set(words.groups) == {group.key for group in GROUPS}
    for field in FIELDS:
        assert words.labels[field]
        assert words.hints[field]
        for value in next(s.values for s in group_of(field).settings if s.field == field):
            assert words.value_text(field, value)
    assert "legs" not in words.labels["upper_body_only"]
