"""Rebuilds the reference that comes with the program: ``python -m coach.app.build_default_reference``.

The drawn teacher dances "First Steps" before the real pose model, exactly as a teacher before a camera would. So the
reference carries the model's own habits (where it puts a hip, say), which then cancel against the student's.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

from coach.app.pose_setup import open_sensor, pose_library_version
from coach.app.recording.extract import sense_all
from coach.app.recording.saving import describe
from coach.clock import SystemClock
from coach.devices.drawn_source import DrawnSource
from coach.errors import CoachError
from coach.pose.offline import build_reference
from coach.pose.reference import Reference
from coach.routine.music import first_steps_music
from coach.routine.routine import Routine, first_steps_routine
from coach.routine.student_script import StudentScript
from coach.settings.routine import DrawnSourceSettings
from coach.settings.sensing import SensingSettings
from coach.storage.folders import BUILT_IN_REFERENCES
from coach.storage.reference_hdf5 import write_reference
from coach.storage.reference_layout import ROUTINE
from coach.vision.dancer_look import TEACHER_LOOK

MODEL = "full"
TEACHER = "The drawn teacher"
_FINGERPRINT_FPS = 10.0
_FINGERPRINT_STEPS = 1e4


def build_default_reference(path: Path, model_path: Path | None = None) -> Reference:
    """The reference of "First Steps", seen by the pose model (not yet written).

    Parameters
    ----------
    path : Path
        Where it will go, which gives the name.
    model_path : Path or None
        The pose model's file; None finds or fetches it.

    Raises
    ------
    PoseModelError
        If there is no pose model.
    """
    routine, clock = first_steps_routine(), SystemClock()
    settings = replace(DrawnSourceSettings(), tail_s=0.0)
    source = DrawnSource(StudentScript(routine), settings, clock, TEACHER_LOOK)
    with source, open_sensor(MODEL, model_path, SensingSettings.offline(), clock) as opened:
        observations = sense_all(source, source.info, opened.sensor, clock)
    info = describe(
        path,
        title=routine.title,
        teacher=TEACHER,
        source_kind=ROUTINE,
        source_sha256=routine_fingerprint(routine),
        mirrored=False,
        pose_model=MODEL,
        pose_library_version=pose_library_version(),
    )
    audio = first_steps_music(routine)
    return build_reference(info, observations, audio=audio, sections=routine.sections, beats_s=routine.beats_s)


def routine_fingerprint(routine: Routine) -> str:
    """Checksum of movement, sections and music: tells whether a built reference is still that of the code."""
    track = routine.truth_track(_FINGERPRINT_FPS)
    checksum = hashlib.sha256(np.rint(track.image * _FINGERPRINT_STEPS).astype("<i4").tobytes())
    checksum.update(repr([(section.name, round(section.start_s, 4)) for section in routine.sections]).encode())
    # The music is rounded coarsely: another computer's sine may differ in the last bit.
    checksum.update(np.rint(first_steps_music(routine).pcm / 256.0).astype("<i2")[::101].tobytes())
    return checksum.hexdigest()


def main(arguments: list[str] | None = None) -> int:
    """Build and write; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m coach.app.build_default_reference", description=__doc__)
    parser.add_argument("--out", type=Path, default=BUILT_IN_REFERENCES / f"{first_steps_routine().name}.h5")
    parser.add_argument("--model-file", type=Path, help="the pose model, if it should not be fetched")
    options = parser.parse_args(arguments)
    try:
        reference = build_default_reference(options.out, options.model_file)
        options.out.parent.mkdir(parents=True, exist_ok=True)
        write_reference(options.out, reference, replace=True)
    except CoachError as error:
        print(error, file=sys.stderr)
        return 1
    size_kib = options.out.stat().st_size / 1024
    print(f"Wrote {options.out}: {reference.frame_count} pictures, {size_kib:.0f} KiB", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
