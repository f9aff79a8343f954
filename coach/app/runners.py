"""What each command of the command line runs: from the parsed words to the options of a run."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from coach.app.arguments import HISTORY_ACTIONS, LIBRARY_ACTIONS
from coach.app.options import (
    CHOICES_OF_LIVE,
    CHOICES_OF_PRACTICE,
    CompareOptions,
    ExtractOptions,
    LiveOptions,
    PracticeOptions,
    RecordOptions,
)

DEFAULT_REFERENCE = "first-steps"


def run(options: argparse.Namespace) -> int:
    """Carry out the parsed command."""
    return RUNNERS[options.command](options)


def _given(options: argparse.Namespace, *names: str) -> dict[str, Any]:
    """Those of the named options that stand on the command line; the others are as the user chose once."""
    values = {name: getattr(options, name, None) for name in names}
    return {name: value for name, value in values.items() if value is not None}


def _live(options: argparse.Namespace) -> LiveOptions:
    live = _given(options, *CHOICES_OF_LIVE, "camera")
    return LiveOptions(
        fast=options.fast,
        headless=options.headless,
        window_px=options.window,
        fullscreen=options.fullscreen,
        model=options.model,
        model_path=options.model_file,
        duration_s=options.duration,
        screenshots=tuple(options.screenshot),
        given=frozenset({*live, *_given(options, *CHOICES_OF_PRACTICE)}),
        **live,
    )


def _practice(options: argparse.Namespace, reference: str) -> PracticeOptions:
    return PracticeOptions(
        reference=reference,
        live=_live(options),
        log=options.log,
        mode=options.mode,
        section=options.section,
        tempo_percent=options.tempo,
        mirror=options.mirror,
        mistakes=tuple(getattr(options, "mistake", ())),
        **_given(options, *CHOICES_OF_PRACTICE),
    )


# Each command imports what it needs when it runs: `library list` should not wait for the pose model's library.


def _run_start(options: argparse.Namespace) -> int:
    from coach.app.practice import run_start

    return run_start(_practice(options, DEFAULT_REFERENCE))


def _run_practice(options: argparse.Namespace) -> int:
    from coach.app.practice import run_practice

    return run_practice(_practice(options, options.reference))


def _run_demo(options: argparse.Namespace) -> int:
    from coach.app.practice import run_demo

    return run_demo(_practice(options, DEFAULT_REFERENCE))


def _run_record(options: argparse.Namespace) -> int:
    from coach.app.recording.record import run_record

    own = options.out is not None or options.replace or options.title is not None or options.music_file is not None
    if options.take and own:
        options.wrong_usage(
            "--take adds to a reference that there is: it goes without --out, --replace, --title and --music"
        )
    return run_record(
        RecordOptions(
            name=options.name,
            is_take=options.take,
            live=_live(options),
            title=options.title,
            teacher=options.teacher,
            music_file=options.music_file,
            out=options.out,
            replace=options.replace,
            recover=options.recover,
            countdown_s=options.countdown,
        )
    )


def _run_extract(options: argparse.Namespace) -> int:
    from coach.app.recording.extract import run_extract

    if options.take_of is not None and (options.out is not None or options.replace or options.title is not None):
        options.wrong_usage("--take-of adds to a reference that there is: it goes without --out, --replace and --title")
    return run_extract(
        ExtractOptions(
            video=options.video,
            name=options.take_of if options.take_of is not None else options.name,
            is_take=options.take_of is not None,
            title=options.title,
            teacher=options.teacher,
            out=options.out,
            model=options.model,
            model_path=options.model_file,
            mirrored=options.mirrored,
            replace=options.replace,
        )
    )


def _run_compare(options: argparse.Namespace) -> int:
    from coach.app.comparing.compare import run_compare

    return run_compare(
        CompareOptions(
            teacher=options.teacher,
            students=tuple(options.student),
            out=options.out,
            style=options.style,
            mirror=options.mirror,
            model=options.model,
            model_path=options.model_file,
            video=options.video,
            phrasing=options.phrase_with and replace(options.phrase_with, model=options.phrase_model),
            **_given(options, "strictness"),
        )
    )


def _run_library(options: argparse.Namespace) -> int:
    if options.action in LIBRARY_ACTIONS:
        from coach.app.library_command import run_library

        return run_library(options.action, options.names)
    from coach.app.history_command import run_history

    fewest, most, words = HISTORY_ACTIONS[options.action]
    if not fewest <= len(options.names) <= most:
        options.wrong_usage(f"{options.action} takes {words}")
    return run_history(options.action, options.names, yes=options.yes)


def _run_doctor(options: argparse.Namespace) -> int:
    from coach.app.doctor import run_doctor

    return run_doctor()


RUNNERS: dict[str, Callable[[argparse.Namespace], int]] = {
    "start": _run_start,
    "practice": _run_practice,
    "demo": _run_demo,
    "record": _run_record,
    "extract": _run_extract,
    "compare": _run_compare,
    "library": _run_library,
    "doctor": _run_doctor,
}
