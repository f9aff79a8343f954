"""The scenes of the studio, joined: where each leads, and what a changed choice does."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from coach.app import practice
from coach.app.options import LiveOptions, PracticeOptions
from coach.app.preferred import open_preferences
from coach.app.scenes.check_scene import CheckScene
from coach.app.scenes.getting_ready_scene import GettingReadyScene
from coach.app.scenes.history_scene import HistoryScene
from coach.app.scenes.home_scene import HomeScene
from coach.app.scenes.practice_scene import PracticeScene
from coach.app.scenes.settings_scene import SettingsScene
from coach.app.studio.scene import Scene
from coach.app.studio.show import Show
from coach.app.studio.studio_parts import Around
from coach.app.studio.studio_run import StudioRun
from coach.app.studio.studio_scenes import StudioScenes
from coach.clock import SystemClock
from coach.errors import VideoFileError
from coach.settings.app import AppSettings
from coach.storage.run_logs import RunLogs
from coach.ui.home_view import Entry
from tests.builders_menus import make_context

WAIT_S = 60.0


class Studio:
    """Scenes around a camera line, a voice and a window that are not there."""

    def __init__(self, executor: ThreadPoolExecutor, log: Path | None = None, **chosen: Any) -> None:
        self.line = Mock(trouble=None, running=True, dropped=0, source=None, opened=None)
        self.around = Around(self.line)
        self.around.context = make_context(**chosen)
        self.around.latency = Mock(entry=None)
        self.open_camera = Mock()
        options = PracticeOptions("first-steps", LiveOptions(voice=False))
        show = Show(None, visible=True, draw_fps=60.0)
        self.scenes = StudioScenes(options, AppSettings(), self.around, executor, self.open_camera, show, RunLogs(log))

    def opened(self, choice: str | Entry) -> Scene:
        home = self.scenes.home()
        assert isinstance(home, HomeScene)
        if isinstance(choice, Entry):
            return home._open_entries[choice]()
        return home._open_practice(choice)


@pytest.fixture
def executor():
    with ThreadPoolExecutor(1) as executor:
        yield executor


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        (Entry.SETTINGS, SettingsScene),
        (Entry.CHECK, CheckScene),
        (Entry.HISTORY, HistoryScene),
        (Entry.DEMO, GettingReadyScene),
    ],
)
def test_home_leads_everywhere(executor: ThreadPoolExecutor, entry: Entry, kind: type) -> None:
    assert isinstance(Studio(executor).opened(entry), kind)


def test_a_dance_gets_ready_in_the_background(executor: ThreadPoolExecutor) -> None:
    scene = Studio(executor).opened("first-steps")
    assert isinstance(scene, GettingReadyScene)
    scene.enter(0.0)
    assert scene._future is not None
    practice_scene = scene._future.result(WAIT_S)
    assert isinstance(practice_scene, PracticeScene)
    assert practice_scene.practice.companions.guide is not None, "somebody has to walk into place"
    assert practice_scene.practice.world.home_waits


def test_the_demo_takes_the_cameras_place_and_gives_it_back(executor: ThreadPoolExecutor) -> None:
    studio = Studio(executor)
    scene = studio.opened(Entry.DEMO)
    assert isinstance(scene, GettingReadyScene)
    scene.enter(0.0)
    assert scene._future is not None
    demo = scene._future.result(WAIT_S)
    assert isinstance(demo, PracticeScene)
    assert demo.practice.companions.guide is None
    demo.enter(0.0)
    (dancer,) = studio.line.start_soon.call_args.args
    assert dancer is not studio.open_camera
    demo._left()
    studio.line.start_soon.assert_called_with(studio.open_camera)


def test_practice_and_demo_share_the_logs_of_the_run(executor: ThreadPoolExecutor, tmp_path: Path) -> None:
    studio = Studio(executor, tmp_path / "day.jsonl")
    for choice in ("first-steps", Entry.DEMO):
        scene = studio.opened(choice)
        assert isinstance(scene, GettingReadyScene)
        scene.enter(0.0)
        assert scene._future is not None
        practice_scene = scene._future.result(WAIT_S)
        practice_scene.enter(0.0)
        practice_scene.leave()
    for name in ("day.jsonl", "day-2.jsonl"):
        events = [json.loads(line)["event"] for line in (tmp_path / name).read_text().splitlines()]
        assert events == ["start", "end"], name


def test_another_camera_is_opened_at_once(executor: ThreadPoolExecutor) -> None:
    studio = Studio(executor)
    studio.scenes._changed("camera")
    studio.line.start_soon.assert_called_once_with(studio.open_camera)


def test_gestures_are_switched_off_and_on(executor: ThreadPoolExecutor) -> None:
    studio = Studio(executor)
    assert studio.scenes._preview.reader is not None
    studio.around.context.preferences.change(gestures=False)
    studio.scenes._changed("gestures")
    assert studio.scenes._preview.reader is None


def test_choices_made_meanwhile_hold_for_the_next_practice(executor: ThreadPoolExecutor) -> None:
    studio = Studio(executor)
    studio.around.context.preferences.change(language="de", strictness=2.0, upper_body_only=True)
    options, settings = studio.scenes._chosen()
    assert options.language == "de"
    assert settings.coach.judging.strictness == 2.0
    assert settings.coach.cues.framing.upper_body_only


@pytest.mark.parametrize(
    "changes", [{"live": LiveOptions(headless=True)}, {"live": LiveOptions(fast=True)}, {"section": "Finale"}]
)
def test_what_only_a_practice_can_heed_practises(monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any]) -> None:
    monkeypatch.setattr(practice, "run_practice", lambda _options: 7)
    assert practice.run_start(PracticeOptions("first-steps", **changes)) == 7


def test_a_duration_ends_the_studio_and_none_of_its_practices() -> None:
    """A practice with a duration of its own would end with a result that nobody sees."""

    def nothing_to_see(_clock: object) -> Any:
        raise VideoFileError("dance.mp4", "there is no such file", "Check the path")

    options = PracticeOptions("first-steps", LiveOptions(voice=False, duration_s=0.5, given=frozenset({"voice"})))
    clock = SystemClock()
    with ExitStack() as stack:
        preferences = open_preferences(options)
        preferences.hold(check_done=True)
        studio = StudioRun(options, preferences, clock, nothing_to_see).open(stack)
        home = studio.scene
        assert isinstance(home, HomeScene)
        practices = home._open_practice.__self__._practices  # type: ignore[attr-defined]
        assert practices._chosen()[0].live.duration_s is None
        started_s = clock.now_s()
        studio.run()
        assert clock.now_s() - started_s == pytest.approx(0.5, abs=2.0)
    assert studio.scene is None
