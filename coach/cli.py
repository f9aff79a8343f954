"""The command line: options in, exit code out (0 done, 1 a failure in words, 2 wrong usage, 130 interrupted)."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn

from coach import __version__
from coach.errors import CoachError
from coach.settings.devices import PROCESS_ENVIRONMENT
from coach.storage.folders import user_folders


class OneLineParser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """End with exit code 2, without the whole list of options."""
        self.exit(2, f"{self.prog}: {message}. See: {self.prog} --help\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    argv : sequence of str, optional
        Arguments without the program's name; those of the process by default.

    Returns
    -------
    int
        The exit code.
    """
    prepare_process()
    from coach.app import runners  # only now: it loads libraries that read the environment

    words = sys.argv[1:] if argv is None else list(argv)
    parser = build_parser()
    options = parser.parse_args(words)
    if options.command != "start" and words[0] != options.command:
        # argparse would forget them: the command's defaults win.
        parser.error(f"options stand behind the command: {options.command} {words[0]}")
    try:
        return runners.run(options)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    except Exception as error:
        if options.debug:
            traceback.print_exc()
        print(sentence(error), file=sys.stderr)
        return 1


def build_parser() -> argparse.ArgumentParser:
    """The whole command line."""
    from coach.app import arguments

    parser = OneLineParser(
        prog="run_coach.py",
        description="A dance coach for an ordinary webcam. Without a command it opens the studio: choose a dance, "
        "practise, see your results, change the settings. With --headless, --fast or --section it practises the first "
        "dance at once.",
    )
    parser.add_argument("--version", action="version", version=f"dance coach {__version__}")
    parser.set_defaults(command="start", debug=False)
    arguments.add_practice_options(parser)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    arguments.add_commands(commands)
    return parser


def prepare_process() -> None:
    """Set what libraries read from the environment when they are first imported; the user's own values win."""
    for name, value in PROCESS_ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("NUMBA_CACHE_DIR", str(user_folders().kernels))
    # A busy Python thread would hold up the pose model at every switch of threads.
    sys.setswitchinterval(0.0005)


def sentence(error: Exception) -> str:
    """One line for the user."""
    if isinstance(error, CoachError):
        return " ".join(str(error).split())
    return (
        f"Something inside the coach went wrong ({type(error).__name__}: {' '.join(str(error).split())}). "
        "Run the same command again with --debug and report what it prints."
    )
