"""`compare`: a teacher's and a student's video (or references) in, report and data out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from coach.app.compare_report import write_report
from coach.app.extract import sense_all, sha256_of_file
from coach.app.options import CompareOptions
from coach.app.pose_setup import OpenedSensor, open_sensor, pose_library_version
from coach.app.saving import describe
from coach.clock import Clock, SystemClock, clock_text
from coach.comparison.compare import compare
from coach.comparison.result import ComparisonResult
from coach.comparison.result_json import result_dict
from coach.devices.audio_file import read_audio
from coach.devices.video_file import VideoFileSource
from coach.errors import CoachError, VideoFileError
from coach.pose.offline import NoDancerError, build_reference
from coach.pose.reference import Reference
from coach.settings.comparison import preset
from coach.settings.sensing import SensingSettings
from coach.storage.library import SUFFIX, resolve
from coach.storage.reference_hdf5 import read_reference
from coach.vision.mask_shapes import MaskShapes

RESULT_FILE = "result.json"


@dataclass(frozen=True)
class Dancer:
    """One side of a comparison; ``video`` is None for a reference."""

    reference: Reference
    video: Path | None


def run_compare(options: CompareOptions) -> int:
    """Compare, write everything into ``options.out``, say the most important."""
    settings = preset(options.style, options.strictness)
    prepare_folder(options.out)
    teacher, student = load_dancers(options, SystemClock())
    print("Comparing ...", file=sys.stderr)
    result = compare(teacher.reference, student.reference, MaskShapes(), settings, options.mirror)
    write_result(result, options.out)
    written = write_report(
        result, teacher.reference, student.reference, teacher.video, student.video, options.out, video=options.video
    )
    for line in summary_lines(result):
        print(line)
    print(f"Written to {options.out}: {', '.join((RESULT_FILE, *written))}", file=sys.stderr)
    return 0


def prepare_folder(folder: Path) -> None:
    """Make the folder; raises `CoachError` before any work if nothing can be written there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise CoachError(
            f"{folder}: nothing can be written there ({reason}). Choose another folder with --out"
        ) from error


def load_dancers(options: CompareOptions, clock: Clock) -> tuple[Dancer, Dancer]:
    """Both sides: references are read, videos watched by one pose model.

    Raises
    ------
    CoachError
        A file is missing, is no video or reference, or shows nobody.
    """
    places = [place_of(text) for text in (options.teacher, options.student)]
    with ExitStack() as stack:
        sensors = _sensors(options, clock, stack)
        teacher, student = (_load(place, sensors, clock) for place in places)
    return teacher, student


def place_of(text: str) -> Path:
    """The file that the user means: a video by its path, a reference by name or path.

    Raises
    ------
    VideoFileError, ReferenceFileError
        There is no such file.
    """
    path = Path(text).expanduser()
    if path.is_dir():
        raise VideoFileError(path, "this is a folder", "Give a video file, or the name of a reference")
    if path.suffix and path.suffix != SUFFIX:
        if not path.exists():
            raise VideoFileError(path, "there is no such file", "Check the path")
        return path
    return resolve(text)


def _sensors(options: CompareOptions, clock: Clock, stack: ExitStack) -> Iterator[OpenedSensor]:
    """A fresh sensor for each video (it keeps the last picture of the one before), opened when it is needed."""
    while True:
        yield stack.enter_context(open_sensor(options.model, options.model_path, SensingSettings.offline(), clock))


def _load(place: Path, sensors: Iterator[OpenedSensor], clock: Clock) -> Dancer:
    if place.suffix == SUFFIX:
        return Dancer(read_reference(place), None)
    return Dancer(reference_of_video(place, sensors, clock), place)


def reference_of_video(path: Path, sensors: Iterator[OpenedSensor], clock: Clock) -> Reference:
    """Watch a video, as `extract` does."""
    checksum = sha256_of_file(path)
    source = VideoFileSource(path, clock, height_limit_px=SensingSettings.offline().detector.picture_height_px)
    with source:
        opened = next(sensors)
        observations = sense_all(source, source.info, opened.sensor, clock)
        health = source.health
    if health.truncated:
        print(f"{path} ends early: only {clock_text(health.duration_s)} of it could be read.", file=sys.stderr)
    info = describe(
        path,
        title=None,
        teacher="",
        source_kind="video",
        source_sha256=checksum,
        mirrored=False,
        pose_model=opened.kind,
        pose_library_version=pose_library_version(),
    )
    try:
        return build_reference(info, observations, audio=read_audio(path))
    except NoDancerError as error:
        raise VideoFileError(path, error.problem, error.advice) from error


def write_result(result: ComparisonResult, folder: Path) -> None:
    """Write ``result.json``; raises `CoachError` if the disk refuses."""
    text = json.dumps(result_dict(result), ensure_ascii=False, allow_nan=False)
    try:
        (folder / RESULT_FILE).write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise CoachError(
            f"{folder / RESULT_FILE}: cannot be written ({reason}). Make room or choose another folder"
        ) from error


def summary_lines(result: ComparisonResult) -> list[str]:
    """What to say at the end."""
    feedback = result.feedback
    return [
        feedback.headline,
        result.sync.words,
        feedback.timing,
        *(f"  {words}" for words in feedback.worst),
        feedback.good,
        *feedback.not_judged,
    ]
