"""Every state of the checks' screens, in any language."""

from __future__ import annotations

from dataclasses import replace

from coach.app.check.check_answers import Present, answers_to, text_of, title_of
from coach.app.check.latency_answers import LatencyFacts, answers_at, refusal, text_at, title_at
from coach.devices.camera_errors import camera_gone
from coach.practice.framing_guide import GuideReading
from coach.practice.latency import LatencyFault
from coach.ui.check_screen import CheckView
from coach.ui.guided_panel import Fact, Guided, Option
from coach.ui.latency_screen import BeatView, LatencyView
from coach.ui.preview_pane import PreviewView
from coach.ui.said import said
from coach.ui.surfaces import new_surface
from coach.ui.words_check import CHECK_WORDS, CheckStep, CheckWords, LatencyStage
from tests.builders_menus import BINDINGS, LONG_CAMERA, preview_view

CHECK_STATES = (
    "camera",
    "cameras",
    "no_picture",
    "opening",
    "no_place",
    "framing",
    "framing_well",
    "sound",
    "no_sound",
    "no_device",
    "voice",
    "no_voice",
    "latency",
    "done",
)
LATENCY_STATES = (
    *(
        "intro",
        "before",
        "silent",
        "no_camera",
        "not_seen",
        "dark",
        "bright",
        "ready",
        "listen",
        "tick",
        "result",
        "result_eye",
    ),
    *(fault.name.lower() for fault in LatencyFault),
)


def options(*texts: str) -> tuple[Option, ...]:
    return tuple(Option(text, text) for text in texts)


NOTHING = Present(picture=False, camera=False, sound=False, voice=False)
LACKING = {
    "no_picture": (CheckStep.CAMERA, NOTHING),
    "opening": (CheckStep.CAMERA, replace(NOTHING, camera=True)),
    "no_place": (CheckStep.FRAMING, NOTHING),
    "no_device": (CheckStep.SOUND, NOTHING),
    "no_voice": (CheckStep.VOICE, NOTHING),
}


def lacking(state: str, words: CheckWords, language: str) -> Guided:
    """A step without what it needs, as the check itself words it."""
    step, present = LACKING[state]
    note = "No sound device answers: the music and the voice stay silent, read the captions"
    if step in (CheckStep.CAMERA, CheckStep.FRAMING):
        note = "" if present.camera else camera_gone(LONG_CAMERA).sentence
    offered = answers_to(step, words, [LONG_CAMERA] * 2, present)
    return Guided(
        words.heading, title_of(step, words, present), text_of(step, words, present), offered, offered[0].key,
        list(CheckStep).index(step), len(CheckStep), note=said(note, language),
    )  # fmt: skip


