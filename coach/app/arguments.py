"""Commands and options of the command line; what they do is in ``runners``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.alignment.tracked_position import FollowMode, MirrorMode
from coach.app.argument_values import (
    address,
    one_of,
    screenshot,
    seconds,
    seconds_or_zero,
    section,
    size,
    strictness,
    tempo,
)
from coach.routine.mistakes import MISTAKE_NAMES
from coach.settings.comparison import PRESETS
from coach.settings.phrasing import KEY_VARIABLE
from coach.settings.preferences import FEEDBACK_LEVELS, LANGUAGES

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[Any]

MODEL_NAMES = ("lite", "full", "heavy")
LIBRARY_ACTIONS = ("list", "show", "check")
HISTORY_ACTIONS = {
    "history": (0, 1, "one REFERENCE or none"),
    "export": (1, 1, "one FILE.csv"),
    "delete-history": (0, 0, "no REFERENCE: it deletes all there is"),
}
"""How many names each of them takes, at least and at most, and in words."""


def add_commands(commands: Commands) -> None:
    """All commands with their options."""
    demo = _command(commands, "demo", "the built-in dance with a drawn student instead of a camera")
    add_practice_options(demo, camera=False)
    demo.add_argument(
        "--mistake", action="append", default=[], choices=MISTAKE_NAMES, help="a mistake the student makes (repeatable)"
    )

    practice = _command(commands, "practice", "dance a reference in front of the camera")
    practice.add_argument("reference", metavar="REFERENCE", help="a name in the library, or the path of a file")
    add_practice_options(practice)

    record = _command(commands, "record", "record a new reference with the camera, or a further take of one")
    record.add_argument("name", metavar="NAME", help="short name of the reference, such as salsa-basics")
    _add_live_options(record, camera=True)
    _add_description_options(record)
    record.add_argument("--music", type=Path, metavar="FILE", dest="music_file", help="a song to dance to")
    record.add_argument("--countdown", type=seconds_or_zero, default=5.0, metavar="S", help="seconds before it starts")
    record.add_argument("--take", action="store_true", help="add a further take to the reference NAME, to its music")
    record.add_argument("--recover", action="store_true", help="finish a recording that was cut short")
    record.set_defaults(wrong_usage=record.error)

    extract = _command(commands, "extract", "take a reference from a video")
    extract.add_argument("video", type=Path, metavar="VIDEO")
    named = extract.add_mutually_exclusive_group(required=True)
    named.add_argument("--name", help="short name of the reference")
    named.add_argument("--take-of", metavar="REFERENCE", help="add the video to this reference as a further take")
    _add_description_options(extract)
    _add_model_options(extract)
    extract.add_argument("--mirrored", action="store_true", help="the video shows the dancer as in a mirror")
    extract.set_defaults(wrong_usage=extract.error)

    compare = _command(commands, "compare", "compare a student's video with a teacher's")
    compare.add_argument("teacher", metavar="TEACHER", help="a video, or the name or path of a reference")
    compare.add_argument("student", metavar="STUDENT", nargs="+", help="the same; several are ranked")
    compare.add_argument("--out", type=Path, required=True, metavar="DIR", help="where to write report and data")
    compare.add_argument("--style", choices=tuple(PRESETS), default=next(iter(PRESETS)), help="weights and tolerances")
    _add_judging_options(compare)
    compare.add_argument("--no-video", action="store_false", dest="video", help="no side-by-side video")
    compare.add_argument("--phrase-with", type=address, metavar="URL",
                         help="send the words of the feedback to this OpenAI-compatible endpoint to be phrased "
                         f"(off by default; key from {KEY_VARIABLE})")  # fmt: skip
    compare.add_argument("--phrase-model", default="default", metavar="NAME", help="how that endpoint calls its model")
    _add_model_options(compare)

    library = _command(commands, "library", "what references there are, and what was practised")
    library.add_argument("action", nargs="?", choices=(*LIBRARY_ACTIONS, *HISTORY_ACTIONS), default="list",
                         help="list, show or check the references (all by default); history of what was practised, "
                         "export it as a table, delete it")  # fmt: skip
    library.add_argument("names", nargs="*", metavar="REFERENCE|FILE.csv",
                         help="which references; for export the file to write")  # fmt: skip
    library.add_argument("--yes", action="store_true", help="delete the history without asking")
    library.set_defaults(wrong_usage=library.error)

    _command(commands, "doctor", "what works here, and what to do about the rest")


def add_practice_options(parser: argparse.ArgumentParser, camera: bool = True) -> None:
    """The options of a practice."""
    _add_live_options(parser, camera)
    parser.add_argument("--log", type=Path, metavar="FILE.jsonl",
                        help="write everything the coach saw and said; further practices of the same start get "
                        "FILE-2.jsonl and so on")  # fmt: skip
    parser.add_argument("--mode", type=one_of(FollowMode), metavar="along|follow",
                        help="dance along with the music, or let the coach follow you")  # fmt: skip
    parser.add_argument("--section", type=section, metavar="NAME|START-END", help="practise only this part")
    parser.add_argument("--tempo", type=tempo, default=100.0, metavar="PERCENT", help="speed of the music, 50-120")
    _add_judging_options(parser)
    parser.add_argument("--feedback", choices=FEEDBACK_LEVELS, help="how much the coach says")
    parser.add_argument("--language", choices=LANGUAGES, help="of cues and screen")
    parser.add_argument("--music", action=argparse.BooleanOptionalAction, help="music, or dance in silence")


def _add_live_options(parser: argparse.ArgumentParser, camera: bool) -> None:
    if camera:
        parser.add_argument("--camera", metavar="N|NAME|FILE", help="which camera, or a video in its place")
    parser.add_argument("--fast", action="store_true", help="with a file: every frame, as fast as possible")
    parser.add_argument("--headless", action="store_true", help="no window")
    parser.add_argument("--window", type=size, default=(1280, 720), metavar="WxH", help="size of the window")
    parser.add_argument("--fullscreen", action="store_true")
    parser.add_argument("--voice", action=argparse.BooleanOptionalAction, help="spoken cues, or captions only")
    parser.add_argument("--duration", type=seconds, metavar="S", help="stop after this time")
    parser.add_argument("--screenshot", type=screenshot, action="append", default=[], metavar="FILE.png@SECOND",
                        help="save the screen at this moment (repeatable)")  # fmt: skip
    _add_model_options(parser)


def _add_judging_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--mirror", type=one_of(MirrorMode), default=MirrorMode.AUTO,
                        metavar="auto|on|off", help="dance the teacher's mirror image")  # fmt: skip
    parser.add_argument("--strictness", type=strictness, metavar="gentle|normal|strict|FACTOR",
                        help="how far off is off: a factor above 1 forgives more")  # fmt: skip


def _add_model_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", choices=MODEL_NAMES, help="pose model; by itself the best that is fast enough here")
    parser.add_argument("--model-file", type=Path, metavar="FILE.task", help="your own copy of the pose model")
    parser.add_argument("--debug", action="store_true", help="show where an error came from")


def _add_description_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--title", help="how the dance is called on the screen")
    parser.add_argument("--teacher", default="", help="who dances")
    parser.add_argument("--out", type=Path, metavar="FILE.h5", help="where to write it, instead of into the library")
    parser.add_argument("--replace", action="store_true", help="overwrite an older reference of this name")


def _command(commands: Commands, name: str, description: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=description, description=description.capitalize() + "."
    )
    if name in ("library", "doctor"):
        parser.add_argument("--debug", action="store_true", help="show where an error came from")
    parser.set_defaults(command=name)
    return parser
