"""A practice from the first window to the last line of the log: everything put together, stopped in order."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

from coach import __version__
from coach.alignment.tracked_position import FollowMode
from coach.alignment.warm_up import warm_up
from coach.app.coach import Coach
from coach.app.controls import Controls
from coach.app.getting_ready import Tell, get_ready
from coach.app.live import LiveChain
from coach.app.music_player import MusicPlayer
from coach.app.options import PracticeOptions
from coach.app.pose_setup import OpenedSensor, open_sensor
from coach.app.practice_run import Outcome, PracticeRun, Stage
from coach.app.practice_view import PracticeViewer
from coach.app.sections import practised_span
from coach.app.sources import is_camera
from coach.app.speaker import Speaker
from coach.clock import Clock, SystemClock
from coach.devices.frame_source import FrameSource
from coach.judging.cue_texts import CueTexts
from coach.session.choreography import Choreography
from coach.session.coaching_session import CoachingSession, SessionOptions
from coach.session.transport import Transport
from coach.settings.app import AppSettings
from coach.settings.sensing import SensingSettings
from coach.storage.folders import user_folders
from coach.storage.library import resolve
from coach.storage.reference_hdf5 import read_reference
from coach.storage.session_log import SessionLog
from coach.ui.practice_screen import PracticeScreen
from coach.ui.sound import SoundOutput
from coach.ui.window import Window

OpenSource = Callable[[Clock], FrameSource]


@dataclass(frozen=True)
class _Ready:
    """What takes time to prepare."""

    choreography: Choreography
    source: FrameSource
    opened: OpenedSensor


@dataclass(frozen=True)
class _Dance:
    """What one pass through the dance is about."""

    choreography: Choreography
    mode: FollowMode
    span_s: tuple[float, float] | None
    session: CoachingSession
    transport: Transport


class Practising:
    """Practises one reference until the dancer has had enough.

    Parameters
    ----------
    options : PracticeOptions
    settings : AppSettings
        With the dancer's choices in them.
    open_frames : callable
        Opens the source of pictures, again for each pass.
    """

    def __init__(self, options: PracticeOptions, settings: AppSettings, open_frames: OpenSource) -> None:
        self._options, self._settings, self._open_frames = options, settings, open_frames
        self._clock = SystemClock()
        self._sound = SoundOutput(self._clock, settings.ui.sound)
        self._path = resolve(options.reference)

    def run(self) -> int:
        """Run to the end; returns the exit code."""
        with ExitStack() as stack:
            stack.callback(self._sound.close)
            window = self._open_window()
            if window is not None:
                stack.callback(window.close)
            while True:
                with ExitStack() as one_pass:
                    outcome = self._once(window, one_pass)
                if outcome is not Outcome.AGAIN:
                    return 0

    def _open_window(self) -> Window | None:
        live = self._options.live
        if live.headless and not live.screenshots:
            return None
        settings = self._settings.ui.window
        return Window(settings, live.window_px, fullscreen=live.fullscreen, headless=live.headless)

    def _once(self, window: Window | None, stack: ExitStack) -> Outcome:
        """One pass; ``stack`` releases what it takes."""
        live, settings = self._options.live, self._settings
        log = SessionLog(self._options.log)  # a place that cannot be written is told before anything slow
        stack.callback(log.close)
        seen_window = None if live.headless else window
        ready = get_ready(
            lambda tell: self._prepare(tell, stack), seen_window, settings.ui, self._clock, self._options.language
        )
        if ready is None:
            return Outcome.QUIT
        _spare_the_collector()
        dance = self._dance(ready.choreography)
        self._start_log(log, ready)
        coach = self._coach(dance, ready.source, log)
        camera = settings.devices.camera
        chain = LiveChain(ready.source, ready.opened.sensor, coach.handle, every_frame=live.fast, settings=camera)
        outcome = PracticeRun(
            self._stage(window, dance),
            chain,
            coach,
            self._clock,
            settings.practice,
            sound=self._sound,
            speaker=self._speaker(dance.session, stack),
            music=self._music(dance, stack),
            controls=Controls(
                chain, coach, dance.session, dance.transport, dance.choreography.reference, settings.practice
            ),
            tell=lambda sentence: print(sentence, file=sys.stderr),
        ).run()
        log.end(
            frames=coach.frame_count,
            dropped=chain.dropped,
            seen=coach.seen_share,
            score=dance.session.score,
            worst=dance.session.worst(),
        )
        return outcome

    def _prepare(self, tell: Tell, stack: ExitStack) -> _Ready:
        live = self._options.live
        tell("Reading the dance")
        choreography = Choreography.of_reference(read_reference(self._path), self._settings.coach)
        practised_span(choreography.reference, self._options.section)  # a wrong name is told before anything opens
        tell("Looking for the camera")
        source = stack.enter_context(self._open_frames(self._clock))
        tell("Loading the pose model")
        opened = stack.enter_context(open_sensor(live.model, live.model_path, SensingSettings.live(), self._clock))
        tell("Getting ready to follow you")
        warm_up()
        return _Ready(choreography, source, opened)

    def _dance(self, choreography: Choreography) -> _Dance:
        options, reference = self._options, choreography.reference
        span_s = practised_span(reference, options.section)
        mode = options.mode
        if mode is None:
            # A film that stands in for a camera has its own time: music beside it would lead nobody.
            along = is_camera(options.live) and reference.audio is not None and options.live.music
            mode = FollowMode.ALONG if along else FollowMode.FOLLOW
        session = CoachingSession(
            choreography, self._settings.coach, SessionOptions(mode, options.mirror, span_s, options.language)
        )
        start_s, end_s = span_s or (0.0, reference.duration_s)
        return _Dance(choreography, mode, span_s, session, Transport(start_s, end_s, options.tempo_percent / 100.0))

    def _start_log(self, log: SessionLog, ready: _Ready) -> None:
        reference = ready.choreography.reference
        log.start(
            reference=reference.info.name,
            duration_s=reference.duration_s,
            source=ready.source.info.description,
            model=ready.opened.kind,
            software_version=__version__,
        )

    def _coach(self, dance: _Dance, source: FrameSource, log: SessionLog) -> Coach:
        live = self._options.live
        walks_in = source.info.live and is_camera(live) and not live.headless
        return Coach(
            dance.session,
            dance.transport,
            log,
            self._clock,
            film_time=live.fast,
            every_frame=live.fast,
            countdown_s=self._settings.practice.countdown_s if walks_in else 0.0,
            duration_s=live.duration_s,
            voice=live.voice,
            along=dance.mode is FollowMode.ALONG,
        )

    def _stage(self, window: Window | None, dance: _Dance) -> Stage:
        options, ui = self._options, self._settings.ui
        viewer = PracticeViewer(
            dance.choreography, dance.transport, dance.mode, dance.span_s, CueTexts(options.language), ui
        )
        screen = PracticeScreen(ui, language=options.language) if window is not None else None
        visible = window is not None and not options.live.headless
        return Stage(window, visible, screen, viewer, list(options.live.screenshots))

    def _speaker(self, session: CoachingSession, stack: ExitStack) -> Speaker | None:
        options = self._options
        if not options.live.voice or options.live.fast:
            return None
        speaker = Speaker(self._sound, user_folders().voices, session.spoken_texts(), options.language, self._clock)
        stack.callback(speaker.close)
        return speaker

    def _music(self, dance: _Dance, stack: ExitStack) -> MusicPlayer | None:
        live, audio = self._options.live, dance.choreography.reference.audio
        if not live.music or live.fast or dance.mode is not FollowMode.ALONG or audio is None:
            return None
        music = MusicPlayer(self._sound, audio, dance.transport, self._clock)
        stack.callback(music.close)
        return music


def _spare_the_collector() -> None:
    """Keep what was loaded out of every later garbage collection: going through it takes three frames' time."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
