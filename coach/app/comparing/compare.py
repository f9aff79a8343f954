"""`compare`: a teacher's and a student's video (or references) in, report and data out."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from coach.app.comparing.compare_report import write_report
from coach.app.options import CompareOptions
from coach.app.pose_setup import open_sensor, pose_library_version
from coach.app.recording.extract import sense_all, sha256_of_file
from coach.app.recording.saving import describe
from coach.clock import Clock, SystemClock, clock_text
from coach.comparison.compare import compare
from coach.comparison.result.comparison_result import ComparisonResult
from coach.comparison.result_json import result_dict
from coach.devices.audio_file import read_audio
from coach.devices.phrasing import PhrasingError, phrase
from coach.devices.video_file import VideoFileSource
from coach.errors import CoachError, VideoFileError
from coach.pose.offline import NoDancerError, build_reference
from coach.pose.reference import Reference
from coach.settings.comparison import preset
from coach.settings.phrasing import PhrasingSettings
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
    preset(options.style, options.strictness)
    prepare_folder(options.out)
    clock = SystemClock()
    if len(options.students) > 1:
        from coach.app.comparing.compare_many import compare_many

        return compare_many(options, clock)
    places = [place_of(text) for text in (options.teacher, *options.students)]
    teacher, student = (load_dancer(place, options, clock) for place in places)
    result, written = compare_pair(teacher, student, options, options.out)
    for line in filter(None, summary_lines(result)):
        print(line)
    print(f"Written to {options.out}: {', '.join(written)}", file=sys.stderr)
    return 0


def compare_pair(
    teacher: Dancer, student: Dancer, options: CompareOptions, folder: Path
) -> tuple[ComparisonResult, tuple[str, ...]]:
    """Compare two dancers and write everything into ``folder``; gives the result and the names of the files."""
    print("Comparing ...", file=sys.stderr)
    settings = preset(options.style, options.strictness)
    result = compare(teacher.reference, student.reference, MaskShapes(), settings, options.mirror)
    if options.phrasing is not None:
        result = phrased(result, options.phrasing)
    write_text(folder / RESULT_FILE, json.dumps(result_dict(result), ensure_ascii=False, allow_nan=False) + "\n")
    written = write_report(
        result, teacher.reference, student.reference, teacher.video, student.video, folder, video=options.video
    )
    return result, (RESULT_FILE, *written)


def phrased(result: ComparisonResult, settings: PhrasingSettings) -> ComparisonResult:
    """The result with a language model's words beside our own; without them, and one line, if that fails."""
    try:
        return replace(result, phrased=phrase(result.feedback, settings, SystemClock()))
    except PhrasingError as error:
        print(f"The plain words stay: {error}.", file=sys.stderr)
        return result


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


def load_dancer(place: Path, options: CompareOptions, clock: Clock) -> Dancer:
    """Read a reference, or watch a video.

    Raises
    ------
    CoachError
        The file is no video or reference, or shows nobody.
    """
    if place.suffix == SUFFIX:
        return Dancer(read_reference(place), None)
    return Dancer(reference_of_video(place, options, clock), place)


def reference_of_video(path: Path, options: CompareOptions, clock: Clock) -> Reference:
    """Watch a video, as `extract` does."""
    checksum = sha256_of_file(path)
    source = VideoFileSource(path, clock, height_limit_px=SensingSettings.offline().detector.picture_height_px)
    with source, open_sensor(options.model, options.model_path, SensingSettings.offline(), clock) as opened:
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


def write_text(path: Path, text: str) -> None:
    """Write a file; raises `CoachError` if the disk refuses."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise CoachError(f"{path}: cannot be written ({reason}). Make room or choose another folder") from error


def summary_lines(result: ComparisonResult) -> list[str]:
    """What to say at the end."""
    told, score = result.told, result.score
    judged = f"{100 * score.judged_share:.0f} % of the joints' time could be judged"
    return [
        told.headline,
        "" if score.total is None else f"{score.total:.0f} of 100; {judged}.",
        result.sync.words,
        told.timing,
        *(f"  {words}" for words in told.worst),
        told.good and f"Good: {told.good}",
        *told.not_judged,
    ]
