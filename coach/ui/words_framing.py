"""What the guide to a good place says besides the framing hints of the cues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from coach.judging.cue_texts import CueTexts
from coach.practice.framing_guide import GuideReading


@dataclass(frozen=True)
class FramingWords:
    """All words of one language."""

    stand: str
    stand_upper: str
    stay: str
    ready: str


ENGLISH: Final = FramingWords(
    stand="Stand inside the outline",
    stand_upper="Fill the outline with your upper body",
    stay="Good. Stay there",
    ready="Ready",
)

GERMAN: Final = FramingWords(
    stand="Stell dich in den Umriss",
    stand_upper="Fülle den Umriss mit dem Oberkörper",
    stay="Gut. Bleib so stehen",
    ready="Bereit",
)

FRAMING_WORDS: Final[dict[str, FramingWords]] = {"en": ENGLISH, "de": GERMAN}


def guide_text(reading: GuideReading, texts: CueTexts, *, upper_body_only: bool = False) -> str:
    """The one sentence to show, in the language of ``texts``."""
    words = FRAMING_WORDS[texts.code]
    if reading.instruction is not None:
        return texts.framing(reading.instruction).text
    if reading.ready:
        return words.ready
    if reading.well:
        return words.stay
    return words.stand_upper if upper_body_only else words.stand
