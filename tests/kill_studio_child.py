"""Practises in the real studio without end until it is killed (`test_kill`): home, practice, home again."""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import count
from typing import Any

from coach.app.preferred import settings_of
from coach.app.studio import studio_scenes
from coach.cli import prepare_process
from coach.practice.run_record import RunRecord
from coach.settings.app import AppSettings
from coach.storage.history import History
from coach.ui.commands import Command
from tests.kill_child import LARGEST, SMALLEST, say
from tests.studio_rig import DANCE, studio_rig

PRACTISED_S = 0.4


def practise_in_the_studio() -> None:
    tell_of_runs()
    keep_short_runs()
    with studio_rig((800, 600)) as rig:
        rig.run_until(lambda: getattr(rig.scene, "chosen", None) == DANCE)
        for number in count():
            rig.preferences.change(text_size_percent=float(SMALLEST + number % (LARGEST - SMALLEST)))
            rig.press(Command.CONFIRM)
            rig.run_until_scene("PracticeScene")
            say("practises")
            rig.run_for(PRACTISED_S)
            rig.press(Command.QUIT)
            for _ in range(20):  # whatever is shown after a practice
                if rig.scene_name == "HomeScene":
                    break
                rig.press(Command.BACK)
                rig.run_for(0.1)
    sys.exit("this never ends")


def tell_of_runs() -> None:
    """Say when the studio begins to keep a run and when it has done so, as `practise` does."""
    add = History.add

    def told(history: History, run: RunRecord) -> None:
        number = history.count()
        say("begins", number)
        add(history, run)
        say("kept", number)

    History.add = told  # type: ignore[method-assign]


def keep_short_runs() -> None:
    def settings(*given: Any) -> AppSettings:
        chosen = settings_of(*given)
        return replace(chosen, practice=replace(chosen.practice, min_kept_s=0.0))

    studio_scenes.settings_of = settings


if __name__ == "__main__":
    prepare_process()
    practise_in_the_studio()
