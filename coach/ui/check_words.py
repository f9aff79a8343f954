"""What the first check and the latency check have to say, in any language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from coach.practice.latency import LatencyFault


class CheckStep(Enum):
    """What is checked, in this order; the last is the summary."""

    CAMERA = "camera"
    FRAMING = "framing"
    SOUND = "sound"
    VOICE = "voice"
    LATENCY = "latency"
    DONE = "done"


class LatencyStage(Enum):
    """Where the latency check stands."""

    INTRO = "intro"
    FLASH = "flash"
    CLAP_READY = "clap ready"
    CLAP = "clap"
    RESULT = "result"


@dataclass(frozen=True)
class CheckWords:
    """All words of one language.

    Attributes
    ----------
    titles, texts : mapping
        One question or request for each step, and one or two sentences.
    missing_titles, missing_texts : mapping
        The same where there is nothing to see or hear with.
    go_on_without : mapping
        What can be chosen then.
    names : mapping
        The steps in a word.
    latency_titles, latency_texts : mapping
        The same for the stages of the latency check.
    faults : mapping
        Why a measurement is refused, and what to do.
    without_sound, without_picture : str
        In place of the first stage's text, where less can be measured, or nothing.
    others : str
        Named by their English originals in `ENGLISH`.
    """

    heading: str
    latency_heading: str
    titles: Mapping[CheckStep, str]
    texts: Mapping[CheckStep, str]
    missing_titles: Mapping[CheckStep, str]
    missing_texts: Mapping[CheckStep, str]
    go_on_without: Mapping[CheckStep, str]
    names: Mapping[CheckStep, str]
    latency_titles: Mapping[LatencyStage, str]
    latency_texts: Mapping[LatencyStage, str]
    faults: Mapping[LatencyFault, str]
    without_sound: str
    without_picture: str
    nothing_to_measure: str
    no_flash: str
    no_flash_in_silence: str
    yes: str
    no: str
    skip: str
    skip_all: str
    again: str
    dance: str
    look_again: str
    picture_comes: str
    hear_again: str
    no_sound: str
    no_voice: str
    voice_off: str
    measure: str
    by_eye: str
    by_ear: str
    by_ear_now: str
    use: str
    undo: str
    back: str
    use_camera: str
    no_camera: str
    can_you_hear_me: str
    works: str
    not_checked: str
    does_not_work: str
    milliseconds: str
    measured: str
    measured_by_eye: str
    before: str
    kept: str
    kept_camera: str
    listen: str
    choose: str
    confirm: str
