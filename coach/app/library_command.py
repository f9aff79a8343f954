"""The command ``library``: what references there are, the facts of one, and whether they are intact."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import numpy as np

from coach.app.tables import size_words, table_lines
from coach.clock import clock_text
from coach.errors import ReferenceFileError
from coach.pose.joint_table import JOINTS, Joint
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.reference import Reference
from coach.settings.pose import NormaliseSettings
from coach.storage.library import SETTINGS, LibraryEntry, list_references, reference_folders, resolve
from coach.storage.reference_hdf5 import read_reference
from coach.storage.reference_layout import ROUTINE

HEADINGS = ("NAME", "TITLE", "TEACHER", "LENGTH", "FRAMES", "SIZE", "MADE")


def run_library(action: str, names: Sequence[str], out: TextIO | None = None) -> int:
    """Carry out ``library list``, ``show`` or ``check``.

    Parameters
    ----------
    action : str
        "list", "show" or "check".
    names : sequence of str
        References by name or path; none means all.
    out : text file, optional
        Where the words go; standard output by default.

    Returns
    -------
    int
        Exit code: 1 if ``check`` found a fault, else 0.

    Raises
    ------
    ReferenceFileError
        For a reference that ``show`` cannot find or read.
    """
    out = out or sys.stdout
    if action == "list":
        lines, code = list_lines(list_references()), 0
    elif action == "show":
        lines, code = _show(names), 0
    else:
        lines, code = _check(names)
    out.write("\n".join(lines) + "\n")
    return code


def list_lines(entries: Sequence[LibraryEntry]) -> list[str]:
    """A table of the library, then what is wrong with the files that cannot be read."""
    if not entries:
        return ["There is no reference yet. Record one with: python run_coach.py record NAME"]
    rows = [HEADINGS, *(_row(entry) for entry in entries if entry.summary is not None)]
    broken = [f"{entry.name}: cannot be used: {entry.problem} ({entry.path})" for entry in entries if entry.problem]
    return [*(table_lines(rows) if len(rows) > 1 else []), *broken]


def show_lines(path: Path, reference: Reference) -> list[str]:
    """All that a person may want to know of one reference."""
    info, track = reference.info, reference.track
    sound = f"{reference.audio.duration_s:.1f} s at {reference.audio.rate_hz} Hz" if reference.audio else "none"
    facts = {
        "title": info.title,
        "teacher": info.teacher or "not named",
        "file": f"{path} ({size_words(path.stat().st_size)})",
        "length": f"{clock_text(reference.duration_s)}, {reference.frame_count} frames, {reference.fps:.1f} a second",
        "picture": f"{track.frame_size_px[0]} x {track.frame_size_px[1]}" + (", mirrored" if info.mirrored else ""),
        "sound": sound,
        "made": " ".join(part for part in (info.created_utc, f"from {info.source_kind}") if part),
        "pose model": f"{info.pose_model or 'not named'} {info.pose_library_version}".strip(),
        "marks": f"{len(reference.beats_s)} beats, {len(reference.key_moments_s)} key moments",
        "further takes": str(len(reference.takes)),
    }
    lines = [info.name, *(f"  {label:<14}{fact}" for label, fact in facts.items())]
    if reference.sections:
        lines.append("  sections")
    lines += [
        f"    {clock_text(section.start_s)} - {clock_text(section.end_s)}  {section.name}"
        for section in reference.sections
    ]
    lines.append(f"  seen          a person in {seen_share(reference):.0%} of the frames; joints:")
    for joint in JOINTS:
        share = joint_seen_share(reference, joint)
        note = "  hard to judge" if share < SETTINGS.hard_to_judge_share else ""
        lines.append(f"    {joint.name:<16}{share:>4.0%}{note}")
    return lines


def seen_share(reference: Reference) -> float:
    """Share of the frames in which a person was seen."""
    return float(np.isfinite(reference.track.image[:, :, 0]).any(axis=1).mean())


def joint_seen_share(reference: Reference, joint: Joint) -> float:
    """Share of the frames in which all landmarks of a joint were visible."""
    leans = {"trunk": ("left_shoulder", "right_shoulder", "left_hip", "right_hip")}
    points = joint.points or leans.get(joint.name, ("left_ear", "right_ear", "left_shoulder", "right_shoulder"))
    visibility = reference.track.image[:, [LANDMARK_INDEX[name] for name in points], 3]
    return float((visibility >= NormaliseSettings().min_visibility).all(axis=1).mean())


def _row(entry: LibraryEntry) -> tuple[str, ...]:
    summary = entry.summary
    assert summary is not None, "rows are made of readable references only"
    return (
        entry.name,
        _shortened(summary.info.title),
        _shortened(summary.info.teacher),
        clock_text(summary.duration_s),
        str(summary.frame_count),
        size_words(entry.size_bytes),
        summary.info.created_utc[:10] + (" (comes with the program)" if summary.info.source_kind == ROUTINE else ""),
    )


def _shortened(text: str) -> str:
    longest = max(16, shutil.get_terminal_size().columns // 4)
    return text if len(text) <= longest else text[: longest - 3] + "..."


def _show(names: Sequence[str]) -> list[str]:
    lines: list[str] = []
    for name in names or _all_references():
        path = resolve(name)
        lines += [*([""] if lines else []), *show_lines(path, read_reference(path))]
    return lines or ["There is no reference yet. Record one with: python run_coach.py record NAME"]


def _check(names: Sequence[str]) -> tuple[list[str], int]:
    """One line for each reference, fully read; code 1 if any has a fault."""
    results = [_check_one(name) for name in names or _all_references()]
    if not results:
        return [f"There is nothing to check in {' or '.join(str(folder) for folder in reference_folders())}."], 0
    return [line for line, _ in results], 0 if all(intact for _, intact in results) else 1


def _check_one(name: str) -> tuple[str, bool]:
    try:
        path = resolve(name)
        reference = read_reference(path)
    except ReferenceFileError as error:
        return f"BAD  {error}", False
    return f"ok   {path.stem}: {clock_text(reference.duration_s)}, {reference.frame_count} frames, intact", True


def _all_references() -> list[str]:
    return [str(entry.path) for entry in list_references()]
