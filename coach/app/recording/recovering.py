"""From a journal to what it was danced for: at the end of a recording, or later, when it was cut short."""

from __future__ import annotations

import math
import shlex
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path

import numpy as np

from coach.app.options import RecordOptions
from coach.app.recording.destination import Destination, destination_of
from coach.app.recording.saving import save_reference, save_take
from coach.errors import CoachError, ReferenceFileError
from coach.pose.offline import NoDancerError
from coach.pose.reference import Audio
from coach.storage.folders import user_folders
from coach.storage.library import SUFFIX, resolve
from coach.storage.recording_journal import (
    RecoveredRecording,
    UnfinishedRecording,
    discard,
    find_unfinished,
    recover,
)

SOUND_AFTER_END_S = 0.5
"""How much longer than the dance its sound may be."""

RECORD = "python run_coach.py record"


def save_journal(journal: Path, destination: Destination) -> int:
    """Make what a journal was danced for; the journal goes only once that is safe. Returns the exit code.

    Raises
    ------
    CoachError
        Too little of a person was seen, it is another dance than it should be, or the disk refuses.
    """
    recovered = recover(journal)
    if not recovered.observations:
        discard(journal)
        print("Nothing was recorded.", file=sys.stderr)
        return 1
    try:
        _save(recovered, destination)
    except NoDancerError as error:
        discard(journal)
        raise CoachError(f"{destination.name}: {error}") from error
    discard(journal)
    return 0


def recover_recording(options: RecordOptions) -> int:
    """Save the newest unfinished recording of this name; returns the exit code."""
    mine = _unfinished(_names(options))
    if not mine:
        raise CoachError(_nothing_to_recover(options))
    journal = mine[-1]
    return save_journal(journal.path, _destination_of(journal, options))


def say_how_to_recover(options: RecordOptions) -> None:
    """Nothing is lost, whyever a recording was not saved."""
    mine = _unfinished(_names(options))
    if mine:
        where = () if options.out is None else ("--out", str(options.out))
        again = shlex.join((mine[-1].header.info.name, "--recover", *where))
        print(f"What was recorded is kept. Save it with: {RECORD} {again}", file=sys.stderr)


def _save(recovered: RecoveredRecording, destination: Destination) -> None:
    info, path = recovered.header.info, destination.path
    if destination.is_take:
        own = f"{RECORD} {shlex.quote(info.name)} --recover --out FILE.h5"
        advice = f"Dance it again, from the same side, or keep what was recorded as a dance of its own: {own}"
        save_take(info, recovered.observations, path, advice=advice)
        return
    audio = recovered.audio
    if audio is not None:
        keep = math.ceil((recovered.duration_s + SOUND_AFTER_END_S) * audio.rate_hz)
        audio = Audio(np.ascontiguousarray(audio.pcm[:keep]), audio.rate_hz)
    info = replace(info, name=destination.name)
    save_reference(info, recovered.observations, path, replace=destination.replace, audio=audio)


def _destination_of(journal: UnfinishedRecording, options: RecordOptions) -> Destination:
    """What it was danced for, or what is asked of it now."""
    taken = journal.header.take_of
    if options.is_take or taken is None or options.out is not None:
        return destination_of(options)
    path = Path(taken)
    if not path.exists():
        own = f"{RECORD} {shlex.quote(journal.header.info.name)} --recover --out FILE.h5"
        raise ReferenceFileError(path, "the reference that this is a take of is gone", f"Keep it by itself: {own}")
    return Destination(path, is_take=True)


def _names(options: RecordOptions) -> set[str]:
    """How a recording with these options is called in its journal."""
    name = unicodedata.normalize("NFC", options.name).removesuffix(SUFFIX)
    return {name, Path(name).name, *(() if options.out is None else (options.out.stem,))}


def _unfinished(names: set[str]) -> list[UnfinishedRecording]:
    """Recordings of these names that were cut short, oldest first."""
    folded = {name.casefold() for name in names}
    found = find_unfinished(user_folders().recordings)
    return [entry for entry in found if entry.header.info.name.casefold() in folded]


def _nothing_to_recover(options: RecordOptions) -> str:
    """That there is nothing, and what to do next."""
    name = options.name if options.out is None else options.out.stem
    nothing = f"{name}: there is nothing to recover, no unfinished recording has this name"
    others = sorted({entry.header.info.name for entry in find_unfinished(user_folders().recordings)})
    if others:
        verb = "was" if len(others) == 1 else "were"
        return f"{nothing}. Cut short {verb}: {', '.join(others)}; recover it by its own name"
    try:
        resolve(name if options.out is None else options.out)
    except ReferenceFileError:
        return f"{nothing}. Record it with: {RECORD} {shlex.quote(name)}"
    practise = shlex.quote(name if options.out is None else str(options.out))
    return f"{nothing}, and the reference is there. Practise it with: python run_coach.py practice {practise}"
