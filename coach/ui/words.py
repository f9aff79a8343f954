"""What the screens say by themselves, in the user's language (cues are worded in ``judging.cue_texts``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from coach.alignment.tracked_position import TrackState
from coach.judging.verdicts import EnergyVerdict
from coach.settings.ui import MeterSettings
from coach.ui.commands import Command


@dataclass(frozen=True)
class ScreenWords:
    """All words of one language.

    Attributes
    ----------
    code : str
        As in ``en`` or ``de``; the same codes as ``cue_texts.LANGUAGES``.
    states : mapping
        The chip: one or two words for each state.
    lines : mapping
        The coach's line in each state, empty where there is nothing to say.
    help : mapping
        What each key of the help does.
    keys : mapping
        Names of keys that differ between keyboards; others are shown as in ``KEY_BINDINGS``.
    others : str
        Named by their English originals in `English`.
    """

    code: str
    states: Mapping[TrackState, str]
    lines: Mapping[TrackState, str]
    energy_verdicts: Mapping[EnergyVerdict, str]
    help: Mapping[Command, str]
    keys: Mapping[Command, str]
    score_parts: Mapping[str, str]
    get_ready: str
    paused: str
    unsure: str
    score: str
    timing: str
    energy: str
    teacher: str
    on_time: str
    early: str
    late: str
    too_early: str
    too_late: str
    seen: str
    judged: str
    pictures_rate: str
    draws_rate: str
    overlay_age: str
    dropped: str
    voice_off: str
    help_title: str
    help_close: str
    short_keys: str
    short_pause: str
    short_quit: str
    new_reference: str
    further_take: str
    recording: str
    not_recording: str
    music: str
    disk: str
    ready_to_record: str
    well_seen: str
    none: str
    start_stop: str
    mirror: str
    give_up: str


def timing_word(timing_ms: float | None, settings: MeterSettings, words: ScreenWords) -> str:
    """Early, late or on time, in a word; empty where it is not known."""
    if timing_ms is None:
        return ""
    if abs(timing_ms) <= settings.on_ms:
        return words.on_time
    far = abs(timing_ms) > settings.off_ms
    if timing_ms > 0:
        return words.too_early if far else words.early
    return words.too_late if far else words.late


UNKNOWN_TIME: Final = "-:--"
