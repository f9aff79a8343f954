"""What every run of the coach needs around its scenes: window, sound, voice, and what works today."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from contextlib import ExitStack

from coach.app.check.device_latency import DeviceLatency
from coach.app.options import LiveOptions, PracticeOptions
from coach.app.pose_setup import open_sensor
from coach.app.sound.speaker import Speaker
from coach.app.studio.camera_line import CameraLine
from coach.app.studio.gesture_actions import command_of
from coach.app.studio.preview import Preview
from coach.app.studio.show import Show
from coach.app.studio.studio import ShellHooks
from coach.app.studio.studio_context import StudioContext
from coach.app.wall_clock import now_utc
from coach.clock import Clock
from coach.devices.frame_source import FrameSource
from coach.gestures.bindings import MENU_ACTIONS, bindings_for
from coach.gestures.gesture_reader import GestureReader
from coach.judging.cue_texts import CueTexts
from coach.settings.app import AppSettings
from coach.settings.preferences import Preferences
from coach.settings.sensing import SensingSettings
from coach.storage.folders import user_folders
from coach.storage.history import History
from coach.storage.latency_store import LatencyStore
from coach.storage.preferences import PreferenceStore
from coach.ui.said import said
from coach.ui.sound import SoundOutput
from coach.ui.window import Window
from coach.ui.words_check import CHECK_WORDS


def open_window(live: LiveOptions, settings: AppSettings, stack: ExitStack) -> Window | None:
    """The window; in memory only where nobody is to see it, None where nothing is to be drawn."""
    if live.headless and not live.screenshots:
        return None
    window = Window(settings.ui.window, live.window_px, fullscreen=live.fullscreen, headless=live.headless)
    stack.callback(window.close)
    return window


def show_of(live: LiveOptions, settings: AppSettings, window: Window | None) -> Show:
    """How the window is drawn."""
    visible = window is not None and not live.headless
    paced = settings.practice.draw_fps if visible and not live.fast else None
    return Show(window, visible, paced, live.screenshots)


OpenSource = Callable[[Clock], FrameSource]


class Around:
    """Everything that outlives the scenes, as the shell sees it."""

    def __init__(self, line: CameraLine) -> None:
        self.line = line
        self.notices: list[str] = []
        self.kept_notices: list[list[str]] = []
        """What those that keep things on the disk have to say."""
        self.speaker: Speaker | None = None
        self.context: StudioContext
        self.latency: DeviceLatency

    def say(self, sentence: str) -> None:
        """Speak, if the voice is on."""
        if self.speaker is not None:
            self.speaker.say(sentence)

    def speak(
        self, live: LiveOptions, language: str, later: Callable[[Callable[[], None]], object] = lambda call: call()
    ) -> None:
        """Have a voice in this language ready from now on, or none; ``later`` ends the one there was."""
        if live.voice and not live.fast and self.speaker is not None and self.speaker.language == language:
            return
        if self.speaker is not None:
            self.speaker.hush()
            later(self.speaker.close)
            self.speaker = None
        if live.voice and not live.fast:
            texts = [CHECK_WORDS[language].can_you_hear_me, *(text.speech for text in CueTexts(language).everything())]
            self.speaker = Speaker(self.context.sound, user_folders().voices, texts, language, self.context.clock)

    def be_silent(self) -> None:
        """Have no voice any more."""
        speaker, self.speaker = self.speaker, None
        if speaker is not None:
            speaker.close()

    def tick(self) -> None:
        """A small sound that says: understood."""
        if self.context.preferences.current.clicks:
            self.context.sound.click()

    def bell(self) -> None:
        """A small sound that says: well done."""
        if self.context.preferences.current.clicks:
            self.context.sound.praise()

    def hooks(self) -> ShellHooks:
        """What the shell does for all scenes."""
        return ShellHooks(self._hear, self._problems, self.notices, _tell, self._said, command_of, self.tick)

    def _said(self, sentence: str) -> str:
        return said(sentence, self.context.preferences.current.language)

    def _hear(self) -> None:
        if self.speaker is not None:
            self.speaker.update()
        self.context.sound.update()

    def _problems(self) -> list[str]:
        found = [self.line.trouble, self.speaker.problem if self.speaker is not None else None]
        found.append(self.context.sound.problem)
        for notices in self.kept_notices:
            found += notices
        return [problem for problem in found if problem]


def open_around(
    options: PracticeOptions,
    settings: AppSettings,
    preferences: PreferenceStore,
    open_frames: OpenSource,
    clock: Clock,
    stack: ExitStack,
) -> Around:
    """Sound, choices, history and the camera's line, which is not started yet; the voice comes later."""
    live, folders = options.live, user_folders()
    sound = SoundOutput(clock, settings.ui.sound)
    stack.callback(sound.close)
    history = History(folders.history)
    stack.callback(preferences.close)
    stack.callback(history.close)
    line = CameraLine(
        lambda: open_frames(clock),
        lambda: open_sensor(live.model, live.model_path, SensingSettings.live(), clock),
        settings.devices.camera,
        clock,
        every_frame=live.fast,
    )
    around = Around(line)
    stack.callback(around.be_silent)
    latencies = LatencyStore(folders.latency)
    stack.callback(latencies.close)
    around.kept_notices = [preferences.notices, history.notices, latencies.notices]
    around.latency = DeviceLatency(latencies, lambda: line.device_name, lambda: sound.output_name, now_utc)
    around.context = StudioContext(
        clock, settings, preferences, history, sound, around.say, around.latency.latency_ms, around.notices
    )
    return around


def menu_reader(settings: AppSettings, chosen: Preferences) -> GestureReader | None:
    """Reads what the gestures of menus ask for; None where gestures are switched off."""
    if not chosen.gestures:
        return None
    bindings = bindings_for(MENU_ACTIONS, None, settings.gestures, left_handed=chosen.left_handed)
    return GestureReader(bindings, settings.gestures)


def menu_preview(settings: AppSettings, chosen: Preferences) -> Preview:
    """What looks at the camera on every screen where nobody dances."""
    return Preview(settings.coach, menu_reader(settings, chosen))


def spare_the_collector() -> None:
    """Keep what was loaded out of every later garbage collection: going through it takes three frames' time."""
    gc.collect()
    gc.freeze()


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr)
