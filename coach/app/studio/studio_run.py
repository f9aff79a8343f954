"""The studio without a command: one window, one camera that never stops, and home to begin with."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from functools import partial

from coach.app.options import PracticeOptions
from coach.app.preferred import preferred, settings_of
from coach.app.sources import is_camera, open_source, say_what_along_means
from coach.app.studio.studio import Studio
from coach.app.studio.studio_parts import OpenSource, open_around, open_window, show_of, spare_the_collector
from coach.app.studio.studio_scenes import StudioScenes
from coach.clock import Clock
from coach.devices.frame_source import FrameSource
from coach.storage.preferences import PreferenceStore
from coach.storage.run_logs import RunLogs


class StudioRun:
    """Opens the studio and runs it to its end.

    Parameters
    ----------
    options : PracticeOptions
        Of the command line.
    preferences : PreferenceStore
        Closed at the end.
    open_frames : callable, optional
        Opens the source in place of the camera that is chosen.
    """

    def __init__(
        self,
        options: PracticeOptions,
        preferences: PreferenceStore,
        clock: Clock,
        open_frames: OpenSource | None = None,
    ) -> None:
        self._options, self._preferences, self._clock = options, preferences, clock
        self._open_frames = open_frames or self._open_camera

    def run(self) -> int:
        """Run until the user quits; returns the exit code."""
        with ExitStack() as stack:
            self.open(stack).run()
        return 0

    def open(self, stack: ExitStack) -> Studio:
        """The studio with its home shown and its camera on the way; ``stack`` releases everything."""
        clock, preferences = self._clock, self._preferences
        logs = RunLogs(self._options.log)  # a place that cannot be written is told before a window opens
        stack.callback(logs.close)
        options = preferred(self._options, preferences.current)
        say_what_along_means(options)
        settings = settings_of(options, preferences.current)
        window = open_window(options.live, settings, stack)
        show = show_of(options.live, settings, window)
        around = open_around(options, settings, preferences, self._open_frames, clock, stack)
        line = stack.enter_context(around.line)
        around.speak(options.live, options.language)
        executor = stack.enter_context(ThreadPoolExecutor(2, thread_name_prefix="studio"))
        executor.submit(around.context.sound.open)  # so that the first sound is heard at once
        open_camera = partial(self._open_frames, clock)
        film = self._open_frames == self._open_camera and not is_camera(options.live)
        # The studio ends by itself; a practice in it lasts as long as the dance, and its result stays.
        endless = replace(self._options, live=replace(self._options.live, duration_s=None))
        scenes = StudioScenes(endless, settings, around, executor, open_camera, show, logs, film=film)
        spare_the_collector()
        duration_s = options.live.duration_s or math.inf
        studio = Studio(scenes.home(), line, show, around.hooks(), clock, survives=True, duration_s=duration_s)
        if not preferences.current.check_done:
            studio.open(scenes.check())
        line.start_soon()
        return studio

    def _open_camera(self, clock: Clock) -> FrameSource:
        options = preferred(self._options, self._preferences.current)
        return open_source(options.live, settings_of(options).devices, clock)