def _step(words: CheckWords, step: CheckStep, *texts: str, note: str = "", **more: object) -> Guided:
    return Guided(
        words.heading, words.titles[step], words.texts[step], options(*texts), texts[0], list(CheckStep).index(step),
        len(CheckStep), note=note, bindings=BINDINGS, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def check_view(state: str, language: str = "en") -> CheckView:
    """One state of the first check."""
    words, preview = CHECK_WORDS[language], preview_view()
    skips = (words.skip, words.skip_all)
    if state in LACKING:
        return CheckView(lacking(state, words, language), PreviewView())
    if state in ("camera", "cameras"):
        others = [words.use_camera.format(name=name) for name in (LONG_CAMERA, "OBS Virtual Camera")]
        texts = (words.yes, *(others if state == "cameras" else ()), *skips)
        return CheckView(_step(words, CheckStep.CAMERA, *texts), preview)
    if state.startswith("framing"):
        well = state.endswith("well")
        guided = _step(words, CheckStep.FRAMING, *skips, note="Step back a little", note_good=True)
        return CheckView(guided, preview, GuideReading(None, 0.7 if well else 0.0, False))
    if state in ("sound", "no_sound"):
        no = words.hear_again if state == "no_sound" else words.no
        note = words.no_sound if state == "no_sound" else ""
        return CheckView(_step(words, CheckStep.SOUND, words.yes, no, *skips, note=note), preview)
    if state == "voice":
        texts = (words.yes, words.hear_again, words.voice_off, *skips)
        return CheckView(_step(words, CheckStep.VOICE, *texts, note=words.no_voice), preview)
    if state == "latency":
        return CheckView(_step(words, CheckStep.LATENCY, words.measure, words.skip), preview)
    facts = (
        Fact(words.names[CheckStep.CAMERA], words.works, True),
        Fact(words.names[CheckStep.FRAMING], words.works, True),
        Fact(words.names[CheckStep.SOUND], words.does_not_work, False),
        Fact(words.names[CheckStep.VOICE], words.not_checked, None),
        Fact(words.names[CheckStep.LATENCY], words.milliseconds.format(value=112), True),
    )
    return CheckView(_step(words, CheckStep.DONE, words.dance, words.again, facts=facts), preview)


def _stage(words: CheckWords, stage: LatencyStage, *texts: str, **more: object) -> Guided:
    fields: dict[str, object] = {"text": words.latency_texts[stage], "bindings": BINDINGS, **more}
    return Guided(
        words.latency_heading, words.latency_titles[stage], options=options(*texts), chosen=texts[0] if texts else "",
        **fields,  # type: ignore[arg-type]
    )  # fmt: skip


def stage_of(stage: LatencyStage, facts: LatencyFacts, words: CheckWords, fault: LatencyFault | None) -> Guided:
    """One stage as the check itself words it."""
    offered = answers_at(stage, facts, words)
    return Guided(
        words.latency_heading, title_at(stage, facts, words), text_at(stage, facts, words), offered, offered[0].key,
        note=refusal(fault, facts, words), bindings=BINDINGS,
    )  # fmt: skip


def latency_view(state: str, language: str = "en") -> LatencyView:
    """One state of the latency check."""
    words, preview = CHECK_WORDS[language], preview_view()
    if state in ("intro", "before"):
        text = words.latency_texts[LatencyStage.INTRO]
        texts = (words.by_ear, words.by_eye, *((words.undo,) if state == "before" else ()), words.back)
        text = f"{words.before.format(value=97)}. {text}" if state == "before" else text
        return LatencyView(_stage(words, LatencyStage.INTRO, *texts, text=text), preview)
    if state in ("silent", "no_camera", "not_seen"):
        facts = LatencyFacts(
            language, camera_gone(LONG_CAMERA).sentence if state == "no_camera" else None, heard=False, by_eye=True
        )
        fault = LatencyFault.NOTHING_SEEN if state == "not_seen" else None
        return LatencyView(stage_of(LatencyStage.INTRO, facts, words, fault), preview)
    if state in ("dark", "bright"):
        return LatencyView(_stage(words, LatencyStage.FLASH), preview, state == "bright")
    if state in ("listen", "tick"):
        beat = BeatView(7, 20, state == "listen", 0.05 if state == "tick" else 0.4, 6)
        return LatencyView(_stage(words, LatencyStage.CLAP, words.back, bindings={}), preview, None, beat)
    if state.startswith("result"):
        measured = words.measured_by_eye if state.endswith("eye") else words.measured
        text = f"{measured.format(count=19, spread=22)}. {words.latency_texts[LatencyStage.RESULT]} "
        text += words.kept.format(camera=LONG_CAMERA, output="Built-in Audio Analog Stereo") + "."
        texts = (words.use, words.again, words.back)
        number = words.milliseconds.format(value=112)
        return LatencyView(_stage(words, LatencyStage.RESULT, *texts, text=text, number=number), preview)
    note = "" if state == "ready" else words.faults[LatencyFault[state.upper()]]
    return LatencyView(_stage(words, LatencyStage.CLAP_READY, words.by_ear_now, words.back, note=note), preview)


class Window:
    """In place of a window."""

    surface = new_surface((800, 600))
