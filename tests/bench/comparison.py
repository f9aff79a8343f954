"""Figures of comparing two clips: ``python -m tests.bench.comparison`` (with ``--pair A.h5 B.h5`` for the real pair).

The pair are references of the two test videos, made by ``extract``; the sound's truth is their offset.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from coach.alignment.offline_dtw import align
from coach.alignment.tracked_position import MirrorMode
from coach.comparison.compare import compare
from coach.comparison.result.comparison_result import ComparisonResult
from coach.comparison.sound_signal import at_rate
from coach.comparison.sound_sync import sync_samples
from coach.pose.feature_vector import features_of_track
from coach.pose.mirror import mirrored_reference
from coach.pose.reference import Reference
from coach.settings.comparison import ComparisonSettings
from coach.storage.reference_hdf5 import read_reference
from coach.vision.mask_shapes import MaskShapes
from tests.builders_comparison import (
    FloatArray,
    bent,
    in_a_room,
    in_baggy_clothes,
    scaled,
    slowed,
    whole_dance,
    with_noise,
)

TRUE_OFFSET_S = 3.0424
SETTINGS = ComparisonSettings()


def one(name: str, teacher: Reference, student: Reference, mirror: MirrorMode = MirrorMode.AUTO) -> ComparisonResult:
    """Compare and print one line."""
    began_s = time.perf_counter()
    result = compare(teacher, student, MaskShapes(), SETTINGS, mirror)
    took_s = time.perf_counter() - began_s
    parts = " ".join(
        f"{part.name} {'-' if part.value is None else f'{part.value:.1f}'}"
        for part in (*result.score.parts, *result.score.body_parts)
    )
    total = "-" if result.score.total is None else f"{result.score.total:.1f}"
    print(
        f"  {name:24} {total:>6}   {parts}   offset {result.sync.offset_s:.3f} s "
        f"({result.sync.method.value})   {took_s:.1f} s"
    )
    return result


def sounds(teacher: Reference, student: Reference) -> None:
    """The offset of the pair's sounds, plain and spoilt."""
    assert teacher.audio is not None
    assert student.audio is not None
    rate_hz = SETTINGS.sound.rate_hz
    first, second = at_rate(teacher.audio, rate_hz), at_rate(student.audio, rate_hz)
    spoilt = {
        "as it is": second,
        "10 dB of noise": with_noise(second, 10.0),
        "a phone in a room": in_a_room(second, echo_s=0.6, cut_hz=1200.0),
        "both": with_noise(in_a_room(second, echo_s=0.6, cut_hz=1200.0), 10.0),
    }
    for name, samples in spoilt.items():
        found = sync_samples(first, samples, SETTINGS.sound)
        best = f"{found.candidates[0][0]:.4f} s" if found.candidates else "-"
        print(f"  {name:24} {found.relation.value:10} {found.method.value:12} {best}")


def path_errors(name: str, student_s: FloatArray, teacher_s: FloatArray) -> None:
    """How far a path lies from the sound's truth."""
    error_ms = 1000 * np.abs(teacher_s - (student_s - TRUE_OFFSET_S))
    error_ms = error_ms[np.isfinite(error_ms)]
    print(
        f"  {name:24} median {np.median(error_ms):.0f} ms, p90 {np.percentile(error_ms, 90):.0f} ms, "
        f"within 0.5 s {(error_ms <= 500).mean():.3f}, {len(error_ms)} frames"
    )


def pair(teacher: Reference, student: Reference) -> None:
    """The real pair."""
    print("offset of the sounds")
    sounds(teacher, student)
    print("the pair")
    result = one("with sound", teacher, student)
    silent = one("by movement alone", replace(teacher, audio=None), student)
    print("alignment against the sound's truth")
    path_errors("the comparison", *result.alignment.path_s.T)
    path_errors("by movement alone", *silent.alignment.path_s.T)
    plain = align(
        features_of_track(teacher.track), teacher.track.time_s, features_of_track(student.track), student.track.time_s
    )
    path_errors("plain, nothing known", student.track.time_s, plain.teacher_at(student.track.time_s))
    print("worst moments")
    for moment in result.worst:
        print(f"  {moment.words}")


def circumstances(dance: Reference, other: Reference) -> None:
    """One dancer against herself in other circumstances, and against another dance."""
    one("itself", dance, dance)
    one("mirrored, told so", dance, mirrored_reference(dance), MirrorMode.ON)
    one("10 % slower", dance, slowed(dance, 1.1))
    one("10 % faster", dance, slowed(dance, 0.9))
    one("smaller, aside", dance, scaled(dance, 0.75, 0.04))
    one("baggy clothes", dance, in_baggy_clothes(dance))
    one("another dance", dance, other)
    one("another, same sound", dance, replace(other, audio=dance.audio))
    spans_s = ((5.0, 9.0), (15.0, 19.0), (25.0, 29.0))
    for angle_deg in (15.0, 30.0, 45.0, 60.0, 90.0):
        one(f"elbow {angle_deg:.0f} degrees", dance, bent(dance, angle_deg, spans_s))


def main() -> int:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pair", nargs=2, type=Path, metavar=("TEACHER.h5", "STUDENT.h5"))
    options = parser.parse_args()
    drawn = whole_dance()
    if options.pair is None:
        circumstances(drawn, drawn)
    else:
        teacher, student = (read_reference(path) for path in options.pair)
        pair(teacher, student)
        print("the teacher against herself")
        circumstances(teacher, drawn)
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
