"""What can be answered to each question of the first check, and what the answers come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
LOOK_AGAIN: Final = "look again"
WITHOUT: Final = "without"
LACKING: Final[Mapping[CheckStep, tuple[CheckStep, ...]]] = {
    CheckStep.CAMERA: (CheckStep.CAMERA,),
    CheckStep.FRAMING: (CheckStep.CAMERA,),
    CheckStep.SOUND: (CheckStep.SOUND, CheckStep.VOICE),
}
"""What does not work where somebody goes on without what a step needs."""
CAMERA: Final = "camera: "
"""Begins the key of an option that takes a camera; its name follows."""
MOST_CAMERAS = 3
"""Besides the present one: more have room among the settings."""


@dataclass(frozen=True)
class Present:
    """What there is at this moment to see and hear with.

    Attributes
    ----------
    picture : bool
        The camera's picture is shown.
    camera : bool
        It is, or may still come: nothing is known to be wrong with the camera.
    sound : bool
        A loudspeaker answers.
    voice : bool
        It speaks.
    """

    picture: bool = True
    camera: bool = True
    sound: bool = True
    voice: bool = True

    def can_answer(self, step: CheckStep) -> bool:
        """Whether "yes" could be true: nobody sees without a picture or hears without a device."""
        return {
            CheckStep.CAMERA: self.picture,
            CheckStep.FRAMING: self.picture,
            CheckStep.SOUND: self.sound,
            CheckStep.VOICE: self.sound and self.voice,
        }.get(step, True)

    def can_ask(self, step: CheckStep) -> bool:
        """Whether the step is worth a question: it is not where an earlier one settled it."""
        return {CheckStep.FRAMING: self.camera, CheckStep.VOICE: self.sound}.get(step, True)


def next_step(step: CheckStep, present: Present, by: int = 1) -> CheckStep:
    """The next step that can be asked, or the one before where ``by`` is -1."""
    steps = tuple(CheckStep)
    index = steps.index(step) + by
    while not present.can_ask(steps[index]):
        index += by
    return steps[index]


def answers_to(
    step: CheckStep, words: CheckWords, cameras: Sequence[str], present: Present, *, trouble: bool = False
) -> tuple[Option, ...]:
    """The options of one step, the likeliest first; none that cannot be true.

    Parameters
    ----------
    cameras : sequence of str
        Others that could be taken.
    present : Present
    trouble : bool
        It was already said that this does not work.
    """
    skip, skip_all = Option(SKIP, words.skip), Option(SKIP_ALL, words.skip_all)
    others = (Option(CAMERA + name, words.use_camera.format(name=name)) for name in cameras[:MOST_CAMERAS])
    if step in words.go_on_without and not present.can_answer(step):
        return (
            Option(LOOK_AGAIN, words.look_again),
            *(others if step is CheckStep.CAMERA else ()),
            Option(WITHOUT, words.go_on_without[step]),
            skip_all,
        )
    if step is CheckStep.CAMERA:
        return (Option(YES, words.yes), *others, skip, skip_all)
    if step is CheckStep.FRAMING:
        return (skip, skip_all)
    if step is CheckStep.VOICE and not present.can_answer(step):
        return (Option(VOICE_OFF, words.voice_off), skip, skip_all)
    if step in (CheckStep.SOUND, CheckStep.VOICE):
        no = Option(NO, words.hear_again if trouble else words.no)
        off = (Option(VOICE_OFF, words.voice_off),) if step is CheckStep.VOICE and trouble else ()
        return (Option(YES, words.yes), no, *off, skip, skip_all)
    if step is CheckStep.LATENCY:
        return (Option(MEASURE, words.measure), skip) if present.camera else (skip,)
    return (Option(DANCE, words.dance), Option(AGAIN, words.again))


def title_of(step: CheckStep, words: CheckWords, present: Present) -> str:
    """The question, or what is missing for it."""
    return (words.titles if present.can_answer(step) else words.missing_titles)[step]


def text_of(step: CheckStep, words: CheckWords, present: Present) -> str:
    """What to do, also about what is missing."""
    if present.can_answer(step):
        return words.texts[step]
    coming = step in (CheckStep.CAMERA, CheckStep.FRAMING) and present.camera
    return words.picture_comes if coming else words.missing_texts[step]


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
