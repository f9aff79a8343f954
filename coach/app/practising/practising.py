"""`practice` and `demo`: one reference from the first window to the last line of the log, stopped in order."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from coach.app.getting_ready import Tell, get_ready
from coach.app.options import PracticeOptions
from coach.app.practising.practice_end import in_a_line
from coach.app.practising.practice_parts import Practice, PracticeWorld
from coach.app.practising.practice_request import PracticeRequest
from coach.app.practising.practices import Practices, nobody, nothing
from coach.app.practising.sections import practised_span
from coach.app.sources import is_camera
from coach.app.studio.studio import Studio
from coach.app.studio.studio_parts import (
    OpenSource,
    menu_preview,
    open_around,
    open_window,
    show_of,
    spare_the_collector,
)
from coach.clock import SystemClock
from coach.devices.frame_source import FrameSource
from coach.session.choreography import Choreography
from coach.settings.app import AppSettings
from coach.storage.library import resolve
from coach.storage.preferences import PreferenceStore
from coach.storage.reference_hdf5 import read_reference
from coach.storage.run_logs import RunLogs
from coach.ui.words_practice import PRACTICE_WORDS


class Practising:
    """Practises one reference until the dancer has had enough.

    Parameters
    ----------
    options : PracticeOptions
    settings : AppSettings
        With the dancer's choices in them.
    preferences : PreferenceStore
        Closed at the end.
    open_frames : callable
        Opens the source of pictures, again for each pass that needs it from its start.
    shown : callable, optional
        Told which practice is shown, each time before its source begins.
    """

    def __init__(
        self,
        options: PracticeOptions,
        settings: AppSettings,
        preferences: PreferenceStore,
        open_frames: OpenSource,
        shown: Callable[[Practice], None] = nobody,
    ) -> None:
        self._options, self._settings, self._open_frames = options, settings, open_frames
        self._shown = shown
        self._preferences = preferences
        self._clock = SystemClock()
        self._path = resolve(options.reference)

    def run(self) -> int:
        """Run to the end; returns the exit code."""
        with ExitStack() as stack:
            self._run(stack)
        return 0

    def _run(self, stack: ExitStack) -> None:
        options, settings, clock = self._options, self._settings, self._clock
        live = options.live
        logs = RunLogs(options.log)  # a place that cannot be written is told before anything slow
        stack.callback(logs.close)
        around = open_around(options, settings, self._preferences, self._open_frames, clock, stack)
        window = open_window(live, settings, stack)
        show = show_of(live, settings, window)
        line = stack.enter_context(around.line)

        def prepare(tell: Tell) -> tuple[Choreography, FrameSource]:
            tell(PRACTICE_WORDS[options.language].reading)
            choreography = Choreography.of_reference(read_reference(self._path), settings.coach)
            practised_span(choreography.reference, options.section)  # a wrong name is told before anything opens
            return choreography, line.prepare(tell)

        ready = get_ready(prepare, window if show.visible else None, settings.ui, clock, options.language)
        if ready is None:
            return
        choreography, source = ready
        spare_the_collector()
        around.speak(live, options.language)
        walks_in = source.info.live and is_camera(live) and not live.headless
        kept = is_camera(live)
        world = PracticeWorld(around, show.visible, walks_in, recorded=show.visible or kept or bool(live.screenshots))
        executor = stack.enter_context(ThreadPoolExecutor(1, thread_name_prefix="getting ready"))
        restart = nothing if kept else line.start_soon
        preview = menu_preview(settings, around.context.preferences.current) if walks_in else None
        practices = Practices(
            lambda: (options, settings),
            world,
            executor,
            logs,
            kept=kept,
            restart=restart,
            shown=self._shown,
            preview=preview,
            show=show,
        )
        span_s = practised_span(choreography.reference, options.section)
        request = PracticeRequest(options.reference, span_s, options.tempo_percent)
        scene = practices.first(choreography, request)
        studio = Studio(scene, line, show, around.hooks(), clock)
        line.start(source)
        studio.run()
        if live.headless and scene.practice.coach.frame_count:
            print(in_a_line(scene.practice), file=sys.stderr)
