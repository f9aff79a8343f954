"""From observations to a saved reference, with the words at the end: the same for videos and recordings."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace as replace_fields
from pathlib import Path

from coach import __version__
from coach.app.wall_clock import now_utc
from coach.clock import clock_text
from coach.errors import ReferenceFileError
from coach.judging.teacher_takes import matched_share, moments_of
from coach.pose.observation import Observation
from coach.pose.offline import build_reference
from coach.pose.quality import summarise_quality
from coach.pose.reference import Audio, Reference, ReferenceInfo
from coach.report.quality_words import quality_lines
from coach.settings.session import CoachSettings
from coach.storage.reference_hdf5 import read_reference, write_reference


class OtherDanceError(ReferenceFileError):
    """What was danced is not the dance that it should be a further take of."""


def describe(
    target: Path,
    *,
    title: str | None,
    teacher: str,
    source_kind: str,
    source_sha256: str,
    mirrored: bool,
    pose_model: str,
    pose_library_version: str,
) -> ReferenceInfo:
    """The facts that a reference carries about itself."""
    name = target.stem
    return ReferenceInfo(
        name=name,
        title=title or name.replace("-", " ").replace("_", " ").title(),
        teacher=teacher,
        created_utc=now_utc(),
        source_kind=source_kind,
        source_sha256=source_sha256,
        mirrored=mirrored,
        pose_model=pose_model,
        pose_library_version=pose_library_version,
        software_version=__version__,
    )


def save_reference(
    info: ReferenceInfo,
    observations: list[Observation],
    target: Path,
    *,
    replace: bool,
    audio: Audio | None,
    notes: Sequence[str] = (),
) -> Reference:
    """Build, write and read back a reference, then say on stderr what is in it.

    Raises
    ------
    NoDancerError
        Too little of a person was seen.
    ReferenceFileError
        The file cannot be written.
    """
    reference = build_reference(info, observations, audio=audio)
    write_reference(target, reference, replace=replace)
    sound = "with sound" if audio is not None else "without sound"
    saved = f"Saved {target}: {clock_text(reference.duration_s)}, {reference.frame_count} pictures, {sound}."
    _tell(saved, notes, observations)
    return reference


def save_take(
    info: ReferenceInfo,
    observations: list[Observation],
    target: Path,
    *,
    advice: str = "Choose a video of the same dance, from the same side",
    notes: Sequence[str] = (),
) -> Reference:
    """Add a further take to the reference in ``target``, then say on stderr how much of the dance is in it.

    Parameters
    ----------
    advice : str
        What to do if it is another dance.

    Raises
    ------
    NoDancerError
        Too little of a person was seen.
    OtherDanceError
        It is not the same dance.
    ReferenceFileError
        The file cannot be read or written.
    """
    take = build_reference(info, observations)
    reference = read_reference(target)
    settings = CoachSettings()
    rules = settings.judging.takes
    share = matched_share(moments_of(take, reference, rules, settings.alignment))
    if not share >= rules.min_matched_share:
        raise OtherDanceError(target, f"only {share:.0%} of this dance was found in the new take", advice)
    whole = replace_fields(reference, takes=(*reference.takes, take))
    write_reference(target, whole, replace=True)
    count = len(whole.takes)
    saved = f"Added to {target}: take {count + 1}, {share:.0%} of the dance was found in it."
    _tell(saved, notes, observations)
    return whole


def _tell(saved: str, notes: Sequence[str], observations: list[Observation]) -> None:
    print("\n".join([saved, *notes, *quality_lines(summarise_quality(observations))]), file=sys.stderr)
