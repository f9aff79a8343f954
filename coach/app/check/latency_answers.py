"""What the latency check offers and says at each stage: only what can work, and why the rest cannot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from coach.practice.latency import LatencyFault, LatencyResult
from coach.ui.guided_panel import Option
from coach.ui.said import said
from coach.ui.words_check import CheckWords, LatencyStage

BY_EYE: Final = "by eye"
BY_EAR: Final = "by ear"
READY: Final = "ready"
USE: Final = "use"
AGAIN: Final = "again"
UNDO: Final = "undo"
BACK: Final = "back"


@dataclass(frozen=True)
class LatencyFacts:
    """How things stand at one moment.

    Attributes
    ----------
    language : str
    camera_trouble : str or None
        Why there is no picture: then nothing can be measured.
    heard : bool
        Whether there is sound; without it there is nothing to clap to.
    known_ms : float or None
        What holds for the present devices.
    by_eye : bool
        Whether it was measured by blinking.
    """

    language: str = "en"
    camera_trouble: str | None = None
    heard: bool = True
    known_ms: float | None = None
    by_eye: bool = False

    @property
    def seen(self) -> bool:
        """Whether there is a picture, as far as is known."""
        return self.camera_trouble is None


def answers_at(stage: LatencyStage, facts: LatencyFacts, words: CheckWords) -> tuple[Option, ...]:
    """The options of one stage, the best first."""
    back = Option(BACK, words.back)
    if stage is LatencyStage.INTRO:
        eye = (Option(BY_EYE, words.by_eye),) if facts.seen else ()
        ear = (Option(BY_EAR, words.by_ear),) if facts.seen and facts.heard else ()
        undo = (Option(UNDO, words.undo),) if facts.known_ms is not None else ()
        return (*ear, *eye, *undo, back)
    if stage is LatencyStage.CLAP_READY:
        return (Option(READY, words.by_ear_now), back)
    if stage is LatencyStage.RESULT:
        return (Option(USE, words.use), Option(AGAIN, words.again), back)
    return (back,) if stage is LatencyStage.CLAP else ()


def title_at(stage: LatencyStage, facts: LatencyFacts, words: CheckWords) -> str:
    """The question or request."""
    nothing = stage is LatencyStage.INTRO and not facts.seen
    return words.nothing_to_measure if nothing else words.latency_titles[stage]


def text_at(stage: LatencyStage, facts: LatencyFacts, words: CheckWords) -> str:
    """One or two sentences below it; for a result see `result_text`."""
    if stage is not LatencyStage.INTRO:
        return words.latency_texts[stage]
    text = words.latency_texts[stage]
    if not facts.seen:
        text = words.without_picture
    elif not facts.heard:
        text = words.without_sound
    return text if facts.known_ms is None else f"{words.before.format(value=round(facts.known_ms))}. {text}"


def result_text(result: LatencyResult, pair: tuple[str, str], facts: LatencyFacts, words: CheckWords) -> str:
    """How sure a result is, and for which devices it holds: ``pair`` names the camera and the sound's, if any."""
    measured = words.measured_by_eye if facts.by_eye else words.measured
    told = measured.format(count=result.count, spread=round(result.spread_ms))
    camera, output = (said(name, facts.language) for name in pair)
    kept = words.kept if output else words.kept_camera
    return f"{told}. {words.latency_texts[LatencyStage.RESULT]} {kept.format(camera=camera, output=output)}."


def refusal(fault: LatencyFault | None, facts: LatencyFacts, words: CheckWords) -> str:
    """Why there is no result, and what to do; empty while all is well."""
    if facts.camera_trouble is not None:
        return said(facts.camera_trouble, facts.language)
    if fault is None:
        return ""
    if facts.by_eye:
        return words.no_flash if facts.heard else words.no_flash_in_silence
    return words.faults[fault]
