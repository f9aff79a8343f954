"""`practice`, `demo`, and the start without a command: everything put together, started and stopped in order."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace

from coach import __version__
from coach.alignment.tracked_position import FollowMode
from coach.alignment.warm_up import warm_up
from coach.app.coach import Coach
from coach.app.controls import Controls
from coach.app.getting_ready import get_ready
from coach.app.live import LiveChain
from coach.app.music_player import MusicPlayer
from coach.app.no_camera import NoCameraChoice, ask_without_camera
from coach.app.options import PracticeOptions
from coach.app.pose_setup import OpenedSensor, open_sensor
from coach.app.practice_run import Outcome, PracticeRun, Stage
from coach.app.practice_view import PracticeViewer
from coach.app.sections import practised_span
from coach.app.sources import is_camera, open_demo_source, open_source
from coach.app.speaker import Speaker
from coach.clock import Clock, SystemClock
from coach.devices.frame_source import FrameSource
from coach.errors import CameraError
from coach.judging.cue_texts import CueTexts
from coach.pose.reference import Reference
from coach.session.choreography import Choreography
from coach.session.coaching_session import CoachingSession, SessionOptions
from coach.session.transport import Transport
from coach.settings.app import AppSettings
from coach.settings.cues import FeedbackLevel
from coach.settings.sensing import SensingSettings
from coach.storage.folders import user_folders
from coach.storage.library import resolve
from coach.storage.reference_hdf5 import read_reference
from coach.storage.session_log import SessionLog
from coach.ui.practice_screen import PracticeScreen
from coach.ui.sound import SoundOutput
from coach.ui.window import Window

OpenSource = Callable[[Clock], FrameSource]


def run_practice(options: PracticeOptions) -> int:
    """Practise a reference in front of a camera, or of a file in its place."""
    settings = settings_of(options)
    path = resolve(options.reference)
    return _practise(options, settings, lambda: read_reference(path), _camera_source(options, settings))


def run_demo(options: PracticeOptions) -> int:
    """Coach the drawn dancer in the built-in routine."""
    settings = settings_of(options)
    path = resolve(options.reference)
    return _practise(
        # No camera, so nobody has to walk into place: neither the option's default nor the one that was missing.
        replace(options, mode=options.mode or FollowMode.ALONG, live=replace(options.live, camera=NO_CAMERA)),
        settings,
        lambda: read_reference(path),
        lambda clock: open_demo_source(options, settings.devices, clock),
    )


def run_start(options: PracticeOptions) -> int:
    """Practise the first dance; without a camera offer the demo."""
    while True:
        try:
            return run_practice(options)
        except CameraError as error:
            if options.live.headless:
                raise CameraError(error.camera, error.problem, f"{error.advice}. {DEMO_ADVICE}") from error
            sentence = f"{error}. {DEMO_ADVICE}"
            choice = ask_without_camera(error, settings_of(options), options.live, options.language, SystemClock())
        if choice is NoCameraChoice.DEMO:
            return run_demo(options)
        if choice is NoCameraChoice.QUIT:
            print(sentence, file=sys.stderr)
            return 1


NO_CAMERA = "none"

DEMO_ADVICE = "Without a camera, watch: python run_coach.py demo"


def settings_of(options: PracticeOptions) -> AppSettings:
    """The settings with the user's choices in them."""
    settings = AppSettings()
    judging = replace(settings.coach.judging, strictness=options.strictness)
    cues = replace(settings.coach.cues, feedback=FeedbackLevel(options.feedback))
    return replace(settings, coach=replace(settings.coach, judging=judging, cues=cues))


def _camera_source(options: PracticeOptions, settings: AppSettings) -> OpenSource:
    return lambda clock: open_source(options.live, settings.devices, clock)


@dataclass(frozen=True)
class _Ready:
    """What takes time to prepare."""

    choreography: Choreography
    source: FrameSource
    opened: OpenedSensor


def _practise(
    options: PracticeOptions, settings: AppSettings, read: Callable[[], Reference], open_frames: OpenSource
) -> int:
    """Practise until the dancer has had enough."""
    clock = SystemClock()
    with ExitStack() as stack:
        window = _window(options, settings)
        if window is not None:
            stack.callback(window.close)
        sound = SoundOutput(clock, settings.ui.sound)
        stack.callback(sound.close)
        while True:
            with ExitStack() as one:
                outcome = _practise_once(options, settings, read, open_frames, clock, window, sound, one)
            if outcome is not Outcome.AGAIN:
                return 0


