"""What can be answered to each question of the first check, and what the answers come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from coach.ui.guided_panel import Fact, Option
from coach.ui.words_check import CheckStep, CheckWords

YES: Final = "yes"
NO: Final = "no"
SKIP: Final = "skip"
SKIP_ALL: Final = "skip all"
MEASURE: Final = "measure"
AGAIN: Final = "again"
DANCE: Final = "dance"
VOICE_OFF: Final = "voice off"
CAMERA: Final = "camera: "
"""Begins the key of an option that takes a camera; its name follows."""
MOST_CAMERAS = 3
"""Besides the present one: more have room among the settings."""


def answers_to(
    step: CheckStep, words: CheckWords, cameras: Sequence[str], *, trouble: bool = False, seen: bool = True
) -> tuple[Option, ...]:
    """The options of one step, the likeliest first.

    Parameters
    ----------
    cameras : sequence of str
        Others that could be taken.
    trouble : bool
        It was already said that this does not work.
    seen : bool
        Whether there is a picture to measure with.
    """
    skip, skip_all = Option(SKIP, words.skip), Option(SKIP_ALL, words.skip_all)
    if step is CheckStep.CAMERA:
        others = (Option(CAMERA + name, words.use_camera.format(name=name)) for name in cameras[:MOST_CAMERAS])
        return (Option(YES, words.yes), *others, skip, skip_all)
    if step is CheckStep.FRAMING:
        return (skip, skip_all)
    if step in (CheckStep.SOUND, CheckStep.VOICE):
        no = Option(NO, words.hear_again if trouble else words.no)
        off = (Option(VOICE_OFF, words.voice_off),) if step is CheckStep.VOICE and trouble else ()
        return (Option(YES, words.yes), no, *off, skip, skip_all)
    if step is CheckStep.LATENCY:
        return (Option(MEASURE, words.measure), skip) if seen else (skip,)
    return (Option(DANCE, words.dance), Option(AGAIN, words.again))


def may_work(step: CheckStep, *, seen: bool, heard: bool, speaks: bool) -> bool:
    """Nobody sees without a picture or hears without a device, whatever is answered."""
    return {CheckStep.CAMERA: seen, CheckStep.SOUND: heard, CheckStep.VOICE: heard and speaks}.get(step, True)


def other_cameras(names: Sequence[str], present: str) -> list[str]:
    """Cameras besides the present one (the first, where none was chosen)."""
    known = list(dict.fromkeys(name for name in names if name))
    present = present or (known[0] if known else "")
    return [name for name in known if name != present]


def facts_of(answers: Mapping[CheckStep, bool], latency_ms: float | None, words: CheckWords) -> tuple[Fact, ...]:
    """The summary: what works, what does not, what was not looked at.

    Parameters
    ----------
    answers : mapping
        Without the steps that were skipped.
    latency_ms : float or None
        What is known of the present devices.
    """
    facts = []
    for step in tuple(CheckStep)[:-1]:
        good = answers.get(step)
        text = words.not_checked if good is None else words.works if good else words.does_not_work
        if step is CheckStep.LATENCY and latency_ms is not None:
            good, text = True, words.milliseconds.format(value=round(latency_ms))
        facts.append(Fact(words.names[step], text, good))
    return tuple(facts)
