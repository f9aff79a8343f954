"""`extract`: a reference from a video. Reading the file and looking at its pictures overlap in two threads."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from coach.app.live import LiveChain, SensedFrame
from coach.app.options import ExtractOptions
from coach.app.pose_setup import open_sensor, pose_library_version
from coach.app.recording.destination import taken_path, target_path
from coach.app.recording.saving import describe, save_reference, save_take
from coach.clock import Clock, SystemClock, clock_text
from coach.devices.audio_file import read_audio
from coach.devices.frame_source import FrameSource, SourceInfo
from coach.devices.sensor import Sensor
from coach.devices.video_file import VideoFileSource
from coach.errors import VideoFileError
from coach.pose.mirror import mirrored_observation
from coach.pose.observation import Observation
from coach.pose.offline import NoDancerError
from coach.report.progress import ProgressBar
from coach.settings.sensing import SensingSettings

HASH_CHUNK_BYTES = 1 << 20
WAIT_S = 0.05


def run_extract(options: ExtractOptions) -> int:
    """Make a reference of ``options.video``, or a further take of one, and say how good it is."""
    target = taken_path(options.name) if options.is_take else target_path(options.name, options.out, options.replace)
    checksum = sha256_of_file(options.video)
    clock = SystemClock()
    source = VideoFileSource(options.video, clock, height_limit_px=SensingSettings.offline().detector.picture_height_px)
    with source, open_sensor(options.model, options.model_path, SensingSettings.offline(), clock) as opened:
        observations = sense_all(source, source.info, opened.sensor, clock)
        health = source.health
    if options.mirrored:
        observations = [mirrored_observation(observation) for observation in observations]
    info = describe(
        target,
        title=options.title,
        teacher=options.teacher,
        source_kind="video",
        source_sha256=checksum,
        mirrored=options.mirrored,
        pose_model=opened.kind,
        pose_library_version=pose_library_version(),
    )
    notes = []
    if health.truncated:
        notes.append(
            f"The file ends early: only {clock_text(health.duration_s)} of it could be read. "
            "If it plays longer elsewhere, copy it again."
        )
    try:
        if options.is_take:
            save_take(info, observations, target, notes=notes)
        else:
            save_reference(
                info, observations, target, replace=options.replace, audio=read_audio(options.video), notes=notes
            )
    except NoDancerError as error:
        raise VideoFileError(options.video, error.problem, error.advice) from error
    return 0


def sense_all(source: FrameSource, facts: SourceInfo, sensor: Sensor, clock: Clock) -> list[Observation]:
    """Look at every picture of an open source, with a progress bar."""
    observations: list[Observation] = []

    def keep(sensed: SensedFrame) -> None:
        observations.append(sensed.observation)

    chain = LiveChain(source, sensor, keep, every_frame=True)
    bar = ProgressBar(f"Watching {facts.description}", sys.stderr, clock)
    try:
        with chain:
            while chain.running:
                chain.check()
                if observations and facts.duration_s:
                    bar.update(observations[-1].time_s / facts.duration_s)
                clock.sleep_s(WAIT_S)
            chain.check()
    finally:
        bar.finish()
    return observations


def sha256_of_file(path: Path) -> str:
    """Checksum of a file; raises `VideoFileError` if it cannot be read."""
    checksum = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(HASH_CHUNK_BYTES):
                checksum.update(chunk)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise VideoFileError(path, f"cannot be read ({reason})", "Check the path and try again") from error
    return checksum.hexdigest()
