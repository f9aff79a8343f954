"""`record`: a teacher dances before the camera; what is older than a moment survives any crash."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from coach.app.getting_ready import get_ready
from coach.app.live import LiveChain
from coach.app.options import RecordOptions
from coach.app.pose_setup import OpenedSensor, open_sensor, pose_library_version
from coach.app.preferred import preferred_live
from coach.app.recording.destination import Destination, destination_of
from coach.app.recording.record_run import Ending, RecordRun
from coach.app.recording.recorder import Recorder
from coach.app.recording.recovering import recover_recording, save_journal, say_how_to_recover
from coach.app.recording.saving import OtherDanceError, describe
from coach.app.sources import is_camera, open_source
from coach.clock import Clock, SystemClock
from coach.devices.audio_file import read_audio
from coach.devices.frame_source import Frame, FrameSource
from coach.errors import CoachError
from coach.judging.framing import FramingJudge
from coach.pose.reference import Audio
from coach.settings.app import AppSettings
from coach.settings.preferences import Preferences
from coach.settings.sensing import SensingSettings
from coach.storage.folders import user_folders
from coach.storage.preferences import PreferenceStore
from coach.storage.recording_journal import JournalHeader, JournalWriter
from coach.storage.reference_hdf5 import read_reference
from coach.ui.look import Look
from coach.ui.sound import SoundOutput
from coach.ui.window import Window


def run_record(options: RecordOptions) -> int:
    """Record a reference or a further take of one, or with ``--recover`` finish what was cut short."""
    if options.recover:
        return recover_recording(options)
    destination = destination_of(options)
    settings, clock = AppSettings(), SystemClock()
    reference = read_reference(destination.path) if destination.is_take else None
    music = reference.audio if reference is not None else _music(options.music_file)
    chosen = _choices()
    title = options.title if reference is None else reference.info.title
    options = replace(options, title=title, live=preferred_live(options.live, chosen))
    try:
        with ExitStack() as stack:
            journal = _record(options, settings, clock, music, destination, Look.of(chosen), stack)
        if journal is not None:
            return save_journal(journal, destination)
    except OtherDanceError:
        raise  # it says itself what may be done
    except BaseException:
        say_how_to_recover(options)
        raise
    print("No reference was made." if not options.is_take else "No take was added.", file=sys.stderr)
    say_how_to_recover(options)
    return 1


def _choices() -> Preferences:
    """What the user chose once."""
    store = PreferenceStore(user_folders().preferences)
    for notice in store.notices:
        print(notice, file=sys.stderr)
    return store.current


def _music(path: Path | None) -> Audio | None:
    if path is None:
        return None
    music = read_audio(path)
    if music is None:
        raise CoachError(f"{path}: there is no sound in it. Choose another file with --music")
    return music


def _record(
    options: RecordOptions,
    settings: AppSettings,
    clock: Clock,
    music: Audio | None,
    destination: Destination,
    look: Look,
    stack: ExitStack,
) -> Path | None:
    """Record until the teacher stops; the journal's path, None if it never began."""
    live = options.live
    window = None
    if not live.headless or live.screenshots:
        window = Window(settings.ui.window, live.window_px, fullscreen=live.fullscreen, headless=live.headless)
        stack.callback(window.close)

    def prepare(tell: object) -> tuple[FrameSource, OpenedSensor]:
        source = stack.enter_context(open_source(live, settings.devices, clock))
        # A recording is judged against for a long time: it is worth a second look for bystanders.
        return source, stack.enter_context(open_sensor(live.model, live.model_path, SensingSettings.live(), clock))

    ready = get_ready(prepare, window if not live.headless else None, settings.ui, clock, look.language)
    if ready is None:
        return None
    source, opened = ready
    sound = SoundOutput(clock, settings.ui.sound)
    stack.callback(sound.close)

    def start_journal(frame: Frame) -> JournalWriter:
        info = describe(
            destination.path,
            title=options.title,
            teacher=options.teacher,
            source_kind="camera" if is_camera(live) else "video",
            source_sha256="",
            mirrored=False,
            pose_model=opened.kind,
            pose_library_version=pose_library_version(),
        )
        music_path = str(options.music_file) if options.music_file else None
        take_of = str(destination.path.absolute()) if destination.is_take else None
        header = JournalHeader(info, frame.size_px, music_path, take_of)
        journal = JournalWriter(user_folders().recordings, header)
        if music is not None:
            if not destination.is_take:  # the reference has it
                journal.append_audio(music)
            if live.music and not live.fast:
                sound.play_music(music.pcm, music.rate_hz)
        elif not (is_camera(live) or destination.is_take):
            film_sound = read_audio(Path(live.camera), start_s=frame.time_s)
            if film_sound is not None:
                journal.append_audio(film_sound)
        return journal

    person_walks_in = is_camera(live)
    recorder = Recorder(
        start_journal,
        FramingJudge(settings.coach.cues.framing),
        every_frame=live.fast,
        count_in_s=options.countdown_s if person_walks_in else 0.0,
        limit_s=live.duration_s,
    )
    stack.callback(recorder.close)
    if live.headless or not person_walks_in:
        recorder.begin()
    chain = LiveChain(source, opened.sensor, recorder.handle, every_frame=live.fast, settings=settings.devices.camera)
    music_text = options.music_file.name if options.music_file else (options.title or "") if music else ""
    if RecordRun(options, settings, clock, chain, recorder, window, look, music_text).run() is Ending.GIVEN_UP:
        return None
    return recorder.journal.path if recorder.journal is not None else None