def _practise_once(
    options: PracticeOptions,
    settings: AppSettings,
    read: Callable[[], Reference],
    open_frames: OpenSource,
    clock: Clock,
    window: Window | None,
    sound: SoundOutput,
    stack: ExitStack,
) -> Outcome:
    live = options.live
    visible = window is not None and not live.headless

    def prepare(tell: Callable[[str], None]) -> _Ready:
        tell("Reading the dance")
        choreography = Choreography.of_reference(read(), settings.coach)
        tell("Looking for the camera")
        source = stack.enter_context(open_frames(clock))
        tell("Loading the pose model")
        opened = stack.enter_context(open_sensor(live.model, live.model_path, SensingSettings.live(), clock))
        tell("Getting ready to follow you")
        warm_up()
        return _Ready(choreography, source, opened)

    ready = get_ready(prepare, window if visible else None, settings.ui, clock, options.language)
    if ready is None:
        return Outcome.QUIT
    reference = ready.choreography.reference
    span_s = practised_span(reference, options.section)
    mode = options.mode or _default_mode(options, reference)
    session = CoachingSession(
        ready.choreography, settings.coach, SessionOptions(mode, options.mirror, span_s, options.language)
    )
    start_s, end_s = span_s or (0.0, reference.duration_s)
    transport = Transport(start_s, end_s, options.tempo_percent / 100.0)
    log = SessionLog(options.log)
    stack.callback(log.close)
    log.start(
        reference=reference.info.name,
        duration_s=reference.duration_s,
        source=ready.source.info.description,
        model=ready.opened.kind,
        software_version=__version__,
    )
    coach = Coach(
        session,
        transport,
        log,
        clock,
        film_time=live.fast,
        every_frame=live.fast,
        countdown_s=settings.practice.countdown_s if _needs_countdown(options, ready.source) else 0.0,
        duration_s=live.duration_s,
        voice=live.voice,
        along=mode is FollowMode.ALONG,
    )
    chain = LiveChain(
        ready.source, ready.opened.sensor, coach.handle, every_frame=live.fast, settings=settings.devices.camera
    )
    speaker = music = None
    if live.voice and not live.fast:
        speaker = Speaker(sound, user_folders().voices, session.spoken_texts(), options.language, clock)
        stack.callback(speaker.close)
    if live.music and not live.fast and mode is FollowMode.ALONG and reference.audio is not None:
        music = MusicPlayer(sound, reference.audio, transport, clock)
        stack.callback(music.close)
    viewer = PracticeViewer(ready.choreography, transport, mode, span_s, CueTexts(options.language), settings.ui)
    screen = PracticeScreen(settings.ui, language=options.language) if window is not None else None
    run = PracticeRun(
        Stage(window, visible, screen, viewer, list(live.screenshots)),
        chain,
        coach,
        transport,
        clock,
        settings.practice,
        sound=sound,
        speaker=speaker,
        music=music,
        controls=Controls(chain, coach, session, transport, reference, settings.practice),
        tell=lambda sentence: print(sentence, file=sys.stderr),
    )
    outcome = run.run()
    log.end(
        frames=coach.frame_count,
        dropped=chain.dropped,
        seen=coach.seen_share,
        score=session.score,
        worst=session.worst(),
    )
    return outcome


def _default_mode(options: PracticeOptions, reference: Reference) -> FollowMode:
    """A film that stands in for a camera has its own time: music beside it would lead nobody."""
    along = is_camera(options.live) and reference.audio is not None and options.live.music
    return FollowMode.ALONG if along else FollowMode.FOLLOW


def _needs_countdown(options: PracticeOptions, source: FrameSource) -> bool:
    """Only a person has to walk into place."""
    return source.info.live and is_camera(options.live) and not options.live.headless


def _window(options: PracticeOptions, settings: AppSettings) -> Window | None:
    live = options.live
    if live.headless and not live.screenshots:
        return None
    return Window(settings.ui.window, live.window_px, fullscreen=live.fullscreen, headless=live.headless)
