"""`record`: a teacher dances before the camera; what is older than a moment survives any crash."""

from __future__ import annotations

import math
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import numpy as np

from coach.app.getting_ready import get_ready
from coach.app.live import LiveChain
from coach.app.options import RecordOptions
from coach.app.pose_setup import OpenedSensor, open_sensor, pose_library_version
from coach.app.preferred import preferred_live
from coach.app.recording.record_run import Ending, RecordRun
from coach.app.recording.recorder import Recorder
from coach.app.recording.saving import describe, save_reference, target_path
from coach.app.sources import is_camera, open_source
from coach.clock import Clock, SystemClock
from coach.devices.audio_file import read_audio
from coach.devices.frame_source import Frame, FrameSource
from coach.errors import CoachError
from coach.judging.framing import FramingJudge
from coach.pose.offline import NoDancerError
from coach.pose.reference import Audio
from coach.settings.app import AppSettings
from coach.settings.preferences import Preferences
from coach.settings.sensing import SensingSettings
from coach.storage.folders import user_folders
from coach.storage.preferences import PreferenceStore
from coach.storage.recording_journal import (
    JournalHeader,
    JournalWriter,
    UnfinishedRecording,
    discard,
    find_unfinished,
    recover,
)
from coach.ui.look import Look
from coach.ui.sound import SoundOutput
from coach.ui.window import Window

SOUND_AFTER_END_S = 0.5
"""How much longer than the dance its sound may be."""


def run_record(options: RecordOptions) -> int:
    """Record a reference, or with ``--recover`` finish one that was cut short."""
    target = target_path(options.name, options.out, options.replace)
    if options.recover:
        return _recover(options, target)
    settings, clock = AppSettings(), SystemClock()
    music = _music(options.music_file)
    chosen = _choices()
    options = replace(options, live=preferred_live(options.live, chosen))
    try:
        with ExitStack() as stack:
            journal = _record(options, settings, clock, music, target, Look.of(chosen), stack)
    except BaseException:
        _say_how_to_recover(target.stem)
        raise
    if journal is None:
        print("No reference was made.", file=sys.stderr)
        _say_how_to_recover(target.stem)
        return 1
    return _save(journal, target, options)


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
    target: Path,
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
            target,
            title=options.title,
            teacher=options.teacher,
            source_kind="camera" if is_camera(live) else "video",
            source_sha256="",
            mirrored=False,
            pose_model=opened.kind,
            pose_library_version=pose_library_version(),
        )
        music_path = str(options.music_file) if options.music_file else None
        journal = JournalWriter(user_folders().recordings, JournalHeader(info, frame.size_px, music_path))
        if music is not None:
            journal.append_audio(music)
            if live.music and not live.fast:
                sound.play_music(music.pcm, music.rate_hz)
        elif not is_camera(live):
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
    if RecordRun(options, settings, clock, chain, recorder, window, look).run() is Ending.GIVEN_UP:
        return None
    return recorder.journal.path if recorder.journal is not None else None


def _save(journal: Path, target: Path, options: RecordOptions) -> int:
    """Make the reference of a journal; the journal goes only once the reference is safe."""
    recovered = recover(journal)
    if not recovered.observations:
        discard(journal)
        print("Nothing was recorded.", file=sys.stderr)
        return 1
    audio = recovered.audio
    if audio is not None:
        keep = math.ceil((recovered.duration_s + SOUND_AFTER_END_S) * audio.rate_hz)
        audio = Audio(np.ascontiguousarray(audio.pcm[:keep]), audio.rate_hz)
    try:
        save_reference(recovered.header.info, recovered.observations, target, replace=options.replace, audio=audio)
    except NoDancerError as error:
        discard(journal)
        raise CoachError(f"{target.stem}: {error}") from error
    discard(journal)
    return 0


def _recover(options: RecordOptions, target: Path) -> int:
    """Save the newest unfinished recording of this name."""
    mine = _unfinished(target.stem)
    if not mine:
        others = ", ".join(sorted({entry.header.info.name for entry in find_unfinished(user_folders().recordings)}))
        known = f"There is one of: {others}" if others else "There is none at all"
        raise CoachError(f"{target.stem}: no unfinished recording has this name. {known}")
    return _save(mine[-1].path, target, options)


def _say_how_to_recover(name: str) -> None:
    """Nothing is lost, whyever a recording was not saved."""
    if _unfinished(name):
        print(f"What was recorded is kept. Save it with: python run_coach.py record {name} --recover", file=sys.stderr)


def _unfinished(name: str) -> list[UnfinishedRecording]:
    """Recordings of this name that were cut short, oldest first."""
    return [entry for entry in find_unfinished(user_folders().recordings) if entry.header.info.name == name]
